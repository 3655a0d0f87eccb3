"""Databases of an earlier version: brought up to date in one transaction, a copy kept beside them, or refused."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from permanence.model.problem import Refused
from permanence.on_file import callers_of, calls_between
from permanence.store.copies import keep_copy
from permanence.store.explanations import explain
from permanence.store.layouts import STEPS_TAKEN, DatabaseLayout, Step
from permanence.store.migrations import BILLING, LAYOUTS
from permanence.store.opening import Upgraded, holds, make_ready, open_to_write, upgrade
from permanence.store.past_calls import past_calls
from sqlite_utils import Database

from tests.bill.months import NOVEMBER
from tests.store.small_databases import FILL, MADE_BEFORE, as_text, restore

KEPT = sorted(path.name for path in MADE_BEFORE.glob("*.sql"))
LAYOUT = {f"{layout.name}.db": layout for layout in LAYOUTS}
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
NOTED = {"billing.db": "run", "calls.db": "import", "impact.db": "replay"}
"""The table of each database in which the version of the product is noted."""


def name_of(kept: str) -> str:
    return f"{kept.split('.', maxsplit=1)[0]}.db"


def version_of(kept: str) -> int:
    return int(kept.split(".")[1])


def asked(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(sql).fetchall()


def form(path: Path) -> Mapping[str, Any]:
    """Return all that SQLite says of a database's tables, whichever statements made them."""
    with closing(sqlite3.connect(path)) as database:

        def told(sql: str) -> list[Any]:
            return database.execute(sql).fetchall()

        def indexes(table: str) -> list[Any]:
            found = [row[1:] for row in told(f"PRAGMA index_list([{table}])")]
            return sorted((*row, tuple(told(f"PRAGMA index_info([{row[0]}])"))) for row in found)

        return {
            "version": told("PRAGMA user_version"),
            "steps": told(f"SELECT migration_set, name FROM {STEPS_TAKEN} ORDER BY name"),
            "journal": told("PRAGMA journal_mode"),
            "strict": sorted(row[1:] for row in told("PRAGMA table_list")),
            **{
                table: (
                    told(f"PRAGMA table_xinfo([{table}])"),
                    told(f"PRAGMA foreign_key_list([{table}])"),
                    indexes(table),
                )
                for (table,) in told(TABLES)
            },
        }


def rows(path: Path) -> Mapping[str, list[Any]]:
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute(TABLES)]
        return {name: sorted(database.execute(f"SELECT * FROM [{name}]"), key=repr) for name in names}


def beside(path: Path) -> list[str]:
    return sorted(found.name for found in path.parent.iterdir() if found.name != path.name)


@pytest.fixture
def old(tmp_path: Path) -> Callable[[str], Path]:
    return lambda kept: restore(kept, tmp_path / name_of(kept))


def test_a_database_of_every_version_that_can_be_brought_up_to_date_is_kept() -> None:
    wanted = {f"{one.name}.{version}.sql" for one in LAYOUTS for version in range(one.first, one.version)}
    assert set(KEPT) >= wanted, "before the step is added: python -m tests.store.small_databases"


@pytest.mark.parametrize("kept", KEPT)
def test_what_was_made_before_has_the_form_of_what_is_made_now(kept: str, old: Any, tmp_path: Path) -> None:
    path = old(kept)
    open_to_write(path, LAYOUT[name_of(kept)]).close()
    new = tmp_path / "new" / name_of(kept)
    new.parent.mkdir()
    FILL[name_of(kept)](new)
    assert form(path) == form(new)


@pytest.mark.parametrize("name", FILL)
def test_a_small_database_has_a_row_in_every_table_so_that_the_next_step_is_tried_on_each(
    name: str, tmp_path: Path
) -> None:
    FILL[name](tmp_path / name)
    found = rows(tmp_path / name)
    assert {table.name for table in LAYOUT[name].tables} <= found.keys()
    assert [table for table in found if not found[table] and (table != STEPS_TAKEN or LAYOUT[name].steps)] == []


