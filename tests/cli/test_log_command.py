"""Who did what and when: each command that writes notes itself where it writes, with what came of it."""

import json
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from permanence.model.deed import words_typed

from tests.cli.conftest import CALLS
from tests.cli.test_output_lost import TYPED
from tests.cli.typed import out, typed, values
from tests.store.small_databases import as_text, restore

FOR_OTHERS = {"calendar", "contracts print", "describe", "impact", "new-option", "quote", "restore"}
"""What these write is no record of ours: a page, a diary, a list, a plugin, another folder, a database to write."""
ROWS = "SELECT who, command, arguments, product, came_of FROM audit ORDER BY id"
NOT_DONE: Mapping[str, tuple[str, ...]] = {
    "provisional after it was final": ("bill", "2026-02", "--on", "2026-02-20"),
    "not billed": ("issue", "2026-05"),
    "nothing to correct": ("correct", "F-2026-00002", "--why", "Pour voir."),
    "no calls": ("calls", "import", "customers.csv", "--format", "generic"),
    "no work": ("usage", "import", "more.csv"),
    "no line": ("sign", "quotes/X.toml", "--line", "12"),
    "no such offer": ("contracts", "import", "customers.csv", "--offer", "none@2026-01-01", "--contracts", "new"),
    "no such version": ("contracts", "amend", "C0001", "--to", "none@2026-01-01", "--announced", "2026-09-10"),
}
NOTHING_NEW: Mapping[str, tuple[str, ...]] = {
    "taken in before": ("calls", "import", "late.csv", "--format", "generic"),
    "issued before": ("issue", "2026-02"),
    "up to date": ("upgrade",),
    "pinned before": ("contracts", "pin", "C0001", "--correct"),
}


@pytest.fixture(autouse=True)
def here(richer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    shutil.copytree(richer, here)
    monkeypatch.chdir(here)
    return here


def noted() -> list[Any]:
    """Return what the databases here note, each in its order."""
    found = []
    for path in sorted(Path().glob("*.db")):
        with closing(sqlite3.connect(path)) as database:
            if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit'").fetchone():
                found += [(path.name, *row[:-1], json.loads(row[-1])) for row in database.execute(ROWS)]
    return found


def new_since(before: list[Any]) -> list[Any]:
    return [row for row in noted() if row not in before]


@pytest.mark.parametrize("name", TYPED)
def test_each_command_that_writes_notes_itself_once_in_the_words_that_were_typed(name: str) -> None:
    words, done = TYPED[name]
    before = noted()
    out(*words)
    found = new_since(before)
    assert len(found) == (bool(done) and name not in FOR_OTHERS)
    for _, who, command, arguments, product, came_of in found:
        assert who
        assert f"{command} {arguments}" == words_typed(words)
        assert (product, bool(came_of)) == (values("log", "--last", "1")["deeds"][0]["product"], True)


@pytest.mark.parametrize("why", [*NOT_DONE, *NOTHING_NEW])
def test_a_command_that_fails_or_finds_nothing_to_do_notes_nothing(why: str) -> None:
    before = noted()
    ended = typed(*(NOT_DONE.get(why) or NOTHING_NEW[why]))
    assert ended.exit_code == (why in NOT_DONE), ended.output
    assert noted() == before


def test_what_came_of_it_is_noted() -> None:
    before = noted()
    out("calls", "import", "more.csv", "--format", "generic")
    out("bill", "2026-02")
    numbers = [one["number"] for one in values("correct", "F-2026-00001", "--why", "Deux appels.")["issued"]]
    out("sign", "quotes/X.toml", "--line", "+33199000009", "--on", "2026-09-02")
    head = values("verify")["head"]
    bill, correct, sign, imported = (row[-1] for row in new_since(before))
    assert imported == {"file": "more.csv", "rows": 1, "accepted": 1, "duplicate": 0, "refused": 0}
    assert bill["month"] == "2026-02"
    assert (bill["before"]["calls"], bill["after"]["calls"]) == (2, 3)
    assert (bill["before"]["net_cents"], bill["after"]["net_cents"]) == ({"EUR": 2000}, {"EUR": 2100})
    assert bill["before"]["invoices"] == 2
    assert correct == {"month": "2026-02", "documents": 2, "first": numbers[0], "last": numbers[-1], "head": head}
    assert list(sign["written"]) == ["contracts/C0003.toml"]


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("billing.db", ("bill", "2026-02")),
        ("billing.db", ("issue", "2026-01", "--incomplete")),
        ("calls.db", ("calls", "import", "more.csv", "--format", "generic")),
        ("calls.db", ("usage", "import", "work.csv")),
    ],
)
def test_what_cannot_be_noted_is_not_done(database: str, words: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(database)) as opened:
        opened.execute("CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no pen'); END")
    before = as_text(Path(database))
    ended = typed(*words)
    assert (ended.exit_code, "no pen" in ended.stderr) == (1, True)
    assert as_text(Path(database)) == before


