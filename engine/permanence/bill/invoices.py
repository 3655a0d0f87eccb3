"""Every contract of a month priced by its offer's rules; one that fails waits, and touches no other."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from operator import attrgetter

from attrs import define, evolve, field, frozen

from ..contracts.book import Book
from ..contracts.trial import billed_days
from ..contracts.waiting import option_failed
from ..model.facts import FactValue
from ..model.invoice import Hold, Invoice, InvoiceStatus
from ..model.offer import Rule
from ..model.option_failed import OptionFailed
from ..model.period import Month
from ..model.price_index import Unpublished
from ..model.served import Served
from ..model.words.price_index import unpublished_in_words
from .ahead import advance_of, pays_ahead
from .hold_reasons import hidden_price, no_price
from .measure.counts import Counted
from .measure.roster import Roster
from .price.bands import Unpriceable
from .price.charges import RuleCharges
from .price.invoice import DraftPart, InvoiceDraft, MonthPrice, make_invoice, month_price, with_other_months
from .price.line_memory import LineMemory
from .price.month_case import month_case
from .price.month_facts import FactsAsked, as_columns
from .price.month_memory import MonthMemory
from .price.own_terms import agreed_offer, own_decisions, tariff_for
from .price.price_list import NotQuoted
from .price.priced_month import PricedMonth

MOST_REMEMBERED = 100_000
"""Months: they take some two hundred megabytes."""
NOTHING: Mapping[str, int] = {}


@frozen
class Decided:
    """A part of one contract's month: its number in the roster, its facts, and the rules that hold.

    ``case`` is the same where an offer's rules are. ``counts`` is what was counted in this part, ``before`` in the
    parts of the month before it.
    """

    number: int
    facts: Mapping[str, FactValue]
    rules: tuple[Rule, ...]
    case: int
    counts: Mapping[str, int]
    before: Mapping[str, int]


def invoice_all(
    book: Book,
    month: Month,
    roster: Roster,
    counted: Counted,
    status: InvoiceStatus,
    chosen: Collection[str] | None = None,
    *,
    in_arrears: bool = False,
    memory: "PriceMemory | None" = None,
) -> tuple[tuple[Invoice, ...], tuple[Hold, ...]]:
    """Return the invoices of a month by contract, and the contracts that could not be billed.

    Only the ``chosen`` contracts, by number, are billed; all of them when that is None. ``in_arrears`` leaves every
    price with its own month. ``memory`` is of the same month, where it is billed with other counts again.
    """
    invoices: list[Invoice] = []
    at_fault = _at_fault(book, month, roster, counted)
    decided = _decided(book, month, roster, counted, chosen)
    faults = ((n, why) for n, why in at_fault.items() if roster.served[n].contract.id in decided)
    holds = {roster.served[n].contract.id: _hold(roster, n, month, why) for n, why in faults}
    memory = memory or (PriceMemory() if len(decided) > 1 else None)
    signed = {} if in_arrears or not pays_ahead(book) else {contract.id: contract for contract in book.contracts}
    for name, parts in decided.items():
        if name in holds:
            continue
        served = roster.served[parts[0].number]
        try:
            price = _price(book, month, roster, parts, memory)
            draft = _draft(month, roster, parts, counted, status)
            if name in signed:
                advance = advance_of(book, signed[name], month)
                draft = evolve(draft, advance=advance)
                price = with_other_months(price, draft.parts, advance)
            invoices.append(make_invoice(draft, price))
        except Unpriceable as failure:
            reason = no_price(served, failure.fact, int(parts[0].facts.get(failure.fact, 0)))
            holds[name] = evolve(_hold(roster, parts[0].number, month, reason), unpriced=failure.fact)
        except OptionFailed as failure:
            reason = option_failed(book, failure.option, served.contract, month, failure.told)
            holds[name] = _hold(roster, parts[0].number, month, reason)
        except Unpublished as failure:
            holds[name] = _hold(roster, parts[0].number, month, unpublished_in_words(failure))
        except NotQuoted as failure:
            holds[name] = _hold(roster, parts[0].number, month, hidden_price(book, failure.line, served, month))
    return tuple(sorted(invoices, key=lambda invoice: invoice.contract.id)), tuple(holds.values())


def _hold(roster: Roster, number: int, month: Month, reason: str) -> Hold:
    return Hold(contract=roster.served[number].contract, month=month, reason=reason)


def _decided(
    book: Book, month: Month, roster: Roster, counted: Counted, chosen: Collection[str] | None
) -> Mapping[str, list[Decided]]:
    """Return each contract's month in its parts, in order: one question per distinct case of each offer."""
    whole, before = _month_counts(roster, counted, chosen)
    by_offer: dict[str, list[int]] = {}
    by_contract: dict[str, list[Decided]] = {}
    for number, served in enumerate(roster.served):
        if chosen is None or served.contract.id in chosen:
            by_offer.setdefault(served.offer.edition, []).append(number)
            by_contract[served.contract.id] = []
    for edition, numbers in by_offer.items():
        decider = book.decider(edition)
        needed = dict.fromkeys(decider.facts_needed("month"))
        asked = FactsAsked.of(roster.served[numbers[0]].offer, needed)
        rows = [asked.of_month(roster.served[number], month, whole[number]) for number in numbers]
        columns = as_columns(rows, needed)
        decisions, table = decider.decide_columns("month", columns, len(rows))
        for number, facts, decision in zip(numbers, rows, decisions.tolist(), strict=True):
            decided = Decided(number, facts, table[decision], decision, counted.facts[number], before[number])
            by_contract[roster.served[number].contract.id].append(decided)
    for parts in by_contract.values():
        parts.sort(key=attrgetter("number"))
    return by_contract


