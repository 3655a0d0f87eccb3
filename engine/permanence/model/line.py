"""A telephone line, by its number or account code: one spelling for the many ways of writing it."""

import re

WRITTEN_AS_NUMBER = re.compile(r"\+?[0-9][0-9 .()\u00a0\u202f-]{5,}")
PUNCTUATION = re.compile(r"[ .()\u00a0\u202f-]")
FRENCH_NUMBER = re.compile(r"0[1-9][0-9]{8}")


def one_spelling(line: str) -> str:
    """Return a telephone number as E.164 where that can be told, an account code as it is.

    ``01 99 00 00 10``, ``0033199000010`` and ``+33 1 99 00 00 10`` are one line: ``+33199000010``. A number of ten
    digits that starts with one 0 is a French one (plan national de numérotation).
    """
    if (line[1:].isdecimal() and line[0] == "+") or not WRITTEN_AS_NUMBER.fullmatch(line):
        return line
    digits = PUNCTUATION.sub("", line)
    if FRENCH_NUMBER.fullmatch(digits):
        return f"+33{digits[1:]}"
    return f"+{digits[2:]}" if digits.startswith("00") else digits
