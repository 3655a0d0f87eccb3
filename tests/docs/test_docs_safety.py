"""docs/safety.md: its sessions print what it shows."""

import shutil
from pathlib import Path

import pytest

from tests.docs.documents import ROOT, agrees, blocks, commands, run

PAGE = ROOT / "docs" / "safety.md"
BEFORE = (
    "permanence sample . --contracts 12",
    "permanence contracts import customers.csv --offer essentielle@2023-01-01",
    "permanence calls import cdr-2026-10.csv.gz --format asterisk",
    "permanence bill 2026-10",
    "permanence issue 2026-10",
)


def test_the_page_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    for command in BEFORE:
        run(command, tmp_path)
    for block in blocks(PAGE, "console"):
        for shown in commands(block):
            printed = run(shown.text, tmp_path)
            assert agrees(printed, shown.printed), f"{block}: {shown.text} prints\n" + "\n".join(printed)
            for made in Path("backups").glob("*Z") if "backup " in shown.text else ():
                made.rename("backups/2026-11-03T081500Z")
