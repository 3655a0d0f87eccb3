"""Every CSV that we write goes through one hand, which makes it safe to open in a spreadsheet."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITERS = ("writer", "DictWriter", "write_csv", "CSVWriter", "to_csv")
HAND = "engine/permanence/model/spreadsheet.py"
READ_AGAIN = "engine/permanence/read/calls/workbook.py"
"""A workbook as lines, in memory, for the reader of call files."""


def test_no_module_but_one_writes_csv() -> None:
    files = [path for root in ("engine", "plugins") for path in (ROOT / root).rglob("*.py")]
    found = {
        path.relative_to(ROOT).as_posix()
        for path in files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS
    }
    assert found == {HAND, READ_AGAIN}
