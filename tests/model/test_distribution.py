"""How changes are spread: every amount in one bin that people can read, and quartiles that are among them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.model.distribution import MOST_BINS, Bin, Quartiles, histogram, movement, quartiles
from permanence.model.money import Cents
from permanence.model.period import Month
from permanence.model.words.amounts import change_in_money, change_in_percent
from permanence.model.words.french import months_in_words
from permanence.model.words.movements import bin_in_words, left_out_in_words, movement_in_words

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
    assert [(bin_in_words(one, "EUR").translate(SPACES), one.size) for one in bins] == [
        ("de − 10,00 € à − 5,00 €", 2),
        ("de − 5,00 € à 0,00 €", 1),
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


@pytest.mark.parametrize(("amount", "text"), [(600, "+ 6,00 €"), (-123456, "− 1 234,56 €"), (0, "0,00 €")])
def test_a_change_is_written_with_its_sign(amount: int, text: str) -> None:
    assert change_in_money(Cents(amount), "EUR").translate(SPACES) == text


@pytest.mark.parametrize(("rate", "text"), [(235, "+ 2,35 %"), (-1020, "− 10,20 %"), (0, "0,00 %"), (-1, "− 0,01 %")])
def test_a_change_in_per_cent_is_written_like_one_in_euros(rate: int, text: str) -> None:
    assert change_in_percent(rate).translate(SPACES) == text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ((100, 250, -5, -5, -5, 0, 0), "2 contrats paient plus (+ 3,50 €), 3 paient moins (− 0,15 €), 2 inchangés."),
        ((100, -5, 0), "1 contrat paie plus (+ 1,00 €), 1 paie moins (− 0,05 €), 1 inchangé."),
        ((-5, -5), "2 contrats paient moins (− 0,10 €)."),
        ((0, 0), "2 contrats inchangés."),
        ((), "0 contrat inchangé."),
        ((100,) * 1200, "1 200 contrats paient plus (+ 1 200,00 €)."),
    ],
)
def test_who_pays_more_and_who_pays_less_is_one_sentence(changes: tuple[int, ...], sentence: str) -> None:
    assert movement_in_words(movement([Cents(change) for change in changes]), "EUR").translate(SPACES) == sentence


@pytest.mark.parametrize(
    ("never", "at_times", "sentence"),
    [
        (0, 0, ""),
        (33, 0, "33 contrats ne sont pas comparés : voir plus bas."),
        (1, 0, "1 contrat n'est pas comparé : voir plus bas."),
        (0, 1, "1 contrat n'est comparé que certains mois : voir plus bas."),
        (
            1,
            2,
            "1 contrat n'est pas comparé, 2 contrats ne sont comparés que certains mois : voir plus bas.",
        ),
    ],
)
def test_how_many_contracts_are_not_compared_is_one_sentence(never: int, at_times: int, sentence: str) -> None:
    assert left_out_in_words(never, at_times).translate(SPACES) == sentence


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ([(2025, 11), (2026, 1), (2025, 12)], "nov. 2025 à janv. 2026"),
        ([(2026, 10)], "oct. 2026"),
        ([(2026, 10), (2026, 5), (2026, 6), (2026, 6)], "mai 2026 à juin 2026, oct. 2026"),
        ([], ""),
    ],
)
def test_months_in_a_row_are_told_by_the_first_and_the_last(months: list[tuple[int, int]], words: str) -> None:
    assert months_in_words(Month(*month) for month in months).translate(SPACES) == words