@pytest.mark.parametrize("kept", KEPT)
def test_every_row_of_before_is_there_after_and_what_was_not_noted_then_is_empty(kept: str, old: Any) -> None:
    path = old(kept)
    names = {name: [row[1] for row in asked(path, f"PRAGMA table_info([{name}])")] for name in rows(path)}
    every = {name: f"SELECT {', '.join(map('[{}]'.format, columns))} FROM [{name}]" for name, columns in names.items()}
    before = {name: asked(path, sql) for name, sql in every.items() if name != STEPS_TAKEN}
    open_to_write(path, LAYOUT[name_of(kept)]).close()
    after = {name: asked(path, sql) for name, sql in every.items() if name != STEPS_TAKEN}
    assert after == before
    assert [name for name, found in before.items() if not found] == []
    assert {row[0] for row in asked(path, f"SELECT product FROM [{NOTED[path.name]}]")} == {None}
    assert asked(path, "PRAGMA foreign_key_check") == []
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("kept", KEPT)
def test_the_same_inputs_again_make_of_it_what_they_make_of_a_new_one(kept: str, old: Any, tmp_path: Path) -> None:
    path, new = old(kept), tmp_path / "new.db"
    for each in (path, new):
        FILL[name_of(kept)](each)
    found, wanted = rows(path), rows(new)
    assert {table: found[table] for table in found if table != STEPS_TAKEN} == {
        table: wanted[table] for table in wanted if table != STEPS_TAKEN
    }


@pytest.mark.parametrize("kept", KEPT)
def test_a_copy_is_kept_beside_it_as_it_was_and_told(kept: str, old: Any) -> None:
    path, version = old(kept), version_of(kept)
    path.chmod(0o640)
    told: list[Upgraded] = []
    open_to_write(path, LAYOUT[name_of(kept)], told.append).close()
    (upgraded,) = told
    assert upgraded == Upgraded(path, version, LAYOUT[path.name].version, path.with_name(f"{path.name}.v{version}.bak"))
    assert as_text(upgraded.copy) == (MADE_BEFORE / kept).read_text(encoding="utf-8")
    assert upgraded.copy.stat().st_mode == path.stat().st_mode
    assert beside(path) == [upgraded.copy.name]


@pytest.mark.parametrize("kept", KEPT)
def test_up_to_date_it_is_opened_as_it_is(kept: str, old: Any) -> None:
    path = old(kept)
    told: list[Upgraded] = []
    open_to_write(path, LAYOUT[path.name]).close()
    before, around = path.read_bytes(), beside(path)
    open_to_write(path, LAYOUT[path.name], told.append).close()
    assert (path.read_bytes(), beside(path), told) == (before, around, [])


def test_an_earlier_copy_is_never_overwritten(tmp_path: Path) -> None:
    for number in range(3):
        path = tmp_path / "billing.db"
        path.unlink(missing_ok=True)
        restore("billing.2.sql", path)
        path.with_name("billing.db.v2.part").write_text("left by a command that was killed")
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("UPDATE run SET questions = ?", (number,))
        open_to_write(path, BILLING).close()
    copies = ["billing.db.v2.2.bak", "billing.db.v2.3.bak", "billing.db.v2.bak"]
    assert beside(path) == copies
    kept = [asked(path.with_name(name), "SELECT DISTINCT questions FROM run") for name in copies]
    assert kept == [[(1,)], [(2,)], [(0,)]]


def test_what_somebody_is_about_to_write_is_in_the_database_and_not_in_the_copy(old: Any) -> None:
    path = old("billing.2.sql")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM run").fetchone()
        open_to_write(path, BILLING).close()
        assert reader.execute("SELECT count(*) FROM run").fetchone() == (3,)
        reader.execute("COMMIT")
    assert asked(path, "SELECT count(product) FROM run") == [(0,)]


def stopped(_: Database) -> None:
    raise KeyboardInterrupt


def a_table_too_many(database: Database) -> None:
    database.execute("CREATE TABLE [invoice] (id TEXT)")


