"""A contract's calendar: working days, last days, reminders, renewals, new prices, each from its origin."""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.contracts.calendar import Calendar, Entry, late_since, promised_day, reminder_is_owed
from permanence.contracts.renewals import Renewals
from permanence.contracts.term import Term
from permanence.contracts.working_days import is_working_day, working_days_after
from permanence.model.contract import Contract, Customer
from permanence.model.customer_kind import CustomerKind
from permanence.model.decision import Decision
from permanence.model.offer import Rule, Then
from permanence.model.period import Span
from permanence.model.term_rules import TermRules

from tests.bill.samples import make_contract

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
SPANS = st.builds(Span, st.integers(1, 18), st.just("months"))


def signed_on(day: date, live: date | None = None, region: str = "FR") -> Contract:
    return evolve(make_contract(region=region), signed=day, live=live)


def days_of(signed: date, seen: date, end: date | None = None, **rules: Any) -> dict[str, list[str]]:
    """Return a calendar by kind, its days as texts."""
    found: dict[str, list[str]] = {}
    for entry in Calendar(Term(signed_on(signed), TermRules(**rules)), end).seen_on(seen):
        found.setdefault(entry.kind, []).append(entry.day.isoformat())
    return found


@pytest.mark.parametrize(
    ("signed", "region", "promised"),
    [
        ("2026-11-23", "FR", "2026-11-25"),
        ("2026-11-20", "FR", "2026-11-24"),
        ("2026-11-21", "FR", "2026-11-24"),
        ("2026-12-24", "FR", "2026-12-29"),
        ("2026-12-24", "FR-57", "2026-12-29"),
        ("2024-12-24", "FR", "2024-12-27"),
        ("2024-12-24", "FR-57", "2024-12-30"),
        ("2026-05-07", "FR", "2026-05-12"),
    ],
)
def test_service_is_promised_for_the_second_working_day_after_signature(
    signed: str, region: str, promised: str
) -> None:
    assert promised_day(Term(signed_on(date.fromisoformat(signed), region=region), TermRules())).isoformat() == promised


@given(DAYS, st.integers(0, 12))
def test_between_a_day_and_some_working_days_later_lie_as_many_working_days(day: date, count: int) -> None:
    later = working_days_after(day, count, "FR-67")
    between = [day + timedelta(days=n + 1) for n in range((later - day).days)]
    assert sum(is_working_day(one, "FR-67") for one in between) == count


def test_a_go_live_is_late_once_the_promised_day_is_over_and_until_it_happens() -> None:
    signed, promised = date(2026, 11, 20), date(2026, 11, 24)
    late = Term(signed_on(signed, live=date(2026, 11, 27)), TermRules())
    assert [late_since(late, date(2026, 11, day)) for day in (24, 25, 26, 27)] == [None, promised, promised, None]
    assert late_since(Term(signed_on(signed), TermRules()), date(2026, 12, 24)) == promised


TABLE = [
    (
        "2024-02-29",
        "2024-03-28",
        "2025-03-28",
        "2024-12-29",
        ("2024-09-29", "2024-11-29"),
        ["2025-03-29", "2026-03-29", "2027-03-29"],
    ),
    (
        "2026-01-31",
        "2026-02-27",
        "2027-02-27",
        "2026-11-28",
        ("2026-08-28", "2026-10-28"),
        ["2027-02-28", "2028-02-29", "2029-02-28"],
    ),
    (
        "2025-08-31",
        "2025-09-29",
        "2026-09-29",
        "2026-06-30",
        ("2026-03-30", "2026-05-30"),
        ["2026-09-30", "2027-09-30", "2028-09-30"],
    ),
    (
        "2025-02-28",
        "2025-03-27",
        "2026-03-27",
        "2025-12-28",
        ("2025-09-28", "2025-11-28"),
        ["2026-03-28", "2027-03-28", "2028-03-28"],
    ),
]
"""Signed; last day of the trial, of the commitment, for a notice; reminder; renewals (the last in a clock change)."""


