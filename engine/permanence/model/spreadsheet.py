"""What a spreadsheet writes around the text of a cell."""

import re

FORMULA = re.compile(r'="(.*)"')
"""A text that must stay one, such as a number with a zero before it."""


def cell_text(cell: str) -> str:
    """Return what a cell says: without the blanks around it, or the formula that keeps it a text."""
    bare = cell.strip()
    found = FORMULA.fullmatch(bare)
    return found[1].strip() if found else bare
