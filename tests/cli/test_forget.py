"""Callers' numbers are forgotten, of old calls and of a caller who asks: nowhere left, and every proof holds."""

import re
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from permanence.model.forgotten import caller_shown, is_caller, names_number, numbers_cut

from tests.cli.ledger import wrong
from tests.cli.typed import out, refused, values

DAY = ("--on", "2026-11-05")
CALLS, KEY = Path("calls.db"), Path("calls.db.key")
OLD = ("forget", "--older-than", "1 month", *DAY)
"""Of calls before 5 October."""


@pytest.fixture(autouse=True)
def here(billed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    service = tmp_path / "service"
    shutil.copytree(billed, service)
    monkeypatch.chdir(service)
    return service


def callers(condition: str = "1") -> list[str]:
    with closing(sqlite3.connect(CALLS)) as database:
        found = database.execute(f"SELECT caller FROM call WHERE caller <> '' AND {condition} ORDER BY id")
        return [caller for (caller,) in found]


def bytes_on_disk() -> bytes:
    return b"".join(path.read_bytes() for path in sorted(Path().glob("calls.db*")))


def bills() -> list[object]:
    return [values("explain", f"{month}-C0004") for month in ("2026-09", "2026-10")]


def test_old_numbers_are_cut_and_nothing_of_them_is_left_in_any_file() -> None:
    before = callers("start < 1790812800")
    later = callers("start > 1793000000")
    assert before
    told = values(*OLD)
    assert told["records"] >= len(before)
    assert told["log_emptied"]
    left = callers("start < 1790812800")
    assert all(caller_shown(now) == f"{then[:5]}…" for now, then in zip(left, before, strict=True))
    assert callers("start > 1793000000") == later
    gone = {*before} - {*callers()}
    on_disk = set(re.findall(rb"(?=(\+33\d{9}))", bytes_on_disk()))
    assert {number[:3] for number in gone} == {"+33"}
    assert on_disk > {number.encode() for number in callers() if len(number) == 12}
    assert gone.isdisjoint(number.decode() for number in on_disk)
    assert stat.S_IMODE(KEY.stat().st_mode) == 0o600


def test_forgetting_twice_changes_nothing_and_takes_no_other_key() -> None:
    out(*OLD)
    before, key = callers(), KEY.read_bytes()
    assert values(*OLD)["records"] == 0
    assert (callers(), KEY.read_bytes()) == (before, key)


def test_two_calls_of_one_caller_cannot_be_told_to_be_of_one() -> None:
    with closing(sqlite3.connect(CALLS)) as database:
        database.execute("UPDATE call SET caller = '+33199000077' WHERE id IN (1, 2)")
        database.commit()
    out(*OLD)
    one, other = callers("id IN (1, 2)")
    assert caller_shown(one) == caller_shown(other) == "+3319…"
    assert one != other


def test_bills_proofs_and_lists_of_calls_are_as_they_were() -> None:
    out("issue", "2026-09", *DAY)
    before = bills()
    out(*OLD)
    assert bills() == before
    assert wrong(Path("billing.db")) is None
    assert values("verify")["documents"] == 12
    assert not any(one["to_be_done_again"] for one in values("months")["months"])
    again = values("bill", "2026-09", *DAY)
    assert again["issued_otherwise"] == []
    listed = values("explain", "2026-09-C0004", "--calls")["calls_behind"]
    assert {len(call["caller"]) for call in listed if call["caller"]} == {6}


def test_a_record_that_comes_in_again_is_a_duplicate_and_with_another_number_it_is_not() -> None:
    head = "call_id,start,wait_seconds,talk_seconds,status,account,caller\n"
    row = "x-1,2026-09-14T10:00:00+02:00,5,60,answered,C0004,"
    Path("a.csv").write_text(f"{head}{row}+33199000077\n", "utf-8")
    out("calls", "import", "a.csv", "--format", "generic")
    out(*OLD)
    for name, number, what in (("b", "+33199000077", "duplicate"), ("c", "+33199000078", "refused")):
        Path(f"{name}.csv").write_text(f"{head}{row}{number}\n\n", "utf-8")
        (told,) = values("calls", "import", f"{name}.csv", "--format", "generic")["files"]
        assert told[what] == 1
    assert b"33199000078" not in bytes_on_disk()
    KEY.unlink()
    Path("d.csv").write_text(f"{head}\n{row}+33199000079\n", "utf-8")
    (told,) = values("calls", "import", "d.csv", "--format", "generic")["files"]
    assert told["duplicate"] == 1


@pytest.mark.parametrize("first", [(), OLD])
def test_a_caller_who_asks_is_erased_however_the_number_is_written(first: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(CALLS)) as database:
        database.execute("UPDATE call SET caller = '+33199000077' WHERE id IN (1, 2)")
        database.execute("INSERT INTO work_import VALUES (1, 'w', 'x', 1, 1, 0, 0, NULL)")
        note = "rappeler au 01 99 00 00 77 avant le 2026-10-12"
        work = (1, 1, 1, "id 1", "1", "C0004", "2026-09-01", "letters", 1, note)
        database.execute(f"INSERT INTO work VALUES ({', '.join('?' * len(work))})", work)
        database.commit()
    if first:
        out(*first)
    told = values("forget", "--caller", "01 99 00 00 77")
    assert told["records"] == 2
    assert told["texts"] == (0 if first else 1)
    assert callers("id IN (1, 2)") == ["…", "…"]
    assert b"33199000077" not in bytes_on_disk()
    assert b"99 00 00 77" not in bytes_on_disk()
    assert values("forget", "--caller", "01 99 00 00 77")["records"] == 0
    assert "Aucun enregistrement n'a ce numéro." in out("forget", "--caller", "+33199000077")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say what is to be forgotten"),
        (("--older-than", "1 month", "--caller", "+33199000077"), "one thing at a time"),
        (("--caller", "12"), "no telephone number"),
        (("--older-than", "soon"), "is not a span"),
        (("--older-than", "1 month", "--calls", "calls/*.parquet"), "Parquet files are yours"),
        (("--older-than", "1 month", "--calls", "none.db"), "no such database of calls"),
    ],
)
def test_what_cannot_be_forgotten_is_told(words: tuple[str, ...], said: str) -> None:
    before = callers()
    assert said in refused("forget", *words)[0]
    assert callers() == before
    assert not KEY.exists()


def test_a_key_that_is_none_is_told_and_nothing_is_changed() -> None:
    before = callers()
    KEY.write_text("abc\n", "utf-8")
    assert "is no key" in refused(*OLD)[0]
    assert callers() == before


def test_numbers_in_texts_are_cut_and_days_are_not() -> None:
    assert numbers_cut("le 2026-10-12 : 06.39.98.00.01, +33 (0)6 39 98 00 01") == "le 2026-10-12 : 06.39…, +33 (…"
    assert names_number("au 01 99 00 00 77", "+33199000077")
    assert not names_number("au 01 99 00 00 78", "+33199000077")
    assert is_caller("…", "+33199000077", "", "", None)
