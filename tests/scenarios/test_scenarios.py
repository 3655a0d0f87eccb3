"""Lives of contracts, each a file: what was signed, what happened, and the dates and invoices that must come out.

A file names its offers (of the folder beside), the contract file's own text, the calls of each month in turn, and
what is expected: days of the calendar by kind, the lines of each invoice from the month `first` on, why the
contract waits, or what is wrong with the file.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from engine.book import Book, open_book
from engine.leaving import calendar_of
from engine.life import play
from engine.model.contract import Contract
from engine.model.invoice import ChargeLine
from engine.model.problem import Refused
from engine.waiting import why_it_waits
from tests.installed import PLUGINS

HERE = Path(__file__).parent
LIVES = sorted(HERE.glob("*.toml"))
Life = Mapping[str, Any]


def on_file(life: Life) -> Book:
    """Return the book that a life's offers and its contract make."""
    with TemporaryDirectory() as name:
        rules, contracts = Path(name, "rules"), Path(name, "contracts")
        rules.mkdir()
        contracts.mkdir()
        for offer in life["offers"]:
            (rules / f"{offer}.toml").write_text((HERE / "offers" / f"{offer}.toml").read_text("utf-8"), "utf-8")
        (contracts / "c.toml").write_text("format = 1\n" + life["life"], "utf-8")
        return open_book(rules, contracts, PLUGINS)


def days(book: Book, contract: Contract, until: date) -> dict[str, list[date]]:
    """Return the calendar of a contract as seen on a day: days by kind, an event's kind being what happened."""
    found: dict[str, list[date]] = {}
    for entry in calendar_of(book, contract).seen_on(until):
        found.setdefault(entry.settled.event.what if entry.settled else entry.kind, []).append(entry.day)
    return found


def in_short(line: ChargeLine) -> str:
    """Return an invoice line as the files write it: ``option.sms 12 × 0.10 = 1.20``, ``bands 60.00 18/31 = 34.84``."""
    times = f"{line.quantity} × " if line.quantity != 1 else ""
    part = f" {line.days}/{line.of_days}" if line.days != line.of_days else ""
    return f"{line.code} {times}{line.unit_price / 1_000_000:.2f}{part} = {line.amount / 100:.2f}"


@pytest.mark.parametrize("file", LIVES, ids=lambda file: file.stem)
def test_a_life_has_the_dates_and_invoices_that_it_must(file: Path) -> None:
    life = tomllib.loads(file.read_text("utf-8"))
    if "problems" in life:
        with pytest.raises(Refused) as refused:
            on_file(life)
        assert [problem.what for problem in refused.value.problems] == life["problems"]
        return
    book = on_file(life)
    (contract,) = book.contracts
    assert why_it_waits(book, contract) == life.get("waits", "")
    if "waits" in life:
        return
    found = days(book, contract, life.get("on", life["until"]))
    expected = {kind: day if isinstance(day, list) else [day] for kind, day in life.get("days", {}).items()}
    assert {kind: found.get(kind, []) for kind in expected} == expected
    months = {str(one.invoice.month): one.invoice for one in play(book, contract, life["until"], life["calls"])}
    shown = {month: invoice for month, invoice in months.items() if month >= life.get("first", "")}
    assert {month: [in_short(line) for line in invoice.lines] for month, invoice in shown.items()} == life["invoices"]


@pytest.mark.parametrize("file", LIVES, ids=lambda file: file.stem)
def test_no_day_of_service_is_billed_twice_and_none_is_left_out(file: Path) -> None:
    life = tomllib.loads(file.read_text("utf-8"))
    if "problems" in life or "waits" in life:
        pytest.skip("nothing is billed")
    book = on_file(life)
    played = play(book, book.contracts[0], life["until"], life["calls"])
    periods = [period for one in played for period in one.invoice.served.periods]
    billed = [day for period in periods for day in each_day(period.start, period.end)]
    assert len(billed) == len(set(billed))
    assert billed == sorted(billed)


def each_day(first: date, end: date | None) -> list[date]:
    """Return the days from one to another, the last excluded."""
    assert end is not None
    return [first + timedelta(days=number) for number in range((end - first).days)]
