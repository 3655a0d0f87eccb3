"""Amounts: exact in, rounded once, printed as French readers write them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.model.money import Cents, Micros, amount_of, cents, micros, plain, round_half_up
from permanence.model.words.amounts import in_money, rate_in_money


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (5, 3, 2), (0, 7, 0), (1, -2, -1), (249, 100, 2), (7, 1, 7)],
)
def test_halves_are_rounded_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert round_half_up(numerator, denominator) == rounded


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_rounding_moves_an_amount_by_half_a_cent_at_most(numerator: int, denominator: int) -> None:
    assert abs(round_half_up(numerator, denominator) - Fraction(numerator, denominator)) <= Fraction(1, 2)


@given(st.integers(-(10**9), 10**9), st.integers(1, 31), st.integers(28, 31))
def test_a_credit_is_exactly_the_negative_of_its_charge(price: int, days: int, of_days: int) -> None:
    charge = amount_of(1, Micros(price), days, of_days)
    assert amount_of(-1, Micros(price), days, of_days) == -charge


@given(st.integers(0, 10**9), st.integers(0, 10**7), st.integers(1, 3600), st.integers(0, 31))
def test_a_price_for_several_units_is_as_exact_as_a_price_for_one(
    quantity: int, price: int, for_each: int, days: int
) -> None:
    exact = Fraction(quantity * price * days, 31 * for_each * 10_000)
    assert abs(amount_of(quantity, Micros(price), days, 31, for_each) - exact) <= Fraction(1, 2)
    assert amount_of(quantity * for_each, Micros(price), for_each=for_each) == amount_of(quantity, Micros(price))


@pytest.mark.parametrize(
    ("text", "amount"), [("59.00", 5900), ("59", 5900), ("0.5", 50), ("-3.20", -320), ("-0.05", -5)]
)
def test_an_amount_in_quotes_is_read_in_cents(text: str, amount: int) -> None:
    assert cents(text) == amount


@pytest.mark.parametrize("text", ["59,00", "", "1e3", "59.", ".5", "0.0000001", "1 000", "+3", "١"])
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        micros(text)


def test_a_price_may_have_fractions_of_a_cent_but_an_amount_may_not() -> None:
    assert micros("0.013") == 13_000
    with pytest.raises(ValueError, match="fraction of a cent"):
        cents("0.013")


@given(st.integers(-(10**15), 10**15))
def test_a_price_that_is_written_is_read_back_the_same(price: int) -> None:
    assert micros(plain(Micros(price))) == price


@pytest.mark.parametrize(
    ("amount", "text"),
    [(123450, "1\u202f234,50\u00a0€"), (5, "0,05\u00a0€"), (-100000000, "\u2212\u00a01\u202f000\u202f000,00\u00a0€")],
)
def test_an_amount_is_printed_as_a_french_reader_writes_it(amount: int, text: str) -> None:
    assert in_money(Cents(amount), "EUR") == text


def test_a_unit_price_shows_the_decimals_that_it_needs() -> None:
    assert rate_in_money(micros("0.013"), "EUR") == "0,013\u00a0€"


def test_seven_calls_at_83_cents_with_17_days_of_30_are_rounded_once() -> None:
    assert amount_of(7, micros("0.83"), 17, 30) == 329
