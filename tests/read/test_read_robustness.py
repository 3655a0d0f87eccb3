"""Whatever stands in a rule file, there is an answer: an offer, or problems that stand where they say."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pytest
from attrs import frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from permanence.model.contract import Contract
from permanence.model.keys import inner, key
from permanence.model.option import Option
from permanence.model.problem import Refused
from permanence.offers.form import read_offer
from permanence.read.contracts.contracts import read_contracts
from permanence.read.toml.faults import named
from permanence.read.toml.located_toml import parse
from permanence.read.toml.structure import structure

GOOD = Path(__file__).parent / "good"
OFFER = (GOOD / "offer.toml").read_text(encoding="utf-8").split("\n")
CONTRACT = (GOOD / "contract.toml").read_text(encoding="utf-8").split("\n")
ODD_VALUES = (
    '"x"',
    '""',
    "7",
    "-1",
    "1.5",
    "true",
    "2026-01-01",
    "2026-01-01T00:00:00Z",
    "08:00:00",
    "[]",
    "[1]",
    "{}",
)


@st.composite
def damaged(draw: st.DrawFn, lines: list[str]) -> str:
    """Draw a file with one to three lines lost, said twice, or given another value."""
    text = list(lines)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text) - 1))
        way = draw(st.sampled_from(["lose", "repeat", "value", "inside"]))
        line = text[at]
        if way == "value":
            line = re.sub(r"= .*", f"= {draw(st.sampled_from(ODD_VALUES))}", line)
        elif way == "inside":
            line = re.sub(r'"[^"]*"', draw(st.sampled_from(ODD_VALUES)), line, count=draw(st.integers(0, 2)))
        text[at : at + 1] = {"lose": [], "repeat": [line, line]}.get(way, [line])
    return "\n".join(text)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=damaged(OFFER))
def test_a_damaged_rule_file_is_read_or_refused_with_places(
    text: str, options: Mapping[str, type[Option]], tmp_path: Path
) -> None:
    file = tmp_path / "offer.toml"
    file.write_text(text, encoding="utf-8")
    reading = read_offer(file, options)
    assert reading.offer or reading.problems
    for problem in reading.problems:
        assert problem.where.text == text.split("\n")[problem.where.line - 1]
        assert 1 <= problem.where.column <= len(problem.where.text) + 1


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=damaged(CONTRACT))
def test_a_damaged_contract_file_is_read_or_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "contract.toml"
    file.write_text(text, encoding="utf-8")
    contracts, problems = read_contracts([file])
    assert contracts or problems
    assert all(isinstance(contract, Contract) for contract in contracts)


@frozen(kw_only=True)
class Desk:
    """A table with a little of everything."""

    name: str = key("Name.")
    seats: int = key("Seats.", default=1)
    mood: Literal["calm", "busy"] | int = key("Mood, or its number.", default="calm")
    words: Mapping[str, str] = key("Words.", factory=dict)
    room: str = inner(default="")


def test_a_whole_file_becomes_one_object() -> None:
    desk = structure(parse('name = "A"\nmood = 3\nwords = { a = "b" }', "desk.toml"), Desk, room="12")
    assert desk == Desk(name="A", mood=3, words={"a": "b"}, room="12")


def test_a_whole_file_is_refused_with_everything_that_is_wrong() -> None:
    with pytest.raises(Refused) as refused:
        structure(parse('seats = "2"\nmood = "bussy"\nwords = { a = 1, b = 2 }\nroom = "12"', "desk.toml"), Desk)
    assert [problem.what for problem in refused.value.problems] == [
        'missing key "name"',
        '"seats" must be a whole number, not a text',
        '"mood" must be "calm" or "busy" or a whole number, not "bussy"',
        '"a" must be a text, not a whole number',
        '"b" must be a text, not a whole number',
        'unknown key "room"',
    ]


def test_items_of_a_list_are_counted_from_one() -> None:
    assert named(("offer", "mission", 0)) == '"mission" 1'
