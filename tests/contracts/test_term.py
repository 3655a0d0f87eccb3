"""A contract's calendar: trial, commitment, renewals and notice, each from its origin."""

from datetime import date, timedelta
from itertools import islice
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from permanence.contracts.renewals import Renewals, as_written
from permanence.contracts.term import Chapter, NoticeEnd, Term
from permanence.model.period import Month, Span
from permanence.model.term_rules import TermRules

from tests.bill.samples import make_contract

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def term(start: date, received: date | None = None, live: date | None = None, **rules: Any) -> Term:
    return Term(evolve(make_contract(), signed=start, live=live, notice=received), TermRules(**rules))


@pytest.mark.parametrize(
    ("start", "trial_end", "first", "second"),
    [
        (date(2026, 1, 15), date(2026, 2, 15), date(2027, 2, 15), date(2028, 2, 15)),
        (date(2024, 2, 29), date(2024, 3, 29), date(2025, 3, 29), date(2026, 3, 29)),
        (date(2026, 1, 31), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)),
        (date(2025, 8, 31), date(2025, 9, 30), date(2026, 9, 30), date(2027, 9, 30)),
    ],
)
def test_terms_are_counted_from_the_first_day_of_service(
    start: date, trial_end: date, first: date, second: date
) -> None:
    calendar = term(start)
    assert calendar.trial_end == trial_end
    assert list(islice(calendar.ends(), 2)) == [first, second]


@pytest.mark.parametrize(
    ("notice", "in_time", "end"),
    [
        (date(2026, 5, 31), True, date(2026, 9, 30)),
        (date(2026, 6, 30), True, date(2026, 9, 30)),
        (date(2026, 7, 1), False, date(2027, 9, 30)),
    ],
)
def test_a_notice_counts_up_to_and_including_its_last_day(notice: date, in_time: bool, end: date) -> None:
    calendar = term(date(2025, 8, 31), notice)
    kind: NoticeEnd = "term_end" if in_time else "next_term_end"
    assert calendar.notice_in_time(notice) == in_time
    assert calendar.service(kind).end == end


def test_a_notice_in_the_trial_ends_the_contract_with_the_trial() -> None:
    assert term(date(2026, 9, 14), date(2026, 10, 13)).service("trial_end").end == date(2026, 10, 14)


def test_the_trial_counts_from_go_live_or_from_signature_as_the_offer_says() -> None:
    signed, live = date(2026, 9, 14), date(2026, 9, 16)
    assert term(signed, live=live).trial_end == date(2026, 10, 16)
    assert term(signed, live=live, trial_start="signature").trial_end == date(2026, 10, 14)


def test_a_commitment_that_includes_the_trial_is_one_month_shorter() -> None:
    assert next(term(date(2026, 1, 15), trial_included=True).ends()) == date(2027, 1, 15)


def test_terms_may_be_anchored_to_the_signature() -> None:
    calendar = term(date(2026, 1, 15), live=date(2026, 1, 20), renewal_anchor="signature")
    assert list(islice(calendar.ends(), 2)) == [date(2027, 1, 15), date(2028, 1, 15)]


def test_renewals_may_fall_on_the_signature_s_anniversary_once_the_commitment_has_ended() -> None:
    calendar = term(date(2026, 1, 15), live=date(2026, 1, 20), renewal_anchor="signature_realigned")
    assert list(islice(calendar.ends(), 3)) == [date(2027, 2, 20), date(2028, 1, 15), date(2029, 1, 15)]
    short = term(date(2026, 1, 15), renewal_anchor="signature_realigned", renewal_period=Span(1, "months"))
    assert list(islice(short.ends(), 2)) == [date(2027, 2, 15), date(2027, 3, 15)]


@given(
    st.sampled_from(("commitment_end", "signature", "signature_realigned")),
    st.sampled_from((1, 6, 12)),
    st.integers(1, 14),
    st.dates(date(2024, 1, 1), date(2024, 12, 31)),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.booleans(),
)
def test_another_offer_moves_no_end_of_a_term_that_lies_before_it(
    anchor: str, months: int, bound: int, signed: date, since: date, another: bool
) -> None:
    before = term(
        signed, renewal_anchor=anchor, renewal_period=Span(months, "months"), commitment=Span(bound, "months")
    )
    after = evolve(before, later=(Chapter(since, TermRules(), as_written(TermRules()), another),))
    ended = [end for end in islice(before.ends(), 90) if end < since]
    assert [end for end in islice(after.ends(), 90) if end < since] == ended


