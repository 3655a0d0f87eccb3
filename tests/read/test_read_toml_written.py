"""TOML as it is written: whatever a key or a text holds, reading gives it back."""

import tomllib
from collections.abc import Callable

import pytest
from permanence.read.toml.written import braced, bracketed, quoted, quoted_plainly, written_key

TEXTS = (
    "",
    "Garage du Parc",
    "l'été",
    'dit « "oui" »',
    "back\\slash",
    "line\nbreak",
    "bell\x07",
    "delete\x7f",
    "both \" and '",
    'tab\t"q"',
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("write", [quoted, quoted_plainly])
def test_a_text_is_read_back_letter_by_letter(write: Callable[[str], str], text: str) -> None:
    assert tomllib.loads(f"key = {write(text)}") == {"key": text}


def test_a_condition_on_a_word_stands_as_a_reader_types_it() -> None:
    assert quoted_plainly('event.what == "offer_changed"') == "'event.what == \"offer_changed\"'"
    assert quoted_plainly("contract.active") == '"contract.active"'


@pytest.mark.parametrize("name", [*TEXTS, "usage.calls", "a-b_1"])
def test_a_key_of_any_name_is_read_back(name: str) -> None:
    table = braced([(name, bracketed(["1", "2"]))])
    assert tomllib.loads(f"{written_key(name)} = {table}") == {name: {name: [1, 2]}}
