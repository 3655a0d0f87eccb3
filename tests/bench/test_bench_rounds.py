"""Rounds: runs take turns, figures are divided round by round, and a range that is wide is known as such."""

from functools import partial

import pytest

from bench.rounds import Spread, in_turn, ratios


def test_each_second_round_runs_backwards_and_is_told_forwards() -> None:
    ran: list[str] = []

    def run(name: str) -> str:
        ran.append(name)
        return name

    rounds = list(in_turn([partial(run, name) for name in "abc"], rounds=3))
    assert "".join(ran) == "abc" + "cba" + "abc"
    assert rounds == [("a", "b", "c")] * 3


def test_there_are_five_rounds_at_least() -> None:
    assert len(list(in_turn([int]))) >= 5


def test_a_neighbour_that_slows_a_whole_round_does_not_change_its_ratio() -> None:
    quiet, busy = 1.0, 7.0
    speed = [quiet, busy, quiet, busy, busy]
    ratio = ratios([6 * slow for slow in speed], [2 * slow for slow in speed])
    assert (ratio.median, ratio.least, ratio.most, ratio.wide) == (3, 3, 3, False)


def test_the_median_and_the_range_are_those_of_the_ratios_of_pairs() -> None:
    ratio = ratios([2, 9, 8, 4, 10], [2, 3, 2, 2, 2])
    assert ratio.values == (1, 3, 4, 2, 5)
    assert (ratio.median, ratio.least, ratio.most) == (3, 1, 5)
    assert ratio.median != Spread([2, 9, 8, 4, 10]).median / Spread([2, 3, 2, 2, 2]).median


def test_a_run_without_its_partner_is_not_divided() -> None:
    with pytest.raises(ValueError, match="shorter"):
        ratios([1, 2], [1])


@pytest.mark.parametrize(
    ("values", "wide"), [([4, 4, 4], False), ([4, 4, 5], False), ([4, 4, 5.1], True), ([2.9, 4, 4], True)]
)
def test_a_range_is_wide_when_it_is_more_than_a_quarter_of_the_median(values: list[float], wide: bool) -> None:
    assert Spread(values).wide is wide
