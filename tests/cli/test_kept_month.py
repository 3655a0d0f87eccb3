"""A month that is kept, as calls come in: what is counted again is what would be counted anew, and no more is."""

import gzip
import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from permanence.bill.live import LiveMonth
from permanence.cli.kept_month import KeptMonth
from permanence.cli.running_month import OnFile
from permanence.plugin_manager import Plugins

from tests.cli.typed import out

DAY = datetime(2026, 10, 31, tzinfo=UTC)
FILES = OnFile(Path("rules"), Path("contracts"), Path("sellers"), Path("billing.db"), "calls.db")
PLUGINS = Plugins.installed()


@pytest.fixture(autouse=True)
def here(service: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("contracts", "rules", "sellers"):
        shutil.copytree(service / name, name)
    shutil.copy(service / "cdr-2026-10.csv.gz", "october.csv.gz")


def lines() -> list[str]:
    return gzip.decompress(Path("october.csv.gz").read_bytes()).decode().splitlines(keepends=True)


def imported(name: str, some: Sequence[str]) -> None:
    Path(name).write_text("".join(some), "utf-8")
    out("calls", "import", name, "--format", "asterisk")


def told(month: LiveMonth) -> Any:
    return month.counts, [(one.contract.id, one.reason) for one in month.holds], month.known_until


def anew() -> LiveMonth:
    return KeptMonth(FILES, PLUGINS, DAY)().month


def test_what_is_counted_again_is_what_is_counted_anew() -> None:
    every = lines()
    imported("first.csv", every[:1800])
    kept = KeptMonth(FILES, PLUGINS, DAY)
    kept()
    for number, (first, end) in enumerate(((1800, 1803), (1803, 2300), (2300, len(every)))):
        imported(f"{number}.csv", every[first:end])
        found = kept().month
        assert told(found) == told(anew())
        assert found.later
        assert found.measured_of("C0001") is found.later.get("C0001", found.measured)


def test_of_few_calls_few_contracts_are_counted_again() -> None:
    every = lines()
    imported("first.csv", every[:-1])
    kept = KeptMonth(FILES, PLUGINS, DAY)
    before = kept()
    assert kept() is before
    imported("last.csv", every[-1:])
    again = kept()
    same = {id(one) for one in before.month.counts} & {id(one) for one in again.month.counts}
    assert len(again.month.counts) > len(same) >= len(again.month.counts) - len(again.month.later) > 0


@pytest.mark.parametrize(("first", "later"), [("a", "a"), ("x", "x"), ("b", "b")])
def test_a_call_that_goes_on_in_a_later_file_is_one_call(first: str, later: str) -> None:
    generic("first.csv", ("a", first, "2026-10-30T10:00:00+01:00"), ("c", "", "2026-10-30T11:00:00+01:00"))
    kept = KeptMonth(FILES, PLUGINS, DAY)
    assert calls(kept().month) == 2
    generic("last.csv", ("b", later, "2026-10-30T10:01:00+01:00"))
    found = kept().month
    assert calls(found) == 2
    assert told(found) == told(anew())
    assert not found.later


def test_calls_that_go_on_beside_others_are_counted_again() -> None:
    generic("first.csv", ("a", "x", "2026-10-20T10:00:00+01:00"), ("b", "", "2026-10-30T11:00:00+01:00"))
    kept = KeptMonth(FILES, PLUGINS, DAY)
    kept()
    generic("last.csv", ("c", "x", "2026-10-30T10:01:00+01:00"), ("d", "x", "2026-10-30T10:02:00+01:00"))
    found = kept().month
    assert (calls(found), list(found.later)) == (3, ["C0005"])
    assert told(found) == told(anew())


def generic(name: str, *rows: tuple[str, str, str]) -> None:
    """Import records of one contract: the id of each, its link, and when it arrived."""
    head = "call_id,linked_id,start,wait_seconds,talk_seconds,status,account"
    text = "\n".join([head, *(f"{call},{link},{start},3,60,answered,C0005" for call, link, start in rows)])
    Path(name).write_text(f"{text}\n", "utf-8")
    out("calls", "import", name, "--format", "generic")


def calls(month: LiveMonth) -> int:
    return sum(one.invoice.calls for one in month.counts)


CHANGES: dict[str, Callable[[], object]] = {
    "a contract file was written": lambda: os.utime("contracts/customers.toml", (1, 1)),
    "a call of September came in": lambda: generic("old.csv", ("a", "", "2026-09-10T10:00:00+02:00")),
    "a call was excluded": lambda: out("calls", "exclude", "5", "--why", "Faux numéro.", "--by", "A"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_else_has_changed_all_is_counted_anew(change: str) -> None:
    imported("first.csv", lines()[:400])
    kept = KeptMonth(FILES, PLUGINS, DAY)
    before = kept()
    CHANGES[change]()
    found = kept()
    assert found is not before
    assert not found.month.later
    assert told(found.month) == told(anew())


def test_imports_that_are_not_those_of_before_are_counted_anew() -> None:
    imported("first.csv", lines()[:400])
    kept = KeptMonth(FILES, PLUGINS, DAY)
    kept()
    for path in Path().glob("calls.db*"):
        path.unlink()
    imported("other.csv", lines()[100:300])
    imported("more.csv", lines()[300:500])
    found = kept().month
    assert told(found) == told(anew())
    assert not found.later
    with closing(sqlite3.connect("calls.db")) as database:
        assert database.execute("SELECT count(*) FROM import").fetchone() == (2,)