def _month_counts(
    roster: Roster, counted: Counted, chosen: Collection[str] | None
) -> tuple[Sequence[Mapping[str, int]], Sequence[Mapping[str, int]]]:
    """Return, for each part of a contract's month, what was counted in the whole month, and in the parts before it.

    Of contracts that are not ``chosen`` it is what was counted in the part.
    """
    whole, before = list(counted.facts), [NOTHING] * len(counted.facts)
    parts: dict[str, list[int]] = {}
    for number, served in enumerate(roster.served):
        if (chosen is None or served.contract.id in chosen) and served.served != served.month_days:
            parts.setdefault(served.contract.id, []).append(number)
    for numbers in parts.values():
        so_far: Mapping[str, int] = {}
        for number in numbers:
            before[number] = so_far
            so_far = {name: so_far.get(name, 0) + count for name, count in counted.facts[number].items()}
        for number in numbers:
            whole[number] = so_far
    return whole, before


def _draft(
    month: Month, roster: Roster, parts: Sequence[Decided], counted: Counted, status: InvoiceStatus
) -> InvoiceDraft:
    titles = [counted.window_titles[part.number] for part in parts]
    return InvoiceDraft(
        parts=tuple([roster.served[part.number] for part in parts]),
        month=month,
        calls=int(parts[-1].facts["usage.calls"]),
        usage=counted.usage.rows(*(part.number for part in parts)),
        window_titles=titles[0] if len(titles) == 1 else {name: one[name] for one in titles for name in one},
        status=status,
    )


@define(eq=False)
class PriceMemory:
    """What was priced before: the numbers of months' cases, and what months and their rules came to."""

    cases: dict[Hashable, int] = field(factory=dict)
    months: MonthMemory = field(factory=MonthMemory)

    @property
    def is_full(self) -> bool:
        """Tell whether so much is remembered that a memory which is kept all day is to begin anew."""
        return self.months.worked_out > MOST_REMEMBERED


def _price(
    book: Book, month: Month, roster: Roster, parts: Sequence[Decided], memory: PriceMemory | None
) -> MonthPrice:
    """Return what a contract's month costs: worked out once for all whose months are alike.

    Of a month with terms of the customer's own, what a rule of the offer comes to is shared.
    """
    served = roster.served[parts[0].number]
    case = month_case(served, month) if memory and len(parts) == 1 else None
    if memory is None or case is None:
        lines = memory.months.lines if memory else None
        return month_price([_part(book, month, roster.served[part.number], part, lines) for part in parts])
    (decided,), number = parts, memory.cases.setdefault(case, len(memory.cases))

    def part() -> DraftPart:
        return _part(book, month, served, decided, memory.months.lines, number)

    if served.contract.discounts or served.contract.agreed:  # rules of their own stand beside the offer's
        return month_price([part()])
    return memory.months.price((number, decided.case), decided.facts, part)


def _part(
    book: Book,
    month: Month,
    served: Served,
    decided: Decided,
    memory: LineMemory[RuleCharges] | None,
    case: int | None = None,
) -> DraftPart:
    """Return a part of a month to be priced; ``case`` is the number of all that it hangs on besides."""
    decider, facts = book.decider(served.offer.edition), decided.facts
    priced = PricedMonth(
        served=served,
        month=month,
        billed=billed_days(served),
        facts=facts,
        counts=facts if served.served == served.month_days else decided.counts,
        before=decided.before,
        memory=memory,
        agreed=agreed_offer(book, served),
        case=case,
    )
    decisions = [decider.decision(rule, facts) for rule in decided.rules]
    return DraftPart(priced, (*decisions, *own_decisions(served)), tariff_for(book, served))


def _at_fault(book: Book, month: Month, roster: Roster, counted: Counted) -> dict[int, str]:
    """Return, by number, the contracts that a failed plugin touches, each with the reason."""
    found: dict[int, str] = {}
    for fault in counted.faults:
        for number in fault.contracts:
            served = roster.served[number]
            told = option_failed(book, fault.option, served.contract, month, fault.message) if fault.option else ""
            found.setdefault(number, told or fault.message)
    return found
