"""A customer list in CSV → contracts, or every row that is wrong; nothing is imported by halves.

Columns: account, line, customer, kind, region, mission, signed, options (separated by spaces), note;
and, where a list has them: id, live, offer, notice, band, plan, windows (separated by spaces), seller, and the legal
data of LEGAL_COLUMNS, of whose address "|" separates the lines. Commas or semicolons separate the columns.

The contract's number is the account code unless there is an ``id``; its lines are the account code and
the telephone number. A note that reads ``notice received 2026-05-31`` fills in the notice. A contract without ``live``
is not billed before its go-live is noted.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import repeat
from pathlib import Path
from typing import Any

from attrs import frozen

from ...model.contract import Contract
from ...model.line import one_spelling, spoilt
from ...model.problem import Place, Problem, Refused, did_you_mean
from ...model.spreadsheet import cell_text
from ..toml.faults import WRONG, Notes, problems
from ..toml.located_toml import Path as TomlPath
from ..toml.located_toml import read_text
from ..toml.strange_signs import strange_inside
from ..toml.structure import record_of
from .contract_checks import check_alone, check_together

NEEDED = ("account", "line", "customer", "kind", "region", "mission", "signed", "options", "note")
LEGAL_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "legal_name": ("name",),
    "address": ("address", "lines"),
    "postcode": ("address", "postcode"),
    "town": ("address", "town"),
    "country": ("address", "country"),
    "siren": ("siren",),
    "vat_number": ("vat_number",),
    "email": ("email",),
    "iban": ("iban",),
    "mandate": ("mandate", "reference"),
    "mandate_signed": ("mandate", "signed"),
    "mandate_kind": ("mandate", "kind"),
}
"""The columns of a customer's legal data, and where in `[contract.legal]` each belongs."""
OPTIONAL = ("id", "live", "offer", "notice", "band", "plan", "windows", "seller", *LEGAL_COLUMNS)
NOTICE_NOTE = re.compile(r"notice received (\d{4}-\d{2}-\d{2})")

COLUMNS: Mapping[TomlPath, str] = {
    ("customer", "name"): "customer",
    ("customer", "kind"): "kind",
    ("customer", "region"): "region",
    ("lines", 0): "account",
    ("lines", 1): "line",
    ("lines",): "account",
    ("option",): "options",
    ("legal", "address"): "address",
    ("legal", "mandate"): "mandate",
    **{("legal", *path): column for column, path in LEGAL_COLUMNS.items()},
}
"""The column that a path in a contract comes from, where it has another name."""


@frozen
class Row:
    """One row of the list: its cells by column, and where each column stands."""

    cells: Mapping[str, str]
    places: Mapping[str | int, Place]

    def place(self, path: TomlPath) -> Place:
        """Return the place of the cell that a path in a contract comes from; of the row for the contract itself."""
        columns = (COLUMNS.get(path[:length], "") for length in range(len(path), 0, -1))
        return next(self.places[column] for column in (*columns, *path[:1], "account") if column in self.places)

    key_place = place


def import_contracts(path: Path, offer: str) -> tuple[tuple[Contract, ...], tuple[Problem, ...]]:
    """Return the contracts of a customer list, or no contract and everything that is wrong with the list.

    ``offer`` is the offer version of each row that does not name its own; empty when every row should.
    """
    try:
        text = read_text(path)
    except Refused as refused:
        return (), refused.problems
    rows, found = _rows(text, path.as_posix())
    contracts: list[Contract] = []
    for row in rows:
        contract, wrong = _contract(row, offer)
        found += wrong
        contracts += [contract] if contract else []
    found += check_together(contracts)
    found.sort(key=lambda problem: (problem.where.line, problem.where.column))
    return (() if found else tuple(contracts)), tuple(found)


def _contract(row: Row, offer: str) -> tuple[Contract | None, tuple[Problem, ...]]:
    notes = Notes(row.place, row.place)
    table = _table(row.cells, offer, notes)
    notes.faults += strange_inside(table)
    contract = record_of(Contract).read(table, (), notes)
    if contract is WRONG:
        return None, problems(notes.faults, row)
    notes.faults += check_alone(contract)
    return contract, problems(notes.faults, row)


