"""The first calls of a kind in a contract's month: in time order, over all its parts, in whatever order they came."""

from datetime import date

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.measure.calls_together import OfEachCall, calls_together
from permanence.bill.measure.durations import call_lengths
from permanence.bill.measure.outcomes import classify
from permanence.bill.measure.roster import Roster, make_roster
from permanence.bill.measure.tally import monthly_counts, tally
from permanence.model.duration import CallLength, DurationRules
from permanence.model.period import Period, ServiceDays
from permanence.model.served import Served
from permanence.model.usage import WordColumn

from tests.bill.oracle import Call
from tests.bill.samples import columns, make_call, make_contract, make_offer

FREE = DurationRules(first=60, further=60, free_marked={"short": 3}, of={"long": CallLength(further=6)})
MONTH, MIDDLE = Period(date(2026, 10, 1), date(2026, 11, 1)), date(2026, 10, 14)


def roster(one: DurationRules, other: DurationRules | None = None) -> Roster:
    """Return the roster of a contract whose offer changes in the middle of the month, and of one that has one offer."""
    offers = [evolve(make_offer(name=f"offer-{number}"), duration=rules) for number, rules in enumerate((one, other))]
    contract = make_contract("C0")
    parts = [
        Served(contract, offers[0], Period(MONTH.start, MIDDLE), month_days=ServiceDays.of(MONTH)),
        Served(contract, offers[1], Period(MIDDLE, MONTH.end), month_days=ServiceDays.of(MONTH)),
    ]
    return make_roster([*parts, Served(make_contract("C1"), offers[0], MONTH)])


def seconds(calls: list[Call], marks: list[str], roster: Roster) -> dict[str, list[int]]:
    read, borne = columns(calls), WordColumn.of(marks)
    classified = classify(read, roster)
    usage = tally(read, classified, roster, borne, call_lengths(read, classified, borne, roster))
    return {name: column.tolist() for name, column in monthly_counts(usage, ("short", "long")).items()}


def test_the_first_short_calls_are_free_over_both_parts_of_a_month() -> None:
    days = ("01", "02", "15", "16", "19")
    calls = [make_call(f"2026-10-{day} 10:00:00", account="C0", talk=20) for day in days]
    calls += [make_call("2026-10-05 10:00:00", account="C1", talk=20)] * 4
    found = seconds(calls, ["short"] * 9, roster(FREE, FREE))
    assert found["usage.billed_seconds"] == [0, 120, 60]
    assert found["usage.short_billed_seconds"] == [0, 120, 60]
    assert found["usage.short_talk_seconds"] == [40, 60, 80]
    assert found["usage.short"] == [2, 3, 4]


def test_a_part_whose_offer_has_no_free_calls_bills_all_of_its_own() -> None:
    days = ("01", "15", "16")
    calls = [make_call(f"2026-10-{day} 10:00:00", account="C0", talk=20) for day in days]
    assert seconds(calls, ["short"] * 3, roster(FREE))["usage.billed_seconds"] == [0, 40, 0]


def test_the_calls_of_a_mark_have_its_own_increments() -> None:
    calls = [make_call("2026-10-05 10:00:00", account="C1", talk=62)] * 2
    found = seconds(calls, ["long night", ""], roster(FREE))
    assert (found["usage.billed_seconds"], found["usage.long_billed_seconds"]) == ([0, 0, 187], [0, 0, 67])


KINDS = st.builds(
    lambda hour, talk, mark: (
        make_call(f"2026-10-{5 + hour // 4:02} {8 + hour % 4:02}:00:00", account="C0", talk=talk),
        mark,
    ),
    st.integers(0, 8).filter(lambda hour: hour < 20),
    st.sampled_from((5, 30, 61, 130)),
    st.sampled_from(("", "short", "short long", "long")),
)


@given(st.lists(KINDS, min_size=1, max_size=15), st.randoms())
def test_the_order_in_which_calls_came_in_changes_no_second(calls: list[tuple[Call, str]], random: object) -> None:
    shuffled = list(calls)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    met = [
        seconds([call for call, _ in some], [mark for _, mark in some], roster(FREE, FREE))
        for some in (calls, shuffled)
    ]
    assert met[0] == met[1]


def test_calls_are_counted_by_what_is_charged_together_for_them() -> None:
    """Past the 25th call each costs, a booked one as well, and a transferred one too."""
    calls = [make_call(f"2026-10-05 10:{minute:02}:00", account="C1", talk=60) for minute in range(30)]
    marks = ["booked", *[""] * 26, "booked", "booked transferred", ""]
    asked = {
        "calls": OfEachCall("", 25),
        "booked": OfEachCall("booked", 0),
        "transferred": OfEachCall("transferred", 0),
    }
    mine, read = roster(FREE), columns(calls[::-1])
    found = calls_together(read, classify(read, mine), WordColumn.of(marks[::-1]), mine, [{}, {}, asked])
    assert {together: counts.tolist() for together, counts in found.items()} == {
        ("booked",): [0, 0, 1],
        ("calls",): [0, 0, 3],
        ("calls", "booked"): [0, 0, 1],
        ("calls", "booked", "transferred"): [0, 0, 1],
    }
    assert calls_together(read, classify(read, mine), WordColumn.of(marks), mine, [{}, {}, {}]) == {}
