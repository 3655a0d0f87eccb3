"""A file of work as rows of cells, each with its line: CSV as people and French spreadsheets write it."""

import csv
import gzip
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from ...model.problem import Place, Problem, Refused

LARGEST = 1 << 26
"""Bytes of a file, unpacked: a million records are less."""
MOST_LINES = 20
"""Lines that one record takes at most: a quotation mark that is not closed swallows no more."""
UNCLOSED = "a quotation mark is opened and not closed"
DELIMITERS = (";", "\t", ",")


@frozen
class WorkRow:
    """A row of cells and the line that it begins in; or why what stands there is none."""

    line: int
    cells: tuple[str, ...]
    text: str
    fault: str = ""


def read_rows(path: Path) -> tuple[tuple[WorkRow, ...], str]:
    """Return the rows of a file, its header first, and the SHA-256 of its bytes; lines without a value are no rows.

    Text is UTF-8, with or without a byte order mark, or what French spreadsheets write (cp1252). Raises Refused when
    there is no such file, it is empty, too large, damaged or no text.
    """
    packed = _bytes(path)
    text = _decoded(path, _unpacked(path, packed))
    lines = text.splitlines(keepends=True)
    if not text.strip():
        raise refused(path, "the file is empty")
    first = next(line for line in lines if line.strip())
    delimiter = next(one for one in DELIMITERS if one in first or one == ",")
    return tuple(_rows(lines, delimiter)), hashlib.sha256(packed).hexdigest()


def refused(path: Path, what: str, hint: str = "") -> Refused:
    """Return what says that a whole file cannot be used."""
    return Refused([Problem(Place(str(path)), what, hint)])


def _bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise refused(path, "is no file")
    try:
        with path.open("rb") as file:
            packed = file.read(LARGEST + 1)
    except OSError as error:
        raise refused(path, f"cannot be read: {error.strerror}") from error
    return _not_too_large(path, packed)


def _unpacked(path: Path, packed: bytes) -> bytes:
    if path.suffix != ".gz":
        return packed
    try:
        with gzip.open(path) as file:
            return _not_too_large(path, file.read(LARGEST + 1))
    except EOFError as error:
        raise refused(path, "the gzip file is cut short", "copy or fetch it again") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise refused(path, f"the gzip file is damaged: {error}", "copy or fetch it again") from error


def _not_too_large(path: Path, content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise refused(path, f"is larger than {LARGEST >> 20} MB", "cut it into several files")
    return content


def _decoded(path: Path, content: bytes) -> str:
    if b"\0" in content:
        raise refused(path, "holds zero bytes: a binary file, or text in UTF-16", "save it as CSV in UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            what = f"is no text: byte 0x{content[error.start]:02x} in line {line}"
            raise refused(path, what, "save it as CSV in UTF-8") from error


def _rows(lines: list[str], delimiter: str) -> Iterator[WorkRow]:
    """Yield each row; where a quotation mark is lost, the line that it stands in is none, and the next one is read."""
    at, wanted = 0, 0
    while at < len(lines):
        row, taken = _row_at(lines, at, delimiter)
        if taken > 1 and wanted and len(row.cells) != wanted:
            row, taken = WorkRow(at + 1, (), lines[at].rstrip("\r\n"), UNCLOSED), 1
        at += taken
        if row.fault or any(row.cells):
            wanted = wanted or len(row.cells)
            yield row


def _row_at(lines: list[str], at: int, delimiter: str) -> tuple[WorkRow, int]:
    for taken in range(1, MOST_LINES + 1):
        text = "".join(lines[at : at + taken])
        if text.count('"') % 2 == 0:
            try:
                found = list(csv.reader([text], delimiter=delimiter, strict=True))
            except csv.Error as error:
                return WorkRow(at + 1, (), lines[at].rstrip("\r\n"), f"cannot be cut into columns: {error}"), 1
            cells = tuple(cell.strip() for cell in found[0]) if found else ()
            return WorkRow(at + 1, cells, text.rstrip("\r\n")), taken
    return WorkRow(at + 1, (), lines[at].rstrip("\r\n"), UNCLOSED), 1
