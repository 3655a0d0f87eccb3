"""Cells that a spreadsheet would work out are written as texts; numbers stay numbers."""

import csv
import io

import pytest
from permanence.model.spreadsheet import csv_text, safe_cell

ORDERS = (
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "\t=1+1",
    " =1+1",
    "\n@SUM(1)",
    "\uff1d1+1",
)
FIGURES = ("-4921", "+33199000042", "-12.50", "1 234,56", "0", -4921, 3, None, 1.5)


@pytest.mark.parametrize("cell", ORDERS)
def test_a_text_that_would_be_worked_out_stays_a_text(cell: str) -> None:
    assert safe_cell(cell).startswith("'")
    assert safe_cell(safe_cell(cell)) == safe_cell(cell)


@pytest.mark.parametrize("cell", [*FIGURES, "Salon Rouge", "a=b", "2026-10-01"])
def test_figures_and_other_texts_are_as_they_were(cell: object) -> None:
    assert safe_cell(cell) == cell


def test_an_end_of_a_line_before_a_formula_is_no_way_round() -> None:
    assert safe_cell("\r=1+1") == "<U+000D>=1+1"


def test_orders_to_a_terminal_show_their_number_and_rows_keep_their_cells() -> None:
    rows: list[list[object]] = [["name", "note"], ["Salon\x1b[31m Rouge", 'two\nlines, and a "quote"'], ["=1", -5]]
    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    assert read == [["name", "note"], ["Salon<U+001B>[31m Rouge", 'two\nlines, and a "quote"'], ["'=1", "-5"]]
