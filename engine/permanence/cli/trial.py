"""What a file of call records would come to: its first records, and the calls that they make with all others."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen

from ..bill.measure.one_call import one_call_each
from ..model.call_file import CallFile, CallPart
from ..model.problem import Problem
from ..model.records import Records
from ..read.calls.first_records import ReadRecord, first_records

MOST = 100_000
"""So many records are looked at: a file may have many millions, and each of them may be refused."""


@frozen(kw_only=True)
class TriedCall:
    """A call that records make: their lines, and what is known of it by all of them."""

    lines: tuple[int, ...]
    start: int
    wait_seconds: int
    talk_seconds: int
    status: str
    direction: str
    tags: str
    language: str


@frozen(kw_only=True)
class TriedFile:
    """How a file is understood: its first records, their calls with all their records, and what is refused.

    ``ends`` counts all records by their direction and how they ended.
    """

    file: str
    zone: str
    rows: int
    ends: Mapping[tuple[str, str], int]
    records: tuple[ReadRecord, ...]
    calls: tuple[TriedCall, ...]
    refused: tuple[Problem, ...]
    notices: tuple[Problem, ...]


def tried(found: CallFile, count: int) -> TriedFile:
    """Return how a file is understood, by so many of its first records; their calls in order of arrival.

    No more than `MOST` records are looked at: of a larger file, what comes later is not read.
    """
    found = evolve(found, parts=tuple(_first(found.parts)))
    records = first_records(found, count)
    lines = {record["line"] for record in records.first}
    return TriedFile(
        file=found.file,
        zone=found.zone,
        rows=found.rows,
        ends=_ends(found),
        records=records.first,
        calls=tuple(call for call in _calls(records.linked) if lines & set(call.lines)),
        refused=tuple(one.problem for one in found.refused),
        notices=found.notices,
    )


def _first(parts: Iterable[CallPart]) -> Iterator[CallPart]:
    """Yield the parts of a file up to that with which enough of its records are seen."""
    rows = 0
    for part in parts:
        yield part
        rows += part.rows
        if rows >= MOST:
            return


def _ends(found: CallFile) -> Mapping[tuple[str, str], int]:
    """Return how many records went which way and ended how, the most first."""
    counted = Counter[tuple[str, str]]()
    for part in found.parts:
        columns = part.records.to_pydict()
        counted.update(zip(columns["direction"], columns["status"], strict=True))
    return dict(counted.most_common())


def _calls(records: Records) -> Iterator[TriedCall]:
    """Yield the calls that records are, as a bill joins them; without contracts the earliest names line and way."""
    legs, lines_of = records.legs, dict[int, list[int]]()
    for call, line in zip(legs.call.tolist(), records.each.row[legs.rows].tolist(), strict=True):
        lines_of.setdefault(int(records.each.row[legs.heads[call]]), []).append(line)
    calls = one_call_each(records.each, legs, legs.heads)
    for place, line in enumerate(calls.row.tolist()):
        yield TriedCall(
            lines=tuple(sorted(lines_of.get(line, [line]))),
            start=int(calls.start[place]),
            wait_seconds=int(calls.wait[place]),
            talk_seconds=int(calls.talk[place]),
            status=calls.status[place],
            direction=calls.direction[place],
            tags=calls.tags[place],
            language=calls.language[place],
        )
