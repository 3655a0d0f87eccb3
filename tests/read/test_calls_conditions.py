"""What a case of a mapping asks of a column, word by word."""

import pyarrow as pa
import pytest
from permanence.read.calls.conditions import condition_fault, fits
from permanence.read.calls.durations import seconds_of

WORDS = ["", None, "0", "5", "6", " x ", "callcenter", "-1", "> 5"]


def fitting(wanted: str | tuple[str, ...]) -> list[str | None]:
    """Return the words that fit."""

    def seconds(texts: "pa.Array") -> "pa.Array":
        return pa.array([seconds_of(text, "seconds") for text in texts.to_pylist()]).to_numpy()

    found = fits(pa.array(WORDS, pa.string()), wanted, seconds)
    return [word for word, fit in zip(WORDS, found.tolist(), strict=True) if fit]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("x", [" x "]),
        (("x", "5"), ["5", " x "]),
        ("", ["", None]),
        ((), ["", None]),
        ("*", ["0", "5", "6", " x ", "callcenter", "-1", "> 5"]),
        ("> 5", ["6"]),
        (">=5", ["5", "6"]),
        ("< 5", ["", None, "0"]),
        ("<= 5", ["", None, "0", "5"]),
        ("> 0", ["5", "6"]),
        ("!= callcenter", ["", None, "0", "5", "6", " x ", "-1", "> 5"]),
        (("> 5", ""), ["", None, "6"]),
    ],
)
def test_a_column_fits_what_a_case_asks_of_it(wanted: str | tuple[str, ...], words: list[str | None]) -> None:
    assert fitting(wanted) == words


@pytest.mark.parametrize(
    ("wanted", "told"), [("> 5", ""), (("a", "<= 0"), ""), ("> a", "no whole number"), ("<", "no")]
)
def test_a_comparison_is_with_a_whole_number(wanted: str | tuple[str, ...], told: str) -> None:
    assert bool(condition_fault(wanted)) == bool(told)
    assert told in condition_fault(wanted)
