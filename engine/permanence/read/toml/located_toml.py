"""TOML with places: tomli says what a file means, tree-sitter says where each key and value stands."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

import tomli
import tree_sitter
import tree_sitter_toml
from attrs import field, frozen

from ...model.problem import Place, Problem, Refused
from .strange_signs import strange_texts

Path = tuple[str | int, ...]
"""Keys and list positions (from 0) that lead from the file to a value: ``("rule", 0, "when")``."""

GRAMMAR = tree_sitter.Language(tree_sitter_toml.language())
TABLE, LIST_OF_TABLES = "table", "table_array_element"
BOM = "\ufeff"
"""What some editors write before the first sign of a file."""
QUOTES = ('"""', "'''", '"', "'")


@frozen
class Spot:
    """Where a key and its value begin."""

    key: tree_sitter.Node
    value: tree_sitter.Node


@frozen(eq=False)
class LocatedToml:
    """A TOML file: its table, and the place of everything in it, worked out when the first is asked for."""

    file: str
    text: str = field(repr=False)
    table: dict[str, Any] = field(repr=False)
    _spots_of: dict[Path, dict[Path, Spot]] = field(factory=dict, init=False, repr=False)

    def place(self, path: Path) -> Place:
        """Return where the value begins that a path leads to, or the nearest table around it."""
        spot = self._spot(path)
        return self._place(spot.value) if spot else self.line(1)

    def key_place(self, path: Path) -> Place:
        """Return where the key, or the ``[table]`` header, of a value begins."""
        spot = self._spot(path)
        return self._place(spot.key) if spot else self.line(1)

    def text_place(self, path: Path) -> Place:
        """Return where a text begins, inside its quotes."""
        spot = self._spot(path)
        if spot is None:
            return self.line(1)
        raw, place = _source(spot.value), self._place(spot.value)
        quotes = next((quotes for quotes in QUOTES if raw.startswith(quotes)), "")
        if raw[len(quotes) :].startswith("\n") and len(quotes) == 3:
            return self.line(place.line + 1)
        width = place.width - len(quotes) - (len(quotes) if raw.endswith(quotes) else 0)
        return Place(self.file, place.line, place.column + len(quotes), place.text, width)

    def replaced(self, values: Mapping[Path, str]) -> str:
        """Return the text with other values at some paths, each as TOML has it; every sign around them is the same."""
        spots = [(spot.value, written) for path, written in values.items() if (spot := self._spot(path))]
        raw = self.text.encode()
        for node, written in sorted(spots, key=lambda one: one[0].start_byte, reverse=True):
            raw = raw[: node.start_byte] + written.encode() + raw[node.end_byte :]
        return raw.decode()

    def with_lines(self, lines: Mapping[Path, Sequence[str]]) -> str:
        """Return the text with further lines below the own keys of some tables, every other sign as it is.

        Raises Refused, with the place, for a table that has no header of its own.
        """
        spots = []
        for path, more in lines.items():
            if path not in self._headers:
                raise Refused([Problem(self.key_place(path), "it has no header of its own", "write it as a [[table]]")])
            own = [node for node in self._headers[path].children if node.type in ("pair", "]", "]]")]
            spots.append((own[-1].end_byte, more))
        raw = self.text.encode()
        end = b"\r\n" if b"\r\n" in raw else b"\n"
        for byte, more in sorted(spots, reverse=True):
            at = raw.find(b"\n", byte)
            line_end = at + 1 if at >= 0 else len(raw)
            before = raw[:line_end] if at >= 0 else raw + end
            raw = before + b"".join(line.encode() + end for line in more) + raw[line_end:]
        return raw.decode()

    def line(self, number: int) -> Place:
        """Return the first column of a line."""
        return Place(self.file, number, 1, self._lines[number - 1])

    def _place(self, node: tree_sitter.Node) -> Place:
        """Return the stretch of a node: of a table its header, of a value of several lines the first."""
        row, byte = node.start_point
        line = self._lines[row]
        is_table = node.type in (TABLE, LIST_OF_TABLES)
        last = next((one for one in node.children if one.type in ("]", "]]")), node) if is_table else node
        raw, (last_row, end) = line.encode(), last.end_point
        written = raw[byte:end] if last_row == row else raw[byte:].rstrip()
        return Place(self.file, row + 1, len(raw[:byte].decode()) + 1, line, len(written.decode()))

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def _headers(self) -> dict[Path, tree_sitter.Node]:
        root = tree_sitter.Parser(GRAMMAR).parse(self.text.encode()).root_node
        return {(): root} | dict(_headers(root))

    @cached_property
    def _parents(self) -> dict[Path, tree_sitter.Node]:
        """The first header below each table that has no header of its own."""
        parents: dict[Path, tree_sitter.Node] = {}
        for path, node in self._headers.items():
            for length in range(1, len(path)):
                parents.setdefault(path[:length], node)
        return parents

    def _spot(self, path: Path) -> Spot | None:
        if not path:
            return None
        for length in range(len(path), -1, -1):
            spot = self._spots(path[:length]).get(path)
            if spot:
                return spot
        if path in self._parents:
            return Spot(self._parents[path], self._parents[path])
        return self._spot(path[:-1])

    def _spots(self, header: Path) -> dict[Path, Spot]:
        if header not in self._spots_of:
            node = self._headers.get(header)
            self._spots_of[header] = _first({header: Spot(node, node)}, _pairs(node, header)) if node else {}
        return self._spots_of[header]


