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
