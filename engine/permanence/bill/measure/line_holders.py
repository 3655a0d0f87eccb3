"""Whose call it is: which contract holds a line, at which time."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ...model.line import one_spelling
from ...model.reason import Reason
from ...model.usage import Codes, Numbers, WordColumn

ALWAYS, NEVER = np.iinfo(np.int64).min, np.iinfo(np.int64).max
ReasonCodes = NDArray[np.int16]
Holding = tuple[tuple[int, ...], Iterable[str]]
"""Segments by number, and the lines that their contract holds in them; no segment: lines that are not in service.

Those of contracts on hold are numbered after those of contracts in service.
"""
Piece = tuple[int, int, int, Reason]
"""Start and end in UTC seconds, half-open; the segment, or -1 and the reason why there is none."""


@frozen
class Segment:
    """Seconds [start, end) in which one contract is in service with the same options; numbers, all of them.

    ``contract`` is a place in the roster's contracts, ``profile`` one in its profiles. Of a contract on hold, which may
    be in service or not, it is a place in those that wait, and -1.
    """

    contract: int
    start: int
    end: int
    profile: int
    options: tuple[str, ...]


@frozen(eq=False)
class Lines:
    """Every line of every contract, and who holds it when, as columns.

    ``number_of`` numbers the lines; 0 is a line that nobody holds. ``first`` gives a line its first piece;
    its pieces follow each other in time, each up to ``until`` where the next one starts.
    ``contract_of`` gives the contract in service of each segment, ``waiting_of`` the one on hold, -1 for none.
    """

    number_of: Mapping[str, int]
    first: Codes
    start: Numbers
    end: Numbers
    until: Numbers
    segment: Codes
    reason: ReasonCodes
    contract_of: Codes
    waiting_of: Codes

    def numbers(self, column: WordColumn) -> Codes:
        """Return the line number of each of a column's words, and 0, last, for a call that has none."""
        return np.array([*(self.number_of.get(one_spelling(word), 0) for word in column.words), 0], np.int32)

    def segments(self, account: Codes, number: Codes, instant: Numbers) -> tuple[Codes, ReasonCodes]:
        """Return, per call, its segment, or -1 and the reason, from its two line numbers and its start.

        The account says whose call it is, and the number where the account says nothing. Where they name
        contracts that are both in service at that instant, and not the same, it is nobody's: ambiguous. A contract
        on hold has what no contract in service has.
        """
        line = np.where(account > 0, account, number)
        segment, reason = self._at(line, instant)
        other = np.flatnonzero((number > 0) & (number != line))
        if other.size:
            second, why = self._at(number[other], instant[other])
            segment[other], reason[other] = self._agreed(segment[other], reason[other], second, why)
        return segment, reason

    def _at(self, line: Codes, instant: Numbers) -> tuple[Codes, ReasonCodes]:
        piece = self.first.take(line)
        late = np.flatnonzero(instant >= self.until.take(piece))
        while late.size:
            piece[late] += 1
            late = late[instant[late] >= self.until[piece[late]]]
        outside = (instant < self.start.take(piece)) | (instant >= self.end.take(piece))
        segment, reason = self.segment.take(piece), self.reason.take(piece)
        segment[outside], reason[outside] = -1, Reason.NOT_IN_SERVICE
        return segment, reason

    def _agreed(
        self, segment: Codes, reason: ReasonCodes, second: Codes, why: ReasonCodes
    ) -> tuple[Codes, ReasonCodes]:
        one, two = self.contract_of[segment], self.contract_of[second]
        unclear = (reason == Reason.AMBIGUOUS) | (why == Reason.AMBIGUOUS) | ((one >= 0) & (two >= 0) & (one != two))
        on_hold = np.where(segment >= 0, segment, second)
        agreed = np.where(one >= 0, segment, np.where(two >= 0, second, on_hold))
        agreed = np.where(unclear, np.int32(-1), agreed)
        found = np.where(agreed >= 0, np.int16(Reason.NONE), reason)
        return agreed, np.where(unclear, np.int16(Reason.AMBIGUOUS), found)


def lines_of(held: Iterable[Holding], segments: Sequence[Segment], waiting: Sequence[Segment] = ()) -> Lines:
    """Return the lines that contracts hold during their segments, and contracts on hold during theirs."""
    holders: dict[str, tuple[int, ...]] = {}
    for theirs, words in held:
        for word in dict.fromkeys(map(one_spelling, words)):
            holders[word] = (*holders[word], *theirs) if word in holders else theirs
    numbers: dict[tuple[int, ...], int] = {}
    number_of = {word: numbers.setdefault(mine, len(numbers) + 1) for word, mine in holders.items()}
    lines: list[list[Piece]] = [[(ALWAYS, NEVER, -1, Reason.UNKNOWN_LINE)]]
    for mine in numbers:
        lines.append(_pieces(segments, waiting, mine) or [(NEVER, NEVER, -1, Reason.NOT_IN_SERVICE)])
    return _columns(number_of, lines, segments, waiting)


def _pieces(segments: Sequence[Segment], waiting: Sequence[Segment], mine: Sequence[int]) -> list[Piece]:
    served = len(segments)
    if len(mine) == 1 and mine[0] < served:
        return [(segments[mine[0]].start, segments[mine[0]].end, mine[0], Reason.NONE)]
    theirs = {number: segments[number] if number < served else waiting[number - served] for number in mine}
    if len(theirs) == 1:
        return [(one.start, one.end, number, Reason.NONE) for number, one in theirs.items()]
    cuts = sorted({cut for one in theirs.values() for cut in (one.start, one.end)})
    pieces: list[Piece] = []
    for start, end in pairwise(cuts):
        there = [number for number, one in theirs.items() if one.start <= start < one.end]
        # In service before on hold; of several on hold the first, as an account comes before a number.
        there = [number for number in there if number < served] or there[:1]
        if len(there) == 1:
            pieces.append((start, end, there[0], Reason.NONE))
        elif there:
            pieces.append((start, end, -1, Reason.AMBIGUOUS))
    return pieces


def _columns(
    number_of: Mapping[str, int],
    lines: Sequence[Sequence[Piece]],
    segments: Sequence[Segment],
    waiting: Sequence[Segment],
) -> Lines:
    pieces = [piece for line in lines for piece in line]
    counts = np.array([len(line) for line in lines])
    until = [after[0] for line in lines for after in (*line[1:], (NEVER,))]
    nobody = [-1] * len(waiting), [-1] * len(segments)
    return Lines(
        number_of=number_of,
        first=(np.cumsum(counts) - counts).astype(np.int32),
        start=np.array([piece[0] for piece in pieces], np.int64),
        end=np.array([piece[1] for piece in pieces], np.int64),
        until=np.array(until, np.int64),
        segment=np.array([piece[2] for piece in pieces], np.int32),
        reason=np.array([piece[3] for piece in pieces], np.int16),
        contract_of=np.array([*(segment.contract for segment in segments), *nobody[0], -1], np.int32),
        waiting_of=np.array([*nobody[1], *(segment.contract for segment in waiting), -1], np.int32),
    )
