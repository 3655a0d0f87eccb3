"""The month that runs counted again as further calls come in: of those contracts alone that they are of."""

from collections.abc import Collection, Sequence

import numpy as np
from attrs import evolve

from ..contracts.book import Book
from ..model.clock import MINUTE, midnight
from ..model.line import one_spelling
from ..model.records import ALONE, Records
from ..model.usage import PastCalls, PastUse
from ..model.work import Work
from .invoices import PriceMemory
from .live import LiveAsked, LiveMonth, known_at, live_counts, with_groups
from .month import MeasuredMonth, measure_others
from .one_more_call import one_more_call


def live_again(
    book: Book,
    earlier: LiveMonth,
    lots: Sequence[Records],
    work: Sequence[Work],
    past: PastCalls,
    used: PastUse | None,
) -> LiveMonth:
    """Return a month that runs as it stands now that further calls came in: the same as if all were counted anew.

    ``lots`` are all records, as they came in, of which the last came since; no link is in two lots, and no record of
    the last one lies before the month. Counted are the contracts that it is of, with those of their groups, and those
    for which the next minute is another than it was; all others stand as they were.
    """
    month, day, zone = earlier.month, earlier.day, book.zone
    lots = [known_at(lot, day, zone) for lot in lots]
    known = max((int(lot.each.start.max()) for lot in lots if len(lot)), default=None)
    now, then = (max(midnight(day, zone), instant or 0) for instant in (known, earlier.known_until))
    same = -(-now // MINUTE) == -(-then // MINUTE)
    more = earlier.more if same else one_more_call(book, month, earlier.measured, now)
    served = earlier.measured.roster.served
    moved = {one.contract.id for one, new, old in zip(served, more, earlier.more, strict=True) if new != old}
    names = with_groups(book, moved | _touched(earlier.measured, lots[-1]))
    memory = PriceMemory() if earlier.memory.is_full else earlier.memory
    asking = LiveAsked(book, month, day, earlier.days_before, past, used, memory)
    records = _theirs(lots, earlier.measured, names)
    measured = measure_others(book, month, earlier.measured, records, chosen=names, work=work)
    counts, holds = live_counts(asking, measured, more, names)
    standing = {one.invoice.contract.id: one for one in earlier.counts if one.invoice.contract.id not in names}
    standing |= {one.invoice.contract.id: one for one in counts}
    waiting = {one.contract.id: one for one in earlier.holds if one.contract.id not in names}
    waiting |= {one.contract.id: one for one in holds if one.contract.id in names}
    return evolve(
        earlier,
        counts=tuple(standing[name] for name in sorted(standing)),
        holds=tuple(waiting[name] for name in sorted(waiting)),
        known_until=known,
        more=more,
        memory=memory,
        later={**earlier.later, **dict.fromkeys(names, measured)},
    )


def _touched(measured: MeasuredMonth, records: Records) -> frozenset[str]:
    """Return the contracts in service that have a line which some records name."""
    words = {one_spelling(word) for column in (records.each.account, records.each.number) for word in column.words}
    held = ((one.contract.id, line.line) for one in measured.standing.served for line in one.contract.lines_held)
    return frozenset(name for name, line in held if one_spelling(line) in words)


def _theirs(lots: Sequence[Records], measured: MeasuredMonth, names: Collection[str]) -> Records:
    """Return the records that name a line of some contracts, with those that are one call with them."""
    held = (
        line.line for one in measured.standing.served if one.contract.id in names for line in one.contract.lines_held
    )
    lines = frozenset(map(one_spelling, held))
    return Records.joined([naming(lot, lines) for lot in lots])


def naming(records: Records, lines: Collection[str]) -> Records:
    """Return the records that name some lines, each in its one spelling, with those that are one call with them."""
    mine = np.zeros(len(records), np.bool_)
    for column in (records.each.account, records.each.number):
        mine |= np.array([*(one_spelling(word) in lines for word in column.words), False], np.bool_)[column.codes]
    links = records.linked[mine & (records.linked != ALONE)]
    rows = np.flatnonzero(mine | np.isin(records.linked, links)) if links.size else np.flatnonzero(mine)
    each = records.each.take(rows)
    each = evolve(each, account=each.account.trimmed(), number=each.number.trimmed())
    return Records(each, records.linked[rows])
