"""How changes are spread: every amount in one bin that people can read, and quartiles that are among them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.distribution import MOST_BINS, Bin, Quartiles, histogram, quartiles
from engine.model.money import Cents, change_in_euros
from tests.docs.documents import SPACES

AMOUNTS = st.lists(st.one_of(st.integers(-30, 30), st.integers(-10_000_000, 10_000_000)).map(Cents), max_size=60)


def holds(one: Bin, amount: int) -> bool:
    """Tell whether an amount lies in a bin, in words of its own: the end nearer to nothing is out."""
    if one.start == one.end:
        return amount == 0
    return one.start < amount <= one.end if one.end > 0 else one.start <= amount < one.end


@given(AMOUNTS)
def test_every_amount_lies_in_one_bin_and_the_bins_count_them(amounts: list[Cents]) -> None:
    bins = histogram(amounts)
    assert [one.size for one in bins] == [sum(holds(one, amount) for amount in amounts) for one in bins]
    assert all(sum(holds(one, amount) for one in bins) == 1 for amount in amounts)


@given(AMOUNTS.filter(bool))
def test_bins_are_few_of_one_readable_width_side_by_side_and_one_is_for_nothing(amounts: list[Cents]) -> None:
    bins = histogram(amounts)
    widths = {one.end - one.start for one in bins} - {0}
    assert len(bins) <= MOST_BINS + 1
    assert len(widths) <= 1
    assert all(str(width).rstrip("0") in ("1", "2", "5") for width in widths)
    assert all(one.end == other.start for one, other in pairwise(bins))
    assert [(one.start, one.end) for one in bins].count((Cents(0), Cents(0))) == 1


def test_a_histogram_reads_as_it_should() -> None:
    bins = histogram([Cents(amount) for amount in (-600, -501, -500, 0, 0, 1, 500, 2500)])
    assert [(one.in_words.translate(SPACES), one.size) for one in bins] == [
        ("de - 10,00 € à - 5,00 €", 2),
        ("de - 5,00 € à 0,00 €", 1),
        ("inchangé", 2),
        ("de 0,00 € à + 5,00 €", 2),
        ("de + 5,00 € à + 10,00 €", 0),
        ("de + 10,00 € à + 15,00 €", 0),
        ("de + 15,00 € à + 20,00 €", 0),
        ("de + 20,00 € à + 25,00 €", 1),
    ]
    assert histogram([]) == ()


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, (1, 1, 1, 1, 1)), (2, (1, 1, 1, 2, 2)), (4, (1, 1, 2, 3, 4)), (5, (1, 2, 3, 4, 5)), (8, (1, 2, 4, 6, 8))],
)
def test_quartiles_are_amounts_of_the_list_by_nearest_rank(count: int, expected: tuple[int, ...]) -> None:
    amounts = [Cents(number) for number in range(count, 0, -1)]
    assert quartiles(amounts) == Quartiles(*map(Cents, expected))


def test_where_nobody_is_compared_there_are_no_quartiles() -> None:
    assert quartiles([]) is None


@pytest.mark.parametrize(("amount", "text"), [(600, "+ 6,00 €"), (-123456, "- 1 234,56 €"), (0, "0,00 €")])
def test_a_change_is_written_with_its_sign(amount: int, text: str) -> None:
    assert change_in_euros(Cents(amount)).translate(SPACES) == text
