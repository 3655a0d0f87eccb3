"""Events told in order: what the contract is between them, and what each runs up against."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from attrs import evolve
from permanence.contracts.events_told import fold
from permanence.model.contract import Contract, LineHeld, OptionTaken
from permanence.model.event import Event, EventKind
from permanence.model.history import Folded, Settled
from permanence.model.period import Period

from tests.bill.samples import make_contract

SIGNED, MARCH, APRIL = date(2026, 1, 15), date(2026, 3, 1), date(2026, 4, 1)


def signed(live: date | None = None, options: tuple[OptionTaken, ...] = (), notice: date | None = None) -> Contract:
    return evolve(make_contract(lines=("L1",), options=options), signed=SIGNED, live=live, notice=notice)


def happened(what: EventKind, on: date, since: date | None = None, **names: Any) -> Settled:
    return Settled(Event(on=on, what=what, **names), since or on, None)


def kinds(folded: Folded) -> list[str]:
    return [found.kind for found in folded.contradictions]


def stretches(folded: Folded) -> list[tuple[date, date | None, str]]:
    return [(one.period.start, one.period.end, one.contract.mission) for one in folded.stretches]


def test_a_contract_to_which_nothing_happened_is_one_stretch_from_its_first_day() -> None:
    folded = fold(signed(live=MARCH), ())
    assert stretches(folded) == [(MARCH, None, "simple")]
    assert (folded.contract, folded.suspended, folded.contradictions) == (signed(live=MARCH), (), ())


def test_a_new_mission_begins_a_stretch_and_what_comes_later_is_known_in_every_one() -> None:
    events = [happened("mission_changed", MARCH, mission="complex"), happened("notice_received", APRIL)]
    folded = fold(signed(), events)
    assert stretches(folded) == [(SIGNED, MARCH, "simple"), (MARCH, None, "complex")]
    assert [one.contract.notice for one in folded.stretches] == [APRIL, APRIL]
    assert folded.contract.mission == "complex"


def test_a_change_before_the_first_day_of_service_leaves_no_empty_stretch() -> None:
    events = [happened("mission_changed", date(2026, 2, 1), mission="complex"), happened("go_live", MARCH)]
    assert stretches(fold(signed(), events)) == [(MARCH, None, "complex")]


def test_two_changes_from_one_day_make_one_stretch() -> None:
    events = [
        happened("mission_changed", MARCH, mission="complex"),
        happened("region_moved", MARCH, region="FR-57"),
        happened("offer_changed", MARCH, offer="basic@2025-10-01"),
    ]
    folded = fold(signed(), events)
    assert stretches(folded) == [(SIGNED, MARCH, "simple"), (MARCH, None, "complex")]
    assert (folded.contract.customer.region, folded.contract.offer) == ("FR-57", "basic@2025-10-01")


def test_what_is_refused_is_not_told() -> None:
    refused = Settled(Event(on=MARCH, what="suspended"), None, None)
    assert fold(signed(), [refused]) == fold(signed(), ())


def test_a_line_may_be_replaced_on_the_day_from_which_two_requests_hold() -> None:
    gone = happened("line_removed", date(2026, 3, 3), APRIL, line="L1")
    come = happened("line_added", date(2026, 3, 5), APRIL, line="L2")
    for events in permutations((gone, come)):
        folded = fold(signed(), events)
        assert kinds(folded) == []
        assert folded.contract.lines_held == (LineHeld("L1", None, APRIL), LineHeld("L2", APRIL, None))


def test_the_order_of_the_tables_is_nothing_to_what_is_left() -> None:
    events = (
        happened("option_added", MARCH, option="svi"),
        happened("option_removed", APRIL, option="svi"),
        happened("suspended", date(2026, 3, 9)),
        happened("resumed", date(2026, 3, 20)),
    )
    assert len({fold(signed(), told) for told in permutations(events)}) == 1


def test_service_is_suspended_up_to_the_day_on_which_it_is_resumed_and_until_then_without_end() -> None:
    suspended, resumed = happened("suspended", MARCH), happened("resumed", APRIL)
    assert fold(signed(), [suspended]).suspended == (Period(MARCH),)
    assert fold(signed(), [suspended, resumed]).suspended == (Period(MARCH, APRIL),)


def test_an_option_that_comes_while_service_is_suspended_begins_when_it_is_resumed() -> None:
    events = [happened("suspended", MARCH), happened("option_added", date(2026, 3, 9), option="svi")]
    (waiting,) = fold(signed(), events).contract.options
    (running,) = fold(signed(), [*events, happened("resumed", APRIL)]).contract.options
    assert (waiting.since, running.since) == (date(2026, 3, 9), APRIL)


def test_an_option_that_was_there_before_is_left_as_it_was() -> None:
    taken = OptionTaken(id="svi", since=date(2026, 2, 1))
    events = [happened("suspended", MARCH), happened("resumed", APRIL)]
    assert fold(signed(options=(taken,)), events).contract.options == (taken,)


def test_an_option_is_removed_from_a_day_on_and_may_come_again_on_that_day() -> None:
    taken = OptionTaken(id="svi")
    gone = fold(signed(options=(taken,)), [happened("option_removed", MARCH, option="svi")])
    assert gone.contract.options == (OptionTaken(id="svi", until=MARCH),)
    again = fold(gone.contract, [happened("option_added", MARCH, option="svi")])
    assert kinds(again) == []


def test_the_first_notice_counts_and_one_that_is_withdrawn_does_not() -> None:
    first, second = happened("notice_received", MARCH), happened("notice_received", APRIL)
    assert fold(signed(), [second, first]).contract.notice == MARCH
    assert fold(signed(notice=APRIL), [first]).contract.notice == MARCH
    withdrawn = happened("notice_withdrawn", date(2026, 3, 9))
    assert fold(signed(), [first, withdrawn]).contract.notice is None
    assert fold(signed(), [first, withdrawn, second]).contract.notice == APRIL
    assert kinds(fold(signed(notice=APRIL), [withdrawn])) == ["no_notice"]


def test_what_goes_must_have_been_there_and_what_comes_must_not() -> None:
    assert kinds(fold(signed(), [happened("line_added", MARCH, line="L1")])) == ["held_already"]
    assert kinds(fold(signed(), [happened("line_removed", MARCH, line="L2")])) == ["not_held"]
    assert kinds(fold(signed(), [happened("line_removed", MARCH, line="L1")])) == ["last_line"]
    assert kinds(fold(signed(), [happened("option_removed", MARCH, option="svi")])) == ["not_held"]
    twice = [happened("go_live", MARCH), happened("go_live", APRIL)]
    folded = fold(signed(), twice)
    assert (kinds(folded), folded.contract.live) == (["live_already"], MARCH)


@pytest.mark.parametrize("spelt", ["01 99 00 00 10", "+33199000010", "0033199000010", "tel:+33199000010"])
def test_a_line_is_the_same_however_an_event_spells_it(spelt: str) -> None:
    contract = evolve(signed(), lines=("L1", "01.99.00.00.10"))
    gone, back = happened("line_removed", MARCH, line=spelt), happened("line_added", APRIL, line="0199000010")
    assert kinds(fold(contract, [happened("line_added", MARCH, line=spelt)])) == ["held_already"]
    assert kinds(fold(contract, [gone, happened("line_added", MARCH, line="0199000010")])) == ["same_day"]
    assert kinds(fold(evolve(contract, lines=("+33 1 99 00 00 10",)), [gone])) == ["last_line"]
    folded = fold(contract, [gone, back])
    held = LineHeld("L1"), LineHeld("01.99.00.00.10", None, MARCH), LineHeld("0199000010", APRIL)
    assert (kinds(folded), folded.contract.lines_held) == ([], held)


def test_a_line_that_is_there_in_two_spellings_goes_in_both() -> None:
    contract = evolve(signed(), lines=("L1", "0199000010", "+33199000010"))
    folded = fold(contract, [happened("line_removed", MARCH, line="01 99 00 00 10")])
    assert [(held.line, held.until) for held in folded.contract.lines_held] == [
        ("L1", None),
        ("0199000010", MARCH),
        ("+33199000010", MARCH),
    ]


def test_of_two_events_that_change_one_thing_on_one_day_only_the_clash_is_told() -> None:
    there = OptionTaken(id="svi")
    events = [happened("option_added", MARCH, option="svi"), happened("option_removed", MARCH, option="svi")]
    for told in permutations(events):
        assert kinds(fold(signed(), told)) == ["same_day"]
        assert kinds(fold(signed(options=(there,)), told)) == ["same_day"]


def test_each_event_before_the_signature_is_told_though_both_are_of_one_day() -> None:
    early = date(2026, 1, 14)
    events = [happened("mission_changed", early, mission=name) for name in ("simple", "complex")]
    assert kinds(fold(signed(), events)) == ["before_signature", "before_signature"]


def test_reminders_and_quality_calls_change_nothing() -> None:
    noted = [happened("reminder_sent", MARCH), happened("quality_call", APRIL)]
    assert fold(signed(), noted) == fold(signed(), ())