@pytest.mark.parametrize(("signed", "trial", "commitment", "notice", "reminder", "renewals"), TABLE)
def test_month_ends_and_29_february_are_counted_from_the_day_service_began(
    signed: str, trial: str, commitment: str, notice: str, reminder: tuple[str, str], renewals: list[str]
) -> None:
    first = date.fromisoformat(signed)
    found = days_of(first, first)
    assert found["trial_last_day"] == [trial]
    assert found["commitment_last_day"] == found["term_last_day"] == [commitment]
    assert found["notice_last_day"] == [notice]
    assert (found["reminder_opens"], found["reminder_closes"]) == ([reminder[0]], [reminder[1]])
    assert found["renewal"] == renewals


def test_a_renewed_term_shows_its_own_last_days() -> None:
    found = days_of(date(2024, 2, 29), date(2026, 3, 29))
    assert found["term_last_day"] == ["2027-03-28"]
    assert found["notice_last_day"] == ["2026-12-29"]
    assert found["renewal"] == ["2027-03-29", "2028-03-29", "2029-03-29"]


def test_a_contract_that_is_renewed_open_ended_is_renewed_once() -> None:
    signed = date(2026, 1, 15)
    assert days_of(signed, signed, renewal_period="open_ended")["renewal"] == ["2027-02-15"]
    after = days_of(signed, date(2027, 2, 15), renewal_period="open_ended")
    assert set(after) == {"signed", "go_live_promised", "trial_last_day", "commitment_last_day"}


def test_a_contract_without_commitment_has_no_term_to_refuse() -> None:
    signed = date(2026, 1, 15)
    nothing = Span(0, "days")
    found = days_of(signed, signed, trial=nothing, commitment=nothing, renewal_period="open_ended")
    assert set(found) == {"signed", "go_live_promised"}


def test_a_contract_without_commitment_is_not_renewed_on_the_day_it_begins() -> None:
    nothing = Span(0, "days")
    rules = TermRules(trial=nothing, commitment=nothing, renewal_period="open_ended")
    later = signed_on(date(2026, 1, 15), live=date(2026, 1, 19))
    found = Calendar(Term(later, rules)).due(date(2026, 1, 15), date(2026, 1, 31))
    assert [entry.kind for entry in found] == ["signed", "go_live_promised", "go_live"]


def test_a_contract_that_is_renewed_by_agreement_only_ends_with_its_first_term() -> None:
    signed = date(2026, 1, 15)
    found = days_of(signed, signed, end=date(2027, 2, 15), renewal="express")
    assert found["contract_last_day"] == found["commitment_last_day"] == found["term_last_day"] == ["2027-02-14"]
    assert not {"renewal", "notice_last_day", "reminder_opens", "price_change"} & set(found)


def test_an_end_at_a_renewal_has_the_rule_that_makes_it_one() -> None:
    rule = Rule(id="once", on="renewal", when="renewal.number == 1", then=Then(renew="end"))
    decision = Decision(rule, (("renewal.number", 1),), "")
    signed, end = date(2026, 1, 15), date(2027, 2, 15)
    term = Term(signed_on(signed), TermRules(), Renewals((("end", decision),)))
    for ends, by in ((end, decision), (date(2026, 12, 15), None)):
        (last,) = [entry for entry in Calendar(term, ends).seen_on(signed) if entry.kind == "contract_last_day"]
        assert last.decision == by


def test_a_contract_that_leaves_in_its_trial_shows_no_commitment() -> None:
    found = days_of(date(2026, 1, 15), date(2026, 2, 1), end=date(2026, 2, 15))
    assert set(found) == {"signed", "go_live_promised", "trial_last_day", "contract_last_day"}


def test_a_late_notice_lets_the_contract_be_renewed_once_more() -> None:
    found = days_of(date(2026, 1, 15), date(2026, 12, 1), end=date(2028, 2, 15))
    assert found["renewal"] == ["2027-02-15"]
    assert found["contract_last_day"] == ["2028-02-14"]


