"""What the report shows of a figure: the median, the range, the target, and how many rounds met it."""

import pytest

from bench.figures import Figure, noise, shown, span
from bench.rounds import Spread


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        ([2, 2, 2, 3, 3], "✓"),
        ([2, 2, 3, 4, 5], "✓ 3/5"),
        ([1, 2, 4, 4, 5], "✗ 2/5"),
        ([4, 4, 4, 5, 5], "✗"),
    ],
)
def test_the_median_decides_the_mark_and_rounds_that_disagree_are_counted(values: list[float], mark: str) -> None:
    assert Figure("CPU time ÷ floor", Spread(values), most=3).mark == mark


def test_a_target_can_be_the_least_that_is_wanted() -> None:
    figure = Figure("oracle ÷ billing", Spread([14, 15, 16]), least=15)
    assert (figure.target, figure.mark) == ("≥ 15", "✓ 2/3")


def test_a_figure_without_a_target_has_no_mark() -> None:
    assert Figure("invoices", Spread([1, 2, 3])).cells() == ("invoices", "2", "1–3 ~", "", "")


def test_a_figure_that_never_varies_has_no_range() -> None:
    assert span(Spread([64, 64, 64])) == ""
    assert span(Spread([2.601, 2.599, 2.6])) == ""


def test_a_wide_range_is_marked_and_the_mark_is_explained() -> None:
    narrow, wide = Spread([1.0, 1.1, 1.2]), Spread([1.0, 1.5, 3.0])
    assert (span(narrow), span(wide)) == ("1–1.20", "1–3 ~")
    assert noise([narrow]) == ""
    assert noise([narrow, wide]).startswith("~ The rounds lie apart by more than 25% of their median")


def test_figures_are_short() -> None:
    assert [shown(value) for value in (0.084, 3, 99.5, 219.4, 1_234_567)] == ["0.08", "3", "99.50", "219", "1,234,567"]
