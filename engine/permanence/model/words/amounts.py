"""Amounts as people read them: prices, differences and per cents, in French, and prices in English."""

from ..money import Cents, Micros, PerCent, plain, plain_per_cent, price_of
from ..scalars import Words
from .numbers import DECIMAL, in_thousands

WHOLE, MINUS = "€", "\u2212"


def euros(amount: Cents) -> str:
    """Return an amount as a French reader writes it: ``1 234,50 €`` (narrow and no-break spaces)."""
    return rate_in_euros(price_of(amount))


def change_in_euros(amount: Cents) -> str:
    """Return a difference as a French reader writes it, with its sign: ``+ 6,00 €``; without one where it is 0."""
    return _sign(amount) + euros(Cents(abs(amount)))


def change_in_percent(rate: int) -> str:
    """Return a difference in hundredths of a per cent as a French reader writes it: ``− 2,35 %``."""
    return _sign(rate) + f"{abs(rate) / 100:.2f}".replace(".", DECIMAL) + "\u00a0%"


def _sign(change: int) -> str:
    return "" if change == 0 else f"{'+' if change > 0 else MINUS}\u00a0"


def rate_in_euros(amount: Micros) -> str:
    """Return a unit price as a French reader writes it, with as many decimals as it needs, at least two."""
    sign = "-" if amount < 0 else ""
    whole, _, decimals = plain(Micros(abs(amount))).partition(".")
    return f"{sign}{in_thousands(int(whole))}{DECIMAL}{decimals}\u00a0{WHOLE}"


def rate(amount: Micros) -> Words:
    """Return a unit price: ``1 234,50 €`` and ``€1,234.50``."""
    whole, _, decimals = plain(Micros(abs(amount))).partition(".")
    return Words(rate_in_euros(amount), f"{'-' if amount < 0 else ''}€{int(whole):,}.{decimals}")


def percent_in_words(share: PerCent) -> Words:
    """Return a share with its sign: ``+ 25 %`` and ``+25%``, ``− 3 %`` and ``−3%``."""
    size = plain_per_cent(PerCent(abs(share)))
    sign = MINUS if share < 0 else "+"
    return Words(f"{sign}\u00a0{size.replace('.', DECIMAL)}\u00a0%", f"{sign}{size}%")
