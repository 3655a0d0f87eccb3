"""The month that runs: each contract billed so far by what bills it in the end, and what is to come."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from attrs import field, frozen

from ..contracts.book import Book
from ..model.clock import local_time, midnight
from ..model.invoice import Hold, Invoice
from ..model.outcome import Outcome
from ..model.period import ONE_DAY, Month
from ..model.records import CallBatch, Records
from ..model.usage import PastCalls, PastUse
from .forecast import Forecast, forecast
from .month import MeasuredMonth, measure_month, price_month
from .next_price import FurtherCalls, NextPrice, next_prices
from .one_more_call import one_more_call

QUARTER = 900
ByDay = Mapping[str, Mapping[date, int]]


@frozen(kw_only=True)
class LiveDays:
    """A contract's days of service, of the month and the one before, and the calls that counted on each.

    ``shared`` has those of its group too, whose calls count with its own; ``outside`` is the first day of the month on
    which a call came outside its hours, None for none.
    """

    served: Sequence[date]
    calls: Mapping[date, int]
    shared: Mapping[date, int]
    outside: date | None


@frozen(kw_only=True)
class LiveCount:
    """A contract's month so far: its bill to date, what further calls cost, and what is expected.

    ``last_call`` is when its last call arrived that is known, in UTC seconds, counted or not; None without any.
    """

    invoice: Invoice
    next_price: NextPrice
    forecast: Forecast | None
    last_call: int | None
    days: LiveDays = field(eq=False, repr=False)


@frozen(kw_only=True)
class LiveMonth:
    """The contracts in service in a month that runs, by number, and those on hold.

    ``known_until`` is when the last call of all arrived that is known, whoever's it is, in UTC seconds;
    ``measured`` is the month before any price, ``before`` the one before it.
    """

    month: Month
    day: date
    counts: tuple[LiveCount, ...]
    holds: tuple[Hold, ...]
    known_until: int | None
    measured: MeasuredMonth = field(eq=False, repr=False)
    before: MeasuredMonth = field(eq=False, repr=False)


def live_month(
    book: Book, day: date, batch: CallBatch, past: PastCalls, used: PastUse | None, contract: str = ""
) -> LiveMonth:
    """Return the month of a day as it stands at the day's end: of all contracts in service, or of one.

    ``batch`` has the records of the calls of this month and of the one before it; what came after the day is left out.
    ``past`` and ``used`` are as for `bill_month`: each bill to date is what that bills of these calls.
    """
    month, records = Month.of(day), _known(batch.records, midnight(day + ONE_DAY, book.zone))
    asked = _asked(book, contract)
    measured = measure_month(book, month, records, chosen=asked, work=batch.work)
    names = frozenset(one.contract.id for one in measured.standing.served)
    names &= {contract} if contract else names
    billed = price_month(book, month, measured, past, status="provisional", chosen=names, used=used)
    last = _last_calls(measured)
    known = int(records.each.start.max()) if len(records) else None
    more = one_more_call(book, month, measured, max(midnight(day, book.zone), known or 0))
    further = FurtherCalls(book, month, billed, more)
    invoices = {invoice.contract.id: invoice for invoice in billed.invoices}
    prices = {name: price for some in _apart(invoices) for name, price in next_prices(further, some).items()}
    before = measure_month(book, month.before, records, chosen=asked)
    days = _days(book, before, measured, names)
    counts = (
        LiveCount(
            invoice=invoice,
            next_price=prices[name],
            forecast=_forecast(days[name].served, days[name].calls, day, invoice, prices[name]),
            last_call=last.get(name),
            days=days[name],
        )
        for name, invoice in sorted(invoices.items())
    )
    holds = tuple(hold for hold in billed.holds if contract in ("", hold.contract.id))
    return LiveMonth(
        month=month, day=day, counts=tuple(counts), holds=holds, known_until=known, measured=measured, before=before
    )


def _known(records: Records, end: int) -> Records:
    known = records.each.start < end
    return records if known.all() else Records(records.each.take(known), records.linked[known])


def _asked(book: Book, contract: str) -> Collection[str] | None:
    """Return the contracts whose calls are to be measured: those of its group with the one that is asked for."""
    groups = {one.group for one in book.contracts if one.id == contract and one.group}
    return {contract, *(one.id for one in book.contracts if one.group in groups)} if contract else None


def _apart(invoices: Mapping[str, Invoice]) -> Iterator[Collection[str]]:
    """Yield contracts whose calls do not change each other's price: those without a group, then each that has one."""
    grouped = [name for name, invoice in invoices.items() if invoice.contract.group]
    yield [name for name in invoices if name not in set(grouped)]
    yield from ([name] for name in grouped)


