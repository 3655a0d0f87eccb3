"""The currencies in which an offer may be priced: those that have two decimals, with their signs."""

from collections.abc import Mapping

from attrs import frozen

from .problem import did_you_mean

EURO = "EUR"
"""The currency of direct debits and of the books."""


@frozen
class Currency:
    """A currency by its ISO 4217 code: the sign behind an amount in French, and the one before it in English.

    ``stands_apart`` tells whether the English sign is a word, and has a space behind it.
    """

    code: str
    french: str
    english: str
    name: str
    stands_apart: bool = False


def _own_code(code: str, name: str) -> Currency:
    return Currency(code, code, code, name, stands_apart=True)


CURRENCIES: Mapping[str, Currency] = {
    one.code: one
    for one in (
        Currency(EURO, "€", "€", "euro"),
        _own_code("CHF", "franc suisse"),
        Currency("GBP", "£", "£", "livre sterling"),
        Currency("USD", "$US", "$", "dollar des États-Unis"),
        Currency("CAD", "$CA", "CA$", "dollar canadien"),
        Currency("AUD", "$AU", "A$", "dollar australien"),
        Currency("NZD", "$NZ", "NZ$", "dollar néo-zélandais"),
        _own_code("CZK", "couronne tchèque"),
        _own_code("DKK", "couronne danoise"),
        _own_code("MAD", "dirham marocain"),
        _own_code("NOK", "couronne norvégienne"),
        _own_code("PLN", "zloty"),
        _own_code("SEK", "couronne suédoise"),
    )
}
"""Each currency by its code, with the signs of Unicode's CLDR for French and English.

But for the pound: CLDR's French has £GB beside other pounds, of which there is none here."""
SIGNS = tuple(sorted({sign for one in CURRENCIES.values() for sign in (one.code, one.french, one.english)}, key=len))[
    ::-1
]
"""Every sign that people write beside an amount, the longest first."""


def currency_fault(code: str) -> tuple[str, str] | None:
    """Return what is wrong with a currency's code, and what to write; None for one that is known."""
    if code in CURRENCIES:
        return None
    known = ", ".join(f'"{one}"' for one in CURRENCIES)
    hint = did_you_mean(code.upper(), CURRENCIES) or f"currencies with two decimals are known: {known}"
    return f'"{code}" is no currency that an offer can have', hint
