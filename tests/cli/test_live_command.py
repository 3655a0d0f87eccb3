"""`permanence live`: the month that runs is what it will be billed as, and what comes next is said."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.typed import out, refused, values
from tests.docs.documents import ROOT, repeat

BILLS = "SELECT contract, calls, net_cents, total_cents, band FROM invoice WHERE month = '2026-10'"


@pytest.fixture
def here(small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(small)
    return small


def live(day: str, contract: str = "C0001") -> Any:
    (row,) = values("live", contract, "--on", day)["contracts"]
    return row


def test_at_its_end_a_month_is_what_it_is_billed_as(billed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(billed)
    with closing(sqlite3.connect("billing.db")) as database:
        bills = {row[0]: row[1:] for row in database.execute(BILLS)}
    rows = {row["contract"]: row for row in values("live", "--on", "2026-10-31")["contracts"]}
    figures = ("calls", "net_cents", "total_cents", "band")
    assert {name: tuple(row[one] for one in figures) for name, row in rows.items()} == bills
    assert {name for name, row in rows.items() if row["band"] and row["left"] != row["band"] - row["calls"]} == set()
    assert values("live", "C0004", "--on", "2026-10-31")["contracts"] == [rows["C0004"]]


@pytest.mark.usefixtures("here")
def test_calls_that_come_after_the_day_are_not_known_yet() -> None:
    assert [(row["calls"], row["left"], row["last_call"]) for row in map(live, ("2026-02-01", "2026-02-02"))] == [
        (0, 2, None),
        (1, 1, "2026-02-02T09:00:00+00:00"),
    ]


@pytest.mark.usefixtures("here")
def test_the_next_call_adds_what_the_month_costs_more_with_it() -> None:
    row = live("2026-02-02")
    assert (row["net_cents"], row["next_call_cents"], row["passing_cents"]) == (1000, 0, 100)


@pytest.mark.usefixtures("here")
def test_a_forecast_goes_by_the_same_days_of_the_week() -> None:
    assert live("2026-01-02")["forecast"] is None
    # One call on five Mondays since the service began: three more Mondays make 0.6 of a call.
    told = live("2026-02-05")["forecast"]
    assert (told["expected"], told["days"], told["since"], told["passes_on"]) == (2, 34, "2026-01-02", None)
    assert "Prévision : 2 appels à la fin du mois" in out("live", "C0001", "--on", "2026-02-05")


@pytest.mark.usefixtures("here")
def test_a_contract_that_is_not_there_is_named() -> None:
    assert refused("live", "C0009")[0].startswith('CONTRACT: there is no contract "C0009"')


@pytest.mark.usefixtures("folder")
def test_the_page_on_the_running_month_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    repeat(ROOT / "docs" / "live.md", Path())


@pytest.mark.usefixtures("folder")
def test_the_page_on_customers_pages_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    repeat(ROOT / "docs" / "portal.md", Path())
