"""What further calls of a month that runs cost: the next one, and the one with which the next price begins."""

from collections.abc import Collection, Mapping, Sequence

from attrs import evolve, frozen

from ..contracts.book import Book
from ..model.invoice import Invoice
from ..model.money import Cents, Micros
from ..model.period import Month
from .groups import with_groups
from .month import BilledMonth, price_counted
from .price.registry import edges_of

FARTHEST = 4096
"""So many calls ahead the next price is looked for."""
SUBSCRIPTIONS = ("bands", "plan", "package")
CALLS = "usage.calls"
Mark = frozenset[tuple[str, str, Micros]]


@frozen(kw_only=True)
class NextPrice:
    """What further calls cost: ``next_call`` is what the next one adds, before VAT, None where it has no price.

    ``step`` is the band, plan or step reached, as the invoice calls it; ``left`` how many calls it still has,
    ``passing`` what the call after those adds. None where no further call changes the price. ``codes`` is what rules
    write to charge what changes.
    """

    step: str
    next_call: Cents | None
    left: int | None = None
    passing: Cents | None = None
    codes: frozenset[str] = frozenset()


@frozen(eq=False)
class FurtherCalls:
    """A billed month that runs, and what one more call adds to the counts of each part of it in the roster."""

    book: Book
    month: Month
    billed: BilledMonth
    more: Sequence[Mapping[str, int]]

    def invoices_with(self, calls: Mapping[str, int]) -> Mapping[str, Invoice]:
        """Return the invoices of contracts with so many further calls; none of one that they have no price for."""
        measured, roster = self.billed.measured, self.billed.roster
        facts = list(measured.counted.facts)
        for number, served in enumerate(roster.served):
            if further := calls.get(served.contract.id):
                counts = facts[number]
                more = {name: counts.get(name, 0) + further * one for name, one in self.more[number].items()}
                facts[number] = {**counts, **more}
        counted = evolve(measured.counted, facts=facts, faults=(*roster.faults, *measured.counted.faults))
        counted = with_groups(counted, roster, measured.standing.holds, self.book.offers)
        again = price_counted(self.book, self.month, measured, roster, counted, chosen=calls.keys())
        return {invoice.contract.id: invoice for invoice in again.invoices}

    def moved(self) -> Mapping[str, frozenset[str]]:
        """Return, by contract, the facts that one more call moves."""
        found: dict[str, frozenset[str]] = {}
        for served, more in zip(self.billed.roster.served, self.more, strict=True):
            found[served.contract.id] = found.get(served.contract.id, frozenset()) | more.keys()
        return found


def next_prices(further: FurtherCalls, names: Collection[str]) -> Mapping[str, NextPrice]:
    """Return what further calls of contracts cost, by number; each is billed with them by what bills the month.

    Contracts of one group are not to be asked for together: the calls of one change the price of another.
    """
    now, one_more = (further.invoices_with(dict.fromkeys(names, calls)) for calls in (0, 1))
    moved = further.moved()
    codes = {name: _codes(invoice, moved[name]) for name, invoice in now.items()}
    marks = {name: _mark(now[name], codes[name]) for name in now if codes[name]}
    guesses = {name: max(0, one.band - one.calls) for name, one in now.items() if one.band is not None}
    lefts = _lefts(further, marks, codes, guesses)
    at_last, beyond = (further.invoices_with({name: left + more for name, left in lefts.items()}) for more in (0, 1))
    return {
        name: NextPrice(
            step=next((line.label for line in invoice.lines if line.code in codes[name]), ""),
            next_call=_added(one_more.get(name), invoice),
            left=lefts.get(name),
            passing=_added(beyond.get(name), at_last.get(name)),
            codes=codes[name],
        )
        for name, invoice in now.items()
    }


def _lefts(
    further: FurtherCalls,
    marks: Mapping[str, Mark],
    codes: Mapping[str, frozenset[str]],
    guesses: Mapping[str, int],
) -> Mapping[str, int]:
    """Return how many further calls leave each contract at its price, by halves; nothing for one that stays there.

    A guess is tried first: where it is right, nothing else is.
    """
    same, other = dict.fromkeys(marks, 0), dict[str, int]()

    def look(ahead: Mapping[str, int]) -> None:
        found = further.invoices_with(ahead) if ahead else {}
        for name, calls in ahead.items():
            is_same = name in found and _mark(found[name], codes[name]) == marks[name]
            (same if is_same else other)[name] = calls

    for beyond in (0, 1):
        look({name: calls + beyond for name, calls in guesses.items() if name in marks})
    reach = 1
    while reach <= FARTHEST:
        look(dict.fromkeys(marks.keys() - other.keys(), reach))
        reach *= 2
    while between := {name: (same[name] + last) // 2 for name, last in other.items() if last - same[name] > 1}:
        look(between)
    return {name: same[name] for name in other}


def _codes(invoice: Invoice, moved: Collection[str]) -> frozenset[str]:
    """Return what rules write to charge the subscriptions that change their course with the facts that a call moves.

    An offer without bands, plans and packages has the prices by the number of calls in their place.
    """
    edges = [(code, edge.fact) for offer in invoice.offers for code, edge in edges_of(offer) if edge.fact in moved]
    own = frozenset(code for code, _ in edges if code.partition(".")[0] in SUBSCRIPTIONS)
    return own or frozenset(code for code, fact in edges if fact == CALLS)


def _mark(invoice: Invoice, codes: Collection[str]) -> Mark:
    return frozenset((line.code, line.label, line.unit_price) for line in invoice.lines if line.code in codes)


def _added(later: Invoice | None, before: Invoice | None) -> Cents | None:
    return Cents(later.net - before.net) if later and before else None
