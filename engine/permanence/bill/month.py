"""START HERE: one month for all contracts, in order. Whoever bills anything goes through here."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
from attrs import evolve, frozen

from ..contracts.book import Book
from ..contracts.promises import promise_of
from ..contracts.standing import Standing
from ..model.invoice import GoLivePromise, Hold, Invoice, InvoiceStatus, MonthRun
from ..model.kept_calls import KeptCalls
from ..model.option_watched import asked_for_a_month
from ..model.period import Month
from ..model.records import CallBatch, Records
from ..model.usage import Calls, PastCalls, PastUse
from ..model.work import Work
from .deposits import with_deposits
from .floors import with_floors
from .groups import with_groups
from .invoices import PriceMemory, invoice_all
from .measure.call_kinds import kept_calls
from .measure.call_rules import Judged, judge
from .measure.counts import Counted, count
from .measure.occurrences import with_occurrences
from .measure.outcomes import Classified, held
from .measure.roster import Roster
from .measure.tally import outcome_counts
from .measure.work_done import month_work, with_work
from .month_calls import OneMonth
from .trials_used import with_trials_used
from .unserved import without_service

NOTHING_PAST: PastCalls = {}
NOBODY = np.zeros(0, np.int32)


@frozen(eq=False)
class JudgedMonth:
    """A month before anything is counted: who is in service, whose line is whose, what became of each call."""

    standing: Standing
    roster: Roster
    calls: Calls
    judged: Judged


@frozen(eq=False)
class MeasuredMonth(JudgedMonth):
    """A month before any price: what became of each call, and what was counted."""

    counted: Counted


@frozen(eq=False)
class BilledMonth:
    """A month in its steps: as it was measured, with the floors that past months leave, and as it was billed.

    ``holds`` are of contracts that could not be billed, whether before or after their calls were measured;
    ``classified`` is what became of each call, now that these are known; ``counts`` is what was counted for each part
    of a month in the roster, with what a group shares.
    """

    measured: MeasuredMonth
    roster: Roster
    invoices: tuple[Invoice, ...]
    holds: tuple[Hold, ...]
    classified: Classified
    counts: Sequence[Mapping[str, int]]


def bill_month(
    book: Book,
    month: Month,
    batch: CallBatch,
    past: PastCalls = NOTHING_PAST,
    *,
    provisional: bool = False,
    used: PastUse | None = None,
) -> MonthRun:
    """Return every draft invoice of a month, every contract on hold, and what became of every call.

    ``batch`` has the records of the month's calls, with those of the days around it. ``past`` is what was counted in
    the months before; only offers with rules on past months read it. ``used`` is what trials that end by use have used
    before; without it no trial is looked at. A pure function of what is on file, the calls and
    the past: run again, it returns the same, but for ``questions``, which counts what durable-rules was asked since the
    book was opened, the proof of its offers included.
    """
    measured = measure_month(book, month, batch.records, work=batch.work)
    billed = price_month(book, month, measured, past, status="provisional" if provisional else "draft", used=used)
    return month_run(book, batch, billed, month, past, provisional=provisional)


def month_run(
    book: Book, batch: CallBatch, billed: BilledMonth, month: Month, past: PastCalls, *, provisional: bool = False
) -> MonthRun:
    """Return a billed month as it is published, with what became of every record and call of the batch."""
    measured = billed.measured
    outcomes = outcome_counts(measured.calls, billed.classified, batch)
    return MonthRun(
        month=month,
        source=batch.source,
        provisional=provisional,
        outcomes=outcomes,
        other_months=0 if batch.rows is None else batch.rows - outcomes.came_in,
        facts=book.facts,
        questions=book.questions,
        invoices=billed.invoices,
        holds=billed.holds,
        served=billed.roster.served,
        waiting=measured.standing.holds,
        promises=_promises(book, month, (*billed.invoices, *billed.holds)),
        kept=_kept(measured, billed.classified),
        work=month_work(book, batch.work, measured.roster, {hold.contract.id for hold in billed.holds}),
        titles=book.titles,
        counts=billed.counts,
        past=past,
    )


def _kept(measured: MeasuredMonth, classified: Classified) -> KeptCalls:
    marks, facts = measured.judged.marks, measured.counted.of_calls
    return kept_calls(measured.calls, classified, marks, facts, measured.roster)


def _promises(book: Book, month: Month, found: Iterable[Invoice | Hold]) -> Mapping[str, GoLivePromise]:
    live = {one.contract.id: one.contract.live for one in found}
    signed = (contract for contract in book.contracts if contract.id in live)
    promises = ((contract.id, promise_of(book, contract, live[contract.id], month.last)) for contract in signed)
    return {name: promise for name, promise in promises if promise}


def measure_month(
    book: Book,
    month: Month,
    records: Records,
    standing: Standing | None = None,
    chosen: Collection[str] | None = None,
    work: Sequence[Work] = (),
) -> MeasuredMonth:
    """Return a month measured: all of its calls, or those of the contracts that are ``chosen`` by number.

    ``standing`` says who is in service where that is not as the book has it; ``work`` is what was done that is no call.
    """
    return _measured(OneMonth.of(book, month, standing), records, chosen, work)


def measure_others(
    book: Book,
    month: Month,
    measured: MeasuredMonth,
    records: Records,
    chosen: Collection[str] | None = None,
    work: Sequence[Work] = (),
) -> MeasuredMonth:
    """Return a month as it is measured with other records: who is in service, and whose lines, is as it was."""
    return _measured(OneMonth(book, month, measured.standing, measured.roster), records, chosen, work)


def judge_month(book: Book, month: Month, records: Records, chosen: Collection[str] | None = None) -> JudgedMonth:
    """Return what became of a month's calls, or of those of the ``chosen`` contracts; nothing is counted."""
    return _judged(OneMonth.of(book, month), records, chosen)


