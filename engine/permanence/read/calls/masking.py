"""Telephone numbers in messages: the first five characters and no more."""

import re

LONG_NUMBER = re.compile(r"\+?\d(?:[ .]?\d){6,}")


def masked(text: str) -> str:
    """Return a text in which of each number of seven digits or more only five characters are left."""
    return LONG_NUMBER.sub(lambda found: f"{found[0][:5]}…", text)