def test_a_new_price_waits_for_the_first_renewal_that_is_a_month_away() -> None:
    signed = date(2026, 1, 15)
    month = Span(1, "months")
    in_time, late = (days_of(signed, date(2027, 1, day), price_notice=month) for day in (15, 16))
    assert (in_time["price_notice_last_day"], in_time["price_change"]) == (["2027-01-15"], ["2027-02-15"])
    assert (late["price_notice_last_day"], late["price_change"]) == (["2028-01-15"], ["2028-02-15"])


@pytest.mark.parametrize(
    ("notice", "announced"), [("3 months", "2026-11-15"), ("1 month", "2027-01-15"), ("15 days", "2027-01-15")]
)
def test_a_new_price_is_announced_a_month_before_at_least_and_while_the_contract_can_be_left(
    notice: str, announced: str
) -> None:
    found = days_of(date(2026, 1, 15), date(2026, 11, 2), notice=Span.parse(notice))
    assert (found["price_notice_last_day"], found["price_change"]) == ([announced], ["2027-02-15"])


def test_the_reminder_is_owed_to_consumers_and_non_professionals() -> None:
    kinds: tuple[CustomerKind, ...] = ("professional", "non_professional", "consumer")
    customers = [Customer(name="Garage du Parc", kind=kind) for kind in kinds]
    owed = [reminder_is_owed(evolve(make_contract(), customer=customer)) for customer in customers]
    assert owed == [False, True, True]


def test_what_is_due_includes_both_ends_of_the_time_asked_for() -> None:
    calendar = Calendar(Term(signed_on(date(2025, 8, 31)), TermRules()))
    notice, opens = date(2026, 6, 30), date(2026, 3, 30)
    assert calendar.due(opens, opens) == (Entry(opens, "reminder_opens"),)
    for first, last, due in [(0, 0, True), (-5, 0, True), (0, 5, True), (1, 5, False), (-5, -1, False)]:
        found = calendar.due(notice + timedelta(days=first), notice + timedelta(days=last))
        assert (Entry(notice, "notice_last_day") in found) == due


def test_what_is_due_reaches_over_several_renewals() -> None:
    calendar = Calendar(Term(signed_on(date(2025, 8, 31)), TermRules(renewal_period=Span(1, "months"))))
    found = calendar.due(date(2026, 6, 1), date(2026, 9, 30))
    assert [str(entry.day) for entry in found if entry.kind == "notice_last_day"] == [
        "2026-06-30",
        "2026-07-31",
        "2026-08-30",
        "2026-09-30",
    ]


def test_a_renewal_on_the_first_day_asked_for_is_due() -> None:
    calendar = Calendar(Term(signed_on(date(2025, 8, 31)), TermRules()))
    assert [entry.kind for entry in calendar.due(date(2026, 9, 30), date(2026, 9, 30))] == ["renewal"]


@given(DAYS, SPANS, SPANS, st.integers(0, 4000))
def test_terms_tile_without_gap_or_overlap(start: date, commitment: Span, renewal: Span, after: int) -> None:
    term = Term(signed_on(start), TermRules(commitment=commitment, renewal_period=renewal))
    day = start + timedelta(days=after)
    end = term.term_end(day)
    assert end is not None
    assert day < end
    following = term.term_end(end)
    assert following is not None
    assert end < following
    assert term.term_end(end - timedelta(days=1)) == end
    assert [term.term_end(one) for one in (end, following - timedelta(days=1))] == [following, following]


@given(DAYS, SPANS, st.integers(0, 3000))
def test_the_next_renewal_begins_the_day_after_the_current_term(start: date, renewal: Span, after: int) -> None:
    found = days_of(start, start + timedelta(days=after), renewal_period=renewal)
    (last,) = found["term_last_day"]
    assert date.fromisoformat(found["renewal"][0]) - date.fromisoformat(last) == timedelta(days=1)
