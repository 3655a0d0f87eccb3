"""Calls that nobody made: as many as are asked for, over the hours in which a contract is answered; or none."""

import numpy as np

from ..contracts.book import Book
from ..contracts.standing import standing_in
from ..model.clock import MINUTE
from ..model.period import Month
from ..model.records import CallBatch, Records
from ..model.usage import Calls, Numbers, WordColumn
from .measure.judged import judged_by
from .measure.roster import make_roster

TALK_SECONDS = 120
GOLDEN = 2_654_435_769
"""2³² divided by the golden ratio: its multiples, modulo 2³², lie evenly however many of them are taken."""
NO_CALLS = CallBatch(records=Records.alone(Calls.at(np.zeros(0, np.int64))))


def invented_calls(book: Book, month: Month, count: int) -> CallBatch:
    """Return so many calls to the first line of a book's one contract, over the minutes in which it is answered.

    A month without such a minute has no call. More calls are the same calls and others: what a month costs can
    be compared from one count to the next, where a price depends on the window too.
    """
    minutes = _answered_minutes(book, month)
    (contract,) = book.contracts
    size = count if minutes.size else 0
    rules = book.offers[contract.offer].count
    number = np.arange(size, dtype=np.int64)
    same = np.zeros(size, np.int32)
    calls = Calls.at(
        minutes[(number * GOLDEN % 2**32) * minutes.size >> 32],
        talk=same + max(TALK_SECONDS, rules.min_talk_seconds),
        account=WordColumn(same, (contract.lines[0],)),
        status=WordColumn(same, ("answered",)),
        direction=WordColumn(same, ("outbound" if rules.direction == "outbound" else "inbound",)),
    )
    return CallBatch(records=Records.alone(calls))


def invented_for_options(book: Book, month: Month, count: int) -> Calls:
    """Return the same calls as the options of the contract are asked about them, with their windows."""
    standing = standing_in(book, month)
    roster = make_roster(standing.served, standing.idle)
    (contract,) = book.contracts
    calls = invented_calls(book, month, count).records.each
    return judged_by(roster, calls, book.offers[contract.offer].head.timezone)


def _answered_minutes(book: Book, month: Month) -> Numbers:
    """Return the minutes of a month inside the windows of those in service, as UTC seconds."""
    standing = standing_in(book, month)
    roster = make_roster(standing.served, standing.idle)
    answered = [np.zeros(0, np.int64)]
    for segment in roster.segments:
        minutes = np.arange(segment.start, segment.end, MINUTE, dtype=np.int64)
        profile = np.full(minutes.size, segment.profile, np.int32)
        answered.append(minutes[roster.coverage.look_up(profile, minutes) >= 0])
    return np.concatenate(answered)
