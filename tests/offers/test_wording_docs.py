"""docs/offers.md: the sessions that tell and compare the shipped offer print what the page shows."""

from pathlib import Path

import pytest

from tests.docs.documents import agrees, apply, blocks, commands, run, section
from tests.offers.telling import ROOT

PAGE = ROOT / "docs" / "offers.md"


def test_the_sessions_of_the_page_print_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shipped,) = [block for block in blocks(PAGE, "toml") if '\nid = "garde"' in block.text]
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "garde-2026-01-01.toml").write_text(shipped.text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    ran = 0
    here = section(PAGE, "What a salesperson says, and what a customer notices")
    for block in (block for block in blocks(PAGE, "diff", "console") if block.line in here):
        if block.language == "diff":
            (tmp_path / "rules" / "garde-2026-07-01.toml").write_text(shipped.text, encoding="utf-8")
            apply(block, tmp_path)
            continue
        for shown in commands(block):
            printed = run(shown.text, tmp_path)
            assert agrees(printed, shown.printed), f"{block}: {shown.text} prints\n" + "\n".join(printed)
            ran += 1
    assert ran == 2
