"""A month whose usual calls are missing is billed with `--incomplete` only, and says so wherever it is shown."""

import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.typed import out, refused, typed, values

BILL = ("bill", "2026-02", "--on", "2026-03-02", "--billing", "new.db")
HINT = "import them, or bill without them: --incomplete"
HEADER = "call_id,start,wait_seconds,talk_seconds,status,line\n"
COLUMNS = ("call_id", "start", "wait_seconds", "talk_seconds", "status", "number")


def days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def records(*wanted: date) -> list[tuple[str, str, int, int, str, str]]:
    """Return twenty calls of each working day."""
    return [
        (f"{day}-{number}", f"{day}T10:{number:02}:00+01:00", 3, 60, "answered", "+33199000001")
        for day in wanted
        for number in range(20)
        if day.weekday() < 5
    ]


def taken(*wanted: date) -> None:
    lines = [",".join(map(str, record)) + "\n" for record in records(*wanted)]
    Path("february.csv").write_text(HEADER.replace("line", "number") + "".join(lines), "utf-8")
    out("calls", "import", "february.csv", "--format", "generic", "--calls", "calls.db")


@pytest.fixture
def here(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the small offer, without its calls."""
    monkeypatch.chdir(tmp_path)
    for folder in ("rules", "contracts"):
        (tmp_path / folder).symlink_to(small / folder)
    return tmp_path


def test_a_month_that_no_import_covers_is_refused_and_nothing_is_made(here: Path) -> None:
    taken(*days("2026-01-05", "2026-01-30"))
    assert refused(*BILL) == [f"2026-02: no call of this month was imported; {HINT}"]
    assert not Path("new.db").exists()
    summary = values(*BILL, "--incomplete")
    assert summary["records"]["came_in"] == 0
    assert [one["first"] + one["last"] for one in summary["missing_days"]] == ["2026-02-012026-02-28"]


def test_an_import_that_ended_early_is_told_with_its_days(here: Path) -> None:
    taken(*days("2026-01-05", "2026-02-25"))
    assert refused(*BILL) == [
        f"2026-02: no call came in from 2026-02-26 to 2026-02-27, where about 40 are usual; {HINT}"
    ]
    printed = out(*BILL, "--incomplete")
    assert "Incomplet : facturé sans les appels habituels du 26 au 27 février 2026" in printed
    with closing(sqlite3.connect("new.db")) as database:
        assert database.execute("SELECT missing_days FROM run").fetchone()[0] == "2026-02-26..2026-02-27"
    ended = refused("issue", "2026-02", "--billing", "new.db", "--on", "2026-03-02")
    assert ended[0].startswith("2026-02: it was billed without the usual calls of 2026-02-26 to 2026-02-27; import")
    (february,) = [
        row["why"]
        for row in values("months", "--billing", "new.db", "--on", "2026-03-02")["months"]
        if row["month"] == "2026-02"
    ]
    assert "sans les appels habituels du 26 au 27 février 2026" in february


def test_the_missing_calls_come_in_and_the_month_is_whole(here: Path) -> None:
    taken(*days("2026-01-05", "2026-02-25"))
    out(*BILL, "--incomplete")
    taken(*days("2026-02-26", "2026-02-28"))
    assert values(*BILL)["missing_days"] == []
    assert "Incomplet" not in out(*BILL, "--incomplete")
    with closing(sqlite3.connect("new.db")) as database:
        assert database.execute("SELECT missing_days FROM run").fetchone()[0] == ""


def test_a_gap_is_found_in_parquet_files_too(here: Path) -> None:
    for name, wanted in {
        "january": days("2026-01-05", "2026-01-31"),
        "february": days("2026-02-12", "2026-02-28"),
    }.items():
        columns = dict(zip(COLUMNS, zip(*records(*wanted), strict=True), strict=True))
        start = pa.array(columns.pop("start")).cast(pa.timestamp("s", "UTC"))
        pq.write_table(pa.table({**columns, "start": start}), f"{name}.parquet")
    words = (*BILL, "--calls", "*.parquet")
    assert refused(*words) == [
        f"2026-02: no call came in from 2026-02-02 to 2026-02-11, where about 160 are usual; {HINT}"
    ]
    assert json.loads(out(*words, "--incomplete", "--json"))["records"]["came_in"] == 240
    assert typed(*words[:-1], "january.parquet").exit_code == 1


def test_a_month_that_runs_is_not_asked_for_its_days_to_come(here: Path) -> None:
    taken(*days("2026-01-05", "2026-02-10"))
    now = ("bill", "2026-02", "--billing", "new.db", "--on")
    assert values(*now, "2026-02-11")["missing_days"] == []
    assert refused(*now, "2026-02-12") == [f"2026-02: no call came in on 2026-02-11, where about 20 are usual; {HINT}"]
