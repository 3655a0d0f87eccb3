"""What becomes of a call: the count rules in their order, the records of a transfer, and what no order can change."""

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.measure.outcomes import CHUNK, classify, exclude
from permanence.bill.measure.roster import make_roster
from permanence.model.count_rules import CountRules

from tests.bill.oracle import Call, Verdict
from tests.bill.samples import all_month, columns, make_call, make_contract, make_offer, measured, spelt

MONDAY = "2026-10-05 10:00:00"
SUNDAY = "2026-10-11 10:00:00"


def fate(call: Call, **rules: Any) -> tuple[str, str, str]:
    roster = make_roster([all_month(make_contract(), make_offer(count=CountRules(**rules)))])
    verdict = measured([call], roster)[0]
    return verdict.outcome, verdict.reason, verdict.window


@pytest.mark.parametrize(
    ("fields", "rules", "expected"),
    [
        ({}, {}, ("counted", "", "weekdays")),
        ({"status": "no_answer"}, {}, ("excluded", "status", "weekdays")),
        ({"status": ""}, {}, ("excluded", "status", "weekdays")),
        ({"status": "no_answer"}, {"status": "any"}, ("counted", "", "weekdays")),
        ({"direction": "outbound"}, {}, ("excluded", "direction", "weekdays")),
        ({"direction": ""}, {}, ("excluded", "direction", "weekdays")),
        ({"direction": "outbound"}, {"direction": "outbound"}, ("counted", "", "weekdays")),
        ({"direction": "outbound"}, {"direction": "any"}, ("counted", "", "weekdays")),
        ({"talk": 9}, {"min_talk_seconds": 10}, ("excluded", "too_short", "weekdays")),
        ({"talk": 10}, {"min_talk_seconds": 10}, ("counted", "", "weekdays")),
        ({"talk": 0}, {}, ("counted", "", "weekdays")),
        ({"tags": "urgent spam"}, {}, ("excluded", "tag", "weekdays")),
        ({"tags": "urgent"}, {}, ("counted", "", "weekdays")),
        ({"tags": "spam"}, {"exclude_tags": ()}, ("counted", "", "weekdays")),
        ({"tags": "vip"}, {"exclude_tags": ("vip",)}, ("excluded", "tag", "weekdays")),
        ({"direction": "", "status": "", "talk": 0, "tags": "spam"}, {"min_talk_seconds": 1}, "direction"),
        ({"status": "", "talk": 0, "tags": "spam"}, {"min_talk_seconds": 1}, "status"),
        ({"talk": 0, "tags": "spam"}, {"min_talk_seconds": 1}, "too_short"),
    ],
)
def test_a_call_counts_or_is_excluded_for_the_first_reason_that_the_offer_gives(
    fields: dict[str, Any], rules: dict[str, Any], expected: tuple[str, str, str] | str
) -> None:
    found = fate(make_call(MONDAY, **fields), **rules)
    assert found == (expected if isinstance(expected, tuple) else ("excluded", expected, "weekdays"))


def test_a_call_outside_the_windows_is_shown_and_counted_only_where_the_offer_says_so() -> None:
    assert fate(make_call(SUNDAY)) == ("outside", "", "")
    assert fate(make_call(SUNDAY), outside="count") == ("counted", "", "")
    assert fate(make_call(SUNDAY, status="no_answer"), outside="count") == ("excluded", "status", "")


@pytest.mark.parametrize(
    ("start", "wait", "by_start", "by_answer"),
    [
        ("2026-10-05 18:59:50", 9, "weekdays", "weekdays"),
        ("2026-10-05 18:59:50", 10, "weekdays", ""),
        ("2026-10-05 07:59:50", 10, "", "weekdays"),
        ("2026-10-31 23:59:59", 36 * 3600, "", "weekdays"),
        ("2026-10-31 23:59:59", 7 * 3600, "", ""),
        ("2026-10-01 08:00:00", 60 * 86400 + 3600, "weekdays", "weekdays"),
    ],
)
def test_the_window_is_that_of_the_call_or_of_its_answer_even_after_the_month(
    start: str, wait: int, by_start: str, by_answer: str
) -> None:
    call = make_call(start, wait=wait)
    assert fate(call)[2] == by_start
    assert fate(call, instant="answer")[2] == by_answer


