"""A call list saved as a workbook: numbers, texts, times and durations as their cells have them."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from permanence.model.problem import Refused
from permanence.read.calls.mapping_file import load_format
from permanence.read.calls.records import read_calls

from tests.read.test_calls_cases import records_of

FORMAT = """
title = "A list kept in a spreadsheet"
stamp = "%d/%m/%Y %H:%M:%S"
{more}
[column]
call_id = "id"
start = "start"
number = "number"
talk = "talk"
[duration]
talk = "h:mm:ss"
[status]
always = "answered"
[direction]
always = "inbound"
"""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DATE, CLOCK = 1, 2
"""Places of the two cell formats of the workbook."""
Cell = str | tuple[float, int]


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Cell]]]) -> Path:
    """Write a workbook: texts, and numbers with their cell format."""

    def cell(value: Cell) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f'<c s="{value[1]}"><v>{value[0]}</v></c>'

    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    links = "".join(
        f'<Relationship Id="r{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="a/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" '
        f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="s" Type="{REL}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22"/>'
        '<xf numFmtId="46"/></cellXfs></styleSheet>',
    }
    for number, rows in enumerate(sheets.values(), 1):
        lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'
        )
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return path


def mapping(folder: Path, more: str = "") -> str:
    path = folder / "list.toml"
    path.write_text(FORMAT.format(more=more), encoding="utf-8")
    return str(path)


HEADER: Sequence[Cell] = ("id", "start", "number", "talk")
# 2 October 2026, 08:00:02, counted in days since 1900; 65 seconds as part of a day.
FIRST: Sequence[Cell] = ("a1", (46297 + 28802 / 86400, DATE), "0199000001", (65 / 86400, CLOCK))
SECOND: Sequence[Cell] = ((17, 0), "02/10/2026 09:00:02", "01 99 00 00 01", "0:02:00")


def test_the_cells_of_a_workbook_are_read_as_what_they_show(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", {"Calls": [HEADER, FIRST, SECOND]})
    found = records_of(read_calls(path, load_format(mapping(tmp_path))))
    assert [(one["call_id"], one["start"], one["number"], one["talk_seconds"]) for one in found] == [
        ("a1", "2026-10-02 06:00:02Z", "+33199000001", 65),
        ("17", "2026-10-02 07:00:02Z", "+33199000001", 120),
    ]


def test_another_sheet_of_a_workbook_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", {"Notes": [["hello"]], "Calls": [HEADER, FIRST]})
    (record,) = records_of(read_calls(path, load_format(mapping(tmp_path, 'sheet = "Calls"'))))
    assert record["call_id"] == "a1"
    with pytest.raises(Refused) as refused:
        read_calls(path, load_format(mapping(tmp_path, 'sheet = "Call"')))
    assert str(refused.value) == f'{path}: is an Excel workbook without a sheet "Call"; did you mean "Calls"?'


def test_a_workbook_that_is_none_or_cannot_be_one_is_refused_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(Refused, match=r"is an Excel workbook that cannot be read: .*; save it again, or as CSV"):
        read_calls(path, load_format(mapping(tmp_path)))
    with pytest.raises(Refused, match='is an Excel workbook: of layout "json" it cannot be'):
        read_calls(path, load_format(mapping(tmp_path, 'layout = "json"')))