def test_spans_of_other_units_are_counted_from_the_origin_too() -> None:
    start = date(2026, 1, 25)
    in_years = term(start, trial=Span(2, "weeks"), commitment=Span(2, "years"), renewal_period=Span(1, "years"))
    assert in_years.trial_end == date(2026, 2, 8)
    assert list(islice(in_years.ends(), 2)) == [date(2028, 2, 8), date(2029, 2, 8)]
    in_days = term(start, trial=Span(7, "days"), commitment=Span(1, "months"), renewal_period=Span(10, "days"))
    assert list(islice(in_days.ends(), 2)) == [date(2026, 3, 4), date(2026, 3, 14)]


def test_the_day_on_which_a_term_ends_belongs_to_the_next_one() -> None:
    calendar = term(date(2025, 8, 31), date(2026, 9, 30))
    assert calendar.term_end(date(2026, 9, 29)) == date(2026, 9, 30)
    assert calendar.service("term_end").end == date(2027, 9, 30)


def test_a_rule_can_let_a_late_notice_end_the_present_term() -> None:
    assert term(date(2025, 8, 31), date(2026, 7, 1)).service("term_end").end == date(2026, 9, 30)


def test_a_notice_that_is_in_time_is_not_put_off_by_a_rule_for_late_ones() -> None:
    assert term(date(2025, 8, 31), date(2026, 6, 30)).service("next_term_end").end == date(2026, 9, 30)


def test_the_days_before_service_are_no_trial() -> None:
    calendar = term(date(2026, 1, 15), live=date(2026, 1, 20))
    days = (date(2026, 1, 19), date(2026, 1, 20), date(2026, 2, 19), date(2026, 2, 20))
    assert [calendar.in_trial(day) for day in days] == [False, True, True, False]


def test_an_open_ended_renewal_has_one_term_then_ends_one_notice_after_the_notice() -> None:
    calendar = term(date(2024, 1, 1), date(2026, 5, 10), renewal_period="open_ended")
    assert list(calendar.ends()) == [date(2025, 2, 1)]
    assert calendar.notice_in_time(date(2026, 5, 10))
    assert calendar.renewed(date(2026, 5, 10))
    assert calendar.service("term_end").end == date(2026, 8, 10)


def test_a_late_notice_of_a_contract_that_becomes_open_ended_holds_after_the_notice_period() -> None:
    calendar = term(date(2024, 1, 1), date(2024, 12, 10), renewal_period="open_ended")
    assert not calendar.notice_in_time(date(2024, 12, 10))
    assert calendar.service("next_term_end").end == date(2025, 3, 10)


def test_a_contract_without_tacit_renewal_ends_with_its_first_term() -> None:
    for rules in ({"renewal": "express"}, {"renewal_period": Span(0, "months")}):
        assert list(term(date(2024, 1, 1), **rules).ends()) == [date(2025, 2, 1)]
    assert term(date(2024, 1, 1), renewal="express").service(None).end == date(2025, 2, 1)
    early = term(date(2024, 1, 1), date(2024, 1, 20), renewal="express")
    assert early.service("trial_end").end == date(2024, 2, 1)


def test_a_contract_that_nobody_ends_is_in_service_without_end() -> None:
    assert term(date(2024, 1, 1)).service(None).end is None


def test_a_notice_period_alone_can_end_a_contract() -> None:
    calendar = term(date(2024, 1, 1), date(2026, 1, 31), notice=Span(1, "months"))
    assert calendar.service("notice_end").end == date(2026, 2, 28)


OPEN: dict[str, Any] = {"trial": Span(0, "months"), "commitment": Span(0, "months"), "renewal_period": "open_ended"}