@pytest.mark.parametrize("database", ["billing.db", "calls.db"])
def test_what_was_noted_is_never_changed(database: str) -> None:
    values_put = "(who, at, command, arguments, came_of, id) VALUES ('x', 1, 'x', '', '{}', ?)"
    with closing(sqlite3.connect(database)) as opened:
        (last,) = opened.execute("SELECT max(id) FROM audit").fetchone()
        for statement, given in (
            ("UPDATE audit SET who = 'x'", ()),
            ("DELETE FROM audit", ()),
            (f"INSERT INTO audit {values_put}", (last + 2,)),
            (f"INSERT OR REPLACE INTO audit {values_put}", (last,)),
        ):
            with pytest.raises(sqlite3.IntegrityError):
                opened.execute(statement, given)


def test_who_types_is_the_user_of_the_machine_with_the_name_that_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    out("bill", "2026-02")
    monkeypatch.setenv("PERMANENCE_USER", "Comptabilité\u202e")
    out("bill", "2026-02")
    alone, named = (one["who"] for one in values("log", "--last", "2")["deeds"])
    assert named == f"Comptabilité<U+202E> ({alone})"


def test_files_are_noted_where_a_billing_db_is_and_what_failed_after_them_keeps_nothing_back() -> None:
    Path("billing.db").rename("elsewhere.db")
    before = noted()
    out("quote", "accueil", "--for", "Y", "--calls", "5", "--on", "2026-09-01", "--save", "quotes")
    assert noted() == before
    Path("elsewhere.db").rename("billing.db")
    before = noted()
    out("quote", "accueil", "--for", "Y", "--calls", "5", "--on", "2026-09-02", "--save", "quotes")
    ((_, _, command, _, _, came_of),) = new_since(before)
    assert (command, len(came_of["written"])) == ("quote", 1)


def test_the_log_is_in_order_of_time_from_both_databases_the_latest_last() -> None:
    out("calls", "import", "more.csv", "--format", "generic")
    out("bill", "2026-02")
    deeds = values("log")["deeds"]
    assert [one["at"] for one in deeds] == sorted(one["at"] for one in deeds)
    assert {one["database"] for one in deeds} == {"billing.db", "calls.db"}
    assert [one["command"] for one in deeds].count("bill") == 4
    assert {one["command"] for one in values("log", "--command", "bill")["deeds"]} == {"bill"}
    assert len(values("log", "--last", "2")["deeds"]) == 2
    printed = out("log", "--command", "bill", "--last", "1")
    assert "février 2026 · 2 factures, 3 appels, 21,00\xa0€ HT (avant : 2 factures, 2 appels, 20,00\xa0€ HT)" in printed


def test_nothing_is_noted_where_there_is_nothing() -> None:
    assert out("log", "--billing", "none.db", "--calls-db", "none.db").startswith("Rien")


def test_who_brought_a_database_up_to_date_is_noted_with_both_versions() -> None:
    for file in Path().glob("*.db*"):
        file.unlink()
    restore("billing.9.sql", Path("billing.db"))
    restore("calls.3.sql", Path("calls.db"))
    Path("calls.csv").write_text(CALLS, "utf-8")
    out("upgrade", "billing.db")
    out("calls", "import", "calls.csv", "--format", "generic")
    found = [(row[0], row[2], row[-1].get("upgraded")) for row in noted()]
    assert found == [
        ("billing.db", "upgrade", {"before": 9, "now": 12}),
        ("calls.db", "calls import", {"before": 3, "now": 6}),
        ("calls.db", "calls import", None),
    ]


def test_words_that_nobody_is_to_read_later_are_left_out() -> None:
    words = ("--caller", "+33639980001", "--caller=+33639980001", "L'appel")
    assert words_typed(words, "+33639980001") == """--caller '…' '--caller=…' 'L'"'"'appel'"""
