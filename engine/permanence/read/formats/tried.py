"""What a file of call records would come to: its first records, and the calls that they make with all others."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any

from attrs import evolve, frozen

from ...model.call_file import CallFile, CallPart
from ...model.problem import Problem
from ...model.records import NEW_CALL_AFTER

MOST = 100_000
"""So many records are looked at: a file may have many millions, and each of them may be refused."""
ReadRecord = dict[str, Any]
"""A record by the names of our columns, with the line that it stands in."""


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
    """How a file is understood: its first records, their calls with all their records, and what is refused."""

    file: str
    zone: str
    rows: int
    records: tuple[ReadRecord, ...]
    calls: tuple[TriedCall, ...]
    refused: tuple[Problem, ...]
    notices: tuple[Problem, ...]


def tried(found: CallFile, count: int) -> TriedFile:
    """Return how a file is understood, by so many of its first records, and by no more than the first hundred thousand.

    It is one pass: of a larger file, what comes later is not read.
    """
    parts = tuple(_first(found.parts))
    found = evolve(found, parts=parts)
    records = tuple(islice(_records(found), count))
    return TriedFile(
        file=found.file,
        zone=found.zone,
        rows=sum(part.rows for part in found.parts),
        records=records,
        calls=tuple(_calls(_records(found), records)),
        refused=tuple(one.problem for part in found.parts for one in part.refused),
        notices=tuple(notice for part in found.parts for notice in part.notices),
    )


def _first(parts: Iterable[CallPart]) -> Iterator[CallPart]:
    """Yield the parts of a file up to that with which enough of its records are seen."""
    rows = 0
    for part in parts:
        yield part
        rows += part.rows
        if rows >= MOST:
            return


def _records(found: CallFile) -> Iterator[ReadRecord]:
    """Yield the records of a file by the names of our columns, in its order."""
    for part in found.parts:
        columns = part.records.to_pydict()
        yield from (dict(zip(columns, record, strict=True)) for record in zip(*columns.values(), strict=True))


def _calls(records: Iterable[ReadRecord], first: Sequence[ReadRecord]) -> list[TriedCall]:
    """Return the calls that some records of a file belong to, with all their records, in order of arrival."""
    legs: dict[tuple[str, str], list[ReadRecord]] = {_link(record): [] for record in first}
    for record in records:
        if (link := _link(record)) in legs:
            legs[link].append(record)
    lines = {record["line"] for record in first}
    calls = [_call(part) for linked in legs.values() for part in _parts(linked)]
    return sorted((call for call in calls if lines & set(call.lines)), key=lambda call: (call.start, call.lines))


def _link(record: ReadRecord) -> tuple[str, str]:
    return record["source"], record["linked_id"] or record["call_id"]


def _parts(records: list[ReadRecord]) -> list[list[ReadRecord]]:
    """Return the records of a link call by call: a link that is used again a day later is another call's."""
    ordered = sorted(records, key=lambda record: (record["start"], record["line"]))
    parts = [ordered[:1]]
    for before, record in pairwise(ordered):
        if record["start"] - before["start"] > NEW_CALL_AFTER:
            parts.append([])
        parts[-1].append(record)
    return parts


def _call(records: list[ReadRecord]) -> TriedCall:
    """Return the call that records are, the earliest first: as the bill joins them, but for lines of contracts."""
    answered = [record for record in records if record["status"] == "answered"]
    start = records[0]["start"]
    met = [record["start"] + record["wait_seconds"] for record in answered or records]
    return TriedCall(
        lines=tuple(sorted(record["line"] for record in records)),
        start=start,
        wait_seconds=(min(met) if answered else max(met)) - start,
        talk_seconds=sum(record["talk_seconds"] for record in answered),
        status="answered" if answered else records[-1]["status"],
        direction=records[0]["direction"],
        tags=" ".join(dict.fromkeys(tag for record in records for tag in (record["tags"] or "").split())),
        language=next((record["language"] for record in records if record["language"]), ""),
    )
