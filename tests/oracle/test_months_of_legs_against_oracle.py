"""Months full of legs: the engine and the oracle agree on every call, whatever the order of records and files."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.model.period import Month
from permanence.offers.proved import Proved

from tests.oracle.contracts import read_contracts, read_offers
from tests.oracle.engine import billed, book_of, closing_told, kinds_told, proved
from tests.oracle.months import AUTUMN, SPRING, Around, contract_files, files_of, records
from tests.oracle.offers import OFFERS
from tests.oracle.records import Record, intake
from tests.oracle.verdicts import Closing, Months, closing, judged, kinds_judged, of_month
from tests.oracle.ways import WAYS, Files

TURNS = {"autumn": AUTUMN, "spring": SPRING}


@cache
def offers() -> Proved:
    return proved(OFFERS)


def agree(book: Book, text: str, source: str, written: list[Record], months: Iterable[Months]) -> list[Closing]:
    """Hold every month against the oracle, and return its equations."""
    came = intake(written)
    verdicts = judged(came.kept, read_contracts(text, read_offers(OFFERS)))
    closings = []
    for month in months:
        run = billed(book, source, Month(*month))
        assert kinds_told(run) == kinds_judged(of_month(verdicts, month)), month
        closings.append(closing_told(run))
        assert closings[-1] == closing(verdicts, came, month), month
        assert closings[-1].holds
    for outcome in {one.outcome for one in verdicts}:
        event(outcome)
    return closings


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(sorted(TURNS)))
def test_every_call_of_months_full_of_legs_ends_as_the_oracle_says(way: str, data: st.DataObject, turn: str) -> None:
    around: Around = TURNS[turn]
    text, files = data.draw(contract_files(around)), data.draw(records(around).flatmap(files_of))
    with TemporaryDirectory() as folder:
        source, written = WAYS[way](Path(folder), files)
        closings = agree(book_of(offers(), text), text, source, written, around.months)
    assert sum(one.came_in for one in closings) == len(written)


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(sorted(TURNS)))
def test_the_order_and_the_split_of_files_change_nothing(data: st.DataObject, turn: str) -> None:
    around = TURNS[turn]
    text, found = data.draw(contract_files(around)), intake(data.draw(records(around))).kept
    one, other = data.draw(files_of(found)), data.draw(files_of(found))
    assert runs(text, one, around, "CSV") == runs(text, other, around, "CSV")
    assert runs(text, one, around, "Parquet") == runs(text, other, around, "imported Parquet")


def runs(text: str, files: Files, around: Around, way: str) -> list[tuple[object, ...]]:
    book = book_of(offers(), text)
    with TemporaryDirectory() as folder:
        source, _ = WAYS[way](Path(folder), files)
        found = [billed(book, source, Month(*month)) for month in around.months]
    return [(*kinds_told(run), run.outcomes, [invoice.total for invoice in run.invoices]) for run in found]
