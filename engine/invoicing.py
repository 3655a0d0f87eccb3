"""Every contract of a month priced by its offer's rules; one that fails waits, and touches no other."""

from collections.abc import Iterator

from attrs import frozen

from .book import Book
from .counting import Counted
from .model.decision import Decision
from .model.facts import FactValue
from .model.invoice import Hold, Invoice, InvoiceStatus
from .model.offer import Rule
from .model.period import Month, Period
from .model.served import Served
from .rate.bands import Unpriceable
from .rate.invoice import Draft, make_invoice
from .rate.month_facts import as_columns, month_facts
from .rate.price import OptionFailed, PricedMonth
from .rate.roster import Roster
from .rate.term import Term


@frozen
class Decided:
    """One contract's month: its number in the roster, its facts, and the rules that hold."""

    number: int
    facts: dict[str, FactValue]
    rules: tuple[Rule, ...]


def invoice_all(
    book: Book, month: Month, roster: Roster, counted: Counted, status: InvoiceStatus
) -> tuple[tuple[Invoice, ...], tuple[Hold, ...]]:
    """Return the invoices of a month by contract, and the contracts that could not be billed."""
    invoices: list[Invoice] = []
    at_fault = _at_fault(book, month, roster, counted)
    holds = [Hold(contract=roster.served[n].contract, month=month, reason=why) for n, why in at_fault.items()]
    for decided in _decided(book, month, roster, counted):
        served = roster.served[decided.number]
        if decided.number in at_fault:
            continue
        try:
            invoices.append(make_invoice(_draft(book, month, served, decided, counted, status)))
        except Unpriceable:
            calls = decided.facts["usage.calls"]
            reason = (
                f"L'offre {served.offer.version} n'a pas de prix pour {calls} appels : il lui faut d'autres tranches."
            )
            holds.append(Hold(contract=served.contract, month=month, reason=reason))
        except OptionFailed as failure:
            cause = failure.__cause__
            reason = _blame(book, failure.option, served, month, f"{type(cause).__name__}: {cause}")
            holds.append(Hold(contract=served.contract, month=month, reason=reason))
    return tuple(sorted(invoices, key=lambda invoice: invoice.contract.id)), tuple(holds)


def _decided(book: Book, month: Month, roster: Roster, counted: Counted) -> Iterator[Decided]:
    """Yield each contract's month with the rules that hold: one question per distinct case of each offer."""
    by_offer: dict[str, list[int]] = {}
    for number, served in enumerate(roster.served):
        by_offer.setdefault(served.offer.version, []).append(number)
    for version, numbers in by_offer.items():
        decider = book.deciders[version]
        needed = dict.fromkeys(decider.facts_needed("month"))
        rows = [month_facts(roster.served[number], month, counted.facts[number], needed) for number in numbers]
        columns = as_columns(rows, needed)
        decisions, table = decider.decide_columns("month", columns, len(rows))
        for number, facts, decision in zip(numbers, rows, decisions.tolist(), strict=True):
            yield Decided(number, facts, table[decision])


def _draft(
    book: Book, month: Month, served: Served, decided: Decided, counted: Counted, status: InvoiceStatus
) -> Draft:
    decider = book.deciders[served.offer.version]
    return Draft(
        month=PricedMonth(
            contract=served.contract,
            offer=served.offer,
            month=month,
            served=served.served,
            billed=billed_days(served),
            facts=decided.facts,
        ),
        decisions=tuple(
            Decision(rule, tuple((name, decided.facts[name]) for name in decider.facts_read(rule)))
            for rule in decided.rules
        ),
        usage=counted.usage.rows(decided.number),
        window_titles=counted.window_titles[decided.number],
        status=status,
    )


def billed_days(served: Served) -> Period:
    """Return the days of service that are billed: all, or those after the trial where it is free (A17)."""
    if served.offer.term.trial_billed:
        return served.served
    return served.served & Period(Term(served.contract, served.offer.term).trial_end)


def _at_fault(book: Book, month: Month, roster: Roster, counted: Counted) -> dict[int, str]:
    """Return, by number, the contracts that a failed plugin touches, each with the reason."""
    found: dict[int, str] = {}
    for fault in counted.faults:
        for number in fault.contracts:
            served = roster.served[number]
            reason = _blame(book, fault.option, served, month, fault.message) if fault.option else fault.message
            found.setdefault(number, reason)
    return found


def _blame(book: Book, option: str, served: Served, month: Month, what: str) -> str:
    return f"L'{book.plugins.blame(option)} a échoué pour le contrat {served.contract.id}, {month} : {what}"
