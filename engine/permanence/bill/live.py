"""The month that runs: each contract billed so far by what bills it in the end, and what is to come."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from attrs import field, frozen

from ..contracts.book import Book
from ..model.clock import local_time, midnight
from ..model.invoice import Hold, Invoice
from ..model.outcome import Outcome
from ..model.period import ONE_DAY, Month
from ..model.records import CallBatch, Records
from ..model.usage import Numbers, PastCalls, PastUse
from .days_seen import DaysOf, days_of, together
from .forecast import DaysSeen, Forecast, forecasts
from .invoices import PriceMemory
from .month import JudgedMonth, MeasuredMonth, judge_month, measure_month, price_month
from .next_price import FurtherCalls, NextPrice, next_prices
from .one_more_call import one_more_call


@frozen(eq=False)
class LiveDays:
    """A contract's days of service, of the month and the one before, and the calls that counted on each.

    ``seen`` has one row; ``shared`` has for each of its days the calls of its whole group, whose calls count with its
    own; ``outside`` is the first day of the month on which a call came outside its hours, None for none.
    """

    seen: DaysSeen
    shared: Numbers
    outside: date | None

    def shared_on(self, day: date) -> int:
        """Return how many calls of the group counted on a day."""
        return int(self.shared[(day - self.seen.first).days])


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
    ``measured`` is the month before any price, ``before`` the one before it. ``more`` is what one more call would add
    to each contract's counts, ``days_before`` the days of the month before; ``later`` has the month as it was measured
    since of contracts that had calls since, by number; ``memory`` what months cost whose like was priced.
    """

    month: Month
    day: date
    counts: tuple[LiveCount, ...]
    holds: tuple[Hold, ...]
    known_until: int | None
    measured: MeasuredMonth = field(eq=False, repr=False)
    more: Sequence[Mapping[str, int]] = field(eq=False, repr=False)
    before: JudgedMonth = field(eq=False, repr=False)
    days_before: DaysOf = field(eq=False, repr=False)
    memory: PriceMemory = field(eq=False, repr=False)
    later: Mapping[str, MeasuredMonth] = field(factory=dict, eq=False, repr=False)

    def measured_of(self, contract: str) -> MeasuredMonth:
        """Return the month as it was measured last of a contract's calls."""
        return self.later.get(contract, self.measured)


def live_month(
    book: Book,
    day: date,
    batch: CallBatch,
    past: PastCalls,
    used: PastUse | None,
    contract: str = "",
    latest: int | None = None,
) -> LiveMonth:
    """Return the month of a day as it stands at the day's end: of all contracts in service, or of one.

    ``batch`` has the records of the calls of this month and of the one before it; what came after the day is left out.
    ``past`` and ``used`` are as for `bill_month`: each bill to date is what that bills of these calls. ``latest`` is
    when the last call of all arrived, where book and batch have but what one contract's month hangs on.
    """
    month, records = Month.of(day), known_at(batch.records, day, book.zone)
    asked = with_groups(book, [contract]) if contract else None
    measured = measure_month(book, month, records, chosen=asked, work=batch.work)
    names = frozenset(one.contract.id for one in measured.standing.served)
    names &= {contract} if contract else names
    before = judge_month(book, month.before, records, asked)
    days_before = days_of(book, month, before)
    known = latest or (int(records.each.start.max()) if len(records) else None)
    more = one_more_call(book, month, measured, max(midnight(day, book.zone), known or 0))
    asking = LiveAsked(book, month, day, days_before, past, used)
    counts, holds = live_counts(asking, measured, more, names)
    return LiveMonth(
        month=month,
        day=day,
        counts=tuple(counts),
        holds=tuple(hold for hold in holds if contract in ("", hold.contract.id)),
        known_until=known,
        measured=measured,
        more=more,
        before=before,
        days_before=days_before,
        memory=asking.memory,
    )


@frozen(eq=False)
class LiveAsked:
    """What contracts' months are counted with, besides their calls."""

    book: Book
    month: Month
    day: date
    before: DaysOf
    past: PastCalls
    used: PastUse | None
    memory: PriceMemory = field(factory=PriceMemory)


