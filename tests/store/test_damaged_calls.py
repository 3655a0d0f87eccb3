"""A calls.db with a flipped bit: the same bill, or a sentence; never another bill, never a traceback."""

import json
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from permanence.model.problem import Refused
from permanence.on_file import calls_between

from tests.store.small_databases import fill_calls

PER_PAGE = 6
FOREVER = (0, 2**40)


def read(path: Path) -> Any:
    """Return all that a bill rests on, in words."""
    batch = calls_between(str(path), *FOREVER)
    calls, linked = batch.records.each, batch.records.linked
    words = ("account", "number", "status", "direction", "language", "tags", "details")
    rows = [
        (
            *(int(column[at]) for column in (calls.row, calls.start, calls.wait, calls.talk, linked)),
            *(getattr(calls, name)[at] for name in words),
        )
        for at in range(len(calls))
    ]
    return json.dumps([rows, batch.duplicates, [str(problem) for problem in batch.refused]])


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a calls.db with calls, a duplicate and refused records, in one file."""
    path = tmp_path_factory.mktemp("sound") / "calls.db"
    fill_calls(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode = DELETE")
    return path


def test_a_flipped_bit_anywhere_makes_no_other_bill(sound: Path, tmp_path: Path) -> None:
    content, before = sound.read_bytes(), read(sound)
    with closing(sqlite3.connect(sound)) as database:
        (page,) = database.execute("PRAGMA page_size").fetchone()
    chance, path = random.Random(13), tmp_path / "calls.db"
    told = 0
    for first in range(0, len(content), page):
        used = [at for at in range(first, first + page) if content[at]] or [first]
        for at in chance.choices(used, k=PER_PAGE):
            damaged = bytearray(content)
            damaged[at] ^= 1 << chance.randrange(8)
            path.write_bytes(damaged)
            try:
                assert read(path) == before, f"byte {at} is another: another bill"
            except (Refused, sqlite3.DatabaseError):
                told += 1
            for left in tmp_path.glob("calls.db-*"):
                left.unlink()
    assert told > PER_PAGE


def test_what_is_not_what_was_taken_in_is_named_with_its_file_and_its_day(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "calls.db"
    shutil.copy(sound, path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE call_pack SET content = zeroblob(length(content)) WHERE id = 1")
    with pytest.raises(Refused) as refused:
        read(path)
    assert str(refused.value) == (
        "calls.db: what a.csv brought of 1 November 2026 (UTC) is not what was taken in any more: the database is "
        "damaged; restore it from a copy, or import the files again into a new one"
    )


@pytest.mark.parametrize("table", ["import", "import_day", "call_pack"])
def test_a_row_that_is_gone_is_told(table: str, sound: Path, tmp_path: Path) -> None:
    for gone in (1, 2):
        path = tmp_path / f"{gone}.db"
        shutil.copy(sound, path)
        with closing(sqlite3.connect(path)) as database, database:
            database.execute(f"DELETE FROM [{table}] WHERE id = ?", (gone,))
        with pytest.raises(Refused, match="is not what was taken in any more"):
            read(path)