def _measured(
    one: OneMonth, records: Records, chosen: Collection[str] | None = None, work: Sequence[Work] = ()
) -> MeasuredMonth:
    month = _judged(one, records, chosen)
    counted = count(month.calls, month.judged, one.roster, one.book.offers.values())
    counted = with_work(with_occurrences(counted, one.roster), work, one.roster)
    return MeasuredMonth(month.standing, month.roster, month.calls, month.judged, counted)


def _judged(one: OneMonth, records: Records, chosen: Collection[str] | None) -> JudgedMonth:
    asked_for_a_month()
    calls = one.calls(records)
    calls = calls if chosen is None else one.calls_of(calls, chosen)
    return JudgedMonth(one.standing, one.roster, calls, judge(calls, one.roster, one.book.deciders, one.bounds[0]))


def price_month(
    book: Book,
    month: Month,
    measured: MeasuredMonth,
    past: PastCalls = NOTHING_PAST,
    *,
    status: InvoiceStatus = "draft",
    chosen: Collection[str] | None = None,
    used: PastUse | None = None,
    in_arrears: bool = False,
    memory: PriceMemory | None = None,
) -> BilledMonth:
    """Return a measured month billed: all of its contracts, or those that are ``chosen`` by number.

    ``used`` is what trials that end by use have used in the months before; without it no trial is looked at.
    ``in_arrears`` leaves every price with its own month, whenever it is due. ``memory`` is of the same month.
    """
    roster = with_floors(book, month, measured.roster, past, measured.standing.histories)
    if used is not None:
        roster = with_trials_used(book, month, roster, measured.calls, measured.judged.classified, used)
    counted = evolve(measured.counted, faults=(*roster.faults, *measured.counted.faults))
    counted = with_groups(counted, roster, measured.standing.holds, book.offers)
    return price_counted(
        book, month, measured, roster, counted, status=status, chosen=chosen, in_arrears=in_arrears, memory=memory
    )


def price_counted(
    book: Book,
    month: Month,
    measured: MeasuredMonth,
    roster: Roster,
    counted: Counted,
    *,
    status: InvoiceStatus = "draft",
    chosen: Collection[str] | None = None,
    in_arrears: bool = False,
    memory: PriceMemory | None = None,
) -> BilledMonth:
    """Return a month billed from what was counted, with the floors that past months leave in its roster."""
    invoices, holds = invoice_all(book, month, roster, counted, status, chosen, in_arrears=in_arrears, memory=memory)
    if chosen is None and not in_arrears:
        back = tuple(without_service(book, measured.standing.idle, month, status))
        holds = (*holds, *(one for one in back if isinstance(one, Hold)))
        invoices = (*invoices, *(one for one in back if isinstance(one, Invoice)))
        invoices = tuple(sorted(invoices, key=lambda invoice: invoice.contract.id))
        invoices = with_deposits(book, invoices, month)
    names = {one.contract.id for one in holds}
    waiting = [number for number, one in enumerate(roster.served) if one.contract.id in names]
    classified = held(measured.judged.classified, waiting)
    known = _with_calls((*measured.standing.holds, *holds), measured)
    holds = tuple(sorted(known, key=lambda one: one.contract.id))
    return BilledMonth(measured, roster, invoices, holds, classified, counted.facts)


def _with_calls(holds: Sequence[Hold], measured: MeasuredMonth) -> Iterator[Hold]:
    """Yield each hold with how many calls wait with it."""
    if not holds:
        return
    roster, usage = measured.roster, measured.counted.usage
    found = Counter[str]()
    for contract, calls in zip(usage.contract.tolist(), usage.calls.tolist(), strict=True):
        found[roster.served[contract].contract.id if contract >= 0 else ""] += calls
    waits = roster.lines.waiting_of[measured.judged.classified.segment] if roster.waiting else NOBODY
    for contract, calls in enumerate(np.bincount(waits + 1).tolist(), -1):
        found[roster.waiting[contract].id if contract >= 0 else ""] += calls
    yield from (evolve(hold, calls=found[hold.contract.id]) for hold in holds)
