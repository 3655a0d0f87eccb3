"""The beginning of a file of call records as text, whatever its encoding."""

import csv
import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from attrs import evolve, field, frozen

from ...model.problem import Place, Problem, Refused
from ..calls.mapping import CallFormat, ColumnNames, WordRule
from ..calls.workbook import workbook_content, workbook_text

MOST_BYTES = 1 << 18
MOST_LINES = 300
PARQUET, WORKBOOK, TEXT = "parquet", "workbook", "text"
MAGIC = {b"PAR1": PARQUET, b"PK\x03\x04": WORKBOOK, b"\xd0\xcf\x11\xe0": WORKBOOK}
"""How files begin that are no text."""
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8"}
AS_PEOPLE_SEE = CallFormat(
    title="A workbook",
    stamp="%Y-%m-%d %H:%M:%S",
    names=ColumnNames(start=""),
    status=WordRule(always="answered"),
    direction=WordRule(always="inbound"),
)
"""How the rows of a workbook are written before its mapping is known."""
ODD_BYTES = 8
"""So many bytes say whether every second one is zero: UTF-16 without a mark."""


@frozen(kw_only=True)
class Head:
    """The first lines of a file: their texts, the encoding that they can be read in, and what kind of file it is.

    Of a workbook, ``lines`` are the rows of its first sheet with commas between, ``content`` is the whole file.
    """

    path: Path
    kind: str
    encoding: str
    lines: Sequence[str]
    content: bytes = field(default=b"", repr=False)

    def rows(self, delimiter: str) -> list[list[str]]:
        """Return the cells of each line that is not blank, cut at a delimiter; a cell with a line break is one cell."""
        return list(_rows(self.lines, delimiter))

    def objects(self) -> list[dict[str, str]]:
        """Return the members of each line that is a JSON object, as text; none where one line is no object."""
        found = []
        for line in filter(str.strip, self.lines):
            try:
                made = json.loads(line)
            except ValueError:
                return []
            if not isinstance(made, dict):
                return []
            found.append(dict(_members(made)))
        return found


def read_head(path: Path) -> Head:
    """Return the first lines of a file, unpacked where it is gzipped.

    Raises Refused when there is no such file, it is no file (a folder, a pipe), empty, or damaged.
    """
    if path.exists() and not path.is_file():
        raise _refused(path, "is no file", "name a file of call records")
    try:
        content = _first_bytes(path)
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror or error}") from error
    except (EOFError, zlib.error) as error:
        raise _refused(path, f"the gzip file is damaged: {error}", "copy or fetch it again") from error
    if not content.strip():
        raise _refused(path, "the file is empty")
    kind = next((kind for magic, kind in MAGIC.items() if content.startswith(magic)), TEXT)
    if kind == WORKBOOK:
        found = Head(path=path, kind=kind, encoding="utf-8", lines=(), content=workbook_content(path))
        return evolve(found, lines=workbook_lines(found, AS_PEOPLE_SEE))
    encoding = _encoding(content) if kind == TEXT else ""
    lines = list(_lines(content, encoding)) if kind == TEXT else []
    return Head(path=path, kind=kind, encoding=encoding, lines=lines)


def workbook_lines(head: Head, form: CallFormat) -> list[str]:
    """Return the first rows of a workbook as lines of text, times in a mapping's own form.

    Raises Refused when it cannot be read.
    """
    return workbook_text(head.path, head.content, form).decode().splitlines()[:MOST_LINES]


def _first_bytes(path: Path) -> bytes:
    """Return the bytes of whole lines that a file begins with."""
    with path.open("rb") as packed:
        is_gzip = packed.read(2) == b"\x1f\x8b"
        packed.seek(0)
        if is_gzip:
            with gzip.open(packed, "rb") as unpacked:
                content = bytes(unpacked.read(MOST_BYTES))
        else:
            content = packed.read(MOST_BYTES)
    end = content.rfind(b"\n")
    return content[: end + 1] if len(content) == MOST_BYTES and end > 0 else content


def _encoding(content: bytes) -> str:
    """Return the encoding that bytes are most likely written in."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return encoding
    if len(content) >= ODD_BYTES and (content[1::2].count(0) > len(content) // 3):
        return "utf-16-le"
    if len(content) >= ODD_BYTES and (content[::2].count(0) > len(content) // 3):
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if len(content) == MOST_BYTES and error.start > MOST_BYTES - 4 else "cp1252"
    return "utf-8"


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    return islice(text.splitlines(), MOST_LINES)


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from (row for row in csv.reader((f"{line}\n" for line in lines), delimiter=delimiter) if any(row))
    except csv.Error:
        return


def _members(made: dict[str, object], outer: str = "") -> Iterator[tuple[str, str]]:
    """Yield the values of an object as text, ``outer.inner`` those of an object within."""
    for name, value in made.items():
        if isinstance(value, dict) and value:
            yield from _members(value, f"{outer}{name}.")
        else:
            yield f"{outer}{name}", _as_text(value)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _refused(path: Path, what: str, hint: str = "") -> Refused:
    return Refused([Problem(Place(str(path)), what, hint)])
