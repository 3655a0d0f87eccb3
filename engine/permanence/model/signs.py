"""Signs that no text has: orders to a terminal, ends of lines, signs that turn a text round; and how they are shown."""

import re

from attrs import frozen

TURNS_ROUND = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Signs that let a text run backwards, an amount too."""
STRANGE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{TURNS_ROUND}\ud800-\udfff]")
"""Control characters, ends of lines, signs that turn a text round, and halves of signs."""
STRANGE_IN_LINES = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029{TURNS_ROUND}\ud800-\udfff]|\r(?!\n)")
"""The same in a text that may have several lines, and tabs."""


@frozen
class Sign:
    """A sign that no text has: its number, and what it does."""

    code: str
    does: str


def strange_sign(text: str, *, lines: bool = False) -> Sign | None:
    """Return the first sign of a text that none has, None where there is none.

    With ``lines``, a text may have several, and tabs.
    """
    found = (STRANGE_IN_LINES if lines else STRANGE).search(text)
    return Sign(_code(found[0]), _does(found[0])) if found else None


def cleaned(text: str, *, lines: bool = False) -> str:
    """Return a text as it can be shown: for each sign that none has, its number, such as ``<U+001B>``."""
    pattern = STRANGE_IN_LINES if lines else STRANGE
    return pattern.sub(lambda found: f"<{_code(found[0])}>", text)


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def _does(sign: str) -> str:
    if sign in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return "a tab" if sign == "\t" else "the end of a line"
    if "\ud800" <= sign <= "\udfff":
        return "half of a sign"
    return "a control character" if sign < "\xa0" else "which lets a text run backwards"
