"""What a month's bills rest on comes back from billing.db as it was written, and goes with the month's drafts."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve
from permanence.bill.basis import basis_of
from permanence.bill.calls_compared import with_calls
from permanence.model.basis import BilledText, MonthBasis
from permanence.model.invoice import MonthRun
from permanence.model.period import Month
from permanence.store.bases import bases, texts_billed
from permanence.store.results import open_billing, publish

from tests.bill.months import NOVEMBER, OCTOBER, SEPTEMBER, bill, calls, contract, offer, on_file, taken
from tests.bill.samples import records
from tests.store.small_databases import RAN_AT, restore

BOOK = on_file(
    offer('[option.bilingual]\nprice = "39.00"\n'),
    [contract("C1", taken("bilingual")), contract("C2"), contract("C3", version="none@2026-01-01")],
)
VERSION = "essentielle@2026-01-01"


def billed(month: Month) -> tuple[MonthRun, MonthBasis]:
    found = calls(3, f"{month}-14 10:00:00")
    run = bill(BOOK, found, month)
    return run, with_calls(basis_of(BOOK, run), records(found), "calls.db", "stamp", 7)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a billing.db in which two months were billed."""
    path = tmp_path / "billing.db"
    with closing(open_billing(path)) as database:
        for month in (OCTOBER, SEPTEMBER):
            run, basis = billed(month)
            publish(database, run, RAN_AT, basis=basis)
    return path


def test_what_months_rest_on_is_read_back_as_it_was_in_their_order(path: Path) -> None:
    september, october = billed(SEPTEMBER)[1], billed(OCTOBER)[1]
    assert bases(path) == (september, october)
    assert bases(path, OCTOBER) == (october,)
    assert bases(path, NOVEMBER) == ()
    assert [one.calls for one in october.contracts.values()] == [3, 0, 0]
    assert [one.lines for one in october.contracts.values()] == [("C1",), ("C2",), ()]


def test_a_month_that_is_billed_again_rests_on_what_it_was_billed_from_last(path: Path) -> None:
    run, basis = billed(OCTOBER)
    changed = evolve(basis, contracts={"C1": basis.contracts["C1"]}, options={})
    with closing(open_billing(path)) as database:
        publish(database, run, RAN_AT, basis=changed)
        assert bases(path) == (billed(SEPTEMBER)[1], changed)
        publish(database, run, RAN_AT)
    assert bases(path) == (billed(SEPTEMBER)[1],)


def test_each_text_that_billed_is_told_with_its_months(path: Path) -> None:
    other = offer("# relu\n")
    again = on_file(other, [contract("C1")])
    with closing(open_billing(path)) as database:
        publish(database, bill(again, (), NOVEMBER), RAN_AT)
    old, new = BOOK.offers[VERSION], again.offers[VERSION]
    texts = {(text.digest, text.months): text for text in texts_billed(path)}
    assert texts == {
        (one.digest, months): BilledText(version=VERSION, digest=one.digest, file=one.file, months=months)
        for one, months in ((old, (SEPTEMBER, OCTOBER)), (new, (NOVEMBER,)))
    }


def test_months_that_were_billed_before_bases_were_kept_tell_their_texts_and_nothing_else(tmp_path: Path) -> None:
    path = restore("billing.3.sql", tmp_path / "billing.db")
    open_billing(path).close()
    assert bases(path) == ()
    (text,) = texts_billed(path)
    assert (text.version, text.months) == (VERSION, (SEPTEMBER, OCTOBER, NOVEMBER))


def test_a_database_that_is_not_there_has_no_months(tmp_path: Path) -> None:
    assert bases(tmp_path / "none.db") == ()
    assert texts_billed(tmp_path / "none.db") == ()
    assert not (tmp_path / "none.db").exists()


def test_no_other_number_than_the_customers_own_lines_is_kept(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        lines = database.execute("SELECT DISTINCT lines FROM basis_contract ORDER BY lines").fetchall()
    assert lines == [("",), ("C1",), ("C2",)]