@pytest.mark.parametrize(("last", "raised"), [(stopped, KeyboardInterrupt), (a_table_too_many, sqlite3.Error)])
def test_a_step_that_fails_leaves_the_database_as_it_was_and_no_copy(last: Any, raised: Any, old: Any) -> None:
    path = old("billing.2.sql")
    layout = evolve(BILLING, steps=(*BILLING.steps, Step("last", last)))
    told: list[Upgraded] = []
    with pytest.raises(raised):
        open_to_write(path, layout, told.append)
    assert as_text(path) == (MADE_BEFORE / "billing.2.sql").read_text(encoding="utf-8")
    assert (beside(path), told) == ([], [])
    open_to_write(path, BILLING).close()


def test_where_no_copy_can_be_kept_nothing_is_changed(old: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old("calls.2.sql")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "chmod", full)
    with pytest.raises(OSError, match="No space left"):
        upgrade(path)
    assert as_text(path) == (MADE_BEFORE / "calls.2.sql").read_text(encoding="utf-8")
    assert beside(path) == []


def test_a_copy_belongs_to_whom_the_database_belongs_to_and_nobody_else_may_read_it(
    old: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old("calls.2.sql")
    path.chmod(0o660)
    given: list[tuple[int, int]] = []

    def refused(_path: Path, owner: int, group: int) -> None:
        given.append((owner, group))
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refused)
    facts = path.stat()
    kept = keep_copy(path, 2)
    assert given == [(facts.st_uid, -1), (-1, facts.st_gid)]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o660
    other, of_file = os.stat_result((*facts[:5], facts.st_gid + 1, *facts[6:])), Path.stat
    monkeypatch.setattr(Path, "stat", lambda one, **_: other if one == path else of_file(one))
    assert stat.S_IMODE(keep_copy(path, 2).stat().st_mode) == 0o600


def test_numbers_of_stored_calls_are_spelt_as_they_are_read_today(old: Any) -> None:
    path = old("calls.2.sql")
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE call SET number = '01 99 00 00 10', caller = '0033 6 39 98 00 01' WHERE id = 1")
        database.execute("UPDATE call SET number = NULL, caller = 'anonymous' WHERE id = 2")
        database.commit()
    upgrade(path)
    with closing(sqlite3.connect(path)) as database:
        found = database.execute("SELECT number, caller FROM call ORDER BY id").fetchall()
    assert found[:3] == [("+33199000010", "+33639980001"), (None, "anonymous"), ("+33199000010", "+33998000001")]


def paid(database: Database) -> None:
    """Add a table, as a later step may."""
    database.execute("CREATE TABLE IF NOT EXISTS [voucher] ([id] TEXT PRIMARY KEY) STRICT")


VOUCHER = evolve(BILLING.tables[0], name="voucher", columns=BILLING.tables[0].columns[:1])
LATER: DatabaseLayout = evolve(
    BILLING, tables=(*BILLING.tables, VOUCHER), steps=(*BILLING.steps, Step("payments", paid, adds=("voucher",)))
)
"""The layout of a later Permanence, which has a table more."""


def test_steps_follow_each_other_and_one_may_bring_a_table(old: Any, tmp_path: Path) -> None:
    oldest, between, new = old("billing.2.sql"), tmp_path / "between.db", tmp_path / "new.db"
    FILL["billing.db"](between)
    for path in (oldest, between, new):
        open_to_write(path, LATER).close()
    assert sorted(found.name for found in tmp_path.glob("*.bak")) == [
        f"between.db.v{BILLING.version}.bak",
        "billing.db.v2.bak",
    ]
    assert form(oldest) == form(between) == form(new)
    assert form(new)["steps"] == [("billing", step.name) for step in sorted(LATER.steps, key=lambda step: step.name)]


def test_a_database_of_a_later_version_is_left_alone_by_who_reads_and_who_writes(tmp_path: Path) -> None:
    path = tmp_path / "billing.db"
    open_to_write(path, LATER).close()
    before = path.read_bytes()
    for use in (lambda: open_to_write(path, BILLING), lambda: holds(path, BILLING), lambda: upgrade(path)):
        with pytest.raises(Refused, match=r"a later version of Permanence .* install the later Permanence"):
            use()
    assert (path.read_bytes(), beside(path)) == (before, [])


