"""Records as a telephone system wrote them, and the calls that they are parts of: plain Python, from the CSV text.

Nothing of the engine is imported in this folder but by ``engine.py`` and by tests.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import StringIO
from itertools import pairwise
from typing import NamedTuple

DAY = 86_400


class Record(NamedTuple):
    """One record: words are "" where there is none, ``start`` is in UTC seconds, ``wait`` and ``talk`` in seconds."""

    source: str
    call_id: str
    linked_id: str
    account: str
    number: str
    caller: str
    start: int
    wait: int
    talk: int
    status: str
    direction: str
    language: str
    tags: str
    details: str = ""

    @property
    def id(self) -> tuple[str, str]:
        """Return what tells a record from every other."""
        return self.source, self.call_id

    @property
    def link(self) -> tuple[str, str]:
        """Return what the records of one call share."""
        return self.source, self.linked_id or self.call_id


class Intake(NamedTuple):
    """Records that came in: those of calls, those that came again, and those that say otherwise under a known id."""

    kept: Sequence[Record]
    duplicates: Sequence[Record]
    refused: Sequence[Record]


def records_of(text: str, source: str = "generic") -> list[Record]:
    """Return the records of a file with our own columns, in its order."""
    return [_record(row, source) for row in csv.DictReader(StringIO(text))]


def _record(row: Mapping[str, str], source: str) -> Record:
    return Record(
        source=row.get("source") or source,
        call_id=row["call_id"],
        linked_id=row.get("linked_id") or "",
        account=row.get("account") or "",
        number=row.get("number") or "",
        caller=row.get("caller") or "",
        start=int(datetime.fromisoformat(row["start"]).timestamp()),
        wait=int(row.get("wait_seconds") or 0),
        talk=int(row["talk_seconds"]),
        status=row["status"],
        direction=row.get("direction") or "inbound",
        language=row.get("language") or "",
        tags=row.get("tags") or "",
        details=row.get("details") or "",
    )


DISPOSITIONS = {
    "ANSWERED": "answered",
    "NO ANSWER": "no_answer",
    "BUSY": "busy",
    "FAILED": "failed",
    "CONGESTION": "failed",
}
CONTEXTS = {"from-trunk": "inbound", "from-internal": "outbound"}


def records_of_asterisk(text: str) -> list[Record]:
    """Return the records of a Master.csv; the Unix time that an id begins with is when the call arrived."""
    return [_of_asterisk(row) for row in csv.reader(StringIO(text))]


def _of_asterisk(row: Sequence[str]) -> Record:
    words = row[17].split() if len(row) > 17 else []
    return Record(
        source="asterisk",
        call_id=row[16],
        linked_id=row[19] if len(row) > 19 else "",
        account=row[0],
        number=row[2],
        caller=row[1],
        start=int(row[16].split(".")[0]),
        wait=int(row[12]) - int(row[13]),
        talk=int(row[13]),
        status=DISPOSITIONS[row[14]],
        direction=CONTEXTS[row[3]],
        language=next((word.removeprefix("lang:") for word in words if word.startswith("lang:")), ""),
        tags=" ".join(word for word in words if not word.startswith("lang:")),
    )


def intake(records: Iterable[Record]) -> Intake:
    """Return what became of records in the order in which they came: the first of an id is kept."""
    kept: dict[tuple[str, str], Record] = {}
    duplicates: list[Record] = []
    refused: list[Record] = []
    for record in records:
        if record.id not in kept:
            kept[record.id] = record
        elif kept[record.id] == record:
            duplicates.append(record)
        else:
            refused.append(record)
    return Intake([*kept.values()], duplicates, refused)


def calls_of(records: Iterable[Record]) -> list[tuple[Record, ...]]:
    """Return the records of each call, the earliest first: all that share a link, with no more than a day between.

    Of two that start in one second, the one with the shorter id comes first, or the lesser of two as long.
    """
    linked: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        linked.setdefault(record.link, []).append(record)
    calls: list[tuple[Record, ...]] = []
    for mine in linked.values():
        mine.sort(key=lambda record: (record.start, len(record.call_id), record.call_id))
        cuts = [0, *(place for place, (one, two) in enumerate(pairwise(mine), 1) if two.start - one.start > DAY)]
        calls += [tuple(mine[first:last]) for first, last in pairwise([*cuts, len(mine)])]
    return sorted(calls, key=lambda call: (call[0].start, call[0].id))


def iso(instant: int) -> str:
    """Return UTC seconds as a stamp of our own columns."""
    return datetime.fromtimestamp(instant, UTC).isoformat()
