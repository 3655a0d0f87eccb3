"""Records of work that is no call, out of a CSV file, or everything that is wrong with them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from ...model.problem import Place, Problem, Refused, did_you_mean
from ...model.work import BARE_NAME, MOST, RefusedWork, Work, WorkFile, WorkRecord
from .masking import masked
from .work_lines import WorkRow, read_rows, refused

COLUMNS = ("contract", "day", "what", "quantity", "note")
MAY_LACK = ("note", "id")
FIRST_YEAR = 2000
FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WHOLE = re.compile(r"[+-]?[0-9]+")
LONGEST_TEXT, LONGEST_QUANTITY = 200, 20


def read_work(path: Path, latest: date) -> WorkFile:
    """Return the records of a file of work, with those that cannot be used; no work was done after the ``latest`` day.

    Raises Refused when the file has not the columns, holds no record, or when more than half cannot be read.
    """
    (header, *rows), digest = read_rows(path)
    names = _names(path, header)
    if not rows:
        raise refused(path, "the file has a header and no records")
    records: list[WorkRecord] = []
    left: list[RefusedWork] = []
    for row in rows:
        try:
            records.append(_record(row, names, latest))
        except ValueError as error:
            problem = Problem(Place(str(path), row.line), str(error))
            left.append(RefusedWork(problem=problem, text=masked(row.text)[:LONGEST_TEXT]))
    if 2 * len(left) > len(rows):
        what = f"{len(left)} of its {len(rows)} records cannot be read"
        raise Refused([Problem(Place(str(path)), what), left[0].problem])
    return WorkFile(file=str(path), digest=digest, rows=len(rows), records=tuple(records), refused=tuple(left))


def _names(path: Path, header: WorkRow) -> Sequence[str]:
    """Return the columns by the first line; raise Refused for one that is missing, unknown or there twice."""
    names, known = [cell.lower() for cell in header.cells], (*COLUMNS, "id")
    place = Place(str(path), header.line)
    missing = [name for name in COLUMNS if name not in names and name not in MAY_LACK]
    problems = [Problem(place, f'the column "{name}" is missing', did_you_mean(name, names)) for name in missing]
    for name, count in Counter(names).items():
        if name not in known:
            problems.append(Problem(place, f'"{name}" is no column of work', did_you_mean(name, known)))
        elif count > 1:
            problems.append(Problem(place, f'two columns are named "{name}"'))
    if problems:
        raise Refused(problems)
    return names


def _record(row: WorkRow, names: Sequence[str], latest: date) -> WorkRecord:
    """Return the record in a row; raise ValueError with what is wrong with it."""
    if row.fault:
        raise ValueError(row.fault)
    if len(row.cells) != len(names):
        raise ValueError(f"{len(row.cells)} columns, not {len(names)}")
    cells = dict(zip(names, row.cells, strict=True))
    for name in COLUMNS:
        if not cells.get(name) and name not in MAY_LACK:
            raise ValueError(f'"{name}" is empty')
    note, what = cells.get("note", ""), cells["what"]
    if not BARE_NAME.fullmatch(what):
        near = re.sub(r"[^a-z0-9]+", "_", what.lower()).strip("_")
        meant = f': did you mean "{near}"?' if BARE_NAME.fullmatch(near) else ""
        raise ValueError(f'"{masked(what)}" is no name of work, which has small letters, digits and _{meant}')
    work = Work(contract=cells["contract"], day=_day(cells["day"], latest), what=what, quantity=_quantity(cells))
    return WorkRecord(line=row.line, id=cells.get("id", ""), work=work, note=note)


def _day(text: str, latest: date) -> date:
    """Return a day, as 2026-10-01 or 01/10/2026."""
    try:
        if french := FRENCH_DAY.fullmatch(text):
            day, month, year = map(int, french.groups())
            found = date(year, month, day)
        elif ISO_DAY.fullmatch(text):
            found = date.fromisoformat(text)
        else:
            raise ValueError(text)
    except ValueError as error:
        raise ValueError(f'"{masked(text)}" is no day such as 2026-10-01 or 01/10/2026') from error
    if not found.year >= FIRST_YEAR or found > latest:
        raise ValueError(f"{found} does not lie in the years from {FIRST_YEAR} to today")
    return found


def _quantity(cells: Mapping[str, str]) -> int:
    """Return how much; what is less than none takes earlier work back, and its note says why."""
    text = cells["quantity"]
    if not WHOLE.fullmatch(text) or len(text) > LONGEST_QUANTITY or abs(int(text)) > MOST:
        raise ValueError(f'"{masked(text)}" is no whole number up to {MOST}')
    if (quantity := int(text)) < 0 and not cells.get("note"):
        raise ValueError(f"{quantity} takes work back, and no note says why")
    return quantity
