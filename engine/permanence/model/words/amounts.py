"""Amounts as people read them, in a currency: prices, differences and per cents, in French, and prices in English."""

from ..currency import CURRENCIES
from ..money import Cents, Micros, PerCent, plain, plain_per_cent, price_of
from ..scalars import Words
from .numbers import DECIMAL, in_thousands

MINUS, NO_BREAK = "\u2212", "\u00a0"


def in_money(amount: Cents, currency: str) -> str:
    """Return an amount as a French reader writes it: ``1 234,50 €`` (narrow and no-break spaces), ``149,00 CHF``.

    Raises KeyError for a currency that no offer can have, as do the other functions here; of none, "", no sign is told.
    """
    return rate_in_money(price_of(amount), currency)


def change_in_money(amount: Cents, currency: str) -> str:
    """Return a difference as a French reader writes it, with its sign: ``+ 6,00 €``; without one where it is 0."""
    return _sign(amount) + in_money(Cents(abs(amount)), currency)


def change_in_percent(rate: int) -> str:
    """Return a difference in hundredths of a per cent as a French reader writes it: ``− 2,35 %``."""
    return _sign(rate) + f"{abs(rate) / 100:.2f}".replace(".", DECIMAL) + f"{NO_BREAK}%"


def _sign(change: int) -> str:
    return "" if change == 0 else f"{'+' if change > 0 else MINUS}{NO_BREAK}"


def rate_in_money(amount: Micros, currency: str) -> str:
    """Return a unit price as a French reader writes it, with as many decimals as it needs, at least two."""
    sign = _sign(amount) if amount < 0 else ""
    whole, _, decimals = plain(Micros(abs(amount))).partition(".")
    written = f"{sign}{in_thousands(int(whole))}{DECIMAL}{decimals}"
    return f"{written}{NO_BREAK}{CURRENCIES[currency].french}" if currency else written


def rate(amount: Micros, currency: str) -> Words:
    """Return a unit price: ``1 234,50 €`` and ``€1,234.50``, ``149,00 CHF`` and ``CHF 149.00``."""
    whole, _, decimals = plain(Micros(abs(amount))).partition(".")
    money = CURRENCIES[currency]
    before = f"{money.english}{NO_BREAK}" if money.stands_apart else money.english
    english = f"{'-' if amount < 0 else ''}{before}{int(whole):,}.{decimals}"
    return Words(rate_in_money(amount, currency), english)


def percent_in_words(share: PerCent) -> Words:
    """Return a share with its sign: ``+ 25 %`` and ``+25%``, ``− 3 %`` and ``−3%``."""
    size = plain_per_cent(PerCent(abs(share)))
    sign = MINUS if share < 0 else "+"
    return Words(f"{sign}\u00a0{size.replace('.', DECIMAL)}\u00a0%", f"{sign}{size}%")