def _forecast(
    served: Sequence[date], calls: Mapping[date, int], day: date, invoice: Invoice, price: NextPrice
) -> Forecast | None:
    seen = {one: calls.get(one, 0) for one in served if one < day}
    ahead = [one for one in served if one >= day]
    return forecast(seen, (day, calls.get(day, 0)), ahead, invoice.calls, price.left)


def _days(book: Book, before: MeasuredMonth, measured: MeasuredMonth, names: Collection[str]) -> Mapping[str, LiveDays]:
    """Return the days of some contracts."""
    served, calls, outside = _served_days(before, measured), _by_day(book, before, measured), _outside(book, measured)
    together: dict[str, Counter[date]] = {}
    groups = {one.id: one.group for one in book.contracts if one.group}
    for name, counted in calls.items():
        if group := groups.get(name):
            together.setdefault(group, Counter()).update(counted)
    return {
        name: LiveDays(
            served=served.get(name, ()),
            calls=calls.get(name, {}),
            shared=together.get(groups.get(name, ""), calls.get(name, {})),
            outside=outside.get(name),
        )
        for name in names
    }


def _outside(book: Book, measured: MeasuredMonth) -> Mapping[str, date]:
    """Return the first day on which a call came to each contract outside its hours."""
    found: dict[str, date] = {}
    classified = measured.judged.classified
    rows = np.flatnonzero((classified.outcome == Outcome.OUTSIDE) & (classified.contract >= 0))
    for row in rows[np.argsort(measured.calls.start[rows], kind="stable")].tolist():
        name = measured.roster.served[classified.contract[row]].contract.id
        if name not in found:
            found[name] = local_time(int(measured.calls.start[row]), book.zone)[0]
    return found


def _served_days(*months: MeasuredMonth) -> Mapping[str, Sequence[date]]:
    """Return the days of service of each contract, in order."""
    found: dict[str, list[date]] = {}
    for one in (one for measured in months for one in measured.standing.served):
        days = (period.start + timedelta(days=n) for period in one.served.periods for n in range(period.days))
        found.setdefault(one.contract.id, []).extend(days)
    return found


def _by_day(book: Book, *months: MeasuredMonth) -> ByDay:
    """Return the counted calls of each contract by local day."""
    found: dict[str, Counter[date]] = {}
    for measured in months:
        rows = np.flatnonzero(measured.judged.classified.counted)
        contracts, starts = measured.judged.classified.contract[rows], measured.calls.start[rows]
        # No zone's midnight lies within a quarter of an hour.
        quarters, places = np.unique(starts // QUARTER, return_inverse=True)
        days = [local_time(quarter * QUARTER, book.zone)[0].toordinal() for quarter in quarters.tolist()]
        of_call = np.array(days, np.int64)[places]
        pairs, counts = np.unique(np.stack([contracts, of_call]), axis=1, return_counts=True)
        for contract, ordinal, calls in zip(*pairs.tolist(), counts.tolist(), strict=True):
            name = measured.roster.served[contract].contract.id
            found.setdefault(name, Counter())[date.fromordinal(ordinal)] += calls
    return found


def _last_calls(measured: MeasuredMonth) -> Mapping[str, int]:
    """Return when the last call of each contract arrived, counted or not, in UTC seconds."""
    contracts = measured.judged.classified.contract
    latest = np.full(len(measured.roster.served), -1, np.int64)
    mine = contracts >= 0
    np.maximum.at(latest, contracts[mine], measured.calls.start[mine])
    found: dict[str, int] = {}
    for one, instant in zip(measured.roster.served, latest.tolist(), strict=True):
        if instant >= 0:
            found[one.contract.id] = max(instant, found.get(one.contract.id, instant))
    return found
