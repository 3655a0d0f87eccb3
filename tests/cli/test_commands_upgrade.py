"""Databases of an earlier version: commands that write bring them up to date, those that read say what to run."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib import metadata
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from permanence.store.calls import import_calls
from permanence.store.migrations import BILLING, LAYOUTS
from permanence.store.opening import open_to_write

from tests.cli.typed import out, refused, typed, values
from tests.store.small_databases import FILL, as_text, restore

BILL = ("bill", "2026-10", "--on", "2026-11-01")
IMPORT = ("calls", "import", "cdr-2026-10.csv.gz", "--format", "asterisk")
AGAINST = ("--against", "essentielle@2023-01-01", "--months", "2026-10")
IMPACT = ("impact", "rules/essentielle-2023-01-01.toml", *AGAINST, "--database", "impact.db")
OLD = {f"{layout.name}.db": f"{layout.name}.{layout.first}.sql" for layout in LAYOUTS if layout.version > layout.first}
NOW = {f"{layout.name}.db": layout.version for layout in LAYOUTS}
WRITES = {"billing.db": BILL, "calls.db": IMPORT, "impact.db": IMPACT}
READS = [
    ("billing.db", ("explain", "2026-10-C1")),
    ("billing.db", ("browse",)),
    ("calls.db", BILL),
    ("calls.db", IMPACT),
    ("calls.db", ("explain", "2026-10-C0001", "--calls")),
    ("calls.db", ("browse",)),
    ("impact.db", ("browse",)),
]


def one(path: str, sql: str) -> Any:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(sql).fetchone()[0]


def older(name: str) -> str:
    """Put a database of before in the place of one, and return what it is, as text."""
    for file in Path().glob(f"{name}*"):
        file.unlink()
    return as_text(restore(OLD[name], Path(name)))


def upgraded(name: str) -> str:
    before = int(OLD[name].split(".")[1])
    return (
        f"{name}: brought up to date, from version {before} of its tables to {NOW[name]}; "
        f"as it was: {name}.v{before}.bak\n"
    )


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", WRITES)
def test_a_command_that_writes_brings_an_older_database_up_to_date_and_says_so(name: str, folder: Path) -> None:
    was = older(name)
    result = typed(*WRITES[name], "--json")
    assert (result.exit_code, result.stderr) == (0, upgraded(name))
    json.loads(result.stdout)
    (copy,) = Path().glob("*.bak")
    assert as_text(copy) == was
    again = typed(*WRITES[name], "--json")
    assert (again.exit_code, again.stderr) == (0, "")


@pytest.mark.parametrize(("name", "words"), READS)
def test_a_command_that_only_reads_an_older_database_says_what_to_run(
    name: str, words: tuple[str, ...], after_billing: Path
) -> None:
    was = older(name)
    files = sorted(Path().iterdir())
    (told,) = refused(*words)
    assert told.startswith(f"{name}: an earlier version of Permanence made this database: ")
    assert f"`permanence upgrade {name}` brings it up to date" in told
    assert (as_text(Path(name)), sorted(Path().iterdir())) == (was, files)


def test_browse_tells_every_older_database_at_once(empty: Path) -> None:
    for name in OLD:
        older(name)
    assert [line.split(":")[0] for line in refused("browse")] == list(OLD)


def test_browse_has_nothing_to_show_of_a_database_without_tables(empty: Path) -> None:
    Path("billing.db").touch()
    (told,) = refused("browse")
    assert told.startswith("billing.db: there is nothing to browse yet; run `permanence bill 2026-10` first")


def test_upgrade_brings_those_that_are_here_up_to_date_and_says_what_it_did(empty: Path) -> None:
    for name in ("billing.db", "calls.db"):
        older(name)
    assert out("upgrade") == upgraded("billing.db") + upgraded("calls.db")
    older("impact.db")
    assert out("upgrade") == f"billing.db: up to date already\ncalls.db: up to date already\n{upgraded('impact.db')}"
    assert "Garage du Parc" in out("explain", "2026-10-C1")


@pytest.mark.parametrize("name", FILL)
def test_upgrade_knows_every_database_of_ours(name: str, empty: Path) -> None:
    FILL[name](Path(name))
    assert out("upgrade") == f"{name}: up to date already\n"


def test_upgrade_says_it_to_scripts(empty: Path) -> None:
    older("calls.db")
    assert values("upgrade") == {
        "databases": [{"file": "calls.db", "before": 2, "now": NOW["calls.db"], "copy": "calls.db.v2.bak"}]
    }
    assert values("upgrade") == {"databases": [{"file": "calls.db", "before": None, "now": None, "copy": None}]}


def test_upgrade_takes_a_database_of_any_name_anywhere(empty: Path) -> None:
    Path("archive").mkdir()
    restore("impact.3.sql", Path("archive/spring 2026.db"))
    assert out("upgrade", "archive/spring 2026.db") == (
        f"archive/spring 2026.db: brought up to date, from version 3 of its tables to {NOW['impact.db']}; "
        "as it was: archive/spring 2026.db.v3.bak\n"
    )


def test_upgrade_leaves_alone_what_it_cannot_bring_up_to_date_and_does_the_rest(empty: Path) -> None:
    older("billing.db")
    Path("letter.db").write_text("Ceci n'est pas une base de données.\n" * 20, "utf-8")
    Path("blank.db").touch()
    with closing(sqlite3.connect("other.db")) as other:
        other.execute("CREATE TABLE run (id)")
    shutil.copy("billing.db", "later.db")
    open_to_write(Path("later.db"), BILLING).close()
    Path("later.db.v2.bak").unlink()
    with closing(sqlite3.connect("later.db")) as later:
        later.execute(f"PRAGMA user_version = {NOW['billing.db'] + 1}")
    names = ("letter.db", "blank.db", "other.db", "later.db")
    files = {name: Path(name).read_bytes() for name in names}
    sentences = [
        "letter.db: this file is no SQLite database; name another file, or move this one away",
        "blank.db: this database is empty; "
        "there is nothing to bring up to date: the first command that writes to it makes its tables",
        "other.db: this database is none of Permanence; name a billing.db, a calls.db or an impact.db",
        "later.db: a later version of Permanence made this database: its tables are version "
        f"{NOW['billing.db'] + 1}; "
        f"this one knows version {NOW['billing.db']}: install the later Permanence, or name another file",
        "none.db: there is no such database; name one that is there",
    ]
    assert refused("upgrade", *names, "none.db") == sentences
    result = typed("upgrade", *names, "billing.db", "none.db")
    assert (result.exit_code, result.stdout) == (1, upgraded("billing.db"))
    assert result.stderr.splitlines() == [*sentences, "5 problems; nothing was done to what they name."]
    assert {name: Path(name).read_bytes() for name in names} == files


def test_upgrade_without_a_database_here_asks_for_one(empty: Path) -> None:
    assert refused("upgrade") == [
        ".: there is no database of ours here; name one: permanence upgrade FOLDER/billing.db"
    ]


def test_a_command_that_fails_after_an_upgrade_does_not_say_that_nothing_was_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older("billing.db")

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("permanence.cli.commands.bill.publish", full)
    result = typed(*BILL)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == upgraded("billing.db") + (
        "database: SQLite says: database or disk is full; is the file a database of ours, and free?\n"
        "1 problem; billing.db was brought up to date.\n"
    )


def test_an_import_that_takes_nothing_in_leaves_an_older_database_as_it_is(folder: Path) -> None:
    was = older("calls.db")
    assert refused("calls", "import", "none.csv", "--format", "asterisk") == [
        "none.csv: cannot be read: No such file or directory"
    ]
    assert as_text(Path("calls.db")) == was


def test_files_after_one_that_the_database_failed_to_take_wait_so_that_run_again_all_are_in_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = ("cdr-2026-09.csv.gz", "cdr-2026-10.csv.gz")
    out("calls", "import", *files, "--format", "asterisk", "--calls", "alone.db")

    def fails(*_: Any) -> Any:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr("permanence.cli.commands.calls.import_files.import_calls", fails)
        said = refused("calls", "import", *files, "--format", "asterisk", "--calls", "new.db")
    assert [line.split(": ")[0] for line in said] == [*files]
    assert said[1] == f"{files[1]}: new.db could not be written before; run the command again"
    out("calls", "import", *files, "--format", "asterisk", "--calls", "new.db")
    calls = "SELECT group_concat(id || call_id) FROM (SELECT * FROM call ORDER BY id)"
    assert one("new.db", calls) == one("alone.db", calls)


def test_what_was_taken_in_before_a_database_fails_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: Any) -> Any:
        if "2026-10" in given[1].file:
            raise sqlite3.OperationalError("database or disk is full")
        return import_calls(*given)

    monkeypatch.setattr("permanence.cli.commands.calls.import_files.import_calls", full)
    files = ("cdr-2026-09.csv.gz", "cdr-2026-10.csv.gz")
    result = typed("calls", "import", *files, "--format", "asterisk", "--calls", "new.db")
    assert result.exit_code == 1
    assert "cdr-2026-09.csv.gz" in result.stdout
    assert "SQLite says: database or disk is full" in result.stderr
    assert one("new.db", "SELECT count(*) FROM import") == 1


def test_each_result_bears_the_version_of_the_product_that_made_it(folder: Path) -> None:
    version = metadata.version("permanence")
    for words in (BILL, (*IMPORT, "--calls", "new.db"), IMPACT):
        out(*words)
    assert one("billing.db", "SELECT product FROM run") == version
    assert one("new.db", "SELECT product FROM import") == version
    assert one("impact.db", "SELECT product FROM replay") == version


def test_where_the_product_is_not_installed_its_version_is_left_empty(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr("permanence.cli.product.version", missing)
    out(*BILL)
    assert one("billing.db", "SELECT product FROM run") is None


def test_commands_that_use_a_new_database_at_once_all_succeed(folder: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-m", "permanence", *words, "--json"], stdout=PIPE, stderr=PIPE, text=True)
        for words in (BILL, (*IMPORT, "--calls", "new.db"), IMPACT)
        for _ in range(2)
    ]
    ended = [(*process.communicate(), process.returncode) for process in running]
    assert [code for _, _, code in ended] == [0] * len(running)
    told = [line for _, error, _ in ended for line in error.splitlines()]
    assert [line for line in told if ": waiting for the end of " not in line] == []
    counts = {"billing.db": "run", "new.db": "import", "impact.db": "replay"}
    assert [one(name, f"SELECT count(*) FROM {table}") for name, table in counts.items()] == [1, 1, 1]
