"""A database of another version, of something else or of nothing at all: told, and left as it is."""

import sqlite3
from pathlib import Path

import pytest
from permanence.model.problem import Refused
from permanence.store.calls import open_calls
from permanence.store.migrations import BILLING, CALLS
from permanence.store.opening import make_ready, version_in
from permanence.store.results import open_billing
from sqlite_utils import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "billing.db"


def said(path: Path) -> str:
    before = path.read_bytes()
    with pytest.raises(Refused) as refused:
        open_billing(path)
    assert path.read_bytes() == before
    return str(refused.value)


def test_a_new_database_bears_the_version_of_its_tables(path: Path) -> None:
    database = open_billing(path)
    assert database.execute("PRAGMA user_version").fetchone() == (BILLING.version,)
    assert version_in(database, BILLING) == BILLING.version
    database.close()


def test_opening_a_database_again_leaves_it_as_it_is(path: Path) -> None:
    open_billing(path).close()
    before = path.read_bytes()
    open_billing(path).close()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (
            99,
            "a later version of Permanence made this database: its tables are version 99; "
            f"this one knows version {BILLING.version}: install the later Permanence, or name another file",
        ),
        (
            1,
            "another version of Permanence made this database: its tables are version 1; "
            "this one brings version 2 and later up to date: move the file away, then import and bill again",
        ),
    ],
)
def test_a_database_of_a_version_that_is_not_known_is_told_with_what_to_do(
    path: Path, version: int, sentence: str
) -> None:
    database = open_billing(path)
    database.execute(f"PRAGMA user_version = {version}")
    database.close()
    assert said(path) == f"billing.db: {sentence}"


def test_a_file_that_is_no_database_is_told(path: Path) -> None:
    path.write_text("Ceci n'est pas une base de données, mais une lettre. " * 40, encoding="utf-8")
    assert said(path) == "billing.db: this file is no SQLite database; name another file, or move this one away"


def test_calls_are_not_kept_among_bills_nor_bills_among_calls(path: Path) -> None:
    open_calls(str(path)).close()
    assert said(path) == (
        'billing.db: this database is not the one that is meant: no table "run"; '
        "name another file, or move this one away"
    )


def test_somebody_else_s_database_is_left_alone(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE run (id)")
    database.close()
    assert 'no table "offer"' in said(path)


def test_a_database_that_somebody_holds_is_no_matter_of_its_form(path: Path) -> None:
    open_billing(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("PRAGMA journal_mode = DELETE")
    holder.execute("BEGIN EXCLUSIVE")
    waiting = Database(sqlite3.connect(path, timeout=0))
    with pytest.raises(sqlite3.OperationalError, match="database is locked"):
        make_ready(waiting, CALLS)
    waiting.close()
    holder.close()
