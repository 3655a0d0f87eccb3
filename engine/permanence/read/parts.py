"""Files of columns and bytes by name, mapped into memory: of a large one only what is asked for is read."""

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from .sorted_lines import value_of

ALIGNED = 8
Column = NDArray[Any]
Part = Column | bytes


def written_parts(parts: Mapping[str, Part], told: Mapping[str, Any]) -> bytes:
    """Return a file: a line that says what is ``told`` of it and where each part stands, and the parts."""
    places: dict[str, tuple[int, int, str]] = {}
    content, start = [], 0
    for name, part in parts.items():
        column = None if isinstance(part, bytes) else _narrow(part)
        raw = part if isinstance(part, bytes) else np.ascontiguousarray(column).data.cast("B")
        places[name] = (start, len(raw), "" if column is None else column.dtype.str)
        content += [raw, b"\0" * (-len(raw) % ALIGNED)]
        start += len(raw) + -len(raw) % ALIGNED
    head = json.dumps({"told": told, "size": start, "parts": places}, ensure_ascii=False).encode()
    return b"".join([head, b" " * (-(len(head) + 1) % ALIGNED), b"\n", *content])


def _narrow(column: Column) -> Column:
    """Return whole numbers in half the room, where all of them have room in it."""
    wide = column.dtype == np.int64 and column.size and max(-int(column.min()), int(column.max())) >= 2**31
    return column if column.dtype != np.int64 or wide else column.astype(np.int32)


@frozen(eq=False)
class Parts:
    """The parts of a file, and what was ``told`` of it."""

    told: Mapping[str, Any]
    _content: mmap.mmap
    _first: int
    _places: Mapping[str, tuple[int, int, str]]

    @classmethod
    def at(cls, path: Path) -> "Parts":
        """Return those of a file; raise OSError, ValueError, LookupError or TypeError where there is none such."""
        with path.open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        first = content.find(b"\n") + 1
        head = json.loads(content[:first])
        if len(content) != first + head["size"]:
            raise ValueError(f"{path} is not whole")
        return cls(head["told"], content, first, head["parts"])

    def raw(self, name: str) -> memoryview:
        """Return the bytes of a part."""
        start, size, _ = self._places[name]
        return memoryview(self._content)[self._first + start : self._first + start + size]

    def column(self, name: str) -> Column:
        """Return a column."""
        return np.frombuffer(self.raw(name), self._places[name][2])

    def value(self, name: str, of: str) -> Any:
        """Return the value of a name in a part of sorted lines; None where it has none."""
        start, size, _ = self._places[name]
        return value_of(self._content, (self._first + start, self._first + start + size), of)


def told_in(path: Path) -> Mapping[str, Any]:
    """Return what is told of a file of parts; nothing where there is none."""
    try:
        return Parts.at(path).told
    except (OSError, ValueError, LookupError, TypeError):
        return {}
