"""docs/safety.md: its sessions print what it shows."""

import shutil
from pathlib import Path

import pytest

from tests.docs.documents import ROOT, Command, repeat, run

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

    def named(shown: Command) -> None:
        for made in Path("backups").glob("*Z") if "backup " in shown.text else ():
            made.rename("backups/2026-11-03T081500Z")

    repeat(PAGE, tmp_path, named)
