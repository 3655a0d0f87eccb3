"""Examples as they stand in a rule file: one key to a line, nothing that is as by default, moments side by side."""

import textwrap
from collections.abc import Iterator
from typing import Any

from ...model.example import Example
from ..toml.shapes import Either, ListOf, Record, Scalar, Shape, TableOf
from ..toml.structure import record_of
from ..toml.written import LONGEST, quoted, written_key

INDENT = "    "
BEFORE = len("calls = [{ at =  }]")


def example_lines(example: Example) -> Iterator[str]:
    """Yield the lines of one `[[example]]`."""
    yield "[[example]]"
    yield from (f"{name} = {value}" for name, value in _pairs(record_of(Example), example))


def value_text(path: tuple[str, ...], value: Any) -> str:
    """Return the value at a path of keys in an example, or in a table of it, as it stands behind the ``=``."""
    shape = record_of(Example).keys[path[0]].shape
    return _written(shape.item if isinstance(shape, TableOf) and len(path) > 1 else shape, value)


def _pairs(record: Record, made: Any) -> Iterator[tuple[str, str]]:
    for key in record.keys.values():
        value = getattr(made, key.field)
        if value != key.default:
            yield key.name, _written(key.shape, value)


def _written(shape: Shape, value: Any) -> str:
    match shape:
        case Record():
            return _braced(f"{name} = {one}" for name, one in _pairs(shape, value))
        case ListOf(item):
            return _list([_written(item, one) for one in value])
        case TableOf(item):
            return _braced(f"{written_key(name)} = {_written(item, one)}" for name, one in value.items())
        case Either(shapes):
            several = isinstance(value, tuple)
            return _written(next(one for one in shapes if isinstance(one, ListOf) == several), value)
    return _scalar(shape, value)


def _scalar(shape: Shape, value: Any) -> str:
    if isinstance(shape, Scalar) and shape.notation.written_as is str and not isinstance(value, str):
        return quoted(shape.notation.write(value))
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else str(value)


def _braced(pairs: Iterator[str]) -> str:
    return f"{{ {', '.join(pairs)} }}"


def _list(items: list[str]) -> str:
    """Return a list on one line, or, when it is long, on as many as it takes."""
    line = f"[{', '.join(items)}]"
    if len(line) <= LONGEST - BEFORE or len(items) == 1:
        return line
    # Items hold spaces of their own: a line may only break between them.
    bound = [item.replace(" ", "\0") for item in items]
    lines = textwrap.wrap(f"{', '.join(bound)},", LONGEST - 2 * len(INDENT), break_long_words=False)
    return "\n".join(["[", *(f"{INDENT}{one}" for one in lines), "]"]).replace("\0", " ")
