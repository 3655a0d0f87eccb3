"""Where the day counts on which a notice is sent (A14), the post has no part in when it ends a contract."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.contracts.calendar import Calendar
from permanence.contracts.history import History, history_of
from permanence.contracts.leaving import calendar_of
from permanence.contracts.notice_day import CountedOn
from permanence.contracts.signature import fingerprint_of
from permanence.contracts.waiting import why_it_waits
from permanence.model.event import Event
from permanence.model.period import Span
from permanence.model.term_rules import TermRules
from permanence.model.words.events import event_in_words
from permanence.offers.check.files import check_files
from permanence.offers.examples.missing import examples_text
from permanence.offers.proved import prove_offers

from tests.contracts.test_same_life import DAYS, TERMS, sold
from tests.installed import PLUGINS

START = date(2024, 2, 1)
BY_POST = st.integers(0, 60).map(lambda days: timedelta(days=days))
TWELVE = TermRules(trial=Span(0, "days"), notice_counted_on="sent")
"""Twelve months from 1 February 2024, with a notice of three: 1 November 2024 is the last day for it."""


def letter(sent: date | None, received: date) -> Event:
    return Event(contract="C1", on=received, what="notice_received", sent=sent)


def after(rules: TermRules, *letters: Event) -> History:
    book = sold(rules, START, letters)
    return history_of(book, book.contracts[0])


def end(rules: TermRules, *letters: Event) -> date:
    found = after(rules, *letters).end
    assert found is not None
    return found


@given(TERMS, DAYS, BY_POST)
def test_a_notice_ends_the_contract_as_one_that_was_received_on_the_day_it_was_sent(
    rules: TermRules, sent: date, post: timedelta
) -> None:
    counted, received = evolve(rules, notice_counted_on="sent"), sent + post
    at_once, later = end(counted, letter(None, sent)), end(counted, letter(sent, received))
    assert end(rules, letter(None, sent)) == at_once  # whoever reads the letter on the day it was written
    if at_once > received:
        assert later == at_once
    assert at_once <= later <= max(at_once, counted.ended_by(received + timedelta(days=1)))


@given(TERMS, DAYS, BY_POST)
def test_where_its_receipt_counts_it_makes_no_difference_when_it_was_sent(
    rules: TermRules, sent: date, post: timedelta
) -> None:
    counted = evolve(rules, notice_counted_on="received")
    assert end(counted, letter(sent, sent + post)) == end(counted, letter(None, sent + post))


@given(TERMS, DAYS, BY_POST, BY_POST)
def test_a_letter_that_is_sent_later_never_ends_the_contract_sooner(
    rules: TermRules, sent: date, between: timedelta, post: timedelta
) -> None:
    counted, received = evolve(rules, notice_counted_on="sent"), sent + between + post
    assert end(counted, letter(sent, received)) <= end(counted, letter(sent + between, received))


def test_a_letter_of_the_last_day_is_in_time_whenever_it_comes_and_one_of_the_next_day_is_not() -> None:
    last, term_end = date(2024, 11, 1), date(2025, 2, 1)
    assert end(TWELVE, letter(last, date(2024, 11, 12))) == term_end
    assert end(TWELVE, letter(last + timedelta(days=1), date(2024, 11, 4))) == date(2026, 2, 1)
    assert end(evolve(TWELVE, notice_counted_on="received"), letter(last, date(2024, 11, 12))) == date(2026, 2, 1)


def test_of_two_letters_the_one_that_was_sent_first_counts_though_it_came_last_and_a_withdrawal_takes_both() -> None:
    posted, mailed = letter(date(2024, 11, 1), date(2024, 11, 12)), letter(None, date(2024, 11, 5))
    same_day = evolve(mailed, on=posted.on)
    for letters in ((posted, mailed), (mailed, posted), (posted, same_day), (same_day, posted)):
        assert end(TWELVE, *letters) == date(2025, 2, 1)
    withdrawn = Event(contract="C1", on=date(2024, 11, 20), what="notice_withdrawn")
    assert after(TWELVE, posted, mailed, withdrawn).contract.notice_sent is None
    assert after(TWELVE, posted, mailed, withdrawn).end is None
    again = letter(None, date(2024, 11, 25))
    assert end(TWELVE, posted, withdrawn, again) == date(2026, 2, 1)


def test_a_notice_that_counts_from_its_day_ends_nothing_before_it_came() -> None:
    free = evolve(TWELVE, commitment=Span(0, "days"), renewal_period="open_ended", notice=Span(1, "months"))
    assert end(free, letter(date(2024, 6, 3), date(2024, 6, 10))) == date(2024, 7, 3)
    assert end(free, letter(date(2024, 6, 3), date(2024, 7, 20))) == date(2024, 7, 21)


def test_a_letter_of_before_the_signature_is_told_and_holds_the_contract() -> None:
    book = sold(TWELVE, START, [letter(START - timedelta(days=1), START + timedelta(days=9))])
    told = "Préavis du 10 février 2024 : la date précède la signature du 1er février 2024."
    assert why_it_waits(book, book.contracts[0]) == told


def entries(calendar: Calendar, day: date) -> dict[str, bool]:
    return {entry.kind: entry.counts_sent for entry in calendar.seen_on(day)}


@pytest.mark.parametrize("counted_on", ["received", "sent"])
def test_the_last_day_for_a_notice_says_whether_it_is_for_sending_it(counted_on: CountedOn) -> None:
    book: Book = sold(evolve(TWELVE, notice_counted_on=counted_on), START)
    found = entries(calendar_of(book, book.contracts[0]), START)
    assert found.pop("notice_last_day") == (counted_on == "sent")
    assert not any(found.values())


def test_a_notice_is_told_with_the_day_on_which_it_was_sent() -> None:
    assert event_in_words(letter(date(2024, 11, 1), date(2024, 11, 4)), ()) == "Préavis, envoyé le 1er novembre 2024"
    assert event_in_words(letter(None, date(2024, 11, 4)), ()) == "Préavis"


def test_a_contract_that_came_with_a_notice_may_say_when_it_was_sent_and_is_held_to_it() -> None:
    book = sold(TWELVE, START)
    came = evolve(book.contracts[0], notice=date(2024, 11, 12))
    sent = evolve(came, notice_sent=date(2024, 11, 1))
    assert [history_of(book, one).end for one in (came, sent)] == [date(2026, 2, 1), date(2025, 2, 1)]
    first, second = (fingerprint_of(book, one).notice for one in (came, sent))
    assert first != second


def test_examples_that_are_written_for_such_an_offer_have_the_day_on_which_it_was_sent(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "lives" / "offers" / "basic-2024-01-01.toml").read_text("utf-8")
    file = tmp_path / "basic-2024-01-01.toml"
    own = 'customers = ["professional"]\n\n[term]\nnotice_counted_on = "sent"\n\n[coverage]'
    file.write_text(text.replace("[coverage]", own, 1), "utf-8")
    ((_, missing),) = check_files([file], tmp_path, tmp_path, PLUGINS).missing
    notices = [one for one in missing if "leave-" in one.what]
    written = examples_text(notices)
    assert written.count("notice_sent = ") == len(notices) == 3
    file.write_text(f"{file.read_text('utf-8')}\n{written}", "utf-8")
    assert prove_offers([file], PLUGINS).problems == ()
