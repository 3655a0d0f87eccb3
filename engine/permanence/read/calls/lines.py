"""A call file as columns of text, one record per line, with the lines that are no record."""

import csv
import gzip
import hashlib
import io
import zlib
from collections import Counter
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from attrs import frozen

from ...model.problem import Place, Problem, Refused, did_you_mean
from ...model.usage import Numbers
from .mapping import CallFormat

BLOCK = 1 << 24
UNCLOSED = "a quotation mark is opened and not closed (the record may be cut short)"


@frozen(eq=False, kw_only=True)
class TextTable:
    """Records as columns of text by their names, the line of each, and why the other lines are none.

    ``texts`` holds every line of the file, from line 1 at position 0.
    """

    columns: Mapping[str, "pa.Array"]
    lines: Numbers
    damaged: Mapping[int, str]
    texts: list[bytes]


def read_bytes(path: Path) -> tuple[bytes, str]:
    """Return the content of a file, unpacked when its name ends in .gz, and the SHA-256 of its bytes.

    Raises Refused when there is no such file, it is empty, or its gzip stream is damaged or cut short.
    """
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror}") from error
    try:
        content = gzip.decompress(packed) if path.suffix == ".gz" else packed
    except EOFError as error:
        raise _refused(path, "the gzip file is cut short", "copy or fetch it again") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise _refused(path, f"the gzip file is damaged: {error}", "copy or fetch it again") from error
    if not content.strip():
        raise _refused(path, "the file is empty")
    return content, hashlib.sha256(packed).hexdigest()


def read_text(path: Path, content: bytes, form: CallFormat) -> TextTable:
    """Return the columns that a format uses of a file's content.

    Raises Refused when the content is of another encoding, has not the format's columns, or when most of
    its lines have another number of columns.
    """
    try:
        return _cut(path, _recoded(path, content, form).splitlines(), form)
    except (csv.Error, pa.ArrowInvalid) as error:
        raise _refused(path, f"cannot be cut into columns: {error}") from error


def _cut(path: Path, texts: list[bytes], form: CallFormat) -> TextTable:
    numbers = [number for number, text in enumerate(texts, 1) if text]
    if not numbers:
        raise _refused(path, "the file is empty")
    names = _header(path, texts, numbers, form)
    if form.header:
        numbers = numbers[1:]
    if not numbers:
        raise _refused(path, "the file has a header and no records")
    table, damaged = _parsed(texts, numbers, names, form)
    if 2 * len(damaged) > len(numbers):
        what = f"is not of format {form.name}: {len(damaged)} of its {len(numbers)} lines are no such records"
        first = min(damaged)
        raise Refused([Problem(Place(str(path)), what), Problem(Place(str(path), first), damaged[first])])
    sound = np.array([number for number in numbers if number not in damaged], dtype=np.int64)
    columns = {theirs: table.column(theirs).combine_chunks() for theirs in form.columns_read() if theirs in names}
    return TextTable(columns=columns, lines=sound, damaged=damaged, texts=texts)


def _recoded(path: Path, content: bytes, form: CallFormat) -> bytes:
    """Return the content as UTF-8 without a byte order mark."""
    try:
        text = content.decode(form.encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"is not {form.encoding}: byte 0x{content[error.start]:02x} in line {line}"
        raise _refused(path, what, "set encoding in the call format, for instance to cp1252 or utf-16") from error
    if "\0" in text:
        raise _refused(path, "holds zero bytes: a binary file, or text in UTF-16", "set encoding in the call format")
    return content.removeprefix(b"\xef\xbb\xbf") if form.encoding == "utf-8" else text.encode()


def _header(path: Path, texts: list[bytes], numbers: list[int], form: CallFormat) -> list[str]:
    """Return the names of the file's columns, from its first line or from the format's lists."""
    if not form.header:
        return _fitting_list(path, [texts[number - 1].decode() for number in islice(numbers, 200)], form)
    names = [name.strip() for name in _cells(texts[numbers[0] - 1].decode(), form)]
    missing = [name for name, may_lack in form.columns_read().items() if name not in names and not may_lack]
    place = Place(str(path), numbers[0])
    problems = [Problem(place, f'the column "{name}" is missing', did_you_mean(name, names)) for name in missing]
    problems += [Problem(place, f'two columns are named "{name}"') for name in _repeated(names)]
    if problems:
        raise Refused(problems)
    return names


def _fitting_list(path: Path, texts: list[str], form: CallFormat) -> list[str]:
    """Return the column list whose length most of the first lines have."""
    usual = Counter(len(_cells(text, form)) for text in texts).most_common(1)[0][0]
    lists = [names.split(",") for names in form.columns]
    for names in lists:
        if len(names) == usual:
            return names
    wanted = " or ".join(str(len(names)) for names in lists)
    raise _refused(path, f"is not of format {form.name}: its lines have {usual} columns, not {wanted}")


def _cells(text: str, form: CallFormat) -> list[str]:
    return next(csv.reader([text], delimiter=form.delimiter))


def _repeated(names: list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1 and name]


def _parsed(
    texts: list[bytes], numbers: list[int], names: list[str], form: CallFormat
) -> tuple["pa.Table", dict[int, str]]:
    """Return the records as a table of text, and a sentence for each line that is none.

    A quotation mark that is never closed would swallow the lines after it: when records are fewer than lines,
    such lines are taken out.
    """
    unclosed = {numbers[-1]} if _is_unclosed(texts[numbers[-1] - 1], form) else set()
    try:
        table, damaged = _parse(texts, numbers, names, form)
        swallowed = len(table) + len(damaged) < len(numbers)
    except pa.ArrowInvalid:
        swallowed = True
    if swallowed:
        unclosed = {number for number in numbers if _is_unclosed(texts[number - 1], form)}
    if swallowed or unclosed:
        table, damaged = _parse(texts, [number for number in numbers if number not in unclosed], names, form)
    return table, damaged | dict.fromkeys(unclosed, UNCLOSED)


def _is_unclosed(text: bytes, form: CallFormat) -> bool:
    rows = csv.reader([text.decode() + "\n", ""], delimiter=form.delimiter)
    next(rows)
    return rows.line_num > 1


def _parse(
    texts: list[bytes], numbers: list[int], names: list[str], form: CallFormat
) -> tuple["pa.Table", dict[int, str]]:
    damaged: dict[int, str] = {}

    def set_aside(row: "pa_csv.InvalidRow") -> str:
        cut = " (the record is cut short)" if row.actual_columns < row.expected_columns else ""
        damaged[numbers[row.number - 1]] = f"{row.actual_columns} columns, not {row.expected_columns}{cut}"
        return "skip"

    used = [theirs for theirs in form.columns_read() if theirs in names]
    unique = [name if name in used else f"{position}: {name}" for position, name in enumerate(names)]
    table = pa_csv.read_csv(
        io.BytesIO(b"\n".join([texts[number - 1] for number in numbers])),
        read_options=pa_csv.ReadOptions(use_threads=False, column_names=unique, block_size=BLOCK),
        parse_options=pa_csv.ParseOptions(delimiter=form.delimiter, invalid_row_handler=set_aside),
        convert_options=pa_csv.ConvertOptions(
            column_types={name: pa.string() for name in used},
            include_columns=used,
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            null_values=["", *form.empty],
        ),
    )
    return table, damaged


def _refused(path: Path, what: str, hint: str = "") -> Refused:
    return Refused([Problem(Place(str(path)), what, hint)])
