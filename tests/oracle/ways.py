"""The ways in which records come to a bill: our own CSV into calls.db, Parquet into it, Parquet by itself, Asterisk."""

import csv
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls
from permanence.store.calls import import_calls, open_calls

from tests.oracle.records import CONTEXTS, DISPOSITIONS, Record, iso, records_of, records_of_asterisk

NUMBERS = ("start", "wait_seconds", "talk_seconds")
WORDS = ("status", "direction", "language", "tags", "details")
NAMES = ("source", "call_id", "linked_id", "account", "number", "caller", *NUMBERS, *WORDS)
Files = Sequence[Sequence[Record]]
File = TypeVar("File", bound=Hashable)
"""Records, file by file."""
Read = list[Record]
Way = Callable[[Path, Files], tuple[str, Read]]
"""Writes records as files into a folder and takes them in; returns where a bill reads them, and what was written."""


def csv_text(records: Iterable[Record]) -> str:
    """Return records as a CSV file with our own columns."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(NAMES)
    writer.writerows((*one[:6], iso(one.start), *one[7:]) for one in records)
    return text.getvalue()


def asterisk_text(records: Iterable[Record], ids: Mapping[str, str]) -> str:
    """Return records as a Master.csv of a server on Paris time; ``ids`` has the uniqueid that each id becomes."""
    text = StringIO()
    csv.writer(text).writerows(_asterisk(record, ids) for record in records)
    return text.getvalue()


def _asterisk(one: Record, ids: Mapping[str, str]) -> tuple[object, ...]:
    context = next((word for word, way in CONTEXTS.items() if way == one.direction), "from-internal")
    disposition = next(word for word, status in DISPOSITIONS.items() if status == one.status)
    begun = datetime.fromtimestamp(one.start, UTC).strftime("%Y-%m-%d %H:%M:%S")
    words = " ".join(filter(None, (f"lang:{one.language}" if one.language else "", one.tags)))
    head = (one.account, one.caller, one.number, context, "", "PJSIP/trunk", "", "Queue", "permanence", begun, "", "")
    tail = (ids[one.call_id], words, "", ids.get(one.linked_id, one.linked_id), "1")
    return (*head, one.wait + one.talk, one.talk, disposition, "DOCUMENTATION", *tail)


def parquet_table(records: Sequence[Record]) -> "pa.Table":
    """Return records as a table with our own columns; an empty word is null."""
    columns = zip(NAMES, zip(*records, strict=True), strict=True)
    return pa.table(
        {
            name: pa.array(values, pa.int64())
            if name in NUMBERS
            else pa.array([one or None for one in values], pa.string())
            for name, values in columns
        }
    )


def csv_into_database(folder: Path, files: Files) -> tuple[str, Read]:
    """Import files with our own columns, each by itself."""
    texts = _once([csv_text(records) for records in files])
    return imported(folder, texts, "generic"), [one for text in texts for one in records_of(text)]


def asterisk_into_database(folder: Path, files: Files) -> tuple[str, Read]:
    """Import files of an Asterisk, each by itself: an id begins with the Unix time of the call."""
    ids: dict[str, str] = {}
    for place, one in enumerate(record for records in files for record in records):
        ids.setdefault(one.call_id, f"{one.start}.{place}")
    texts = [
        asterisk_text([one for one in records if ids[one.call_id].startswith(f"{one.start}.")], ids)
        for records in files
    ]
    texts = _once(text for text in texts if text)
    return imported(folder, texts, "asterisk"), [one for text in texts for one in records_of_asterisk(text)]


def parquet_by_itself(folder: Path, files: Files) -> tuple[str, Read]:
    """Write Parquet files, which are read as they are, in the order of their names."""
    for place, records in enumerate(files):
        pq.write_table(parquet_table(records), folder / f"calls-{place}.parquet")
    return str(folder / "calls-*.parquet"), [one for records in files for one in records]


def parquet_into_database(folder: Path, files: Files) -> tuple[str, Read]:
    """Write Parquet files and import each."""
    files = _once(map(tuple, files))
    parquet_by_itself(folder, files)
    paths = sorted(folder.glob("calls-*.parquet"))
    return imported_files(folder, paths, "generic"), [one for records in files for one in records]


WAYS: Mapping[str, Way] = {
    "CSV": csv_into_database,
    "Asterisk": asterisk_into_database,
    "Parquet": parquet_by_itself,
    "imported Parquet": parquet_into_database,
}


def _once(files: Iterable[File]) -> list[File]:
    """Return the files whose bytes are not those of one before: the same bytes are taken in once."""
    return list(dict.fromkeys(files))


def imported(folder: Path, texts: Iterable[str], form: str) -> str:
    """Write texts as files and import them one after the other; return the database."""
    paths = []
    for place, text in enumerate(texts):
        paths.append(folder / f"calls-{place}.csv")
        paths[-1].write_text(text, encoding="utf-8", newline="")
    return imported_files(folder, paths, form)


def imported_files(folder: Path, paths: Iterable[Path], form: str) -> str:
    """Import files one after the other into a new database; return it."""
    database = open_calls(str(folder / "calls.db"))
    for path in paths:
        import_calls(database, read_calls(path, load_format(form)), form)
    database.close()
    return str(folder / "calls.db")
