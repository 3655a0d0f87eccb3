"""Texts and names of a TOML file that no terminal, page or diary could show as they are: refused when they are read."""

import re
from collections.abc import Iterator
from typing import Any

from ...model.fault import Fault
from ...model.signs import STRANGE_IN_LINES, strange_sign

SEVERAL_LINES = ("when", "why", "note")
"""Keys whose texts may have several lines, and tabs."""
SEPARATORS = ("delimiter",)
"""Keys whose texts are a sign between columns."""
SUSPECT = re.compile(rf"{STRANGE_IN_LINES.pattern}|\t|\\[btnfruUex]|\"\"\"|'''")
"""What a file has in which some text may have such a sign."""
ONE_LINE = "take it out: a text here is one line of letters, figures and punctuation"
LINES = "take it out: such a text has letters, figures, punctuation, tabs and ends of lines"


def strange_texts(text: str, table: dict[str, Any]) -> Iterator[Fault]:
    """Yield the texts and names of a file's table that have a sign which no text has, each with its path."""
    if SUSPECT.search(text):
        yield from strange_inside(table)


def strange_inside(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """Yield the texts and names inside a table, or a list, that have a sign which no text has."""
    match value:
        case dict():
            for name, item in value.items():
                if sign := strange_sign(name):
                    yield Fault((*path, name), f"a name has {sign.code}, {sign.does}", ONE_LINE, at_key=True)
                yield from strange_inside(item, (*path, name))
        case list():
            for number, item in enumerate(value):
                yield from strange_inside(item, (*path, number))
        case str():
            key = next((step for step in reversed(path) if isinstance(step, str)), "")
            lines = key in SEVERAL_LINES
            sign = strange_sign(value, lines=lines)
            if sign and not (key in SEPARATORS and len(value) == 1):
                yield Fault(path, f'"{key}" has {sign.code}, {sign.does}', LINES if lines else ONE_LINE)
