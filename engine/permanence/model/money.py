"""Amounts as integer cents, unit prices as integer millionths, and the one place where money is rounded."""

import re
from typing import NewType

Cents = NewType("Cents", int)
"""An amount of money: hundredths of its currency, whichever that is."""
Micros = NewType("Micros", int)
"""A unit price, exact: millionths of its currency, so that 0.013 € a second is a whole number."""
PerCent = NewType("PerCent", int)
"""A share of an amount: per cent × 100."""
MICROS_PER_CENT = 10_000
WHOLE = 10_000
"""A whole, in hundredths of a per cent."""
AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
PER_CENT = re.compile(r"[+-]?[0-9]{1,6}(\.[0-9]{1,2})?( ?%)?")


def round_half_up(numerator: int, denominator: int = 1) -> int:
    """Return the nearest whole number to a fraction, halves away from zero.

    Away from zero, so that a credit note is exactly the negative of its invoice.
    """
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def micros(text: str) -> Micros:
    """Return the unit price that a text such as ``"0.013"`` names, in millionths.

    Raises ValueError when the text is no decimal amount of at most six decimals.
    """
    if not AMOUNT.fullmatch(text):
        raise ValueError(f'"{text}" is not an amount such as "59.00"')
    sign = -1 if text.startswith("-") else 1
    whole, _, decimals = text.lstrip("-").partition(".")
    return Micros(sign * (int(whole) * 1_000_000 + int(decimals.ljust(6, "0"))))


def cents(text: str) -> Cents:
    """Return the amount that a text such as ``"59.00"`` names, in cents.

    Raises ValueError when the text is no amount, or has a fraction of a cent.
    """
    whole, rest = divmod(micros(text), MICROS_PER_CENT)
    if rest:
        raise ValueError(f'"{text}" has a fraction of a cent')
    return Cents(whole)


def per_cent(text: str) -> PerCent:
    """Return the share that a text such as ``"-3"``, ``"2.5"`` or ``"+25 %"`` names, in hundredths of a per cent.

    Raises ValueError when the text is no decimal number of at most two decimals.
    """
    if not PER_CENT.fullmatch(text):
        raise ValueError(f'"{text}" is not a per cent such as "-3" or "2.5"')
    return PerCent(micros(text.removesuffix("%").strip().removeprefix("+")) // MICROS_PER_CENT)


def plain_per_cent(share: PerCent) -> str:
    """Return a per cent as it is written in a rule file, with no more decimals than needed: ``-3``, ``2.5``."""
    sign, size = ("-" if share < 0 else ""), abs(share)
    return f"{sign}{size // 100}.{size % 100:02d}".rstrip("0").rstrip(".")


def price_of(amount: Cents) -> Micros:
    """Return an amount as a unit price."""
    return Micros(amount * MICROS_PER_CENT)


def amount_of(quantity: int, unit_price: Micros, days: int = 1, of_days: int = 1, for_each: int = 1) -> Cents:
    """Return quantity × unit price ÷ for_each × days ÷ of_days in cents, rounded once, half up."""
    return Cents(round_half_up(quantity * unit_price * days, MICROS_PER_CENT * of_days * for_each))


def plain(amount: Micros) -> str:
    """Return a unit price as it is written in a rule file: at least two decimals, no more than needed."""
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    decimals = f"{size % 1_000_000:06d}".rstrip("0").ljust(2, "0")
    return f"{sign}{size // 1_000_000}.{decimals}"