def test_a_contract_without_a_term_is_never_renewed_and_any_notice_is_in_time() -> None:
    calendar = term(date(2026, 1, 15), live=date(2026, 6, 1), **OPEN)
    for day in (date(2026, 1, 20), date(2026, 6, 1), date(2028, 6, 1)):
        assert (calendar.term_end(day), calendar.renewed(day), calendar.notice_in_time(day)) == (None, False, True)
        assert list(calendar.renewals()) == []
        assert calendar.end_by_notice(day, "term_end") == Span(3, "months").after(day)


def test_with_another_offer_a_first_term_begins_and_its_renewals_count_from_one() -> None:
    rules = TermRules(renewal_period=Span(6, "months"), notice=Span(1, "months"))
    once = Renewals((("period", None), ("end", None)))
    change = Chapter(date(2026, 7, 1), rules, once, another=True)
    calendar = evolve(term(date(2026, 1, 15), **OPEN), later=(change,))
    assert [end.day for end in calendar.terms() if not end.is_none] == [date(2027, 7, 1), date(2028, 1, 1)]
    assert calendar.last_end() == date(2028, 1, 1)
    days = (date(2026, 6, 30), date(2026, 7, 1), date(2027, 7, 1))
    assert [calendar.term_end(day) for day in days] == [None, date(2027, 7, 1), date(2028, 1, 1)]
    assert [calendar.renewed(day) for day in days] == [False, False, True]
    # A notice from before the change does not wait for a term that has not begun.
    assert calendar.end_by_notice(date(2026, 6, 30), "next_term_end") == date(2026, 9, 30)
    assert calendar.end_by_notice(date(2026, 7, 1), "next_term_end") == date(2027, 7, 1)
    same = evolve(calendar, later=(evolve(change, another=False),))
    assert [end.day for end in same.terms() if not end.is_none] == []


def test_a_contract_that_was_renewed_open_ended_may_be_bound_again_by_another_offer_alone() -> None:
    open_again = TermRules(renewal_period="open_ended")
    calendar = term(date(2026, 1, 1), trial=Span(0, "months"), renewal_period="open_ended")
    price = Chapter(date(2027, 6, 1), open_again, as_written(open_again), another=False)
    offer = Chapter(date(2027, 9, 1), open_again, as_written(open_again), another=True)
    assert list(evolve(calendar, later=(price,)).ends()) == [date(2027, 1, 1)]
    assert list(evolve(calendar, later=(price, offer)).ends()) == [date(2027, 1, 1), date(2028, 9, 1)]


@given(DAYS, st.integers(0, 120), st.integers(0, 6), st.sampled_from(("last_day", "next_first")))
def test_an_announced_price_never_holds_before_the_last_day_to_announce_it(
    start: date, later: int, months: int, month_end: Any
) -> None:
    calendar = term(start, price_notice=Span(months, "months"), month_end=month_end, **OPEN)
    day = start + timedelta(days=later)
    since = calendar.effect(day, "announced_term")
    assert since is not None
    assert calendar.last_announcement_day(since) >= day
    # Where months run over into the next one, a price notice counted forward may lead a day past that.
    early = since == day or calendar.last_announcement_day(since - timedelta(days=1)) < day
    assert early or month_end == "next_first"


@given(DAYS, st.integers(0, 1500))
def test_every_day_lies_in_one_term(start: date, later: int) -> None:
    day = start + timedelta(days=later)
    end = term(start).term_end(day)
    assert end is not None
    assert day < end
    assert end - day <= timedelta(days=397)


@given(DAYS, st.integers(32, 1500), st.integers(0, 90))
def test_a_notice_given_earlier_never_ends_a_contract_later(start: date, first: int, more: int) -> None:
    calendar = term(start)
    days = [start + timedelta(days=first), start + timedelta(days=first + more)]
    ends = [
        calendar.end_by_notice(day, "term_end" if calendar.notice_in_time(day) else "next_term_end") for day in days
    ]
    assert ends[0] <= ends[1]
    assert all(day < end for day, end in zip(days, ends, strict=True))


@given(DAYS, st.integers(0, 60))
def test_whole_months_are_counted_as_a_calendar_counts_them(start: date, months: int) -> None:
    day = Span(months, "months").after(start)
    assert term(start).months_by(day) == months
    assert term(start).months_by(start - timedelta(days=1)) == 0
    assert months == 0 or term(start).months_by(day - timedelta(days=1)) == months - 1


