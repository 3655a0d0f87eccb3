"""A customer's instructions through time: each day has those that were given up to it, and no bill has any."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from permanence.contracts.contradictions import history_problems
from permanence.contracts.history import history_of
from permanence.contracts.instructions import instructions_on
from permanence.contracts.signature import fingerprint_of
from permanence.contracts.unfollowable import unfollowable
from permanence.contracts.waiting import why_it_waits
from permanence.model.contract import Contract, OptionTaken
from permanence.model.event import Event
from permanence.model.instruction import Instruction
from permanence.model.period import Month
from permanence.model.slip import Slip
from permanence.model.words.instructions import instruction_in_words
from permanence.read.contracts.contract_text import write_contracts
from permanence.read.contracts.contracts import read_contracts
from permanence.read.toml.written import toml_lines

from tests.contracts.histories import SIGNED, basic, signed, with_contract
from tests.contracts.test_same_life import MONTHS, bills

DAYS = st.integers(0, 300).map(lambda number: SIGNED + timedelta(days=number))
INSTRUCTIONS = st.builds(
    Instruction,
    text=st.sampled_from(("Transférez.", "Transférez", "Prenez un message.", "Rappelez dans l'heure.")),
    option=st.sampled_from(("", "bilingual", "sms", "nowhere")),
    number=st.sampled_from(("", "+33199000042", "01 99 00 00 42", "+33199000043", "le gérant")),
    window=st.sampled_from(("", "day", "never")),
)
DATED = st.builds(
    lambda one, since, until: evolve(one, since=since, until=until), INSTRUCTIONS, st.none() | DAYS, st.none() | DAYS
)
GIVEN = st.builds(
    lambda on, one, until: Event(
        on=on, what="instruction_given", instruction=evolve(one, until=until and on + timedelta(days=until))
    ),
    DAYS,
    INSTRUCTIONS,
    st.none() | st.integers(1, 60),
)
ENDED = st.builds(lambda on, one: Event(on=on, what="instruction_ended", ended=one.text), DAYS, INSTRUCTIONS)


def followed(events: Sequence[Event], day: date) -> set[Instruction]:
    """Return what holds on a day, without its days: what was given by then, and is not over."""
    held: dict[Instruction, date | None] = {}
    for event in sorted(events, key=lambda one: one.on):
        if event.on > day:
            break
        if event.instruction:
            new = evolve(event.instruction, until=None)
            same = {one for one, until in held.items() if new.excludes(one) and (until is None or event.on < until)}
            held = {one: until for one, until in held.items() if one not in same}
            held[new] = event.instruction.until
        else:
            held = {one: until for one, until in held.items() if one.subject != event.name}
    return {one for one, until in held.items() if until is None or day < until}


@given(st.lists(GIVEN | ENDED, max_size=6, unique_by=lambda event: event.on), DAYS)
def test_each_day_has_the_instructions_that_were_given_by_then_and_not_ended_since(
    events: list[Event], day: date
) -> None:
    now = instructions_on(basic(), signed(events), day).now
    shown = {evolve(one, since=None, until=None) for one in now}
    assert {(one.option, one.window, one.said) for one in shown} == {
        (one.option, one.window, one.said) for one in followed(events, day)
    }


@given(st.lists(GIVEN | ENDED, max_size=6), DAYS)
def test_no_day_has_two_instructions_that_events_gave_and_that_exclude_each_other(
    events: list[Event], day: date
) -> None:
    now = instructions_on(basic(), signed(events), day).now
    assert not [(one, other) for one in now for other in now if one is not other and one.excludes(other)]


@given(st.lists(DATED, max_size=4), st.lists(GIVEN | ENDED, max_size=4), st.lists(st.integers(0, 9), max_size=4), DAYS)
def test_the_order_in_which_instructions_are_written_never_matters(
    table: list[Instruction], events: list[Event], order: list[int], day: date
) -> None:
    again = sorted(events, key=lambda event: order[events.index(event) % len(order)] if order else 0)
    one, other = (
        instructions_on(basic(), signed(some, instructions=tuple(table)), day).now for some in (events, again)
    )
    assert set(one) == set(other)


@settings(max_examples=15)
@given(st.lists(DATED, max_size=3), st.lists(GIVEN | ENDED, max_size=4), MONTHS)
def test_no_bill_is_otherwise_and_none_waits_whatever_the_instructions_are(
    table: list[Instruction], events: list[Event], month: Month
) -> None:
    without, having = signed(), signed(events, instructions=tuple(table))
    assert bills(with_contract(having), month) == bills(with_contract(without), month)
    assert why_it_waits(basic(), having) == ""


@given(st.lists(DATED, min_size=1, max_size=3))
def test_what_was_signed_stays_as_it_was_signed_whatever_instructions_are_written_into_it_later(
    table: list[Instruction],
) -> None:
    pinned = evolve(signed(), fingerprint=fingerprint_of(basic(), signed()))
    assert fingerprint_of(basic(), evolve(pinned, instructions=tuple(table))) == pinned.fingerprint


@settings(max_examples=25)
@given(st.lists(DATED, max_size=3), st.lists(GIVEN | ENDED, max_size=3))
def test_instructions_are_read_as_they_were_written_and_hold_no_contract_whatever_is_wrong_with_them(
    table: list[Instruction], events: list[Event]
) -> None:
    written = "".join(f"\n{line}" for event in events for line in toml_lines(event, "[[event]]"))
    with TemporaryDirectory() as folder:
        file = Path(folder, "c.toml")
        file.write_text(f"{write_contracts([signed(instructions=tuple(table))])}{written}\n", "utf-8")
        (read,), found = read_contracts([file])
    assert read.instructions == tuple(table)
    assert [event.instruction for event in read.events] == [event.instruction for event in events]
    assert (read.slips, all(isinstance(one, Slip) and not one.holds for one in found)) == ((), True)


def given_for(option: str, since: date | None = None, until: date | None = None, window: str = "") -> Instruction:
    return Instruction(text="Transférez.", option=option, window=window, since=since, until=until)


def told(contract: Contract) -> list[tuple[str, bool]]:
    """Return what is said of instructions that nobody can follow, and whether it is a warning."""
    found = unfollowable(basic(), contract)
    return [(f"{one.what.partition(' is ')[2]}; {one.hint}", one.warning) for one in found]


def test_an_instruction_for_an_option_that_goes_is_told_from_that_day_on_until_it_ends_too() -> None:
    gone = Event(on=date(2025, 6, 2), what="option_removed", option="bilingual")
    ended = Event(on=date(2025, 6, 12), what="instruction_ended", ended="Transférez")
    mine = (given_for("bilingual"),)
    why = 'for "bilingual", which the contract does not have'
    hint = 'it is so on 2025-06-02; end it on that day, what = "instruction_ended", or add the option'
    assert told(signed(instructions=mine)) == []
    assert told(signed([gone], instructions=mine)) == [(f"{why}; {hint}", False)]
    over = f"{why}; it was so from 2025-06-02, and is over by 2025-06-12"
    assert told(signed([gone, ended], instructions=mine)) == [(over, True)]
    assert told(signed([gone, evolve(ended, on=gone.on)], instructions=mine)) == []


def test_an_option_that_is_taken_again_is_missed_in_between_alone() -> None:
    options = (OptionTaken(id="sms", until=date(2025, 3, 1)), OptionTaken(id="sms", since=date(2025, 4, 1)))
    contract = evolve(signed(instructions=(given_for("sms"),)), options=options)
    over = "it was so from 2025-03-01, and is over by 2025-04-01"
    assert told(contract) == [(f'for "sms", which the contract does not have; {over}', True)]
    assert told(evolve(contract, instructions=(given_for("sms", date(2025, 4, 1)),))) == []


def test_an_option_or_a_window_that_the_offer_or_the_contract_has_not_is_told_with_the_nearest() -> None:
    no_option, no_window = given_for("bilingal"), given_for("", window="evenin")
    assert told(signed(instructions=(no_option, no_window))) == [
        (
            'for "bilingal", which is no option of basic@2024-01-01; it is so on 2025-01-10; did you mean "bilingual"?',
            False,
        ),
        ('for the window "evenin", which the contract has not; it is so on 2025-01-10; did you mean "evening"?', False),
    ]
    evening = (given_for("", window="evening"),)
    assert told(signed(instructions=evening)) == []
    assert told(evolve(signed(instructions=evening), windows=("day",))) == [
        ('for the window "evening", which the contract has not; it is so on 2025-01-10; known: day', False)
    ]


def test_what_an_instruction_is_about_goes_by_the_titles_of_the_offer() -> None:
    one = Instruction(text="Transférez au gérant.", option="bilingual", number="+33199000042", window="evening")
    title = basic().offers["basic@2024-01-01"].options["bilingual"].name
    offer = basic().offers["basic@2024-01-01"]
    said = instruction_in_words(one, offer)
    assert said.startswith(f"Consigne, {title[0].lower()}{title[1:]}, ")
    assert said.endswith(" : Transférez au gérant (+33199000042)")
    assert "evening" not in said
    assert instruction_in_words(one, None) == "Consigne, bilingual, evening : Transférez au gérant (+33199000042)"


def test_an_event_that_contradicts_the_others_is_told_and_holds_nobody() -> None:
    none = Event(on=date(2025, 6, 2), what="instruction_ended", ended="Prenez un message.")
    contract = signed([none])
    (problem,) = history_problems(basic(), contract)
    assert "no instruction with that text holds from 2025-06-02 on" in problem.what
    assert history_of(basic(), contract).contradictions_by(date.max) == ()


def test_one_sentence_may_be_given_for_two_windows_on_one_day() -> None:
    day = date(2025, 6, 2)
    both = [
        Event(on=day, what="instruction_given", instruction=Instruction(text="Prenez un message.", window=window))
        for window in ("day", "evening")
    ]
    assert tuple(history_problems(basic(), signed(both))) == ()
    assert len(instructions_on(basic(), signed(both), day).now) == 2


@pytest.mark.parametrize(
    "texts", [("Transférez au gérant.", "Transférez à la gérante."), ("Transférez.", "Transférez.")]
)
def test_two_numbers_for_one_option_and_window_given_on_one_day_contradict_each_other(texts: tuple[str, str]) -> None:
    day = date(2025, 6, 2)
    first, second = (
        Event(
            on=day,
            what="instruction_given",
            instruction=Instruction(text=text, option="bilingual", number=f"+3319900004{number}"),
        )
        for number, text in enumerate(texts)
    )
    for events in ([first, second], [second, first]):
        (problem,) = history_problems(basic(), signed(events))
        assert "another event changes the same thing from 2025-06-02 on" in problem.what
        (held,) = instructions_on(basic(), signed(events), day).now
        assert (held.text, held.number) == (texts[0], "+33199000040")
