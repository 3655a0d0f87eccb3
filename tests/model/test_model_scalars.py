"""Hours and days, as rule files write them; and what became of calls."""

import numpy as np
import pytest
from permanence.model.problem import Place, Problem, Refused, did_you_mean
from permanence.model.scalars import Days, Hours
from permanence.model.usage import OutcomeCounts, WordColumn


@pytest.mark.parametrize("text", ["08:00-19:00", "00:00-24:00", "23:59-24:00"])
def test_hours_are_written_as_they_are_read(text: str) -> None:
    assert str(Hours.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("19:00-08:00", "ends before it begins"),
        ("08:00-08:00", "ends before it begins"),
        ("08:00-24:01", "goes past 24:00"),
        ("8:00-19:00", "is not a stretch of hours"),
        ("08:60-19:00", "is not a stretch of hours"),
    ],
)
def test_hours_that_cannot_be_are_refused(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        Hours.parse(text)


def test_days_are_lists_and_ranges() -> None:
    assert Days.parse("mon-fri, sun").numbers == (0, 1, 2, 3, 4, 6)
    assert str(Days.parse("holiday,sat-sun")) == "sat,sun,holiday"


@pytest.mark.parametrize(("text", "what"), [("funday", "is not a day"), ("fri-mon", "runs backwards"), ("", "is not")])
def test_days_that_cannot_be_are_refused(text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        Days.parse(text)


def test_records_and_outcomes_that_do_not_sum_to_what_came_in_stop_the_run() -> None:
    with pytest.raises(ValueError, match="10 records came in, but duplicates, refused and calls' are"):
        OutcomeCounts(came_in=10, duplicates=1, refused=0, records=8, calls=8, by_outcome=(1, 2, 3, 1, 1))
    with pytest.raises(ValueError, match="there are 8 calls, but the outcomes sum to 9"):
        OutcomeCounts(came_in=10, duplicates=1, refused=1, records=8, calls=8, by_outcome=(1, 2, 3, 1, 2))


def test_a_column_of_words_knows_which_calls_have_none() -> None:
    column = WordColumn.of(["en", "", "fr", "en"])
    assert column.codes.tolist() == [0, -1, 1, 0]
    assert column.is_in(["en"]).tolist() == [True, False, False, True]
    assert [column[row] for row in range(4)] == ["en", "", "fr", "en"]
    assert column.take(np.array([2, 1])).is_in(["fr"]).tolist() == [True, False]


def test_a_problem_points_at_its_place_with_a_caret() -> None:
    place = Place("rules/basic.toml", 16, 1, 'notise = "3 months"')
    problem = Problem(place, 'unknown key "notise"', did_you_mean("notise", ["notice", "trial"]))
    assert str(problem).splitlines() == [
        'rules/basic.toml:16:1: unknown key "notise"; did you mean "notice"?',
        '    notise = "3 months"',
        "    ^",
    ]
    assert "notise" in str(Refused([problem]))


def test_a_word_with_nothing_near_it_is_told_all_that_are_known() -> None:
    assert did_you_mean("xyz", ["notice", "trial"]) == "known: notice, trial"
    customers = [f"C{number:05}" for number in range(10_000)]
    assert did_you_mean("xyz", customers) == f"known: {', '.join(customers[:10])} and 9990 more"
