"""A call that was a wrong number is excluded afterwards, with a reason and a name: billed again, corrected, undone."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.ledger import documents, wrong
from tests.cli.typed import out, refused, values

DAY, LATER = ("--on", "2026-11-05"), ("--on", "2026-11-06")
BILLING, CALLS = Path("billing.db"), Path("calls.db")
WRONG = ("--why", "Faux numéro", "--by", "Accueil")


@pytest.fixture
def here(billed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    service = tmp_path / "service"
    shutil.copytree(billed, service)
    monkeypatch.chdir(service)
    return service


def counted_call(month: str = "2026-09", contract: str = "C0004") -> int:
    """Return the number of a call that is counted on an invoice."""
    calls = values("explain", f"{month}-{contract}", "--calls")["calls_behind"]
    return next(int(call["call"]) for call in calls if call["outcome"] == "counted")


def months() -> list[dict[str, object]]:
    found = values("months")
    return list(found["months"] if isinstance(found, dict) else found)


def exclusions() -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(CALLS)) as database:
        return database.execute("SELECT id, call, what, by, why FROM exclusion ORDER BY id").fetchall()


@pytest.mark.usefixtures("here")
def test_an_excluded_call_is_not_counted_when_its_month_is_billed_again_and_staff_read_why() -> None:
    call, before = counted_call(), values("explain", "2026-09-C0004")
    told = values("calls", "exclude", str(call), *WRONG)
    assert (told["call"], told["what"], told["changed"]) == (call, "excluded", True)
    (outdated,) = told["to_be_done_again"]
    assert (outdated["month"], outdated["excluded"]) == ("2026-09", {"C0004": 1})
    assert outdated["sentence"] == "septembre 2026 est à refaire : 1 appel exclu ou rétabli depuis (C0004)"
    assert [one["month"] for one in months() if one["to_be_done_again"]] == ["2026-09"]
    out("bill", "2026-09", *DAY)
    after = values("explain", "2026-09-C0004")
    assert after["calls"] == before["calls"] - 1
    assert {"Faux numéro"} == {one["reason_title"] for one in after["usage"]} - {
        one["reason_title"] for one in before["usage"]
    }
    (found,) = [one for one in values("explain", "2026-09-C0004", "--calls")["calls_behind"] if one["call"] == call]
    assert (found["outcome"], found["reason"]) == ("excluded", "Faux numéro")
    assert not [one for one in months() if one["to_be_done_again"]]


@pytest.mark.usefixtures("here")
def test_a_call_that_was_excluded_twice_is_noted_once_and_counted_again_when_that_is_undone() -> None:
    call, before = counted_call(), values("explain", "2026-09-C0004")
    out("calls", "exclude", str(call), *WRONG)
    assert not values("calls", "exclude", str(call), *WRONG)["changed"]
    assert "Accueil excluded it already" in refused("calls", "exclude", str(call), "--why", "Autre", "--by", "X")[0]
    out("bill", "2026-09", *DAY)
    undo = ("calls", "exclude", str(call), "--undo", "--why", "C'était un client", "--by", "Accueil")
    assert values(*undo)["to_be_done_again"][0]["excluded"] == {"C0004": 1}
    out("bill", "2026-09", *DAY)
    assert values("explain", "2026-09-C0004")["lines"] == before["lines"]
    assert not values(*undo)["changed"]
    assert [row[2] for row in exclusions()] == ["excluded", "undone"]


@pytest.mark.usefixtures("here")
def test_an_issued_invoice_with_a_wrong_number_is_corrected_call_by_call() -> None:
    out("issue", "2026-09", *DAY)
    number = next(str(one["number"]) for one in documents(BILLING) if one["contract"] == "C0004")
    call = counted_call()
    out("calls", "exclude", str(call), *WRONG)
    assert "billed again first" in refused("correct", number, "--why", "Faux numéro.", *LATER)[0]
    (told,) = values("bill", "2026-09", *LATER)["issued_otherwise"]
    assert told["calls"]["now"] == told["calls"]["issued"] - 1
    summary = values("correct", number, "--why", "Faux numéro.", *LATER)
    (since,) = summary["calls_since"]
    assert (since["call"], since["outcome"], since["reason"]) == (call, "excluded", "Faux numéro")
    assert (since["excluded"]["by"], since["excluded"]["why"]) == ("Accueil", "Faux numéro")
    assert wrong(BILLING) is None
    assert values("rebill", documents(BILLING)[-1]["number"])["same"]


@pytest.mark.usefixtures("here")
def test_calls_find_shows_who_excluded_a_call_and_why() -> None:
    call = counted_call()
    with closing(sqlite3.connect(CALLS)) as database:
        (name,) = database.execute("SELECT call_id FROM call WHERE id = ?", (call,)).fetchone()
    out("calls", "exclude", str(call), *WRONG)
    (found,) = values("calls", "find", name)["calls"]
    assert (found["call"], found["excluded"]["by"]) == (call, "Accueil")
    assert "Appel exclu par Accueil le" in out("calls", "find", name)


@pytest.mark.usefixtures("here")
def test_the_imported_record_stays_and_what_was_excluded_cannot_be_changed_or_taken_away() -> None:
    call = counted_call()
    with closing(sqlite3.connect(CALLS)) as database:
        before = database.execute("SELECT * FROM call ORDER BY id").fetchall()
    out("calls", "exclude", str(call), *WRONG)
    with closing(sqlite3.connect(CALLS)) as database:
        assert database.execute("SELECT * FROM call ORDER BY id").fetchall() == before
        for statement in (
            "UPDATE exclusion SET why = 'Autre'",
            "DELETE FROM exclusion",
            "INSERT OR REPLACE INTO exclusion SELECT id, call, 'undone', at, by, why FROM exclusion",
        ):
            with pytest.raises(sqlite3.DatabaseError, match="stays noted"):
                database.execute(statement)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("999999999", *WRONG), "there is no call 999999999"),
        (("1", "--undo", *WRONG), "it is not excluded"),
        (("1", "--why", " ", "--by", "X"), "it is empty"),
        (("1", "--why", "a\x1b[31m", "--by", "X"), "U+001B"),
        (("1", "--calls", "calls/*.parquet", *WRONG), "of Parquet files nothing is kept"),
        (("1", "--calls", "none.db", *WRONG), "no such database of calls"),
    ],
)
def test_what_cannot_be_excluded_is_told(words: tuple[str, ...], said: str) -> None:
    assert said in refused("calls", "exclude", *words)[0]
    assert exclusions() == []