def test_the_days_of_service_in_a_month_are_half_open() -> None:
    calendar = term(date(2026, 9, 14), date(2026, 9, 20))
    served = calendar.service("trial_end") & Month(2026, 10).period
    assert (served.start, served.days) == (date(2026, 10, 1), 13)


@example(date(2024, 1, 10), date(2024, 11, 1), 1, 3, date(2024, 10, 11))
@example(date(2024, 1, 10), date(2025, 1, 10), 3, 1, date(2025, 1, 9))
@given(
    st.dates(date(2024, 1, 1), date(2024, 12, 31)),
    st.dates(date(2024, 2, 1), date(2026, 12, 31)),
    st.sampled_from((1, 3, 4)),
    st.sampled_from((1, 3, 4)),
    st.dates(date(2024, 2, 1), date(2027, 6, 30)),
)
def test_a_notice_never_ends_a_contract_before_the_term_that_binds_it_nor_a_later_one_sooner(
    signed: date, since: date, notice: int, then: int, day: date
) -> None:
    rules = TermRules(renewal_period="open_ended", notice=Span(then, "months"))
    first = term(signed, trial=Span(0, "days"), notice=Span(notice, "months"))
    changed = evolve(first, later=(Chapter(since, rules, as_written(rules), True),))
    day = max(day, signed)
    end = changed.end_by_notice(day, "next_term_end")
    bound = next((one.day for one in changed.terms() if day < one.day and one.begun <= day), day)
    assert end >= bound
    assert end > bound or day <= changed.last_notice_day(bound) or bound == day
    assert changed.end_by_notice(day + timedelta(days=1), "next_term_end") >= end


@pytest.mark.parametrize(
    ("received", "end"),
    [
        (date(2026, 3, 1), date(2026, 4, 1)),
        (date(2026, 3, 2), date(2026, 5, 1)),
        (date(2026, 3, 31), date(2026, 5, 1)),
        (date(2026, 12, 15), date(2027, 2, 1)),
    ],
)
def test_a_notice_to_the_end_of_a_month_ends_an_open_ended_contract_with_it(received: date, end: date) -> None:
    """One month to the end of a calendar month, as German, Austrian and Swiss lists have it."""
    months: dict[str, Any] = {"trial": Span(0, "days"), "commitment": Span(0, "days"), "renewal_period": "open_ended"}
    calendar = term(date(2020, 1, 15), notice=Span(1, "months"), notice_ends="month_end", **months)
    assert calendar.end_by_notice(received, "notice_end") == end
    assert calendar.end_by_notice(received, "term_end") == end


@pytest.mark.parametrize(
    ("received", "kind", "end"),
    [
        (date(2026, 6, 15), "term_end", date(2026, 7, 15)),
        (date(2026, 6, 16), "next_term_end", date(2026, 8, 1)),
        (date(2026, 9, 2), "term_end", date(2026, 11, 1)),
        (date(2026, 9, 2), "notice_day", date(2026, 9, 3)),
    ],
)
def test_a_term_ends_with_its_last_day_and_a_month_with_its_own(received: date, kind: NoticeEnd, end: date) -> None:
    months: dict[str, Any] = {"trial": Span(0, "days"), "commitment": Span(6, "months"), "renewal_period": "open_ended"}
    calendar = term(date(2026, 1, 15), notice=Span(1, "months"), notice_ends="month_end", **months)
    assert calendar.end_by_notice(received, kind) == end


@given(st.lists(DAYS, min_size=2, max_size=2), st.integers(0, 4), st.integers(0, 3))
def test_a_later_notice_never_ends_a_contract_earlier_with_a_month(
    days: list[date], commitment: int, notice: int
) -> None:
    lengths: dict[str, Any] = {
        "trial": Span(0, "days"),
        "commitment": Span(commitment, "months"),
        "renewal_period": "open_ended",
    }
    calendar = term(date(2020, 1, 15), notice=Span(notice, "months"), notice_ends="month_end", **lengths)
    first, later = (calendar.end_by_notice(day, "next_term_end") for day in sorted(days))
    assert first <= later
