"""Past counts out of billing.db: of months that were billed whole, before a month."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from permanence.model.period import Month
from permanence.model.problem import Refused
from permanence.store.past_calls import past_calls, past_use
from permanence.store.results import open_billing, publish

from tests.bill.months import NOVEMBER, OCTOBER, SEPTEMBER, bill, calls, contract, offer, on_file

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
BOOK = on_file(offer(), [contract(), contract("C2", signed="2026-10-20"), contract("C3", version="none@2026-01-01")])


def billed(path: Path, month: Month, count: int, *, provisional: bool = False) -> None:
    database = open_billing(path)
    publish(database, bill(BOOK, calls(count, f"{month}-14 10:00:00"), month, provisional=provisional), NOW)
    database.close()


def test_each_contract_has_the_calls_of_its_months_before(tmp_path: Path) -> None:
    path = tmp_path / "billing.db"
    for month, count in ((SEPTEMBER, 3), (OCTOBER, 5), (NOVEMBER, 7)):
        billed(path, month, count)
    assert past_calls(path, NOVEMBER) == {"C1": {SEPTEMBER: 3, OCTOBER: 5}, "C2": {OCTOBER: 0}}
    assert past_calls(path, SEPTEMBER) == {}


def test_each_contract_has_the_use_of_its_months_before_with_the_seconds_of_its_conversations(tmp_path: Path) -> None:
    path = tmp_path / "billing.db"
    for month, count in ((SEPTEMBER, 3), (OCTOBER, 5), (NOVEMBER, 7)):
        billed(path, month, count)
    assert past_use(path, NOVEMBER) == {"C1": {SEPTEMBER: (3, 180), OCTOBER: (5, 300)}, "C2": {OCTOBER: (0, 0)}}
    assert past_use(path, SEPTEMBER) == {}
    assert past_use(tmp_path / "none.db", OCTOBER) == {}


def test_a_month_that_was_billed_before_it_ended_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "billing.db"
    billed(path, SEPTEMBER, 3, provisional=True)
    assert past_calls(path, OCTOBER) == {}
    billed(path, SEPTEMBER, 4)
    assert past_calls(path, OCTOBER) == {"C1": {SEPTEMBER: 4}}


def test_a_database_that_is_not_there_knows_nothing_and_is_not_made(tmp_path: Path) -> None:
    assert past_calls(tmp_path / "billing.db", OCTOBER) == {}
    assert not (tmp_path / "billing.db").exists()


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "billing.db"
    path.write_text("Ceci n'est pas une base de données.\n" * 20, encoding="utf-8")
    with pytest.raises(Refused, match="no SQLite database"):
        past_calls(path, OCTOBER)


def test_an_empty_database_knows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "billing.db"
    path.touch()
    assert past_calls(path, OCTOBER) == {}
