"""docs/ledger.md: its sessions print what it shows, and each reason why something is left is explained."""

import shutil
from pathlib import Path

import pytest
from permanence.cli.screens.issued import WHY

from tests.docs.documents import ROOT, repeat, run

PAGE = ROOT / "docs" / "ledger.md"
BEFORE = (
    "permanence sample . --contracts 12",
    "permanence contracts import customers.csv --offer essentielle@2023-01-01",
    "permanence calls import cdr-2026-09.csv.gz cdr-2026-10.csv.gz --format asterisk",
    "permanence bill 2026-09 --on 2026-11-02",
    "permanence bill 2026-10 --on 2026-11-02",
)


def test_the_page_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for command in BEFORE:
        run(command, tmp_path)
    repeat(PAGE, tmp_path)


def test_each_reason_why_something_is_left_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [why for why in WHY.values() if f"| {why}" not in text] == []
