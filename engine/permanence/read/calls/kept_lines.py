"""Which lines of a file may be records: not those before the first, nor headings, totals and blank lines."""

import re
from collections.abc import Sequence

from .mapping import CallFormat
from .patterns import compiled

SEPARATOR_LINE = re.compile(rb"sep=.", re.IGNORECASE)
"""What a spreadsheet writes into the first line, to say which sign separates the columns."""


def kept_lines(texts: Sequence[bytes], form: CallFormat) -> list[int]:
    """Return the numbers, from 1, of the lines that are a header or a record."""
    first = form.skip_before
    if len(texts) > first and SEPARATOR_LINE.fullmatch(texts[first].strip().strip(b'"')):
        first += 1
    patterns = [compiled(pattern) for pattern in form.skip_lines]
    if not patterns:
        return [number for number, text in enumerate(texts[first:], first + 1) if text]
    return [
        number
        for number, text in enumerate(texts[first:], first + 1)
        if text and not any(pattern.search(text.decode()) for pattern in patterns)
    ]
