"""Telephone numbers that nobody has: the French ranges kept for works of fiction."""

from random import Random

LANDLINES = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649")
MOBILES = "+3363998"
LINES = len(LANDLINES) * 10_000
STRAY_LINES = 1_000
"""How many of the lines, the last ones, no customer ever holds."""


def line(position: int) -> str:
    """Return one of the ``LINES`` landline numbers, another for each position."""
    return f"{LANDLINES[position % len(LANDLINES)]}{position // len(LANDLINES):04d}"


def stray_line(random: Random) -> str:
    """Return a number that no customer holds."""
    return line(LINES - 1 - random.randrange(STRAY_LINES))


def caller(random: Random) -> str:
    """Return a caller's number, a mobile one more often than not."""
    numbers = MOBILES if random.random() < 0.6 else random.choice(LANDLINES)
    return f"{numbers}{random.randrange(10_000):04d}"


SIRENS = 31_000
"""So many firms there may be whose SIREN is nobody's: the register begins at 000 325 175."""
NO_BANK, NO_BRANCH = 99_999, 1
"""There is no bank of that code."""


def siren(position: int) -> str:
    """Return a SIREN with the right check digit that no firm has, another for each of ``SIRENS`` positions."""
    digits = f"{position % SIRENS + 1_000:08d}"
    return f"{digits}{-_luhn_sum(f'{digits}0') % 10}"


def vat_number(firm: str) -> str:
    """Return the French VAT number of a SIREN."""
    return f"FR{(12 + 3 * int(firm)) % 97:02d}{firm}"


def iban(position: int) -> str:
    """Return the IBAN of an account at a bank that does not exist, with both its keys right."""
    account = position + 1
    key = 97 - (89 * NO_BANK + 15 * NO_BRANCH + 3 * account) % 97
    bban = f"{NO_BANK:05d}{NO_BRANCH:05d}{account:011d}{key:02d}"
    return f"FR{98 - int(f'{bban}152700') % 97:02d}{bban}"


def _luhn_sum(digits: str) -> int:
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(number // 10 + number % 10 for number in doubled)
