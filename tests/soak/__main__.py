"""`make soak`: everything that is killed, refused, invented and tampered with, for as long as is wished.

``python -m tests.soak --minutes 30`` goes on where it stopped, as long as the code is the same, and prints the table.
``--short faults`` and ``--short inputs`` are the form that `make test` runs.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.soak.layer import within_the_layer
from tests.soak.parts import Part, all_parts, short_faults, short_inputs
from tests.soak.record import Record, table

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".soak" / "done.json"
SHORT = {"faults": short_faults, "inputs": short_inputs}
BETWEEN = 10
"""Seconds between two times that what is done is kept."""


def code() -> str:
    """Return a digest of the code that is tried."""
    files = [*sorted((ROOT / "engine").rglob("*.py")), *sorted((ROOT / "plugins").rglob("*.py"))]
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def soak(parts: list[Part], record: Record, minutes: float) -> None:
    """Try what is left of all parts, all of them as far as the others, until it is done or the time is over."""
    began = kept = time.monotonic()
    before = record.seconds
    for part, number in turns(parts, record):
        done = record.part(part.name, part.column, part.whole)
        try:
            part.act(number)
        except Exception as error:
            done.lost.append(f"{number}: {error!r}"[:4000])
        done.tried += part.each
        now = time.monotonic()
        record.seconds = before + now - began
        if now - kept > BETWEEN:
            record.save()
            kept = now
        if now - began > 60 * minutes:
            break
    record.save()


def turns(parts: list[Part], record: Record) -> Iterator[tuple[Part, int]]:
    """Yield which part is next, and the number of what is tried of it."""
    left = [
        (number / part.whole, place, number)
        for place, part in enumerate(parts)
        for number in range(record.part(part.name, part.column, part.whole).tried, part.whole, part.each)
    ]
    for _, place, number in sorted(left):
        yield parts[place], number


def main() -> int:
    """Return 1 where anything was lost."""
    asked = argparse.ArgumentParser(prog="make soak")
    asked.add_argument("--minutes", type=float, default=24 * 60.0)
    asked.add_argument("--short", choices=SHORT)
    asked.add_argument("--only", help="one column of the table: killed, inputs, …")
    asked.add_argument("--table", action="store_true", help="print what is done, and try nothing")
    given = asked.parse_args()
    within_the_layer("tests.soak")
    shared = Path("/dev/shm")
    with TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else None) as folder:
        kept = Path(folder, "done.json") if given.short else KEPT
        record = Record(kept, code())
        if not given.table:
            parts = SHORT.get(given.short, all_parts)(Path(folder))
            soak([one for one in parts if given.only in (None, one.column)], record, given.minutes)
        print(table(record.parts.values()))
        print(f"\n{record.seconds / 60:.1f} minutes")
        lost = [f"{one.part}, {one.column}: {what}" for one in record.parts.values() for what in one.lost]
        print("\n".join(lost))
        return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