def test_each_contract_follows_the_rules_of_its_own_offer() -> None:
    offers = [make_offer(), make_offer(count=CountRules(min_talk_seconds=100)), make_offer(windows=())]
    roster = make_roster([all_month(make_contract(f"C{n}"), offer) for n, offer in enumerate(offers)])
    found = measured([make_call(MONDAY, account=f"C{n}") for n in (2, 1, 0)], roster)
    assert [verdict.outcome for verdict in found] == ["outside", "excluded", "counted"]


def test_the_records_of_a_link_are_one_call_whichever_contract_s_line_each_is_on() -> None:
    roster = make_roster([all_month(make_contract(name), make_offer()) for name in ("C1", "C2")])
    calls = [
        make_call("2026-10-05 10:00:02", row=0, linked=7),
        make_call("2026-10-05 10:00:01", row=2, linked=7),
        make_call("2026-10-05 10:00:00", row=4, linked=7, account="C2", status="no_answer"),
        make_call("2026-10-05 10:00:00", row=5, linked=8),
        make_call("2026-10-05 10:00:00", row=6, linked=-1),
        make_call("2026-10-05 10:00:00", row=7, linked=-1),
    ]
    found = measured(calls, roster)
    assert [(verdict.contract, verdict.outcome) for verdict in found] == [("C2", "counted"), *[("C1", "counted")] * 3]


def test_a_rule_excludes_counted_calls_only() -> None:
    roster = make_roster([all_month(make_contract(), make_offer())])
    calls = columns([make_call(MONDAY, row=row) for row in range(3)] + [make_call(SUNDAY)])
    classified = exclude(classify(calls, roster), np.array([True, False, False, True]), "robot")
    again = exclude(classified, np.array([False, False, False, True]), "robot")
    assert [(verdict.outcome, verdict.reason) for verdict in spelt(again, roster)] == [
        ("excluded", "robot"),
        ("counted", ""),
        ("counted", ""),
        ("outside", ""),
    ]
    assert again.reasons == classified.reasons


CALLS = st.builds(
    make_call,
    st.integers(1_790_800_000, 1_793_500_000).map(lambda start: start - start % 600),
    account=st.sampled_from(("C0", "C1", "C2", "")),
    number=st.sampled_from(("C0", "C1", "")),
    status=st.sampled_from(("answered", "no_answer")),
    tags=st.sampled_from(("", "spam")),
)
OFFERS = [make_offer(), make_offer(count=CountRules(outside="count", instant="answer"))]
ROSTER = make_roster([all_month(make_contract(f"C{n}"), OFFERS[n % 2]) for n in range(3)])


def judged(calls: Sequence[Call]) -> list[Verdict]:
    return spelt(classify(columns(calls), ROSTER), ROSTER)


@given(st.lists(CALLS, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_calls_changes_nothing(calls: list[Call], chance: random.Random) -> None:
    numbered = [{**call, "row": row} for row, call in enumerate(calls)]
    shuffled = chance.sample(numbered, len(numbered))
    found = dict(zip((call["row"] for call in shuffled), judged(shuffled), strict=True))
    assert [found[row] for row in range(len(numbered))] == judged(numbered)


@given(st.lists(CALLS, max_size=30), st.integers(0, 30))
def test_calls_may_come_in_any_number_of_parts(calls: list[Call], cut: int) -> None:
    assert judged(calls[:cut]) + judged(calls[cut:]) == judged(calls)


def test_a_long_month_is_measured_in_chunks_that_join_without_a_seam() -> None:
    calls = columns([make_call(MONDAY, account=f"C{n % 5}", status="answered" if n % 7 else "") for n in range(35)])
    long = calls.take(np.arange(2 * CHUNK + 3) % 35)
    classified, short = classify(long, ROSTER), classify(calls, ROSTER)
    for column in ("contract", "segment", "outcome", "reason", "window"):
        repeated = getattr(short, column)[np.arange(len(long)) % 35]
        assert (getattr(classified, column) == repeated).all()
