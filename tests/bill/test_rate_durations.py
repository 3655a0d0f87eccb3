"""What conversations are billed as: free seconds and increments, call by call, summed for each contract."""

from datetime import date

import numpy as np
import permanence.bill.measure.durations
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.measure.durations import billed_lengths, call_lengths
from permanence.bill.measure.outcomes import classify
from permanence.bill.measure.roster import Roster, make_roster
from permanence.bill.measure.tally import monthly_counts, tally
from permanence.model.duration import DurationRules
from permanence.model.offer import Offer
from permanence.model.period import Period
from permanence.model.served import Served
from permanence.model.usage import WordColumn

from tests.bill.oracle import Call
from tests.bill.samples import all_month, columns, make_call, make_contract, make_offer

MONDAY, SUNDAY = "2026-10-05 10:00:00", "2026-10-11 10:00:00"
LONGEST = 2**31 - 1
HALF_MINUTE = DurationRules(free=5, first=30, further=6)


def lengths(rules: DurationRules, *talk: int) -> list[int]:
    seconds: list[int] = billed_lengths(rules, np.array(talk, np.int32)).tolist()
    return seconds


def billed_one_by_one(rules: DurationRules, talk: int) -> int:
    """Bill a conversation as somebody with a watch would: one increment after the other, until it is over."""
    left = talk - rules.free
    if left <= 0:
        return 0
    billed = rules.first
    while billed < left:
        billed += rules.further
    return billed


@pytest.mark.parametrize(
    ("rules", "talk", "billed"),
    [
        (DurationRules(), (0, 1, 59, 60), [0, 1, 59, 60]),
        (DurationRules(further=6), (0, 1, 2, 7, 8), [0, 1, 7, 7, 13]),
        (DurationRules(first=6, further=6), (0, 1, 6, 7, 61), [0, 6, 6, 12, 66]),
        (DurationRules(first=60), (0, 1, 60, 61, 62), [0, 60, 60, 61, 62]),
        (DurationRules(free=5), (0, 5, 6, 15), [0, 0, 1, 10]),
        (HALF_MINUTE, (5, 6, 35, 36, 41, 42), [0, 30, 30, 36, 36, 42]),
        (DurationRules(first=86_400, further=86_400), (1, LONGEST), [86_400, 2_147_558_400]),
    ],
)
def test_a_conversation_is_billed_by_started_increments_past_the_first(
    rules: DurationRules, talk: tuple[int, ...], billed: list[int]
) -> None:
    assert lengths(rules, *talk) == billed


SECONDS = st.integers(1, 90)
RULES = st.builds(DurationRules, free=st.integers(0, 40), first=SECONDS, further=SECONDS)


@given(RULES, st.lists(st.integers(0, 400), max_size=20))
def test_many_conversations_are_billed_as_one_by_one(rules: DurationRules, talk: list[int]) -> None:
    assert lengths(rules, *talk) == [billed_one_by_one(rules, one) for one in talk]


def unmarked(size: int) -> WordColumn:
    return WordColumn.of([""] * size)


def roster_of(*durations: DurationRules | None) -> Roster:
    """Return the roster of contracts C0, C1 … whose offers bill conversations so."""
    offers: list[Offer] = [
        evolve(make_offer(name=f"offer-{number}"), duration=rules) for number, rules in enumerate(durations)
    ]
    return make_roster([all_month(make_contract(f"C{number}"), offer) for number, offer in enumerate(offers)])


def by_contract(calls: list[Call], roster: Roster) -> list[int]:
    read = columns(calls)
    classified = classify(read, roster)
    lengths = call_lengths(read, classified, unmarked(len(calls)), roster)
    usage = tally(read, classified, roster, lengths=lengths)
    seconds: list[int] = monthly_counts(usage)["usage.billed_seconds"].tolist()
    return seconds


def test_each_contract_is_billed_by_its_own_offers_rules_and_without_any_second_by_second() -> None:
    roster = roster_of(HALF_MINUTE, None, DurationRules(first=60, further=60), HALF_MINUTE)
    calls = [make_call(MONDAY, account=f"C{number}", talk=talk) for number in range(4) for talk in (3, 10, 61)]
    assert by_contract(calls, roster) == [30 + 60, 74, 60 + 60 + 120, 30 + 60]


def test_only_counted_calls_are_billed_by_their_length() -> None:
    roster = roster_of(HALF_MINUTE)
    calls = [
        make_call(MONDAY, account="C0", talk=40),
        make_call(SUNDAY, account="C0", talk=40),
        make_call(MONDAY, account="C0", talk=40, tags="spam"),
        make_call(MONDAY, account="C9", talk=40),
    ]
    assert by_contract(calls, roster) == [36]
    assert by_contract([], roster) == [0]


def test_a_roster_whose_offers_say_nothing_of_durations_is_not_looked_at_call_by_call() -> None:
    calls = columns([])
    roster = roster_of(None, None)
    assert call_lengths(calls, classify(calls, roster), unmarked(0), roster) is None


MIXED = st.lists(
    st.builds(
        make_call,
        st.sampled_from((MONDAY, SUNDAY)),
        account=st.sampled_from(("C0", "C1", "C2", "C9")),
        talk=st.integers(0, 400),
    ),
    max_size=40,
)


@given(st.tuples(*(st.none() | RULES for _ in range(3))), MIXED)
def test_the_sums_are_those_of_the_counted_calls_one_by_one(
    durations: tuple[DurationRules | None, ...], calls: list[Call]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(permanence.bill.measure.durations, "CHUNK", 7)
        found = by_contract(calls, roster_of(*durations))
    monday = make_call(MONDAY)["start"]
    mine = [[call["talk"] for call in calls if (call["account"], call["start"]) == (f"C{n}", monday)] for n in range(3)]
    assert found == [
        sum(billed_one_by_one(rules or DurationRules(), talk) for talk in talks)
        for rules, talks in zip(durations, mine, strict=True)
    ]


def test_calls_before_the_first_day_of_service_are_not_billed() -> None:
    offer = evolve(make_offer(), duration=HALF_MINUTE)
    roster = make_roster([Served(make_contract("C0"), offer, Period(date(2026, 10, 6), date(2026, 11, 1)))])
    calls = [make_call(f"2026-10-0{day} 10:00:00", account="C0", talk=41) for day in (5, 6)]
    assert by_contract(calls, roster) == [36]
