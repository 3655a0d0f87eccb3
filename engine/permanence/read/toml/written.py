"""Values of the model → the text of a TOML file, in the notation that the reader of their class expects."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from .shapes import Either, ListOf, Record, Scalar, Shape, TableOf
from .structure import record_of
from .wording import Wording

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
LONGEST = 120
"""A longer list has several lines."""
INDENT = "    "


@frozen
class Layout:
    """What is written of a value and how: which keys are left out, by value and default, and how a list stands."""

    leaves_out: Callable[[Any, Any], bool]
    listed: Callable[[Sequence[str]], str]

    def pairs(self, record: Record, made: Any) -> Iterator[tuple[str, str]]:
        """Yield the keys of an instance of a record's class, and what stands behind their ``=``."""
        for key in record.keys.values():
            value = getattr(made, key.field)
            if not self.leaves_out(value, key.default):
                yield key.name, self.written(key.shape, value)

    def written(self, shape: Shape, value: Any) -> str:
        """Return what stands behind the ``=`` of a key whose values have a shape."""
        match shape:
            case Wording(languages):
                return braced(self.pairs(languages, value)) if value.en else quoted(value.fr)
            case Record():
                return braced(self.pairs(shape, value))
            case ListOf(item):
                return self.listed([self.written(item, one) for one in value])
            case TableOf(item):
                return braced((name, self.written(item, one)) for name, one in value.items())
            case Either(shapes):
                several, table = isinstance(value, tuple), isinstance(value, Mapping)
                fits = (
                    one for one in shapes if (isinstance(one, ListOf), isinstance(one, TableOf)) == (several, table)
                )
                return self.written(next(fits), value)
        return _scalar(shape, value)


def bracketed(items: Iterable[str]) -> str:
    """Return a list on one line."""
    return f"[{', '.join(items)}]"


def braced(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a table on one line."""
    return f"{{ {', '.join(f'{written_key(name)} = {value}' for name, value in pairs)} }}"


def quoted(text: str) -> str:
    """Return a text in quotes, as TOML has it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def quoted_plainly(text: str) -> str:
    """Return a text in the quotes that leave it as it is where there are such: single ones around double ones."""
    return f"'{text}'" if '"' in text and "'" not in text and text.isprintable() else quoted(text)


def written_key(name: str) -> str:
    """Return a key, in quotes where it needs them."""
    return name if BARE_KEY.fullmatch(name) else quoted(name)


def _scalar(shape: Shape, value: Any) -> str:
    if isinstance(shape, Scalar) and shape.notation.written_as is str and not isinstance(value, str):
        return quoted(shape.notation.write(value))
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else str(value)


def _absent(value: Any, default: Any) -> bool:
    """Tell whether a value is absent, or empty as by default: what a default says today may change tomorrow."""
    return not value and bool(value == default)


def _one_to_a_line(items: Sequence[str]) -> str:
    line = bracketed(items)
    return line if len(line) <= LONGEST else "[\n" + "".join(f"{INDENT}{one},\n" for one in items) + "]"


KEPT = Layout(leaves_out=_absent, listed=_one_to_a_line)
"""The layout of what is kept for years: contracts and quotes."""


def toml_lines(made: Any, header: str = "") -> Iterator[str]:
    """Yield the lines of the table that an instance of an attrs class is read from, as it is kept.

    What is absent, or is empty as by default, is left out. Tables inside tables come last, each below its header.
    """
    yield from _table(record_of(type(made)), made, header.strip("[]"), header)


def _table(record: Record, made: Any, path: str, header: str) -> Iterator[str]:
    if header:
        yield header
    below: list[str] = []
    for key in record.keys.values():
        value = getattr(made, key.field)
        if _absent(value, key.default):
            continue
        name = f"{path}.{key.name}".lstrip(".")
        match key.shape:
            case ListOf(Record() as inner):
                below += (line for one in value for line in ("", *_table(inner, one, name, f"[[{name}]]")))
            case Record() as inner if any(isinstance(one.shape, ListOf | Record) for one in inner.keys.values()):
                below += ("", *_table(inner, value, name, f"[{name}]"))
            case _:
                yield f"{key.name} = {KEPT.written(key.shape, value)}"
    yield from below
