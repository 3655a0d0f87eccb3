"""Two months of real calls, from the files as they came to the last cent, against the slow way."""

import csv
import gzip
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import evolve
from permanence.bill.month import bill_month, measure_month
from permanence.contracts.book import Book
from permanence.contracts.standing import standing_in
from permanence.model.clock import month_bounds
from permanence.model.period import Month
from permanence.model.records import CallBatch, span_around
from permanence.offers.proved import prove_offers
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls
from permanence.read.contracts.contract_import import import_contracts
from permanence.read.contracts.quotes import write_quote
from permanence.read.folders import rule_files
from permanence.store.calls import import_calls, open_calls
from sqlite_utils import Database

from tests.bill.bill_oracle import total
from tests.bill.oracle import Call, verdicts
from tests.bill.samples import spelt
from tests.installed import PLUGINS
from tests.offers.asking import quoted
from tests.offers.price_list import named, price_list
from tests.store.call_files import records_of_month

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "answering"
FILES = ("cdr-2026-09.csv.gz", "cdr-2026-10.csv.gz")
OFFER = "essentielle@2023-01-01"
MISSIONS = ("simple", "complex")
ALL_CALLS = 64_943
"""Records in the two files; the second runs on into the first days of November."""
MONTHS = (Month(2026, 9), Month(2026, 10))

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real calls are not on this machine")


@pytest.fixture(scope="module")
def calls_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("real") / "calls.db"
    database = open_calls(str(path))
    for name in FILES:
        result = import_calls(database, read_calls(REAL / name, load_format("asterisk")), "asterisk")
        assert (result.duplicate, result.refused) == (0, 0)
    database.close()
    return path


@pytest.fixture(scope="module")
def book() -> Book:
    proved = prove_offers(rule_files(ROOT / "rules"), PLUGINS)
    contracts, wrong = import_contracts(REAL / "contracts.csv", OFFER)
    assert (proved.problems, wrong) == ((), ())
    return Book(PLUGINS, proved.deciders, tuple(evolve(one, live=one.signed) for one in contracts))


def batch_of(database: Database, month: Month) -> CallBatch:
    """Return the records of a month's calls out of calls.db."""
    bounds = month_bounds(month, "Europe/Paris")
    return records_of_month(database, span_around(bounds), bounds)


def real_calls(month: Month) -> Iterator[Call]:
    """Yield the calls of a civil month as the files have them, without any code of the importers."""
    statuses = {"ANSWERED": "answered", "NO ANSWER": "no_answer", "FAILED": "failed"}
    first, last = (datetime(when.year, when.month, 1, tzinfo=UTC).timestamp() - 7200 for when in (month, month.next))
    last += 3600 * (month == Month(2026, 10))  # clocks go back on 25 October
    for name in FILES:
        with gzip.open(REAL / name, "rt", encoding="utf-8", newline="") as text:
            for row in csv.reader(text):
                start = int(row[16].split(".")[0])
                if first <= start < last:
                    yield {
                        "row": 0,
                        "start": start,
                        "wait": int(row[12]) - int(row[13]),
                        "talk": int(row[13]),
                        "account": row[0],
                        "number": row[2],
                        "status": statuses[row[14]],
                        "direction": "inbound",
                        "language": "",
                        "tags": "",
                        "linked": -1,
                    }


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_real_call_has_the_outcome_and_window_that_the_slow_way_gives_it(
    month: Month, calls_db: Path, book: Book
) -> None:
    database = open_calls(str(calls_db))
    measured = measure_month(book, month, batch_of(database, month).records)
    database.close()
    calls, standing = measured.calls, measured.standing
    slow_calls = sorted(real_calls(month), key=lambda call: (call["start"], call["account"]))
    fast = spelt(measured.judged.classified, measured.roster)
    order = sorted(range(len(calls)), key=lambda row: (int(calls.start[row]), calls.account[row]))
    slow = verdicts(slow_calls, standing.served, standing.idle)
    assert len(fast) == len(slow_calls)
    assert sorted((int(calls.start[row]), *fast[row]) for row in order) == sorted(
        (call["start"], *verdict) for call, verdict in zip(slow_calls, slow, strict=True)
    )


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_real_invoice_comes_to_the_total_worked_out_by_hand(month: Month, calls_db: Path, book: Book) -> None:
    database = open_calls(str(calls_db))
    batch = batch_of(database, month)
    database.close()
    run = bill_month(book, month, batch)
    standing = standing_in(book, month)
    slow = verdicts(list(real_calls(month)), standing.served, standing.idle)
    counted: dict[str, int] = {}
    for verdict in slow:
        counted[verdict.contract] = counted.get(verdict.contract, 0) + (verdict.outcome == "counted")
    with (REAL / "contracts.csv").open(encoding="utf-8", newline="") as text:
        rows = {row["account"]: row for row in csv.DictReader(text)}
    rule_file = ROOT / "rules" / "essentielle-2023-01-01.toml"
    by_hand = {name: total(row, rule_file, month.year, month.month, counted.get(name, 0)) for name, row in rows.items()}
    assert run.holds == ()
    listed = {mission: price_list(write_quote(quoted("essentielle", mission=mission))) for mission in MISSIONS}
    assert all(named(line) in listed[bill.contract.mission] for bill in run.invoices for line in bill.lines)
    assert {invoice.contract.id: invoice.total for invoice in run.invoices} == {
        name: int(amount * 100) for name, amount in by_hand.items() if amount is not None
    }


def test_every_real_call_is_in_one_month_and_the_months_close(calls_db: Path, book: Book) -> None:
    database = open_calls(str(calls_db))
    runs = [bill_month(book, month, batch_of(database, month)).outcomes for month in (*MONTHS, Month(2026, 11))]
    database.close()
    assert [run.came_in for run in runs[:2]] == [len(list(real_calls(month))) for month in MONTHS]
    assert sum(run.came_in for run in runs) == ALL_CALLS
    assert all(sum(run.by_outcome) == run.calls == run.records == run.came_in for run in runs)


def test_the_contract_whose_notice_came_in_time_is_billed_to_its_last_day_and_no_further(
    calls_db: Path, book: Book
) -> None:
    database = open_calls(str(calls_db))
    september, october = (bill_month(book, month, batch_of(database, month)) for month in MONTHS)
    database.close()
    served = {invoice.contract.id: invoice.served for invoice in september.invoices}
    assert served["C0013"].end == date(2026, 9, 30)
    assert "C0013" not in {invoice.contract.id for invoice in october.invoices}
