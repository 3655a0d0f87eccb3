"""What contradicts itself is told by `check` at the event's own line, and to the staff in French sentences."""

import tomllib
from pathlib import Path
from typing import get_args

import pytest
from permanence.contracts.contradictions import ENGLISH, FRENCH, in_french
from permanence.contracts.history import history_of
from permanence.model.event import EVENTS, EventKind
from permanence.model.history import Contradicts
from permanence.model.words.events import what_it_is_about

from tests.contracts.test_lives import LIVES, checked, on_file

TOLD = [file for file in LIVES if "\nsays = " in file.read_text("utf-8")]
KINDS = set(get_args(Contradicts))


def test_some_life_shows_each_way_in_which_events_contradict_each_other() -> None:
    lives = [on_file(tomllib.loads(file.read_text("utf-8"))) for file in TOLD]
    found = {one.kind for book in lives for one in history_of(book, book.contracts[0]).contradictions}
    assert found == KINDS


def test_each_way_is_told_in_both_languages_and_each_event_has_a_french_name() -> None:
    assert set(ENGLISH) == set(FRENCH) == KINDS
    assert set(EVENTS) == set(get_args(EventKind))


@pytest.mark.parametrize("file", TOLD, ids=lambda file: file.stem)
def test_a_french_sentence_begins_with_what_happened_and_ends_with_one_stop(file: Path) -> None:
    book = on_file(tomllib.loads(file.read_text("utf-8")))
    for found in history_of(book, book.contracts[0]).contradictions:
        sentence = in_french(found, book.offers.values())
        assert sentence.startswith(EVENTS[found.event.what].french)
        assert what_it_is_about(found.event, book.offers.values()) in sentence
        assert sentence.endswith(".")
        assert not sentence.endswith((" .", ".."))
        assert "None" not in sentence
        assert "{" not in sentence


def test_a_problem_stands_at_the_event_that_is_one_too_many() -> None:
    file = next(file for file in LIVES if file.stem == "suspended_twice")
    (problem,) = checked(tomllib.loads(file.read_text("utf-8")))
    assert problem.where.line == 1 + file.read_text("utf-8").split('life = """\n')[1].split("\n").index(
        "on = 2026-03-09"
    )
    assert problem.where.text == "[[event]]"
    assert problem.hint == "add when it was resumed, or take the event out"


def test_why_an_offer_refuses_is_the_rules_own_sentence() -> None:
    file = next(file for file in LIVES if file.stem == "refused_by_the_offer")
    (problem,) = checked(tomllib.loads(file.read_text("utf-8")))
    assert problem.hint == "Pas de suspension pendant l'essai."