READERS: Mapping[str, tuple[Callable[[Path], object], ...]] = {
    "billing.db": (
        lambda path: explain(path, "2026-10-C1"),
        lambda path: past_calls(path, NOVEMBER),
        lambda path: holds(path, LAYOUT["billing.db"]),
    ),
    "calls.db": (
        lambda path: calls_between(str(path), 0, 2**40),
        lambda path: callers_of(str(path))([1]),
        lambda path: holds(path, LAYOUT["calls.db"]),
    ),
    "impact.db": (lambda path: holds(path, LAYOUT["impact.db"]),),
}


@pytest.mark.parametrize("kept", KEPT)
def test_who_reads_an_older_database_says_what_to_run_and_leaves_it_alone(
    kept: str, old: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, name = old(kept), name_of(kept)
    before = path.read_bytes()
    monkeypatch.chdir(path.parent.parent)
    for read in READERS[name]:
        with pytest.raises(Refused) as refused:
            read(path)
        assert str(refused.value) == (
            f"{name}: an earlier version of Permanence made this database: its tables are version {version_of(kept)}; "
            f"this one reads version {LAYOUT[name].version}: `permanence upgrade {path.relative_to(Path.cwd())}` "
            "brings it up to date, and keeps a copy of it as it is"
        )
    assert (path.read_bytes(), beside(path)) == (before, [])
    assert upgrade(path)
    for read in READERS[name]:
        assert read(path)


def test_a_path_with_a_space_is_told_as_it_is_typed(tmp_path: Path) -> None:
    path = tmp_path / "billing 2026.db"
    restore("billing.2.sql", path)
    with pytest.raises(Refused, match=r"`permanence upgrade '/.*/billing 2026\.db'` brings"):
        holds(path, BILLING)


def killed_at_every_statement(path: Path, layout: DatabaseLayout, folder: Path) -> list[Path]:
    """Make a database ready, and return each state in which a kill before some statement leaves it on the disk."""
    states: dict[tuple[object, ...], Path] = {}
    statements: list[str] = []

    def photograph(statement: str) -> None:
        statements.append(statement)
        files = sorted(file for file in path.parent.glob(f"{path.name}*") if not file.name.endswith("-shm"))
        state = tuple((file.name, file.read_bytes()) for file in files)
        if state not in states:
            states[state] = folder / str(len(states)) / path.name
            states[state].parent.mkdir(parents=True)
            for file in files:
                shutil.copy(file, states[state].parent)

    with closing(Database(path)) as database:
        database.conn.set_trace_callback(photograph)
        make_ready(database, layout)
        photograph("the end")
    assert len(statements) > 10
    return list(states.values())


@pytest.mark.parametrize("name", FILL)
def test_killed_in_the_middle_of_its_creation_a_database_is_completed_by_the_next_use(
    name: str, tmp_path: Path
) -> None:
    path, layout = tmp_path / name, LAYOUT[name]
    left = killed_at_every_statement(path, layout, tmp_path / "left")
    assert len(left) > 2
    for each in left:
        open_to_write(each, layout).close()
        assert form(each) == form(path)


@pytest.mark.parametrize("kept", KEPT)
def test_killed_in_the_middle_of_an_upgrade_a_database_is_as_it_was_and_the_next_use_upgrades_it(
    kept: str, old: Any, tmp_path: Path
) -> None:
    path = old(kept)
    left = killed_at_every_statement(path, LAYOUT[path.name], tmp_path / "left")
    assert len(left) > 2
    for each in left:
        if asked(each, "PRAGMA user_version") == [(version_of(kept),)]:
            assert as_text(each) == (MADE_BEFORE / kept).read_text(encoding="utf-8")
        open_to_write(each, LAYOUT[path.name]).close()
        assert form(each) == form(path)
        assert {**rows(each), STEPS_TAKEN: None} == {**rows(path), STEPS_TAKEN: None}


def test_a_copy_that_a_killed_command_left_is_the_copy_of_the_next_one(tmp_path: Path) -> None:
    path = restore("billing.2.sql", tmp_path / "billing.db")
    keep_copy(path, 2)
    open_to_write(path, BILLING).close()
    assert beside(path) == ["billing.db.v2.bak"]
