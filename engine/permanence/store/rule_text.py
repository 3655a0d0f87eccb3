"""A rule as it stands in the text of its offer: its own table, never what follows it."""

import re
from collections.abc import Iterator

HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(#.*)?")
SIGNS = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*|[\[\](){}]')
"""What opens or ends something in a line of TOML; a text or a comment on one line is passed as a whole."""
LONG = {'"""': re.compile(r'(?:\\.|[^"\\]|"(?!""))*"{3,5}'), "'''": re.compile(r"(?:[^']|'(?!''))*'{3,5}")}


def table_at(text: str, line: int) -> list[str]:
    """Return the lines of a TOML table from its header, whose line counts from 1, to the last of its own; none for 0.

    Tables below its own name are part of it; blank lines and remarks before the next table are not. At the line of a
    key, as a set-up fee has, it is that key alone.
    """
    block: list[str] = []
    own, last = "", 0
    for number, (written, begins) in enumerate(_lines(text)):
        if number + 1 < line or not line:
            continue
        name = _name(written) if begins else ""
        if block and begins and (not own or (name and not name.startswith(f"{own}."))):
            break
        own = own or name
        block.append(written)
        last = len(block) if not begins or _says(written) else last
    return block[:last]


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _name(line: str) -> str:
    """Return the name of the table that a line opens, without blanks and quotes; nothing where it opens none."""
    found = HEADER.fullmatch(line)
    return re.sub(r"[\s\"']", "", found[1]) if found else ""


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines of a TOML text, each with whether it begins outside every text and list."""
    quotes, depth = "", 0
    for line in text.split("\n"):
        yield line, not quotes and not depth
        header = not quotes and not depth and bool(_name(line))
        quotes, change = _after(line, quotes)
        depth = 0 if header else max(0, depth + change)


def _after(line: str, quotes: str) -> tuple[str, int]:
    """Return the quotes of the long text that is open after a line, and how many brackets it leaves open."""
    at, depth = 0, 0
    while True:
        if quotes:
            end = LONG[quotes].match(line, at)
            if end is None:
                return quotes, depth
            at, quotes = end.end(), ""
        sign = SIGNS.search(line, at)
        if sign is None:
            return "", depth
        at = sign.end()
        if sign[0] in LONG:
            quotes = sign[0]
        elif sign[0] in "[({":
            depth += 1
        elif sign[0] in "])}":
            depth -= 1
