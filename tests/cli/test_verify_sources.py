"""What issued documents were made from is proved too: stored calls, and the files of rules, contracts and quotes."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.typed import out, refused, values

DAY = ("--on", "2026-11-05")
CALLS, CUSTOMERS = Path("calls.db"), Path("contracts/customers.toml")
LATE = "call_id,start,wait_seconds,talk_seconds,status,account\nlate-1,2026-09-14T10:00:00+02:00,5,60,answered,C0004\n"


@pytest.fixture(scope="module")
def issued_before(billed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small answering service with September issued, a call of it excluded before."""
    here = tmp_path_factory.mktemp("sources") / "service"
    shutil.copytree(billed, here)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        out("calls", "exclude", "3", "--why", "Faux numéro", "--by", "Accueil")
        out("bill", "2026-09", *DAY)
        out("issue", "2026-09", *DAY)
    return here


@pytest.fixture(autouse=True)
def here(issued_before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    service = tmp_path / "service"
    shutil.copytree(issued_before, service)
    monkeypatch.chdir(service)
    return service


def warned() -> list[str]:
    return [f"{one['where']}: {one['what']}" for one in values("verify")["warnings"]]


def changed(statement: str) -> None:
    with closing(sqlite3.connect(CALLS)) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER [{name}]")
        database.execute(statement)
        database.commit()


def test_what_came_after_an_issue_is_no_finding() -> None:
    Path("late.csv").write_text(LATE, "utf-8")
    out("calls", "import", "late.csv", "--format", "generic")
    out("calls", "exclude", "5", "--why", "Faux numéro", "--by", "Accueil")
    out("forget", "--older-than", "1 day", *DAY)
    event = '\n[[event]]\ncontract = "C0004"\non = 2026-11-20\nwhat = "quality_call"\n'
    CUSTOMERS.write_text(CUSTOMERS.read_text("utf-8") + event, "utf-8")
    assert warned() == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE exclusion SET why = 'Autre'", "exclusions are others"),
        ("DELETE FROM exclusion", "exclusions are others"),
        ("UPDATE import SET sha256 = 'x' WHERE id = 1", "are others"),
        ("UPDATE call_pack SET content = zeroblob(10) WHERE id = 3", "is not what was taken in any more"),
        ("DELETE FROM call_pack WHERE id = 3", "is not what was taken in any more"),
        ("UPDATE import_day SET records = records + 1 WHERE id = 2", "is not what was taken in any more"),
        ("UPDATE call SET talk_seconds = talk_seconds + 1 WHERE id = 7", "otherwise in its table call than when"),
        ("UPDATE call SET tags = 'x' WHERE id = 8", "otherwise in its table call than when"),
        ("UPDATE call SET id = 1000000 WHERE id = 9", "otherwise in its table call than when"),
        ("DELETE FROM call WHERE id = (SELECT max(id) FROM call)", "otherwise in its table call than when"),
    ],
)
def test_stored_calls_that_were_changed_are_found(statement: str, said: str) -> None:
    changed(statement)
    assert said in refused("verify")[0]


def test_calls_that_were_changed_with_their_digests_are_found_by_the_digest_of_the_invoice() -> None:
    """The imports are as they were noted, every digest of a pack is right, and yet a day of calls was swapped."""
    from permanence.store.import_days import close_days

    with closing(sqlite3.connect(CALLS)) as database:
        day = database.execute("SELECT day FROM call_pack WHERE what = 'call' ORDER BY id LIMIT 1").fetchone()[0]
        database.execute("DELETE FROM call_pack WHERE day = ? AND what = 'call'", (day,))
        (number,) = database.execute("SELECT import FROM import_day WHERE id = ?", (day,)).fetchone()
        close_days(lambda sql, *values: database.execute(sql, values).fetchall(), number)
        database.commit()
    assert "its calls of 2026-09 are others than when F-2026-00001 was counted" in refused("verify")[0]


def test_a_database_of_calls_that_is_not_there_is_warned_of() -> None:
    CALLS.unlink()
    assert warned() == ["calls.db: calls of F-2026-00001 not proved: the database is not there"]


def edited(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text("utf-8")
    assert change(text) != text
    path.write_text(change(text), "utf-8")


def test_a_rule_file_that_billed_and_is_edited_is_warned_of() -> None:
    edited(
        next(path for path in Path("rules").glob("*.toml") if "essentielle" in path.name), lambda text: text + "\n#\n"
    )
    assert any("was billed by another text of essentielle@" in one for one in warned())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace('mission = "simple"', 'mission = "complex"'), "than when F-2026-000"),
        (lambda text: text.replace("+33", "+44"), ": lines"),
        (lambda text: text.replace('id = "C0004"', 'id = "C9004"'), "C0004: the contract is not on file any more"),
    ],
)
def test_a_contract_that_is_otherwise_in_what_was_signed_is_warned_of(change: Callable[[str], str], said: str) -> None:
    edited(CUSTOMERS, change)
    assert any(said in one for one in warned())


def test_what_may_be_written_into_a_contract_later_is_no_finding() -> None:
    edited(CUSTOMERS, lambda text: text.replace('email = "c0001@', 'email = "compta@', 1))
    assert warned() == []


def test_instructions_that_change_make_no_document_look_otherwise_and_no_month_is_to_be_done_again() -> None:
    given = 'id = "C0004"\ninstruction = [{ text = "Prenez un message." }]'
    event = (
        '\n[[event]]\ncontract = "C0004"\non = 2026-09-14\nwhat = "instruction_given"\n'
        'instruction = { text = "Transférez au gérant.", number = "+33199000042" }\n'
    )
    edited(CUSTOMERS, lambda text: text.replace('id = "C0004"', given, 1) + event)
    assert warned() == []
    assert not any(one["to_be_done_again"] for one in values("months")["months"])


def test_a_file_that_cannot_be_read_any_more_is_warned_of() -> None:
    edited(CUSTOMERS, lambda text: text.replace('mission = "simple"', "mission = simple"))
    assert any("not TOML" in one for one in warned())


def test_a_quote_that_was_edited_is_warned_of() -> None:
    out("quote", "essentielle", "--calls", "180", "--for", "Salon Rouge", "--on", "2026-10-01", "--save", "quotes")
    (path,) = Path("quotes").glob("*.toml")
    assert warned() == []
    edited(path, lambda text: text.replace("Salon Rouge", "Salon Bleu"))
    assert [one for one in warned() if "than when it was numbered" in one]
