"""Counts and shares as people read them: the one place where thousands are set apart."""

from ..scalars import Words

THOUSANDS, DECIMAL = "\u202f", ","


def in_thousands(count: int) -> str:
    """Return a count as a French reader writes it: ``1 234``, with a narrow no-break space."""
    return f"{count:,}".replace(",", THOUSANDS)


def number(count: int) -> Words:
    """Return ``1 051`` and ``1,051``."""
    return Words(in_thousands(count), f"{count:,}")


def percent(rate: int) -> str:
    """Return a rate in hundredths of a per cent as a French reader writes it: ``8,5 %``, with a no-break space."""
    return f"{rate / 100:g}".replace(".", DECIMAL) + "\u00a0%"
