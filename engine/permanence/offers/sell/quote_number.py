"""The number of what is quoted: from its day and a hash of everything else, so that the same has the same."""

import hashlib
from datetime import date


def number_of(letter: str, made: date, text: str) -> str:
    """Return the number of a quote (D) or an addendum (A) that was made on a day, by its file's text without one."""
    return f"{letter}-{made:%Y%m%d}-{hashlib.sha256(text.encode()).hexdigest()[:6].upper()}"
