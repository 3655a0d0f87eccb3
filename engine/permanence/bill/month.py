"""START HERE: one month for all contracts, in order. Whoever bills anything goes through here."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import evolve, frozen

from ..contracts.book import Book
from ..contracts.promises import promise_of
from ..contracts.standing import Standing, standing_in
from ..model.invoice import GoLivePromise, Hold, Invoice, InvoiceStatus, MonthRun
from ..model.period import Month
from ..model.usage import CallBatch, Calls, PastCalls
from ..model.work import Work
from .floors import with_floors
from .invoices import invoice_all
from .measure.call_rules import Judged, judge
from .measure.counts import Counted, count
from .measure.roster import Roster, make_roster
from .measure.tally import outcome_counts
from .measure.work_done import month_work, with_work

NOTHING_PAST: PastCalls = {}


@frozen(eq=False)
class MeasuredMonth:
    """A month before any price: who is in service, whose line is whose, what became of each call, what was counted."""

    standing: Standing
    roster: Roster
    judged: Judged
    counted: Counted


@frozen(eq=False)
class BilledMonth:
    """A month in its steps: as it was measured, with the floors that past months leave, and as it was billed.

    ``holds`` are of contracts that could not be billed, whether before or after their calls were measured.
    """

    measured: MeasuredMonth
    roster: Roster
    invoices: tuple[Invoice, ...]
    holds: tuple[Hold, ...]


def bill_month(
    book: Book, month: Month, batch: CallBatch, past: PastCalls = NOTHING_PAST, *, provisional: bool = False
) -> MonthRun:
    """Return every draft invoice of a month, every contract on hold, and what became of every call.

    ``past`` is what was counted in the months before; only offers with rules on past months read it.
    A pure function of what is on file, the calls and the past: run again, it returns the same, but for ``questions``,
    which counts what durable-rules was asked since the book was opened, the proof of its offers included.
    """
    measured = measure_month(book, month, batch.calls, work=batch.work)
    billed = price_month(book, month, measured, past, status="provisional" if provisional else "draft")
    return MonthRun(
        month=month,
        source=batch.source,
        provisional=provisional,
        outcomes=outcome_counts(measured.judged.classified, batch),
        other_months=batch.other_months,
        facts=book.facts,
        questions=book.questions,
        invoices=billed.invoices,
        holds=billed.holds,
        served=billed.roster.served,
        waiting=measured.standing.holds,
        promises=_promises(book, month, (*billed.invoices, *billed.holds)),
        work=month_work(book, batch.work, measured.roster, {hold.contract.id for hold in billed.holds}),
    )


def _promises(book: Book, month: Month, found: Iterable[Invoice | Hold]) -> Mapping[str, GoLivePromise]:
    live = {one.contract.id: one.contract.live for one in found}
    signed = (contract for contract in book.contracts if contract.id in live)
    promises = ((contract.id, promise_of(book, contract, live[contract.id], month.last)) for contract in signed)
    return {name: promise for name, promise in promises if promise}


def measure_month(
    book: Book, month: Month, calls: Calls, standing: Standing | None = None, work: Sequence[Work] = ()
) -> MeasuredMonth:
    """Return a month measured; ``standing`` says who is in service where that is not as the book has it."""
    standing = standing or standing_in(book, month)
    roster = make_roster(standing.served, standing.idle)
    judged = judge(calls, roster, book.deciders)
    counted = count(calls, judged, roster, book.offers.values())
    return MeasuredMonth(standing, roster, judged, with_work(counted, work, roster))


def price_month(
    book: Book,
    month: Month,
    measured: MeasuredMonth,
    past: PastCalls = NOTHING_PAST,
    *,
    status: InvoiceStatus = "draft",
    chosen: Collection[str] | None = None,
) -> BilledMonth:
    """Return a measured month billed: all of its contracts, or those that are ``chosen`` by number."""
    roster = with_floors(book, month, measured.roster, past, measured.standing.histories)
    counted = evolve(measured.counted, faults=(*roster.faults, *measured.counted.faults))
    invoices, holds = invoice_all(book, month, roster, counted, status, chosen)
    waiting = sorted((*measured.standing.holds, *holds), key=lambda hold: hold.contract.id)
    return BilledMonth(measured, roster, invoices, tuple(waiting))
