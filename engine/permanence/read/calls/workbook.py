"""A workbook of a spreadsheet as delimited text, so that it is read like any other call file."""

import csv
import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ...model.problem import Place, Problem, Refused, did_you_mean
from .mapping import CallFormat
from .stamp_forms import INSTANTS, spelt_out

MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: those of today are zip archives, those before 2007 compound files."""
MOST_PACKED, MOST_UNPACKED = 1 << 27, 1 << 29
"""Bytes: a workbook is in memory as a whole."""
Cell = int | float | str | bool | date | datetime | time | timedelta


def is_workbook(content: bytes) -> bool:
    """Tell whether a file is a workbook, by how it begins."""
    return content.startswith(MAGIC)


def workbook_content(path: Path) -> bytes:
    """Return the bytes of a workbook; raise Refused where there are more in it than a sheet of calls has."""
    with path.open("rb") as file:
        content: bytes = file.read(MOST_PACKED + 1)
    try:
        unpacked = sum(part.file_size for part in ZipFile(io.BytesIO(content)).infolist())
    except BadZipFile:
        # One of before 2007 is no archive; of one that is cut short the reader tells what is wrong.
        unpacked = 0
    if len(content) > MOST_PACKED or unpacked > MOST_UNPACKED:
        raise Refused([Problem(Place(str(path)), "is too large for an Excel workbook", "save it as CSV")])
    return content


def workbook_text(path: Path, content: bytes, form: CallFormat) -> bytes:
    """Return the rows of a workbook's sheet as lines of UTF-8 text with a format's delimiter, an empty row as such.

    A time is written in the format's own pattern. Raises Refused when there is no such sheet, or it cannot be read.
    """
    # Loaded where it is needed: few call files are workbooks.
    from python_calamine import CalamineError, CalamineWorkbook

    if form.layout != "delimited":
        what = f'is an Excel workbook: of layout "{form.layout}" it cannot be'
        raise Refused([Problem(Place(str(path)), what, "leave layout out of the call format")])
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = book.sheet_names
        if form.sheet and form.sheet not in sheets:
            what = f'is an Excel workbook without a sheet "{form.sheet}"'
            raise Refused([Problem(Place(str(path)), what, did_you_mean(form.sheet, sheets))])
        rows = book.get_sheet_by_name(form.sheet or sheets[0]).to_python(skip_empty_area=False)
    except (CalamineError, BadZipFile, IndexError) as error:
        what = f"is an Excel workbook that cannot be read: {error}"
        raise Refused([Problem(Place(str(path)), what, "save it again, or as CSV")]) from error
    written = io.StringIO()
    lines = csv.writer(written, delimiter=form.delimiter, lineterminator="\n")
    for row in rows:
        cells = [_text(cell, form) for cell in row]
        lines.writerow(cells if any(cells) else [])
    return written.getvalue().encode()


def _text(cell: Cell, form: CallFormat) -> str:
    """Return what a cell shows, on one line."""
    match cell:
        case datetime():
            return cell.strftime(spelt_out(form.stamp)) if form.stamp not in INSTANTS else cell.isoformat()
        case timedelta():
            return _clock(int(cell.total_seconds()))
        case time():
            return _clock(cell.hour * 3_600 + cell.minute * 60 + cell.second)
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
    return " ".join(str(cell).splitlines())


def _clock(seconds: int) -> str:
    return f"{seconds // 3_600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
