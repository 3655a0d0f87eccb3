"""A file, packed by gzip or not, as blocks of whole lines: never more of it at once than a few of them."""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from attrs import frozen

from ...model.problem import Place, Problem, Refused
from .broken_cells import MOST_LINES
from .mapping import CallFormat

BLOCK, FIRST_BLOCK = 1 << 22, 1 << 18
"""Bytes that are read at once, at most, and before anything is known of the lines."""
LINES = 20_000
"""So many lines are meant to be read at once, where they are short: each may be refused, with a sentence of its own."""
LONGEST_LINE = 1 << 20
MOST_BLANK = 1 << 23
"""Bytes without a line that has anything in it, after which a file is given up."""
GZIP, UTF_8_MARK = b"\x1f\x8b", b"\xef\xbb\xbf"
FETCH = "copy or fetch it again"


@frozen(eq=False)
class Block:
    """Lines of a file in UTF-8, without their ends; ``first`` is the number of the first, from 1."""

    first: int
    lines: list[bytes]


def opened(path: Path) -> IO[bytes]:
    """Return a file, opened to be read; raise Refused where it is none, such as a folder, a pipe or a device."""
    try:
        if path.exists() and not path.is_file():
            kind = "a folder" if path.is_dir() else "a pipe or a device"
            raise refused(path, f"is {kind}, not a file", "name a file")
        return path.open("rb")
    except OSError as error:
        raise refused(path, f"cannot be read: {error.strerror}") from error


def blocks(path: Path, form: CallFormat) -> Iterator[Block]:
    """Yield the lines of a file, block after block.

    Raises Refused when it is empty, is of another encoding, has a line that is too long or hardly any lines with
    something in them, or when its gzip stream is damaged or cut short.
    """
    first, rest, blank, empty = 1, b"", 0, True
    for text, last in _texts(path, form):
        empty = empty and not text.strip()
        lines, rest = _whole_lines(path, rest + text, first, last=last)
        blank = 0 if any(lines) else blank + len(text)
        if blank > MOST_BLANK:
            raise refused(path, f"has no record in {blank >> 20} megabytes", "is it a file of calls?")
        if lines:
            yield Block(first, lines)
        first += len(lines)
    if empty:
        raise refused(path, "the file is empty")


def _whole_lines(path: Path, text: bytes, first: int, *, last: bool) -> tuple[list[bytes], bytes]:
    """Return the lines of a text that no later one can belong to, and what is left of it."""
    if last:
        lines, rest = text.splitlines(), b""
    else:
        end = max(text.rfind(b"\n"), text.rfind(b"\r", 0, -1)) + 1
        lines, rest = text[:end].splitlines(), text[end:]
        begin = max(len(lines) - MOST_LINES, 0)
        open_from = next((at for at in range(begin, len(lines)) if lines[at].count(b'"') % 2), None)
        if open_from is not None and open_from > 0:
            rest = b"\n".join([*lines[open_from:], rest])
            lines = lines[:open_from]
    if UTF_8_MARK in text:
        # Files that were put one behind the other have one each at their beginning.
        lines = [line.removeprefix(UTF_8_MARK) for line in lines]
    too_long = None
    if max(map(len, lines), default=0) > LONGEST_LINE:
        too_long = next(at for at, line in enumerate(lines) if len(line) > LONGEST_LINE)
    if too_long is None and len(rest) > MOST_LINES * LONGEST_LINE:
        too_long = len(lines)
    if too_long is None and not lines and len(rest) > LONGEST_LINE and b"\n" not in rest:
        too_long = 0
    if too_long is not None:
        what = f"a line is longer than {LONGEST_LINE:,} characters: this is no file of records"
        raise Refused([Problem(Place(str(path), first + too_long), what)])
    return lines, rest


def _texts(path: Path, form: CallFormat) -> Iterator[tuple[bytes, bool]]:
    """Yield a file as UTF-8 without a mark at its beginning, and whether it ends there."""
    decoder = codecs.getincrementaldecoder(form.encoding)()
    line = 1
    with opened(path) as file:
        packed = file.read(2) == GZIP or path.suffix == ".gz"
        file.seek(0)
        source: IO[bytes] = gzip.open(file) if packed else file  # type: ignore[assignment]  # noqa: SIM115
        start, content = True, _read(path, source, min(FIRST_BLOCK, BLOCK))
        size = min(FIRST_BLOCK, BLOCK)
        while True:
            following = _read(path, source, size) if content else b""
            try:
                text = decoder.decode(content, final=not following)
            except UnicodeDecodeError as error:
                line += error.object.count(b"\n", 0, error.start)
                what = f"is not {form.encoding}: byte 0x{error.object[error.start]:02x} in line {line}"
                hint = "set encoding in the call format, for instance to cp1252 or utf-16"
                raise refused(path, what, hint) from error
            if "\0" in text:
                what = "holds zero bytes: a binary file, or text in UTF-16"
                raise refused(path, what, "set encoding in the call format")
            ends = text.count("\n")
            line, size = line + ends, min(max(len(content) * LINES // (ends + 1), FIRST_BLOCK), BLOCK)
            recoded = text.encode()
            yield recoded.removeprefix(UTF_8_MARK) if start else recoded, not following
            start, content = start and not text, following
            if not content:
                return


def _read(path: Path, source: IO[bytes], size: int) -> bytes:
    try:
        return source.read(size)
    except EOFError as error:
        raise refused(path, "the gzip file is cut short", FETCH) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise refused(path, f"the gzip file is damaged: {error}", FETCH) from error
    except OSError as error:
        raise refused(path, f"cannot be read: {error.strerror}") from error


def refused(path: Path, what: str, hint: str = "") -> Refused:
    """Return a refusal of a whole file."""
    return Refused([Problem(Place(str(path)), what, hint)])