def live_counts(
    asking: LiveAsked, measured: MeasuredMonth, more: Sequence[Mapping[str, int]], names: Collection[str]
) -> tuple[list[LiveCount], tuple[Hold, ...]]:
    """Return the counts of some contracts of a measured month, by number, and all holds of the month."""
    book, month = asking.book, asking.month
    past, used, memory = asking.past, asking.used, asking.memory
    billed = price_month(book, month, measured, past, status="provisional", chosen=names, used=used, memory=memory)
    further = FurtherCalls(book, month, billed, more, memory)
    invoices = {invoice.contract.id: invoice for invoice in billed.invoices}
    prices = {name: price for some in _apart(invoices) for name, price in next_prices(further, some).items()}
    found = sorted(invoices)
    days = days_of(book, month, measured)
    seen = together(asking.before.of(found), days.of(found))
    so_far, left = [invoices[name].calls for name in found], [prices[name].left for name in found]
    foreseen, last = forecasts(seen, asking.day, so_far, left), _last_calls(measured)
    each = _live_days(book, measured, found, seen, (asking.before, days))
    counts = [
        LiveCount(invoice=invoices[name], next_price=prices[name], forecast=one, last_call=last.get(name), days=seen_of)
        for name, one, seen_of in zip(found, foreseen, each, strict=True)
    ]
    return counts, billed.holds


def _live_days(
    book: Book, measured: MeasuredMonth, names: Sequence[str], seen: DaysSeen, months: Sequence[DaysOf]
) -> Iterator[LiveDays]:
    """Yield the days of some contracts, each of which has a row of ``seen``; ``months`` have the days of all."""
    groups = {one.id: one.group for one in book.contracts if one.group}
    outside, shared = _outside(book, measured), _of_groups(groups, months)
    for row, name in enumerate(names):
        mine = DaysSeen(seen.first, seen.served[row : row + 1], seen.calls[row : row + 1])
        yield LiveDays(mine, shared.get(groups.get(name, ""), seen.calls[row]), outside.get(name))


def _of_groups(groups: Mapping[str, str], months: Sequence[DaysOf]) -> Mapping[str, Numbers]:
    """Return the calls of all contracts of each group, by day; ``groups`` are those of contracts that have one."""
    found: dict[str, Numbers] = {}
    for month in months:
        for row, name in enumerate(month.names):
            if group := groups.get(name):
                found[group] = found.get(group, 0) + month.days.calls[row]
    return found


def _outside(book: Book, measured: MeasuredMonth) -> Mapping[str, date]:
    """Return the first day on which a call came to each contract outside its hours."""
    found: dict[str, date] = {}
    classified = measured.judged.classified
    rows = np.flatnonzero((classified.outcome == Outcome.OUTSIDE) & (classified.contract >= 0))
    rows = rows[np.argsort(measured.calls.start[rows], kind="stable")]
    first = np.full(len(measured.roster.served), len(rows), np.int64)
    np.minimum.at(first, classified.contract[rows], np.arange(len(rows)))
    for row in rows[np.sort(first[first < len(rows)])].tolist():
        name = measured.roster.served[classified.contract[row]].contract.id
        found.setdefault(name, local_time(int(measured.calls.start[row]), book.zone)[0])
    return found


def known_at(records: Records, day: date, zone: str) -> Records:
    """Return the records that had arrived by the end of a day."""
    known = records.each.start < midnight(day + ONE_DAY, zone)
    return records if known.all() else Records(records.each.take(known), records.linked[known])


def with_groups(book: Book, names: Collection[str]) -> frozenset[str]:
    """Return some contracts with those of their groups, whose calls count with theirs."""
    groups = {one.group for one in book.contracts if one.group and one.id in names}
    return frozenset([*names, *(one.id for one in book.contracts if one.group in groups)])


def _apart(invoices: Mapping[str, Invoice]) -> Iterator[Collection[str]]:
    """Yield contracts whose calls do not change each other's price: of each group one at a time."""
    together: list[list[str]] = [[]]
    met = Counter[str]()
    for name, invoice in invoices.items():
        group = invoice.contract.group
        place, met[group] = (met[group], met[group] + 1) if group else (0, 0)
        together.extend([] for _ in range(len(together), place + 1))
        together[place].append(name)
    yield from together


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
