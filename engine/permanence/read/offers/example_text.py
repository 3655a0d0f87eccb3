"""Examples as they stand in a rule file: one key to a line, nothing that is as by default, moments side by side."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from ...model.example import Example
from ..toml.shapes import TableOf
from ..toml.structure import record_of
from ..toml.written import INDENT, LONGEST, Layout, bracketed

EXAMPLE = record_of(Example)
BEFORE = len("calls = [{ at =  }]")


def example_lines(example: Example) -> Iterator[str]:
    """Yield the lines of one `[[example]]`."""
    yield "[[example]]"
    yield from (f"{name} = {value}" for name, value in SHORT.pairs(EXAMPLE, example))


def value_text(path: tuple[str, ...], value: Any) -> str:
    """Return the value at a path of keys in an example, or in a table of it, as it stands behind the ``=``."""
    shape = EXAMPLE.keys[path[0]].shape
    return SHORT.written(shape.item if isinstance(shape, TableOf) and len(path) > 1 else shape, value)


def _listed(items: Sequence[str]) -> str:
    """Return a list on one line, or, when it is long, on as many as it takes."""
    line = bracketed(items)
    if len(line) <= LONGEST - BEFORE or len(items) == 1:
        return line
    # Items hold spaces of their own: a line may only break between them.
    bound = [item.replace(" ", "\0") for item in items]
    lines = textwrap.wrap(f"{', '.join(bound)},", LONGEST - 2 * len(INDENT), break_long_words=False)
    return "\n".join(["[", *(f"{INDENT}{one}" for one in lines), "]"]).replace("\0", " ")


SHORT = Layout(leaves_out=lambda value, default: bool(value == default), listed=_listed)
"""The layout of examples: somebody reads them."""
