"""When a notice ends a contract, and what is still to be billed by then, by the rules of real offers."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.owed import least_owed
from permanence.contracts.book import Book
from permanence.contracts.deadlines import deadlines
from permanence.contracts.history import known_on
from permanence.contracts.leaving import calendar_of, leaving, leaving_by
from permanence.contracts.term import Term
from permanence.model.contract import Contract, OptionTaken
from permanence.model.money import Cents, cents
from permanence.model.period import Span
from permanence.model.problem import Refused
from permanence.on_file import open_book

from tests.bill.floors import rules
from tests.bill.months import contract, offer, on_file
from tests.installed import PLUGINS

ROOT = Path(__file__).parents[2]
BOOK = open_book(ROOT / "rules", ROOT / "tests" / "cli" / "golden" / "calendar", PLUGINS)
CONSUMER, LATE, FREE = BOOK.contracts
STARTS = st.dates(date(2023, 1, 1), date(2033, 12, 31))
AT_ONCE = 'trial = "0 days"\ncommitment = "2 weeks"\nnotice = "0 days"'
LEAVE = """
[[rule]]
id = "leave-at-term"
on = "notice"
when = "notice.in_time"
then = { end = "term_end" }

[[rule]]
id = "leave-late"
on = "notice"
when = "not notice.in_time"
then = { end = "next_term_end" }
"""


def starting(day: date, original: Contract = LATE) -> Contract:
    return evolve(original, signed=day, live=day, notice=None)


def end_of(contract: Contract, notice: date) -> date:
    end = leaving_by(BOOK, contract, notice).end
    assert end is not None
    return end


@given(STARTS, st.integers(0, 2500), st.integers(0, 500), st.sampled_from([LATE, FREE]))
def test_a_notice_given_earlier_never_ends_a_contract_later(
    start: date, after: int, more: int, original: Contract
) -> None:
    signed = starting(start, original)
    earlier = start + timedelta(days=after)
    assert end_of(signed, earlier) <= end_of(signed, earlier + timedelta(days=more))


@given(STARTS, st.integers(0, 2500))
def test_nobody_is_bound_longer_than_the_first_term_or_one_renewal_and_the_notice(start: date, after: int) -> None:
    notice = start + timedelta(days=after)
    first = Span(13, "months").after(start)
    three_short_months = timedelta(days=3)
    longest = max(first, Span(12 + 3, "months").after(notice) + three_short_months)
    assert notice < end_of(starting(start), notice) <= longest


@given(STARTS, st.integers(0, 2500))
def test_a_notice_without_commitment_binds_for_one_month(start: date, after: int) -> None:
    notice = start + timedelta(days=after)
    assert end_of(starting(start, FREE), notice) == Span(1, "months").after(notice)


@pytest.mark.parametrize(
    ("notice", "end", "rule"),
    [
        ("2025-09-29", "2025-09-30", "leave-in-trial"),
        ("2025-09-30", "2026-09-30", "leave-at-term"),
        ("2026-06-30", "2026-09-30", "leave-at-term"),
        ("2026-07-01", "2027-09-30", "leave-late"),
        ("2027-06-30", "2027-09-30", "leave-at-term"),
    ],
)
def test_the_rule_that_decides_is_named_with_its_place(notice: str, end: str, rule: str) -> None:
    found = leaving_by(BOOK, evolve(LATE, notice=None), date.fromisoformat(notice))
    assert found.end == date.fromisoformat(end)
    assert found.decision is not None
    place = found.decision.rule.place
    lines = Path(place.file).read_text(encoding="utf-8").splitlines()
    assert lines[place.line - 1 : place.line + 1] == ["[[rule]]", f'id = "{rule}"']


def test_a_notice_on_file_stands_whatever_day_is_asked_for() -> None:
    assert leaving_by(BOOK, LATE, date(2027, 1, 1)) == leaving(BOOK, LATE)
    assert known_on(LATE, date(2026, 6, 30)).notice is None
    assert known_on(LATE, date(2026, 7, 1)).notice == date(2026, 7, 1)


def test_an_offer_without_a_rule_for_notices_does_not_say_when_they_end_a_contract() -> None:
    book = on_file(offer(), contract())
    found = leaving_by(book, book.contracts[0], date(2026, 3, 1))
    assert (found.decision, found.end) == (None, None)


def test_a_contract_that_is_not_renewed_ends_by_itself_before_a_late_notice_would_end_it() -> None:
    book = on_file(offer(LEAVE, term='renewal = "express"'), contract())
    assert leaving(book, book.contracts[0]).end == date(2027, 2, 5)
    late = leaving_by(book, book.contracts[0], date(2027, 1, 20))
    assert (late.decision, late.end) == (None, date(2027, 2, 5))
    in_time = leaving_by(book, book.contracts[0], date(2026, 6, 1))
    assert in_time.decision is not None
    assert (in_time.decision.rule.id, in_time.end) == ("leave-at-term", date(2027, 2, 5))


def test_what_is_still_owed_is_the_lowest_band_by_months_and_days() -> None:
    owed = least_owed(BOOK, starting(date(2026, 1, 14), CONSUMER), date(2026, 11, 10), date(2027, 2, 14))
    assert (owed.since, owed.months, owed.days) == (date(2026, 11, 1), 3, 13)
    assert owed.least == 3 * cents("59.00") + round(59_00 * 13 / 28)


def test_options_are_not_in_the_least_that_is_owed() -> None:
    with_option = evolve(starting(date(2026, 1, 14)), options=(OptionTaken(id="bilingual"),))
    assert least_owed(BOOK, with_option, date(2026, 3, 1), date(2026, 4, 1)).least == cents("79.00")


def test_a_contract_that_has_not_begun_owes_from_its_first_day() -> None:
    signed = evolve(LATE, signed=date(2026, 11, 10), live=date(2026, 12, 17), notice=None)
    owed = least_owed(BOOK, signed, date(2026, 11, 10), date(2027, 1, 17))
    assert (owed.since, owed.months, owed.days) == (date(2026, 12, 17), 0, 31)
    assert owed.least == round(79_00 * 15 / 31) + round(79_00 * 16 / 31)


def test_once_the_last_month_is_billed_nothing_is_owed() -> None:
    owed = least_owed(BOOK, LATE, date(2027, 10, 1), date(2027, 9, 30))
    assert (owed.months, owed.days, owed.least) == (0, 0, Cents(0))


def test_a_free_trial_and_a_contracted_band_are_in_what_is_owed() -> None:
    book = on_file(offer(LEAVE, term="trial_billed = false", floor='floor = "contracted"'), contract(more="band = 150"))
    owed = least_owed(book, book.contracts[0], date(2026, 1, 5), date(2026, 4, 1))
    assert (owed.months, owed.days) == (2, 27)
    assert owed.least == round(149_00 * 24 / 28) + cents("149.00")


def test_a_month_that_cannot_be_billed_is_no_guess() -> None:
    book = on_file(offer(LEAVE), contract(more='mission = "secret"'))
    with pytest.raises(Refused, match="mission"):
        least_owed(book, book.contracts[0], date(2026, 1, 5), date(2026, 4, 1))


def due(book: Book, day: str, within: str) -> list[tuple[str, str, str]]:
    found, _ = deadlines(book, date.fromisoformat(day), Span.parse(within))
    return [(str(deadline.day), deadline.contract, deadline.kind) for deadline in found]


def test_what_is_due_is_listed_by_date_over_all_contracts() -> None:
    assert due(BOOK, "2026-11-23", "30 days") == [
        ("2025-04-30", "CONSO-1", "quality_call"),
        ("2025-10-28", "CONSO-1", "reminder_closes"),
        ("2025-11-30", "TARD-1", "quality_call"),
        ("2026-10-28", "CONSO-1", "reminder_closes"),
        ("2026-11-23", "LIBRE-1", "go_live_promised"),
        ("2026-11-28", "CONSO-1", "notice_last_day"),
    ]
    assert ("2026-11-23", "LIBRE-1", "go_live_late") in due(BOOK, "2026-11-24", "30 days")
    assert due(BOOK, "2025-02-15", "2 weeks") == [("2025-02-27", "CONSO-1", "trial_last_day")]
    assert ("2027-09-29", "TARD-1", "contract_last_day") in due(BOOK, "2027-09-15", "2 weeks")


def test_a_contract_that_is_signed_later_or_has_ended_is_due_nothing() -> None:
    assert [row for row in due(BOOK, "2026-11-18", "30 days") if row[1] == "LIBRE-1"] == []
    assert [row for row in due(BOOK, "2027-09-30", "2 years") if row[1] == "TARD-1"] == []


def test_a_contract_that_ended_before_anybody_noted_its_go_live_is_not_late() -> None:
    book = on_file(offer(LEAVE, term=AT_ONCE), contract(more="notice = 2026-01-05", live=""))
    assert ("2026-01-07", "C1", "go_live_late") in due(book, "2026-01-18", "30 days")
    assert due(book, "2026-01-19", "30 days") == []


def test_a_contract_that_contradicts_its_offer_waits_and_hides_no_other() -> None:
    book = on_file(offer(LEAVE), [contract(), contract("C2", 'mission = "secret"')])
    found, waiting = deadlines(book, date(2026, 2, 1), Span(10, "days"))
    assert [(one.contract, one.kind) for one in found if one.kind == "trial_last_day"] == [("C1", "trial_last_day")]
    assert [one.contract for one in waiting] == ["C2"]
    assert "secret" in waiting[0].reason


@given(STARTS, st.integers(0, 1500))
def test_no_notice_day_is_shown_that_the_rules_would_call_late(start: date, after: int) -> None:
    signed = starting(start)
    day = start + timedelta(days=after)
    term = Term(signed, BOOK.offers[signed.offer].term)
    last, end = (
        next(entry.day for entry in calendar_of(BOOK, signed).seen_on(day) if entry.kind == kind)
        for kind in ("notice_last_day", "term_last_day")
    )
    assert end_of(signed, last) == end + timedelta(days=1)
    if term.in_trial(last):
        return
    assert end_of(signed, last + timedelta(days=1)) > end + timedelta(days=1)


def test_what_is_left_to_bill_at_least_counts_on_no_floor() -> None:
    lives = [on_file(offer(LEAVE + more), contract("C1", signed="2026-01-01")) for more in ("", rules(up=1))]
    day, end = date(2026, 6, 15), date(2027, 2, 1)
    without, remembering = (least_owed(book, book.contracts[0], day, end) for book in lives)
    assert remembering == without
