"""What somebody has changed behind our back is never gone on from: no draft, no document, no note of what was done."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
from permanence.cli.main import main
from permanence.model.period import Month
from permanence.store.drafts import drafts_of
from sqlite_utils import Database

from tests.cli.conftest import moved_to
from tests.cli.ledger import unguarded
from tests.cli.typed import out, refused, typed, values

BILLING, JANUARY = Path("billing.db"), ("issue", "2026-01", "--incomplete")
TOLD = {
    "rule": ("name", "line"),
    "offer": ("version", "title"),
    "run": ("made_with",),
    "basis": ("calls_source", "stamp", "last_import", "calls_digest"),
    "capsule": ("counts", "past", "digest"),
}
"""Of tables that drafts share, or that are hidden, the columns of which documents have anything."""
WHOLE = ("invoice", "line", "vat", "usage", "line_fact")
KEPT = {"id", "invoice", "line", "month", "number", "contract", "offer", "rule", "status", "band"}
"""Columns by which rows are found, or of which no document has anything."""
OF_THE_INVOICE = {("line", "currency"), ("vat", "currency")}
OTHERWISE = (
    "UPDATE [{0}] SET [{1}] = CASE WHEN typeof([{1}]) = 'integer' THEN [{1}] + 1 ELSE coalesce([{1}], '') || 'x' END"
)


@pytest.fixture
def here(richer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return moved_to(richer, tmp_path, monkeypatch)


def changed(statement: str, path: Path = BILLING) -> None:
    with unguarded(path) as database:
        database.execute(statement)


def columns(database: Database) -> Iterator[tuple[str, str]]:
    """Yield the columns of what drafts are made of, of which documents have anything."""
    yield from ((table, name) for table, names in TOLD.items() for name in names)
    for table in WHOLE:
        for name in database.table(table).columns_dict:
            if name not in KEPT and (table, name) not in OF_THE_INVOICE:
                yield table, name


@pytest.mark.usefixtures("here")
def test_no_draft_of_which_any_value_was_changed_since_is_as_it_was_billed() -> None:
    with closing(sqlite3.connect(BILLING, isolation_level=None)) as connection:
        database, february = Database(connection), Month.parse("2026-02")
        assert all(draft.billed and draft.as_billed for draft in drafts_of(database, february))
        tried = tuple(columns(database))
        for table, name in tried:
            connection.execute("BEGIN")
            connection.execute(OTHERWISE.format(table, name))
            assert not all(draft.as_billed for draft in drafts_of(database, february)), (table, name)
            connection.execute("ROLLBACK")
    assert len(tried) > 40


@pytest.mark.usefixtures("here")
def test_a_draft_that_somebody_has_changed_is_left_and_issued_once_it_is_billed_again() -> None:
    changed("UPDATE line SET amount_cents = amount_cents + 1 WHERE invoice = '2026-01-C0001'")
    summary = values(*JANUARY)
    (left,) = summary["left"]
    assert (left["contract"], left["why"], left["to_do"]) == ("C0001", "altered", "permanence bill 2026-01")
    assert [one["contract"] for one in summary["issued"]] == ["C0002"]
    out("bill", "2026-01", "--incomplete")
    assert [one["contract"] for one in values(*JANUARY)["issued"]] == ["C0001"]
    out("verify")


@pytest.mark.usefixtures("here")
def test_a_draft_that_an_earlier_version_billed_is_billed_again_before_it_is_issued() -> None:
    changed("UPDATE capsule SET digest = NULL")
    changed("UPDATE line SET amount_cents = amount_cents + 1 WHERE invoice = '2026-01-C0001'")
    summary = values(*JANUARY)
    assert [one["why"] for one in summary["left"]] == ["altered", "outdated"]
    assert summary["issued"] == []
    (said,) = refused("correct", "F-2026-00001", "--why", "Un appel tardif.")
    assert "2026-02 is to be billed again first" in said
    out("bill", "2026-01", "--incomplete")
    assert [one["contract"] for one in values(*JANUARY)["issued"]] == ["C0001", "C0002"]


@pytest.mark.usefixtures("here")
def test_no_invoice_is_corrected_by_a_draft_that_somebody_has_changed() -> None:
    changed("UPDATE line SET label = 'Autre' WHERE invoice = '2026-02-C0001'")
    (said,) = refused("correct", "F-2026-00001", "--why", "Un appel tardif.")
    assert "the draft of 2026-02 is not as it was billed" in said


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "words",
    [
        JANUARY,
        ("correct", "F-2026-00002", "--why", "x"),
        ("rebill", "F-2026-00002"),
        ("bill", "2026-02"),
        ("debits", "2026-02", "--on", "2026-03-03"),
        ("payments", "import", "camt.xml"),
    ],
)
def test_nothing_goes_on_from_a_document_that_is_not_as_it_was_issued(words: tuple[str, ...]) -> None:
    changed("UPDATE issued SET content = '{}' WHERE position = 2")
    (said,) = refused(*words)
    assert "F-2026-00002 is not as it was issued" in said


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["billing.db", "calls.db"])
@pytest.mark.parametrize("column", ["", "at", "who", "command", "arguments", "came_of", "digest"])
def test_what_was_done_is_not_otherwise_without_being_found(name: str, column: str) -> None:
    one = "WHERE id = 1"
    changed(f"{OTHERWISE.format('audit', column)} {one}" if column else f"DELETE FROM audit {one}", Path(name))
    (said,) = refused("verify")
    assert said.startswith(f"{name}: row 1 of what was done (table audit) is ")


@pytest.mark.usefixtures("here")
def test_rows_of_what_was_issued_are_missed_where_they_are_taken_from_the_end() -> None:
    out(*JANUARY)
    out("verify")
    changed("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")
    (said,) = refused("verify")
    assert said.startswith("ledger: the ledger ends at document 4, and in the log (table audit) at 2: rows of the log")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["billing.db", "calls.db"])
def test_rows_taken_from_the_end_or_written_anew_are_found_by_the_end_that_was_printed(name: str) -> None:
    end = f"{name}:{values('log')['ends'][name]}"
    assert f"Fin du journal : {end}\n" in out("log")
    out("verify", "--log", end)
    last = "WHERE id = (SELECT max(id) FROM audit)"
    changed(f"DELETE FROM audit {last}", Path(name))
    out("verify")
    (said,) = refused("verify", "--log", end)
    assert said.startswith(f"{name}: what was done (table audit) ends at row ")
    assert "rows were taken away" in said
    out("calls", "import", "more.csv", "--format", "generic")
    out("bill", "2026-02")
    (said,) = refused("verify", "--log", end)
    assert "is another than when" in said


@pytest.mark.usefixtures("here")
def test_an_end_of_a_log_that_none_has_printed_is_refused() -> None:
    (said,) = refused("verify", "--log", "billing.db:12")
    assert '"12" is no end that was printed; type what `permanence log` printed' in said
    end = values("log")["ends"]["calls.db"]
    (said,) = refused("verify", "--log", f"elsewhere.db:{end}")
    assert "elsewhere.db: there is no such database" in said


@pytest.mark.usefixtures("here")
def test_a_restored_database_notes_what_it_was_restored_from_and_nothing_comes_into_a_backup() -> None:
    (said,) = refused("restore", "backups/then", "--into", "backups/then/inside")
    assert "it is in the backup" in said
    digest = values("restore", "backups/then", "--into", "anew")["digest"]
    for name in ("billing.db", "calls.db"):
        with closing(sqlite3.connect(Path("anew", name))) as database:
            ((command, came_of),) = database.execute("SELECT command, came_of FROM audit ORDER BY id DESC LIMIT 1")
        assert command == "restore"
        assert digest in came_of
    out("restore", "backups/then", "--verify")


@pytest.mark.usefixtures("here")
def test_no_invoice_has_a_day_before_the_last_one_that_it_is_for() -> None:
    (said,) = refused("issue", "2026-02", "--on", "2026-02-27")
    assert "2026-02-27 lies before 2026-02-28, the last day that the invoices are for" in said


TEXTS: Mapping[str, str] = {
    "": "it is empty",
    "  ": "it is empty",
    "x" * 201: "it is too long",
    "a\x1b[31m": "U+001B",
    "a\nb": "U+000A",
    "a\u202eb": "U+202E",
}


@pytest.mark.usefixtures("here")
def test_a_text_that_stays_is_a_line_that_can_be_shown() -> None:
    for text, told in TEXTS.items():
        for words in (
            ("correct", "F-2026-00001", "--why", text),
            ("calls", "exclude", "1", "--why", text, "--by", "Accueil"),
            ("calls", "exclude", "1", "--why", "Faux numéro", "--by", text),
        ):
            (said,) = refused(*words)
            assert told in said


def numbers(group: click.Command, named: str = "permanence") -> Iterator[tuple[str, Any]]:
    """Yield each number that a command takes, with what it may be."""
    context = click.Context(group)
    if isinstance(group, click.Group):
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command
            yield from numbers(command, f"{named} {name}")
    for one in group.params:
        if isinstance(one.type, click.types.IntParamType):
            yield f"{named} {one.name}", one.type


def test_no_number_that_is_typed_is_one_that_no_database_can_keep() -> None:
    found = dict(numbers(main))
    assert len(found) > 4
    bounds = {name: getattr(kind, "max", None) for name, kind in found.items()}
    assert not [name for name, most in bounds.items() if most is None or most >= 2**63]
    assert typed("log", "--last", str(2**70)).exit_code == 2
