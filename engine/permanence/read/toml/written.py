"""Values of the model → the text of a TOML file, in the notation that the reader of their class expects."""

import json
import re
from collections.abc import Iterator
from typing import Any

from .shapes import ListOf, Record, Scalar, Shape
from .structure import record_of

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
LONGEST = 120
"""A longer list has a line for each of its items."""


def toml_lines(made: Any, header: str = "") -> Iterator[str]:
    """Yield the lines of the table that an instance of an attrs class is read from.

    What is absent, or is empty as by default, is left out. Tables inside tables come last, each below its header.
    """
    yield from _table(record_of(type(made)), made, header.strip("[]"), header)


def _table(record: Record, made: Any, path: str, header: str) -> Iterator[str]:
    if header:
        yield header
    below: list[str] = []
    for key in record.keys.values():
        value = getattr(made, key.field)
        if not value and value == key.default:
            continue
        name = f"{path}.{key.name}".lstrip(".")
        match key.shape:
            case ListOf(Record() as inner):
                below += (line for one in value for line in ("", *_table(inner, one, name, f"[[{name}]]")))
            case Record() as inner if any(isinstance(one.shape, ListOf) for one in inner.keys.values()):
                below += ("", *_table(inner, value, name, f"[{name}]"))
            case _:
                yield f"{key.name} = {_written(key.shape, value)}"
    yield from below


def _written(shape: Shape, value: Any) -> str:
    match shape:
        case Record(_, keys):
            set_keys = ((key, getattr(value, key.field)) for key in keys.values())
            pairs = (f"{key.name} = {_written(key.shape, one)}" for key, one in set_keys if one or one != key.default)
            return f"{{ {', '.join(pairs)} }}"
        case ListOf(item):
            items = [_written(item, one) for one in value]
            line = f"[{', '.join(items)}]"
            return line if len(line) <= LONGEST else "[\n" + "".join(f"    {one},\n" for one in items) + "]"
        case Scalar(notation) if notation.written_as is str:
            return quoted(notation.write(value))
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else str(value)


def quoted(text: str) -> str:
    """Return a text in quotes, as TOML has it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def written_key(name: str) -> str:
    """Return a key, in quotes where it needs them."""
    return name if BARE_KEY.fullmatch(name) else quoted(name)
