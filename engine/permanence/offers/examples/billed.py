"""An example's calls and months billed like any contract's, and the floor that its past months leave."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from ...bill.floors import Case, Walk
from ...bill.measure.counts import Counted
from ...bill.month import measure_month, price_month
from ...contracts.book import Book
from ...contracts.history import history_of
from ...model.contract import Contract
from ...model.example import Example
from ...model.facts import FactValue, Stage
from ...model.invoice import ChargeLine, Invoice
from ...model.offer import Rule
from ...model.outcome import Outcome
from ...model.period import ONE_MONTH, Month
from ...model.records import Records
from ...model.usage import PastUse
from ...model.work import WORK, Work
from .called import asked_of_calls, call_columns
from .played import Asked, HeldMonth, Played, Unplayable, UnpricedMonth, month_of


def month_billed(example: Example, contract: Contract) -> Month:
    """Return the month that an example is about: the one that it names, or the one after those that are past."""
    if example.past and not (example.month or example.calls):
        return Month.of(ONE_MONTH.after(contract.start.replace(day=1), len(example.past)))
    return month_of(example)


def _past(example: Example, contract: Contract, month: Month) -> Mapping[str, Mapping[Month, int]]:
    """Return what was counted in each month before: what the example says, and no call in any other."""
    counts = dict.fromkeys(Month.of(contract.start).until(month.first), 0)
    return {contract.id: counts | dict(zip(counts, example.past, strict=False))}


def _used(example: Example, contract: Contract, month: Month) -> PastUse:
    """Return what a trial has used in each month before: the calls that the example says, and no minute."""
    past = _past(example, contract, month)
    return {name: {month: (calls, 0) for month, calls in counts.items()} for name, counts in past.items()}


def billed(book: Book, example: Example, month: Month) -> Played:
    """Return the invoice's lines and the counts of an example with calls, counted and billed like any contract's."""
    (contract,) = book.contracts
    records = Records.alone(call_columns(example.calls, book.zone))
    measured = measure_month(book, month, records, work=tuple(_work(example, contract, month)))
    billed = price_month(book, month, measured, _past(example, contract, month), used=_used(example, contract, month))
    for hold in billed.holds:
        raise (UnpricedMonth if hold.unpriced else HeldMonth)(hold.reason)
    if not billed.invoices:
        raise Unplayable(f"the contract is not in service in {month}")
    (invoice,), counted = billed.invoices, billed.measured.counted
    asked: dict[Stage, Asked] = {
        "call": asked_of_calls(billed.measured),
        "month": tuple(dict(_read(invoice.lines)) | dict(facts) for facts in counted.facts),
    }
    return Played(asked=asked, lines=invoice.lines, counts=_counts(invoice, counted))


def _work(example: Example, contract: Contract, month: Month) -> Iterator[Work]:
    """Yield the work that an example gives, as done on the first day of its month that the contract can be served."""
    day = max(month.first, contract.start)
    for name, quantity in example.given.items():
        if name.startswith(WORK):
            yield Work(contract=contract.id, day=day, what=name.removeprefix(WORK), quantity=int(quantity))


def _read(lines: Iterable[ChargeLine]) -> Iterator[tuple[str, FactValue]]:
    return (fact for line in lines for fact in line.decision.facts)


def _counts(invoice: Invoice, counted: Counted) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for facts in counted.facts:
        for name, number in facts.items():
            found[name] = found.get(name, 0) + number
    for row in invoice.usage:
        if row.outcome == Outcome.COUNTED and row.window:
            found[f"window.{row.window}"] = found.get(f"window.{row.window}", 0) + row.calls
    return found


def with_floor(book: Book, example: Example, month: Month, played: Played) -> Played:
    """Return what came out with the floor that the months before leave, and what their rules were asked about."""
    (contract,) = book.contracts
    asked: dict[Case, Rule | None] = {}
    walk = Walk(book, history_of(book, contract), _past(example, contract, month)[contract.id], asked)
    floors = walk.floors(month)
    names = book.deciders[contract.offer].facts_needed("history")
    facts = tuple(dict(zip(names, values, strict=True)) for _, values in asked)
    floor = floors[-1].up_to if floors and floors[-1] else 0
    return evolve(played, asked={**played.asked, "history": facts}, floor=floor)
