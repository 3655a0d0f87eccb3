"""The fast way and the slow way agree, call by call: on random months, and on two months of real calls."""

import csv
import gzip
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from permanence.bill.measure.roster import make_roster
from permanence.model.clock import month_bounds
from permanence.model.contract import OptionTaken
from permanence.model.coverage import CoverageWindow
from permanence.model.offer import CountRules, Offer
from permanence.model.period import Month, Period
from permanence.model.scalars import Days, Hours, Minutes
from permanence.model.served import Served

from tests.bill.oracle import Call, month_counts, verdicts
from tests.bill.samples import make_call, make_contract, make_offer, measured

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "answering"
REGIONS = ("FR", "FR-57", "FR-67", "FR-971", "FR-972", "FR-974", "FR-75")
ZONES = ("Europe/Paris", "Europe/Paris", "Indian/Reunion", "America/Martinique")
LINES = ("C1", "C2", "C3", "+33199000010", "+33199000020", "+33199000030")
MONTHS = tuple(Month(2026, number) for number in (3, 4, 5, 10, 11, 12))


@st.composite
def windows(draw: st.DrawFn) -> tuple[CoverageWindow, ...]:
    found = []
    for number in range(draw(st.integers(0, 4))):
        days = draw(st.sets(st.integers(0, 7), min_size=1))
        start = draw(st.integers(0, 1439) | st.sampled_from((0, 120, 150, 180, 480)))
        end = draw(st.integers(start + 1, 1440) | st.just(1440))
        hours = Hours(Minutes(start), Minutes(end))
        found.append(CoverageWindow(id=f"w{number}", days=Days(tuple(sorted(days))), hours=hours))
    return tuple(found)


@st.composite
def offers(draw: st.DrawFn, month: Month) -> Offer:
    days = st.lists(st.dates(month.first, month.next.first), max_size=2).map(tuple)
    count = CountRules(
        direction=draw(st.sampled_from(("inbound", "outbound", "any"))),
        status=draw(st.sampled_from(("answered", "any"))),
        min_talk_seconds=draw(st.sampled_from((0, 10))),
        instant=draw(st.sampled_from(("start", "answer"))),
        outside=draw(st.sampled_from(("ignore", "count"))),
    )
    return make_offer(
        windows=draw(windows()),
        count=count,
        zone=draw(st.sampled_from(ZONES)),
        holidays=draw(st.sampled_from(("closed", "as_weekday", "as_sunday"))),
        holiday_region=draw(st.sampled_from(("customer", "FR", "FR-57"))),
        extra_closed=draw(days),
        extra_open=draw(days),
    )


@st.composite
def served_contracts(draw: st.DrawFn, month: Month) -> list[Served]:
    found, day = [], st.dates(month.first, month.next.first)
    choice = [draw(offers(month)) for _ in range(2)]
    for number in range(draw(st.integers(1, 4))):
        options = [
            OptionTaken(id=name, since=draw(st.none() | day), until=draw(st.none() | day))
            for name in draw(st.lists(st.sampled_from(("round_the_clock", "night_duty", "bilingual")), max_size=2))
        ]
        lines = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=2, unique=True))
        contract = make_contract(f"C{number}", lines, draw(st.sampled_from(REGIONS)), options)
        start = draw(day | st.just(month.first))
        end = draw(st.dates(start, month.next.first) | st.just(month.next.first))
        found.append(Served(contract, draw(st.sampled_from(choice)), Period(start, end)))
    return found


