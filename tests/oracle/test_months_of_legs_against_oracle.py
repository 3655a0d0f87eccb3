"""Months full of legs: the engine and the oracle agree on every call, whatever the order of records and files."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.model.period import Month
from permanence.offers.proved import Proved

from tests.cases_drawn import drawn
from tests.oracle.contracts import read_contracts, read_offers
from tests.oracle.days import instant_of
from tests.oracle.engine import billed, book_of, closing_told, kinds_told, proved, seconds_told
from tests.oracle.lengths import seconds_judged
from tests.oracle.months import AUTUMN, SPRING, ZONES, Around, contract_files, files_of, records, rule_files
from tests.oracle.offers import OFFERS, edition, offer
from tests.oracle.records import Record, intake
from tests.oracle.verdicts import Closing, Months, closing, judged, kinds_judged, of_month
from tests.oracle.ways import WAYS, Files

EDITIONS = [edition(text) for text in OFFERS]
CALL = Record("s", "", "", "C1", "", "", 0, 5, 60, "answered", "inbound", "", "")
CONTRACT = """format = 1
[[contract]]
id = "K1"
customer = {{ name = "Garage du Parc" }}
offer = "{}"
lines = ["C1"]
signed = 2026-01-05
live = 2026-01-05
"""
TURNS = {"autumn": AUTUMN, "spring": SPRING}


@cache
def offers() -> Proved:
    return proved(OFFERS)


def agree(
    book: Book, texts: Sequence[str], contracts: str, source: str, written: list[Record], months: Iterable[Months]
) -> list[Closing]:
    """Hold every month against the oracle, and return its equations."""
    came, zone = intake(written), book.zone
    signed = read_contracts(contracts, read_offers(texts))
    verdicts = judged(came.kept, signed, zone)
    by_length = [one for one in signed if (one.offer or {}).get("duration")]
    closings = []
    for month in months:
        run = billed(book, source, Month(*month))
        assert kinds_told(run) == kinds_judged(of_month(verdicts, month)), month
        theirs = {one.id for one in by_length}
        counted = [one for one in of_month(verdicts, month) if one.contract in theirs]
        assert seconds_told(run) == seconds_judged(counted, by_length), month
        closings.append(closing_told(run))
        assert closings[-1] == closing(verdicts, came, month, zone), month
        assert closings[-1].holds
    return closings


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=drawn(15))
@given(st.data(), st.sampled_from(sorted(TURNS)))
def test_every_call_of_months_full_of_legs_ends_as_the_oracle_says(way: str, data: st.DataObject, turn: str) -> None:
    around = TURNS[turn]
    text, files = data.draw(contract_files(around, EDITIONS)), data.draw(records(around).flatmap(files_of))
    with TemporaryDirectory() as folder:
        source, written = WAYS[way](Path(folder), files)
        closings = agree(book_of(offers(), text), OFFERS, text, source, written, around.months)
    assert sum(one.came_in for one in closings) == len(written)
    for outcome in sorted({word for one in closings for word, calls in one.by_outcome.items() if calls}):
        event(outcome)


@given(st.data(), st.sampled_from(sorted(TURNS)), st.sampled_from(ZONES))
def test_under_any_offers_in_any_zone_every_call_ends_as_the_oracle_says(
    data: st.DataObject, turn: str, zone: str
) -> None:
    around = TURNS[turn]
    texts = data.draw(rule_files(around, zone))
    text = data.draw(contract_files(around, [edition(one) for one in texts]))
    with TemporaryDirectory() as folder:
        source, written = WAYS["Parquet"](Path(folder), [data.draw(records(around))])
        agree(book_of(proved(texts), text), texts, text, source, written, around.months)


@settings(max_examples=drawn(15))
@given(st.data(), st.sampled_from(sorted(TURNS)))
def test_the_order_and_the_split_of_files_change_nothing(data: st.DataObject, turn: str) -> None:
    around = TURNS[turn]
    text, found = data.draw(contract_files(around, EDITIONS)), intake(data.draw(records(around))).kept
    one, other = data.draw(files_of(found)), data.draw(files_of(found))
    assert runs(text, one, around, "CSV") == runs(text, other, around, "CSV")
    assert runs(text, one, around, "Parquet") == runs(text, other, around, "imported Parquet")


def runs(text: str, files: Files, around: Around, way: str) -> list[tuple[object, ...]]:
    """Return all that bills say of the months around a turn."""
    book = book_of(offers(), text)
    with TemporaryDirectory() as folder:
        source, _ = WAYS[way](Path(folder), files)
        found = [billed(book, source, Month(*month)) for month in around.months]
    return [(*kinds_told(run), run.outcomes, [invoice.total for invoice in run.invoices]) for run in found]


@pytest.mark.parametrize("month", [(2026, 3), (2026, 10), (2027, 3)])
def test_every_quarter_of_an_hour_of_the_months_in_which_clocks_change_agrees(month: Months, tmp_path: Path) -> None:
    hours = ("00:00-02:00", "02:00-02:30", "02:30-03:00", "03:00-24:00")
    texts = [offer("hours", [f"w{place} mon-sun,holiday {one}" for place, one in enumerate(hours)])]
    contracts = CONTRACT.format(edition(texts[0]))
    start, end = (instant_of(f"{month[0]}-{number:02}-01 00:00:00") for number in (month[1], month[1] + 1))
    instants = [instant + second for instant in range(start, end, 900) for second in (0, 899)]
    came = [CALL._replace(call_id=f"r{place}", start=instant) for place, instant in enumerate(instants)]
    source, written = WAYS["Parquet"](tmp_path, [came])
    (closing_of_month,) = agree(book_of(proved(texts), contracts), texts, contracts, source, written, [month])
    assert closing_of_month.by_outcome["counted"] == len(came)


def test_an_option_taken_inside_the_month_widens_the_windows_from_its_first_midnight(tmp_path: Path) -> None:
    taken = '[[contract.option]]\nid = "round_the_clock"\nfrom = 2026-10-10\nuntil = 2026-10-20\n'
    contracts = CONTRACT.format(edition(OFFERS[0])) + taken
    times = [f"2026-10-{day:02} {time}" for day in (9, 10, 19, 20) for time in ("00:00:00", "23:59:59")]
    came = [CALL._replace(call_id=time, start=instant_of(time)) for time in times]
    source, written = WAYS["CSV"](tmp_path, [came])
    (closing_of_month,) = agree(book_of(offers(), contracts), OFFERS, contracts, source, written, [(2026, 10)])
    assert (closing_of_month.by_outcome["outside"], closing_of_month.by_outcome["counted"]) == (4, 4)


def test_a_line_goes_away_however_it_is_spelt(tmp_path: Path) -> None:
    two = CONTRACT.replace('["C1"]', '["C1", "01 99 00 00 10"]').format(edition(OFFERS[0]))
    gone = '[[event]]\ncontract = "K1"\non = 2026-10-10\nwhat = "line_removed"\nline = "+33199000010"\n'
    times = [f"2026-10-{day:02} 10:00:00" for day in (9, 12)]
    came = [CALL._replace(call_id=time, account="", number="0199000010", start=instant_of(time)) for time in times]
    source, written = WAYS["CSV"](tmp_path, [came])
    (closing_of_month,) = agree(book_of(offers(), two + gone), OFFERS, two + gone, source, written, [(2026, 10)])
    assert (closing_of_month.by_outcome["counted"], closing_of_month.by_outcome["unassigned"]) == (1, 1)


@pytest.mark.parametrize("way", ["CSV", "Parquet", "imported Parquet"])
def test_a_record_that_is_answered_in_the_month_after_is_of_that_month_where_each_record_is_a_call(
    way: str, tmp_path: Path
) -> None:
    rang = CALL._replace(call_id="1", linked_id="L", start=instant_of("2026-10-31 23:50:00", "Europe/Paris"))
    answered = rang._replace(call_id="2", wait=1_800)
    text = CONTRACT.format("each-answer@2023-01-01")
    source, written = WAYS[way](tmp_path, [[rang, answered]])
    october, november = agree(book_of(offers(), text), OFFERS, text, source, written, ((2026, 10), (2026, 11)))
    assert (october.came_in, november.came_in) == (1, 1)


CALLS_BY_LENGTH = st.builds(
    CALL._replace,
    start=st.integers(0, 3).map(lambda hour: instant_of("2026-10-05 08:00:00") + 3_600 * hour),
    talk=st.sampled_from((0, 4, 5, 6, 12, 19, 20, 61)),
    direction=st.sampled_from(("inbound", "outbound")),
    number=st.sampled_from(("", "+33639980001", "06 39 98 00 01", "+33639980002", "+33199000090")),
    tags=st.sampled_from(("", "booked", "booked urgent", "spam")),
    details=st.sampled_from(("", '{"wrapup":1}', '{"wrapup":40}', '{"wrapup":90}')),
)


@given(st.lists(CALLS_BY_LENGTH, min_size=1, max_size=12))
def test_what_calls_are_billed_as_by_their_length_is_as_the_oracle_says(came: list[Record]) -> None:
    contracts = CONTRACT.format("lengths@2023-01-01")
    came = [one._replace(call_id=f"r{place}") for place, one in enumerate(came)]
    with TemporaryDirectory() as folder:
        source, written = WAYS["Parquet"](Path(folder), [came])
        agree(book_of(offers(), contracts), OFFERS, contracts, source, written, [(2026, 10)])
