"""Lives of contracts, each a file: what was signed, what happened, and the dates and invoices that must come out.

A file names its offers (of the folder beside), what the first of them says `more`, the contract file's own text, and
the calls: so many of each month in turn, or `calls_on` single days. What is expected: days of the calendar by kind,
the lines of each invoice from the month `first` on and their VAT; why the contract waits, in the French of the staff
(`waits`, from the month of `waits_from` on where not from its last event on), and the same as `check` `says` it; or the
`problems` for which the file is refused.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from permanence.bill.invented_calls import NO_CALLS
from permanence.bill.month import bill_month
from permanence.bill.simulated_life import play
from permanence.contracts.book import Book
from permanence.contracts.leaving import calendar_of
from permanence.contracts.waiting import why_it_waits
from permanence.model.contract import Contract
from permanence.model.event import EVENTS
from permanence.model.invoice import ChargeLine, Invoice
from permanence.model.period import Month
from permanence.model.problem import Problem, Refused
from permanence.model.records import CallBatch
from permanence.offers.check.files import check_files
from permanence.on_file import open_book

from tests.bill.samples import make_call, records
from tests.installed import PLUGINS

HERE = Path(__file__).parent / "lives"
LIVES = sorted(HERE.glob("*.toml"))
BILLED = [file for file in LIVES if "[invoices]" in file.read_text("utf-8")]
Life = Mapping[str, Any]


def on_file(life: Life) -> Book:
    """Return the book that a life's offers and its contract make."""
    with TemporaryDirectory() as name:
        return open_book(*written(life, Path(name)), PLUGINS)


def checked(life: Life) -> tuple[Problem, ...]:
    """Return what `check` says of a life's contract, but that nothing pins what was signed."""
    with TemporaryDirectory() as name:
        rules, contracts = written(life, Path(name))
        found = check_files([], rules, contracts, PLUGINS, examples=False).problems
        theirs = (problem for problem in found if Path(problem.where.file).parent == contracts)
        return tuple(problem for problem in theirs if "fingerprint" not in problem.what)


def written(life: Life, folder: Path) -> tuple[Path, Path]:
    """Return the folders of rules and of contracts, with a life's files in them."""
    rules, contracts = folder / "rules", folder / "contracts"
    rules.mkdir()
    contracts.mkdir()
    for number, offer in enumerate(life["offers"]):
        text = (HERE / "offers" / f"{offer}.toml").read_text("utf-8")
        (rules / f"{offer}.toml").write_text(text + ("" if number else life.get("more", "")), "utf-8")
    (contracts / "c.toml").write_text("format = 1\n" + life["life"], "utf-8")
    return rules, contracts


def invoices_of(book: Book, life: Life) -> Iterator[Invoice]:
    """Yield a life's invoices: over invented calls, or over its own, each at ten in the morning or at its `time`."""
    (contract,) = book.contracts
    if "calls" in life:
        yield from (played.invoice for played in play(book, contract, life["until"], life["calls"]))
        return
    for month in Month.of(contract.start).until(Month.of(life["until"]).next.first):
        run = bill_month(book, month, CallBatch(records=records(list(calls_in(month, life["calls_on"])))))
        assert run.holds == ()
        yield from run.invoices


def calls_in(month: Month, groups: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the calls of a month: of each group so many, alike, to the line C1 unless it says otherwise."""
    for group in groups:
        if group["day"] in month.period:
            start = f"{group['day']} {group.get('time', '10:00:00')}"
            account, tags = group.get("line", "C1"), group.get("tag", "")
            yield from [make_call(start, account=account, tags=tags) for _ in range(group["calls"])]


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
    assert [problem.what for problem in checked(life)] == life.get("says", [])
    if "waits" in life:
        month = Month.of(life.get("waits_from", max(event.on for event in contract.events)))
        run = bill_month(book, month, NO_CALLS)
        assert (run.invoices, [hold.reason for hold in run.holds]) == ((), [life["waits"]])
        if "waits_from" in life:
            assert bill_month(book, Month.of(month.first - timedelta(days=1)), NO_CALLS).holds == ()
        return
    found = days(book, contract, life.get("on", life["until"]))
    expected = {kind: day if isinstance(day, list) else [day] for kind, day in life.get("days", {}).items()}
    assert {kind: found.get(kind, []) for kind in expected} == expected
    shown = {str(one.month): one for one in invoices_of(book, life) if str(one.month) >= life.get("first", "")}
    assert {month: [in_short(line) for line in invoice.lines] for month, invoice in shown.items()} == life["invoices"]
    taxed = {month: [f"{vat.rate / 100:g} % = {vat.amount / 100:.2f}" for vat in shown[month].vat] for month in shown}
    assert taxed | life.get("vat", {}) == taxed


def test_every_kind_of_event_happens_in_some_life() -> None:
    lives = [tomllib.loads(file.read_text("utf-8"))["life"] for file in LIVES]
    happens = {event["what"] for life in lives for event in tomllib.loads(life).get("event", ())}
    assert happens == {*EVENTS}


@pytest.mark.parametrize("file", BILLED, ids=lambda file: file.stem)
def test_no_day_of_service_is_billed_twice(file: Path) -> None:
    life = tomllib.loads(file.read_text("utf-8"))
    periods = [period for invoice in invoices_of(on_file(life), life) for period in invoice.served.periods]
    billed = [day for period in periods for day in each_day(period.start, period.end)]
    assert len(billed) == len(set(billed))
    assert billed == sorted(billed)


def each_day(first: date, end: date | None) -> list[date]:
    """Return the days from one to another, the last excluded."""
    assert end is not None
    return [first + timedelta(days=number) for number in range((end - first).days)]
