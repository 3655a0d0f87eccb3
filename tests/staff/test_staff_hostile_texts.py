"""Texts of others, in every column of every table: no export is an order to a spreadsheet, no page turns round."""

import csv
import io
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from permanence.model.signs import STRANGE_IN_LINES
from permanence.model.spreadsheet import COMMAND, FIGURES
from permanence.staff.application import application, close
from permanence.staff.databases import BILLING, CALLS, IMPACT, SCHEMAS
from permanence.staff.safe_exports import SafeRows

ORDER = "=cmd|' /C calc'!A0\x1b[31m\u202e@SUM"
KEPT = {"run": ("missing_days",), "invoice": ("status",)}
"""Columns whose texts are not others': what we write there in a form of our own."""


def soiled(path: Path, database: str, folder: Path) -> Path:
    """Return a copy of a database in which each text that is no key, and refers to nothing, is an order."""
    copy = folder / path.name
    shutil.copy(path, copy)
    connection = sqlite3.connect(copy)
    changed = 0
    for table in SCHEMAS[database]:
        keys = table.key or (table.columns[0].name,)
        for column in table.stored:
            own = column.name in keys or column.refers_to or column.name in KEPT.get(table.name, ())
            dated = re.search(r"day|month|currency|signed|live|since|until|sold_from|served_from|promised", column.name)
            if column.type.startswith("TEXT") and not own and not dated:
                try:
                    changed += connection.execute(f"update [{table.name}] set [{column.name}] = ?", [ORDER]).rowcount
                except sqlite3.IntegrityError:
                    continue  # one of a few words, or a text that is there once
    assert changed > 5
    connection.commit()
    connection.close()
    return copy


@pytest.fixture
async def soiled_pages(billing_db: Path, calls_db: Path, impact_db: Path, tmp_path: Path) -> AsyncIterator[Any]:
    """Serve databases whose texts are all orders."""
    paths = ((billing_db, BILLING), (calls_db, CALLS), (impact_db, IMPACT))
    billing, calls, impact = (soiled(path, name, tmp_path) for path, name in paths)
    served = application(billing, calls, impact)
    await served.invoke_startup()
    yield served
    close(served)


async def test_no_table_is_exported_with_an_order(soiled_pages: Any) -> None:
    with_text, figures = 0, 0
    for database, tables in SCHEMAS.items():
        for table in tables:
            for asked in ("", "?_stream=1", "?_dl=1&_labels=on"):
                answer = await soiled_pages.client.get(f"/{database}/{table.name}.csv{asked}")
                if answer.status_code != 200:
                    continue  # not for staff
                for row in csv.reader(io.StringIO(answer.text, newline="")):
                    for cell in row:
                        assert not COMMAND.match(cell) or FIGURES.fullmatch(cell), (table.name, cell)
                        assert not STRANGE_IN_LINES.search(cell)
                        with_text += cell.startswith("'=cmd")
                        figures += bool(re.fullmatch(r"-?[0-9]+", cell))
    assert with_text > 20
    assert figures > 100


async def test_no_page_and_no_export_of_calls_turns_round(soiled_pages: Any) -> None:
    urls = [f"/{database}/{table.name}" for database, tables in SCHEMAS.items() for table in tables]
    shown = 0
    for url in (*urls, "/", "/impact", "/appels/2026-11/C0001", "/appels/2026-11/C0001.csv"):
        answer = await soiled_pages.client.get(url)
        if answer.status_code == 200:
            assert not STRANGE_IN_LINES.search(answer.text), url
            shown += "U+202E" in answer.text
    assert shown > 5


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_rows_that_arrive_in_pieces_leave_as_they_were(size: int) -> None:
    text = io.StringIO(newline="")
    rows = [["a", "b"], ["1", 'two\r\nlines, "quoted"'], ["", "é\u2028x"], ["last", "-5"]]
    csv.writer(text).writerows(rows)
    raw, safe = text.getvalue().encode(), SafeRows()
    pieces = [raw[place : place + size] for place in range(0, len(raw), size)]
    out = b"".join(safe.of(piece, more=True) for piece in pieces) + safe.of(b"", more=False)
    read = list(csv.reader(io.StringIO(out.decode(), newline="")))
    assert read == [*rows[:2], ["", "é<U+2028>x"], rows[3]]
