"""What somebody has to do is open until an event says that it was done, then overdue, however far one looks ahead."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.contracts.deadlines import Deadline, deadlines
from permanence.contracts.leaving import calendar_of
from permanence.contracts.reminders import untimely_reminders
from permanence.model.event import Event, EventKind
from permanence.model.period import Span

from tests.bill.months import contract, event, offer, on_file

TERM = 'quality_calls = "3 months"'
ENDS = '\n[[rule]]\nid = "leave"\non = "notice"\nwhen = "notice.received"\nthen = { end = "notice_day" }\n'
CONSUMER = contract().replace('region = "FR"', 'kind = "consumer"')
"""Signed and served from 5 January 2026: renewed on 5 February each year, reminded from 5 August to 5 October."""
DAYS = st.dates(date(2026, 1, 5), date(2029, 12, 31))
MONTH = Span(30, "days")
WITHIN = st.integers(0, 900).map(lambda days: Span(days, "days"))


def book_of(signed: str = CONSUMER, *events: tuple[str, EventKind]) -> Book:
    told = "".join(event(on, what) for on, what in events)
    return on_file(offer(ENDS, term=TERM), signed + told)


def listed(book: Book, on: str | date, within: Span = MONTH) -> list[Deadline]:
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return [one for one in deadlines(book, day, within)[0] if one.duty]


def short(book: Book, on: str) -> list[tuple[str, str, int]]:
    return [(str(one.day), one.kind, one.late) for one in listed(book, on)]


def reminders(book: Book, on: str) -> list[tuple[str, str, int]]:
    return [one for one in short(book, on) if one[1].startswith("reminder")]


PROFESSIONAL = book_of(contract())
BARE = book_of()


def test_a_quality_call_that_nobody_made_stays_until_somebody_does() -> None:
    assert short(PROFESSIONAL, "2026-03-05") == []
    assert short(PROFESSIONAL, "2026-04-05") == [("2026-04-05", "quality_call", 0)]
    assert short(PROFESSIONAL, "2026-04-06") == [("2026-04-05", "quality_call", 1)]
    assert short(PROFESSIONAL, "2028-04-05") == [("2026-04-05", "quality_call", 731)]
    made = book_of(contract(), ("2026-04-20", "quality_call"))
    assert short(made, "2026-05-20") == []
    assert short(made, "2026-07-21") == [("2026-07-20", "quality_call", 1)]


def test_a_reminder_is_open_from_its_first_day_and_overdue_past_its_last() -> None:
    assert reminders(BARE, "2026-07-05") == []
    assert reminders(BARE, "2026-07-06") == [("2026-08-05", "reminder_opens", 0)]
    assert reminders(BARE, "2026-08-06") == [("2026-10-05", "reminder_closes", 0)]
    assert reminders(BARE, "2026-10-05") == [("2026-10-05", "reminder_closes", 0)]
    assert reminders(BARE, "2026-10-06") == [("2026-10-05", "reminder_closes", 1)]
    assert reminders(BARE, "2027-06-01") == [("2026-10-05", "reminder_closes", 239)]
    assert [row[0] for row in reminders(BARE, "2027-11-01")] == ["2026-10-05", "2027-10-05"]
    assert [row[0] for row in reminders(BARE, "2028-02-05")] == ["2027-10-05"]


@pytest.mark.parametrize("on", ["2026-08-05", "2026-10-05"])
def test_a_reminder_that_was_sent_on_one_of_its_days_is_listed_no_more(on: str) -> None:
    sent = book_of(CONSUMER, (on, "reminder_sent"))
    assert reminders(sent, on) == reminders(sent, "2026-11-01") == reminders(sent, "2027-02-05") == []
    before = evolve(sent, contracts=tuple(evolve(one, events=()) for one in sent.contracts))
    assert reminders(before, on) != []


@pytest.mark.parametrize(("on", "late"), [("2026-08-04", False), ("2026-10-06", True)])
def test_a_reminder_that_was_sent_a_day_too_early_or_too_late_is_told_with_its_days(on: str, late: bool) -> None:
    sent = book_of(CONSUMER, (on, "reminder_sent"))
    (found,) = untimely_reminders(calendar_of(sent, sent.contracts[0]))
    assert found.days is not None
    assert (found.late, str(found.days.opens), str(found.days.closes)) == (late, "2026-08-05", "2026-10-05")
    (one,) = (one for one in listed(sent, "2026-10-07") if one.kind == "reminder_closes")
    assert one.duty is not None
    assert (one.late, str(one.duty.sent)) == (2, on)


def test_nobody_is_to_be_reminded_where_the_law_does_not_owe_it_or_nothing_is_renewed() -> None:
    assert reminders(PROFESSIONAL, "2026-10-06") == []
    for trial in ("0 days", "1 month"):
        term = f'trial = "{trial}"\ncommitment = "0 days"\nrenewal_period = "open_ended"'
        free = on_file(offer(ENDS, term=term), CONSUMER)
        assert listed(free, "2027-06-01", Span(5, "years")) == []
    express = on_file(offer(ENDS, term='renewal = "express"'), CONSUMER)
    assert listed(express, "2026-11-01", Span(5, "years")) == []


def test_a_go_live_that_nobody_noted_is_late_until_somebody_notes_it_and_nothing_else_is_to_be_done() -> None:
    unserved = CONSUMER.replace("live = 2026-01-05", "")
    assert short(book_of(unserved), "2026-01-07") == [("2026-01-07", "go_live_promised", 0)]
    assert short(book_of(unserved), "2029-01-07") == [("2026-01-07", "go_live_late", 1096)]
    noted = book_of(unserved, ("2026-01-20", "go_live"))
    assert short(noted, "2026-01-19") == [("2026-01-07", "go_live_late", 12)]
    assert short(noted, "2026-01-20") == []


def test_a_contract_that_has_ended_has_nothing_to_be_done() -> None:
    left = book_of(CONSUMER, ("2026-12-01", "notice_received"))
    assert listed(left, "2026-11-30") != [] == listed(left, "2026-12-02", Span(5, "years"))


@given(DAYS, WITHIN, WITHIN)
def test_what_is_overdue_is_so_however_far_one_looks_ahead(day: date, within: Span, other: Span) -> None:
    near, far = ([one for one in listed(BARE, day, span) if one.late] for span in (within, other))
    assert near == far
    assert all(one.late == (day - one.day).days for one in near)


KINDS: Sequence[EventKind] = ("quality_call", "reminder_sent")


@given(DAYS, st.lists(st.tuples(DAYS, st.sampled_from(KINDS)), max_size=8))
def test_what_is_to_be_done_stays_from_one_day_to_the_next_unless_something_happened(
    day: date, happened: list[tuple[date, EventKind]]
) -> None:
    """A duty goes by a deed, by the renewal of which the reminder was, or by the contract's end: never by a night."""
    events = tuple(Event(contract="C1", on=on, what=what) for on, what in happened)
    book = evolve(BARE, contracts=(evolve(BARE.contracts[0], events=events),))
    next_day = day + timedelta(days=1)
    today, tomorrow = ({(one.day, one.kind) for one in listed(book, on)} for on in (day, next_day))
    gone = {one for one in today - tomorrow if one[1] != "reminder_opens"}
    renewed = (next_day.month, next_day.day) == (2, 5)
    assert not gone or renewed or any(on == next_day for on, _ in happened)