def _table(cells: Mapping[str, str], offer: str, notes: Notes) -> dict[str, Any]:
    """Return a row as the table of a contract file: an empty cell is an absent key."""
    number = cells.get("id") or cells["account"]
    if not number:
        notes.fault(("id",), "the row has no account")
    version = cells.get("offer") or offer
    if not version:
        notes.fault(("offer",), "the row names no offer", "add a column offer, or name one for all with --offer")
    noticed = NOTICE_NOTE.fullmatch(cells["note"])
    days = {name: cells.get(name, "") for name in ("signed", "live", "notice")}
    days["notice"] = days["notice"] or (noticed[1] if noticed else "")
    table: dict[str, Any] = {
        "id": number,
        "customer": {"name": cells["customer"]} | {name: cells[name] for name in ("kind", "region") if cells[name]},
        "offer": version,
        "mission": cells["mission"],
        "plan": cells.get("plan", ""),
        "windows": cells.get("windows", "").split(),
        "lines": _lines(cells, notes),
        "option": [{"id": name} for name in cells["options"].split()],
        "note": cells["note"],
        "band": _number(cells.get("band", "")),
        "seller": cells.get("seller", ""),
        "legal": _legal(cells, notes) or None,
    }
    table |= {name: _day(text, name, notes) for name, text in days.items() if text}
    return {
        name: value for name, value in table.items() if value not in ("", None, WRONG) and (value or name != "windows")
    }


def _legal(cells: Mapping[str, str], notes: Notes) -> dict[str, Any]:
    """Return the legal data of a row as their table: an empty cell is an absent key."""
    table: dict[str, Any] = {}
    for column, path in LEGAL_COLUMNS.items():
        if not (text := cells.get(column, "")):
            continue
        value: Any = text
        if column == "address":
            value = [line.strip() for line in text.split("|")]
        elif column == "mandate_signed":
            value = _day(text, column, notes)
        inside = table.setdefault(path[0], {}) if len(path) > 1 else table
        inside[path[-1]] = value
    if table.get("mandate", {}).get("signed") is WRONG:
        del table["mandate"]
    return table


def _lines(cells: Mapping[str, str], notes: Notes) -> list[str]:
    """Return the account code and the telephone number; note which of them a spreadsheet spoilt."""
    account, line = cells["account"], cells["line"]
    for name, number in (("account", account), ("line", line)):
        what = spoilt(number) if name == "line" or not number.isdecimal() else ""
        if what:
            notes.fault((name,), f'"{number}": {what}', "make the column a text in the spreadsheet, and type it again")
    return [one for one in dict.fromkeys((account, one_spelling(line))) if one]


def _day(text: str, name: str, notes: Notes) -> date | object:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return notes.fault((name,), f'"{text}" is not a day such as 2026-01-31')


def _number(text: str) -> int | str:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else text


def _rows(text: str, file: str) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a list that have a cell in each column, and what is wrong with the others."""
    lines = text.split("\n")
    delimiter = ";" if lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    found: list[Problem] = []
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            places = list(_places(file, line, lines[line - 1], delimiter))
            line = reader.line_num + 1
            if not header:
                header = [cell.strip() for cell in cells]
                found += _check_header(header, places)
                if found:
                    break
            elif len(cells) == len(header):
                # A cell of several lines is one text that a spreadsheet has broken.
                stripped = [" ".join(cell_text(cell).splitlines()) for cell in cells]
                rows.append(Row(dict(zip(header, stripped, strict=True)), _by_column(header, places)))
            elif cells:
                found.append(Problem(places[0], f"the row has {len(cells)} cells, the header {len(header)}"))
    except csv.Error as error:
        found.append(Problem(Place(file, line, 1, lines[line - 1]), f"not CSV: {error}"))
    if not rows and not found:
        found.append(Problem(Place(file), "there is no contract in the list"))
    return rows, found


def _check_header(header: list[str], places: list[Place]) -> Iterator[Problem]:
    if not set(header) & set(NEEDED):
        yield Problem(places[0], "this is no customer list", f"its first line names {', '.join(NEEDED)}")
        return
    for name in NEEDED:
        if name not in header:
            yield Problem(places[0], f'there is no column "{name}"', f"columns: {', '.join(NEEDED)}")
    for number, name in enumerate(header):
        if name in header[:number]:
            yield Problem(places[number], f'the column "{name}" is there twice')
        elif name not in (*NEEDED, *OPTIONAL):
            yield Problem(places[number], f'unknown column "{name}"', did_you_mean(name, (*NEEDED, *OPTIONAL)))


def _places(file: str, number: int, line: str, delimiter: str) -> Iterator[Place]:
    """Yield where each cell of a line begins; a delimiter inside quotes begins none."""
    yield Place(file, number, 1, line)
    quoted = False
    for column, sign in enumerate(line, start=2):
        quoted ^= sign == '"'
        if sign == delimiter and not quoted:
            yield Place(file, number, column, line)


def _by_column(header: list[str], places: list[Place]) -> dict[str | int, Place]:
    """Return the place of each column; of a cell past the row's first line, that of the row.

    What has no column of its own stands where it was taken from.
    """
    whole = repeat(places[0], len(header))
    found: dict[str | int, Place] = dict(zip(header, [*places, *whole], strict=False))
    return {"id": found["account"], "notice": found["note"]} | found
