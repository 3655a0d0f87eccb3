"""The month that is measured: its CSV holds the same calls as its Parquet files, and the commands take it as it is."""

import shutil
from pathlib import Path

import pytest

from bench import call_file, month_data
from bench.call_file import write_call_file
from bench.daily import commands, measure
from bench.month_data import write_month
from bench.phases import Phases
from bench.prepare_run import kept
from bench.size import Size
from tests.cli.typed import values

ROOT = Path(__file__).parents[2]
SIZE = Size(30, 20)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: a month's files, as the bench makes them."""
    write_month(tmp_path, SIZE)
    (tmp_path / "csv").mkdir()
    write_call_file(tmp_path / "csv", tmp_path)
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_csv_is_imported_whole_and_again_and_bills_what_the_parquet_files_bill(folder: Path) -> None:
    words = list(commands(SIZE.calls).values())
    taken, again, billed = (values(*typed) for typed in words[:3])
    from_parquet = values(*words[2], "--calls", "calls/*.parquet")
    assert [(done["files"][0]["accepted"], done["files"][0]["already"]) for done in (taken, again)] == [
        (SIZE.calls, False),
        (SIZE.calls, True),
    ]
    assert (billed["calls"], billed["offers"]) == (from_parquet["calls"], from_parquet["offers"])
    assert (billed["records"]["came_in"], billed["provisional"], billed["holds"]) == (SIZE.calls, False, [])


def test_a_day_begins_without_databases(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("calls.db", "calls.db-wal", "billing.db"):
        (folder / name).touch()
    left: list[str] = []

    def run(module: str, *arguments: object) -> Phases:
        left.extend(path.name for path in folder.glob("*.db*"))
        return Phases({"whole": 1.0})

    monkeypatch.setattr("bench.daily.run_apart", run)
    day = measure(folder, commands(SIZE.calls))
    assert (len(day), left) == (5, [])


def test_files_are_made_once_and_again_when_other_modules_make_them(tmp_path: Path) -> None:
    made: list[Path] = []
    for makers in ([month_data], [month_data], [month_data, call_file]):
        kept(tmp_path / "month", makers, made.append)
    assert len(made) == 2
