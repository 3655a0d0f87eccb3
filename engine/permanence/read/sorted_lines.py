"""Values by name in sorted lines of bytes: one of many is found by halves, and no other is read."""

import json
from collections.abc import Mapping
from typing import Any, Protocol

SEPARATOR = b"\t"


class MappedBytes(Protocol):
    """What has bytes: bytes themselves, or a file that is mapped into memory."""

    def __getitem__(self, part: slice, /) -> bytes: ...
    def find(self, sub: bytes, start: int, end: int, /) -> int: ...
    def rfind(self, sub: bytes, start: int, end: int, /) -> int: ...


def sorted_lines(values: Mapping[str, Any]) -> bytes:
    """Return a line for each value: its name, and the value as JSON."""
    lines = (_name(name) + SEPARATOR + json.dumps(value, ensure_ascii=False).encode() for name, value in values.items())
    return b"".join(line + b"\n" for line in sorted(lines))


def value_of(content: MappedBytes, part: tuple[int, int], name: str) -> Any:
    """Return the value of a name out of the lines that stand in a part of some bytes; None where it has none."""
    first, end = part
    wanted = _name(name) + SEPARATOR
    while first < end:
        begins = content.rfind(b"\n", first, (first + end) // 2) + 1 or first
        ends = content.find(b"\n", begins, end)
        line = content[begins:ends]
        if line.startswith(wanted):
            return json.loads(line[len(wanted) :])
        if line < wanted:
            first = ends + 1
        else:
            end = begins
    return None


def _name(name: str) -> bytes:
    return json.dumps(name, ensure_ascii=False).encode()
