"""An amount is written as the readers of its currency expect it, in French and in English."""

import pytest
from permanence.model.currency import CURRENCIES
from permanence.model.money import Cents, micros
from permanence.model.words.amounts import change_in_money, in_money, rate
from permanence.staff.filters import stored
from permanence.staff.french import shown

READ = [
    ("EUR", "1\u202f234,50\u00a0€", "€1,234.50"),
    ("CHF", "1\u202f234,50\u00a0CHF", "CHF\u00a01,234.50"),
    ("GBP", "1\u202f234,50\u00a0£", "£1,234.50"),
    ("USD", "1\u202f234,50\u00a0$US", "$1,234.50"),
    ("AUD", "1\u202f234,50\u00a0$AU", "A$1,234.50"),
    ("CAD", "1\u202f234,50\u00a0$CA", "CA$1,234.50"),
    ("SEK", "1\u202f234,50\u00a0SEK", "SEK\u00a01,234.50"),
]


@pytest.mark.parametrize(("currency", "french", "english"), READ)
def test_a_price_is_read_in_french_and_in_english(currency: str, french: str, english: str) -> None:
    told = rate(micros("1234.50"), currency)
    assert (told.fr, told.en) == (french, english)
    assert in_money(Cents(123450), currency) == french


def test_a_difference_has_its_sign_before_the_amount() -> None:
    assert change_in_money(Cents(-600), "CHF") == "\u2212\u00a06,00\u00a0CHF"
    assert rate(micros("-0.013"), "GBP").en == "-£0.013"


@pytest.mark.parametrize("currency", CURRENCIES)
def test_staff_find_an_amount_as_they_read_it_with_its_sign_or_its_code(currency: str) -> None:
    read = shown("total_cents", 123450, currency)
    assert read == in_money(Cents(123450), currency)
    for typed in (read, f"1234,50 {currency}", f"{currency.lower()} 1234.50", "1 234,5"):
        assert stored("total_cents", typed) == "123450"


def test_an_amount_of_which_no_currency_is_known_has_no_sign() -> None:
    assert shown("total_cents", 123450) == shown("total_cents", 123450, "XXX") == "1\u202f234,50"
