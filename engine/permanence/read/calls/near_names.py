"""A column that a file may do without, and has under a name that is nearly the same."""

import difflib
import re
from collections.abc import Collection

NO_LETTER = re.compile(r"[\W_]+")
DIGITS = re.compile(r"\d+")
NEAR = 0.85
"""How much of two names is the same where one is a slip of the other: a letter more, less, or another, of six."""


def misspelt(name: str, others: Collection[str]) -> str:
    """Return the one of other columns that is ``name`` but for case, blanks, signs or a letter; nothing if none is.

    Names that differ in a digit are two names.
    """
    return next((other for other in others if _same_name(_letters(name), _letters(other))), "")


def _letters(name: str) -> str:
    return NO_LETTER.sub("", name.casefold())


def _same_name(one: str, other: str) -> bool:
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1 or DIGITS.sub("", one) == DIGITS.sub("", other):
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() >= NEAR
