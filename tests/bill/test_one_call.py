"""Records joined into calls as the slow way joins them; each call in one month, and no record lost or twice."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.measure.roster import make_roster
from permanence.bill.month import bill_month, measure_month
from permanence.contracts.book import Book
from permanence.model.clock import month_bounds
from permanence.model.outcome import Outcome
from permanence.model.period import Month
from permanence.model.records import MARGIN, CallBatch, Records, span_around, span_needed
from permanence.model.usage import Calls

from tests.bill.months import NOVEMBER, OCTOBER, SEPTEMBER, contract, on_file, rule, weekday_offer
from tests.bill.oracle import Call, calls_of
from tests.bill.samples import all_month, at, joined, make_call, make_contract, make_offer, measured, records

MONTHS = (SEPTEMBER, OCTOBER, NOVEMBER, Month(2026, 12))
MIDNIGHT = at("2026-11-01 00:00:00")
DAY = 86_400
PRICE = '[price.file]\ntitle = "Dossier"\namount = "1.00"\n\n' + rule(
    "file", "month", "contract.active", 'charge = "price.file"'
)
OPEN = 'hours = "08:00-19:00"', 'hours = "00:00-24:00"'
LEAVE = rule("leave", "notice", "notice.received", 'end = "notice_end"')


def always_open(name: str, count: str = "", term: str = "") -> str:
    text = weekday_offer(f"[count]\n{count}\n\n[term]\n{term}\n\n{PRICE}{LEAVE}", name=name)
    return text.replace(*OPEN).replace('days = "mon-fri"', 'days = "mon-sun,holiday"')


@cache
def book() -> Book:
    """Return contracts of offers that go by the start, the answer, each record; one of them ends in October."""
    offers = [
        always_open("debut"),
        always_open("reponse", 'instant = "answer"', 'notice = "1 month"'),
        always_open("fiche", 'dedupe = "call"'),
    ]
    contracts = [
        contract("C0", version="debut@2026-01-01"),
        contract("C1", version="reponse@2026-01-01"),
        contract("C2", version="fiche@2026-01-01"),
        contract("C3", "notice = 2026-10-01", version="reponse@2026-01-01"),
        contract("C4", version="none@2026-01-01"),
    ]
    return on_file(offers, contracts)


RECORDS = st.builds(
    make_call,
    st.integers(-40, 40).map(lambda hours: MIDNIGHT + hours * 3_000)
    | st.integers(-30, 30).map(lambda seconds: MIDNIGHT + seconds),
    account=st.sampled_from(("C0", "C1", "C2", "C3", "C4", "C9", "")),
    number=st.sampled_from(("", "", "C0", "C1", "X")),
    wait=st.sampled_from((0, 5, 15, 40, 4_000, DAY, DAY + 1)),
    talk=st.sampled_from((0, 60)),
    status=st.sampled_from(("answered", "answered", "no_answer", "busy")),
    direction=st.sampled_from(("inbound", "outbound", "internal")),
    language=st.sampled_from(("", "fr", "en")),
    tags=st.sampled_from(("", "urgent", "spam urgent", "callback")),
    linked=st.sampled_from((-1, 0, 1, 2, 3)),
)
CAME_IN = st.lists(RECORDS, max_size=25).map(lambda came: [{**call, "row": row} for row, call in enumerate(came)])


def as_read(calls: Calls, row: int) -> Call:
    words = ("account", "number", "status", "direction", "language")
    numbers = ("row", "start", "wait", "talk")
    return {
        **{name: getattr(calls, name)[row] for name in words},
        **{name: int(getattr(calls, name)[row]) for name in numbers},
        "tags": " ".join(sorted(calls.tags[row].split())),
        "linked": -1,
    }


@given(CAME_IN)
def test_a_call_is_what_the_slow_way_makes_of_its_records(came_in: list[Call]) -> None:
    served = [all_month(make_contract(f"C{number}"), make_offer()) for number in range(3)]
    idle = [make_contract("C9")]
    calls = joined(came_in, make_roster(served, idle))
    assert [as_read(calls, row) for row in range(len(calls))] == calls_of(came_in, served, idle)
    assert calls.records.sum() == len(came_in)


def shuffled(came_in: Sequence[Call], chance: Random) -> Records:
    """Return records in another order, but for those that start in one second."""
    by_second: dict[int, list[Call]] = {}
    for call in came_in:
        by_second.setdefault(call["start"], []).append(call)
    seconds = list(by_second.values())
    chance.shuffle(seconds)
    return records([{**call, "row": row} for row, call in enumerate(one for second in seconds for one in second)])


@given(CAME_IN, st.randoms(use_true_random=False))
def test_over_all_months_no_record_is_lost_or_twice_whatever_their_order(came_in: list[Call], chance: Random) -> None:
    read, other = records(came_in), shuffled(came_in, chance)
    all_months = [measure_month(book(), month, read) for month in MONTHS]
    assert sum(int(month.calls.records.sum()) for month in all_months) == len(came_in)
    rows = [row for month in all_months for row in month.calls.row.tolist()]
    assert len(rows) == len(set(rows))
    for month, found in zip(MONTHS, all_months, strict=True):
        run = bill_month(book(), month, CallBatch(records=read))
        assert run.outcomes.calls == len(found.calls)
        assert bill_month(book(), month, CallBatch(records=other)).outcomes == run.outcomes


@given(CAME_IN)
def test_a_month_needs_no_record_beyond_the_time_that_it_asks_for(came_in: list[Call]) -> None:
    whole = records(came_in)
    for month in MONTHS:
        bounds = month_bounds(month, "Europe/Paris")
        span = span_around(bounds)
        while True:
            start = whole.each.start
            there = np.flatnonzero((start >= span[0]) & (start < span[1]))
            some = Records(whole.each.take(there), whole.linked[there])
            if (needed := span_needed(some, span, bounds)) == span:
                break
            span = needed
        all_read, some_read = (bill_month(book(), month, CallBatch(records=one)).outcomes for one in (whole, some))
        assert some_read == all_read


def test_a_call_that_goes_on_for_days_is_read_to_its_end() -> None:
    starts = [at("2026-10-31 10:00:00") + number * 80_000 for number in range(8)]
    read = records([make_call(start, linked=1) for start in starts])
    bounds = month_bounds(OCTOBER, "Europe/Paris")
    assert span_needed(read, span_around(bounds), bounds) == (bounds[0] - MARGIN, bounds[1] + 2 * MARGIN)
    assert span_needed(read, (bounds[0] - MARGIN, bounds[1] + 5 * MARGIN), bounds)[1] == bounds[1] + 5 * MARGIN


def lies(account: str, *came_in: tuple[str, int]) -> list[tuple[int, str]]:
    """Return in which months the calls of some records lie, and as what: of start and wait, all of one link."""
    read = records([make_call(start, wait=wait, account=account, linked=1) for start, wait in came_in])
    found = []
    for month in MONTHS:
        run = bill_month(book(), month, CallBatch(records=read))
        for outcome, count in zip(Outcome, run.outcomes.by_outcome, strict=True):
            found += [(month.month, outcome.word)] * count
    return found


@pytest.mark.parametrize(
    ("account", "came_in", "found"),
    [
        ("C0", [("2026-10-31 23:59:50", 15)], [(10, "counted")]),
        ("C1", [("2026-10-31 23:59:50", 15)], [(11, "counted")]),
        ("C1", [("2026-10-31 23:59:50", 9)], [(10, "counted")]),
        ("C1", [("2026-10-31 23:59:50", 10)], [(11, "counted")]),
        ("C1", [("2026-10-31 12:00:00", DAY)], [(11, "counted")]),
        ("C1", [("2026-10-31 12:00:00", DAY + 1)], [(10, "counted")]),
        ("C3", [("2026-10-31 23:59:50", 15)], [(10, "counted")]),
        ("C4", [("2026-10-31 23:59:50", 15)], [(10, "held")]),
        ("C9", [("2026-10-31 23:59:50", 15)], [(10, "unassigned")]),
        ("C0", [("2026-10-31 23:59:30", 5), ("2026-11-01 00:00:30", 5)], [(10, "counted")]),
        ("C2", [("2026-10-31 23:59:30", 5), ("2026-11-01 00:00:30", 5)], [(10, "counted"), (11, "counted")]),
        ("C0", [("2026-10-31 23:59:30", 5), ("2026-11-01 23:59:30", 5)], [(10, "counted")]),
        ("C0", [("2026-10-31 23:59:30", 5), ("2026-11-01 23:59:31", 5)], [(10, "counted"), (11, "counted")]),
    ],
)
def test_a_call_lies_in_the_month_of_its_arrival_or_of_its_answer(
    account: str, came_in: list[tuple[str, int]], found: list[tuple[int, str]]
) -> None:
    assert lies(account, *came_in) == found


def test_the_first_record_on_a_contract_s_line_names_the_call() -> None:
    legs = [
        make_call("2026-10-05 10:00:00", account="X", number="Y", direction="internal", linked=1),
        make_call("2026-10-05 10:00:05", account="C1", linked=1),
        make_call("2026-10-05 10:00:10", account="C0", direction="outbound", linked=1),
    ]
    calls = measure_month(book(), OCTOBER, records(legs)).calls
    assert (calls.account[0], calls.number[0], calls.direction[0]) == ("C1", "", "inbound")
    unknown = measure_month(book(), OCTOBER, records(legs[:1] * 2))
    assert (unknown.calls.account[0], unknown.calls.number[0]) == ("X", "Y")


def test_where_no_record_has_another_beside_it_nothing_is_copied() -> None:
    days = [f"{date(2026, 10, 1) + timedelta(days=number)} 10:00:00" for number in range(31)]
    read = Records.alone(records([make_call(day, account="C0") for day in days]).each)
    calls = measure_month(book(), OCTOBER, read).calls
    for name in ("start", "wait", "talk", "row"):
        assert np.shares_memory(getattr(calls, name), getattr(read.each, name))
    assert np.shares_memory(calls.account.codes, read.each.account.codes)


def test_a_line_that_a_contract_in_service_holds_is_not_held_by_one_on_hold() -> None:
    served, waiting = all_month(make_contract("C1", ("C1", "L")), make_offer()), make_contract("C2", ("C2", "L"))
    calls = [
        make_call("2026-10-05 10:00:00", account=account, number=number)
        for account, number in (("L", ""), ("C2", ""), ("C2", "C1"), ("C1", "C2"), ("X", "C2"), ("X", "Y"))
    ]
    found = measured(calls, make_roster([served], waiting=[waiting]))
    assert [one.outcome for one in found] == ["counted", "held", "counted", "counted", "held", "unassigned"]