@st.composite
def call_lists(draw: st.DrawFn, month: Month) -> list[Call]:
    start, end = month_bounds(month, "Europe/Paris")
    instants = st.integers(start - 7200, end + 7200) | st.integers(-2, 31 * 48).map(lambda n: start + n * 1800)
    edges = st.builds(lambda instant, off: instant + off, instants, st.sampled_from((-1, 0, 1)))
    line = st.sampled_from((*LINES, "", "C9"))
    return [
        make_call(
            draw(edges),
            row=row,
            wait=draw(st.sampled_from((0, 1, 5, 1800, 100_000, 400_000))),
            talk=draw(st.sampled_from((0, 9, 10, 600))),
            account=draw(line),
            number=draw(line),
            status=draw(st.sampled_from(("answered", "answered", "no_answer", ""))),
            direction=draw(st.sampled_from(("inbound", "inbound", "outbound", ""))),
            tags=draw(st.sampled_from(("", "", "urgent", "urgent spam"))),
            language=draw(st.sampled_from(("", "fr", "en"))),
            linked=draw(st.sampled_from((-1, 0, 1, 2))),
        )
        for row in range(draw(st.integers(0, 25)))
    ]


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(MONTHS))
def test_every_call_of_a_random_month_has_the_outcome_and_window_that_the_oracle_says(
    data: st.DataObject, month: Month
) -> None:
    served, calls = data.draw(served_contracts(month)), data.draw(call_lists(month))
    idle = [make_contract("C9")]
    assert measured(calls, make_roster(served, idle)) == verdicts(calls, served, idle)


@pytest.mark.parametrize("month", [Month(2026, 3), Month(2026, 10)], ids=str)
def test_every_quarter_of_an_hour_of_the_months_in_which_clocks_change_agrees(month: Month) -> None:
    hours = ["00:00-02:00", "02:00-02:30", "02:30-03:00", "03:00-24:00"]
    slices = [CoverageWindow(id=text, days=Days.parse("mon-sun,holiday"), hours=Hours.parse(text)) for text in hours]
    served = [Served(make_contract(), make_offer(slices), month.period)]
    start, end = month_bounds(month, "Europe/Paris")
    calls = [make_call(instant + second) for instant in range(start, end, 900) for second in (0, 899)]
    assert measured(calls, make_roster(served)) == verdicts(calls, served)


def test_an_option_taken_inside_the_month_widens_the_windows_from_its_first_midnight() -> None:
    taken = [OptionTaken(id="round_the_clock", since=date(2026, 10, 10), until=date(2026, 10, 20))]
    served = [Served(make_contract(options=taken), make_offer(), Month(2026, 10).period)]
    calls = [make_call(f"2026-10-{day:02d} {time}") for day in (9, 10, 19, 20) for time in ("00:00:00", "23:59:59")]
    found = measured(calls, make_roster(served))
    assert found == verdicts(calls, served)
    assert [verdict.outcome for verdict in found] == ["outside"] * 2 + ["counted"] * 4 + ["outside"] * 2


def real_contracts(month: Month) -> Iterator[Served]:
    offer = make_offer()
    with (REAL / "contracts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            options = [OptionTaken(id=name) for name in row["options"].split()]
            if row["account"].endswith("5"):
                options.append(OptionTaken(id="night_duty", since=month.first + timedelta(days=10)))
            contract = make_contract(row["account"], (row["account"], row["line"]), row["region"], options)
            start = max(month.first, date.fromisoformat(row["signed"]))
            yield Served(contract, offer, Period(start, max(start, month.next.first)))


def real_calls(month: Month) -> list[Call]:
    status = {"ANSWERED": "answered", "NO ANSWER": "no_answer", "FAILED": "failed"}
    with gzip.open(REAL / f"cdr-{month}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [
            make_call(
                int(record[16].split(".")[0]),
                row=row,
                account=record[0],
                number=record[2],
                wait=int(record[12]) - int(record[13]),
                talk=int(record[13]),
                status=status[record[14]],
                linked=row // 3 if row % 50 < 3 else -1,
            )
            for row, record in enumerate(csv.reader(file))
        ]


@pytest.mark.skipif(not REAL.exists(), reason="the real call records are not on this machine")
@pytest.mark.parametrize("month", [Month(2026, 9), Month(2026, 10)], ids=str)
def test_every_real_call_has_the_outcome_and_window_that_the_oracle_says(month: Month) -> None:
    served, calls = list(real_contracts(month)), real_calls(month)
    expected, found = verdicts(calls, served), measured(calls, make_roster(served))
    assert len(calls) == {9: 33_344, 10: 31_599}[month.month]
    assert [(one, two) for one, two in zip(found, expected, strict=True) if one != two] == []
    assert month_counts(found) == month_counts(expected)