def read_text(path: FilePath) -> str:
    r"""Return the text of a UTF-8 file, lines ended by ``\n``.

    Raises Refused when the file cannot be read or is in another encoding.
    """
    file = path.as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Refused([Problem(Place(file), f"cannot be read: {error.strerror}")]) from None
    return as_text(raw, file)


def as_text(raw: bytes, file: str) -> str:
    r"""Return what is in a UTF-8 file as text, lines ended by ``\n``; raise Refused when it is in another encoding."""
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        what = f"not UTF-8: byte 0x{raw[error.start]:02x} has no meaning here"
        raise Refused([Problem(Place(file, line), what, "save the file as UTF-8")]) from None


def read_toml(path: FilePath) -> LocatedToml:
    """Return a TOML file with its places; raise Refused when it cannot be read or is no TOML."""
    return parse(read_text(path), path.as_posix())


def parse(text: str, file: str) -> LocatedToml:
    """Return a TOML text with its places; decimal numbers become Decimal, so that no float exists.

    Raises Refused, with the place, when the text is no TOML, and for signs that no text has.
    """
    try:
        source = LocatedToml(file, text, tomli.loads(text, parse_float=Decimal))
    except tomli.TOMLDecodeError as error:
        line = text.split("\n")[error.lineno - 1]
        problem = Problem(Place(file, error.lineno, error.colno, line), f"not TOML: {error.msg}")
    except (ValueError, RecursionError) as error:
        problem = Problem(Place(file), f"not TOML: {error}")
    else:
        if strange := [
            fault.at(source.key_place(fault.path) if fault.at_key else source.place(fault.path))
            for fault in strange_texts(text, source.table)
        ]:
            raise Refused(strange)
        return source
    raise Refused([problem])


def _headers(root: tree_sitter.Node) -> Iterator[tuple[Path, tree_sitter.Node]]:
    """Yield each ``[table]`` and ``[[table]]`` with its path; list positions are filled in."""
    lengths: dict[Path, int] = {}
    for node in root.named_children:
        if node.type not in (TABLE, LIST_OF_TABLES):
            continue
        *parents, last = _keys(node.named_children[0])
        path: Path = ()
        for name in parents:
            path = (*path, name)
            if path in lengths:
                path = (*path, lengths[path] - 1)
        path = (*path, last)
        if node.type == LIST_OF_TABLES:
            lengths[path] = lengths.get(path, 0) + 1
            path = (*path, lengths[path] - 1)
        yield path, node


def _pairs(table: tree_sitter.Node, base: Path) -> Iterator[tuple[Path, Spot]]:
    """Yield every key below a table, dotted ones step by step, and what lies in its value."""
    for node in table.named_children:
        if node.type == "pair":
            key, value = _uncommented(node)
            names = _keys(key)
            for length in range(1, len(names) + 1):
                yield (*base, *names[:length]), Spot(key, value)
            yield from _inside(value, (*base, *names))


def _inside(value: tree_sitter.Node, path: Path) -> Iterator[tuple[Path, Spot]]:
    if value.type == "inline_table":
        yield from _pairs(value, path)
    elif value.type == "array":
        for number, item in enumerate(_uncommented(value)):
            yield (*path, number), Spot(item, item)
            yield from _inside(item, (*path, number))


def _uncommented(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    return [child for child in node.named_children if child.type not in ("comment", "ERROR")]


def _keys(node: tree_sitter.Node) -> tuple[str, ...]:
    """Return the names that a key such as ``a."b c"`` has; tomli reads quotes and escapes."""
    if node.type == "bare_key":
        return (_source(node),)
    names: list[str] = []
    table: Any = tomli.loads(f"{_source(node)} = 0")
    while table:
        [(name, table)] = table.items()
        names.append(name)
    return tuple(names)


def _first(spots: dict[Path, Spot], pairs: Iterator[tuple[Path, Spot]]) -> dict[Path, Spot]:
    for path, spot in pairs:
        spots.setdefault(path, spot)
    return spots


def _source(node: tree_sitter.Node) -> str:
    return (node.text or b"").decode()
