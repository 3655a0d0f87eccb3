"""Every column of a record of work reaches the bill: changed alone, it changes what is told, as it should."""

import csv
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from attrs import evolve
from permanence.bill.month import bill_month
from permanence.contracts.book import Book
from permanence.model.clock import month_bounds
from permanence.model.period import Month
from permanence.on_file import calls_between, work_in, work_records, work_source
from permanence.read.calls.work_records import read_work
from permanence.store.calls import open_calls
from permanence.store.work_imports import import_work

from tests.oracle.days import instant_of
from tests.oracle.engine import book_of, proved
from tests.oracle.offers import WEEK, offer
from tests.oracle.records import Record
from tests.oracle.ways import WAYS

OCTOBER = Month(2026, 10)
OFFER = (
    offer("one", WEEK, 'holidays = "closed"')
    + """
[work.letters]
title = "Letters"

[work.mails]
title = "E-mails"

[price.letter]
title = "Letter"
amount = "2.50"
per = "work.letters"

[price.mail]
title = "E-mail"
amount = "0.10"
per = "work.mails"

[[rule]]
id = "letters"
on = "month"
when = "work.letters > 0"
then = { charge = "price.letter" }

[[rule]]
id = "mails"
on = "month"
when = "work.mails > 0"
then = { charge = "price.mail" }
"""
)
CONTRACTS = "format = 1\n" + "".join(
    f"""
[[contract]]
id = "K{number}"
customer = {{ name = "Garage du Parc" }}
offer = "one@2023-01-01"
lines = ["A{number}"]
signed = 2026-01-05
live = 2026-01-05
"""
    for number in (1, 2)
)
PACKAGE = 1000
"""Cents of a month without a call and without work."""
A_CALL = Record("s", "a", "", "A9", "", "", instant_of("2026-10-05 10:00:00"), 5, 60, "answered", "inbound", "", "")
"""A call of nobody's: a month without any record is not billed."""
COLUMNS = ("contract", "day", "what", "quantity", "note", "id")


class Line(NamedTuple):
    """A record of work, as a file has it."""

    contract: str = "K1"
    day: str = "2026-10-05"
    what: str = "letters"
    quantity: str = "12"
    note: str = ""
    id: str = ""


class Told(NamedTuple):
    """What a month says: cents that the work of K1 and K2 adds, and the notes behind the invoice of K1."""

    cents: tuple[int, int]
    notes: tuple[str, ...] = ("",)
    unassigned: int = 0


@cache
def book() -> Book:
    return book_of(proved([OFFER]), CONTRACTS)


def written(lines: Sequence[Line]) -> str:
    text = StringIO()
    csv.writer(text).writerows([COLUMNS, *lines])
    return text.getvalue()


def told(way: str, lines: Sequence[Line]) -> Told:
    """Return what the bills of October say of some work, whose calls came in some way."""
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        # Work that goes with Parquet files is read from calls.db in the current folder.
        patch.chdir(folder)
        source, _ = WAYS[way](folder, [[A_CALL]])
        Path("work.csv").write_text(written(lines), encoding="utf-8", newline="")
        with closing(open_calls("calls.db")) as database:
            import_work(database, read_work(Path("work.csv"), date(2026, 11, 30)))
        batch = calls_between(source, *month_bounds(OCTOBER, book().zone))
        run = bill_month(book(), OCTOBER, evolve(batch, work=work_in(work_source(source), OCTOBER)))
        behind = work_records(work_source(source), OCTOBER, "K1")
    one, two = (invoice.net - PACKAGE for invoice in run.invoices)
    nobodys = sum(done.records for done in run.work.unassigned)
    return Told((one, two), tuple(str(record["note"]) for record in behind), nobodys)


ONE = Line()
TWELVE, NONE = Told((3000, 0)), Told((0, 0), ())
CASES = (
    ("contract", "K2", TWELVE, Told((0, 3000), ()), (ONE,)),
    ("contract", "K9", TWELVE, Told((0, 0), (), 1), (ONE,)),
    ("day", "2026-10-31", TWELVE, TWELVE, (ONE,)),
    ("day", "2026-09-30", TWELVE, NONE, (ONE,)),
    ("day", "2026-11-01", TWELVE, NONE, (ONE,)),
    ("what", "mails", TWELVE, Told((120, 0)), (ONE,)),
    ("what", "others", TWELVE, Told((0, 0)), (ONE,)),
    ("quantity", "13", TWELVE, Told((3250, 0)), (ONE,)),
    ("note", "le matin", TWELVE, Told((3000, 0), ("le matin",)), (ONE,)),
    ("id", "w1", Told((6000, 0), ("", "")), TWELVE, (ONE._replace(id="w1"), ONE._replace(id="w2"))),
    ("id", "", Told((6000, 0), ("", "")), Told((6000, 0), ("", "")), (ONE, ONE._replace(id="w1"))),
)


@pytest.mark.parametrize("way", ["CSV", "Parquet"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1] or 'none'}")
def test_a_column_of_work_that_is_changed_alone_changes_the_bill_as_it_should(
    case: tuple[str, str, Told, Told, tuple[Line, ...]], way: str
) -> None:
    column, value, before, after, lines = case
    assert told(way, lines) == before
    assert told(way, (*lines[:-1], lines[-1]._replace(**{column: value}))) == after


def test_every_column_of_work_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(COLUMNS)
