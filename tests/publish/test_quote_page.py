"""docs/quotes.md: its sessions print what it shows, and the piece of a quote file is in the file."""

import shutil
from pathlib import Path

import pytest

from tests.docs.documents import ROOT, agrees, blocks, commands, run

PAGE = ROOT / "docs" / "quotes.md"


def test_the_sessions_of_the_page_print_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    shutil.copytree(ROOT / "contracts", tmp_path / "contracts")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    asked, signed = (command for block in blocks(PAGE, "console") for command in commands(block))
    for command in (asked, signed):
        printed = run(command.text, tmp_path)
        assert agrees(printed, command.printed), f"{command.text} prints\n" + "\n".join(printed)
    (file,) = Path("quotes").iterdir()
    text = file.read_text(encoding="utf-8")
    piece, _ = blocks(PAGE, "toml")
    assert piece.text in text
    contract = Path("contracts/C0001.toml")
    contract.write_text(contract.read_text("utf-8").replace('mission = "simple"', 'mission = "complex"'), "utf-8")
    refusal, edited = blocks(PAGE, "text")
    assert edited.text.splitlines()[0] in run("permanence check contracts/C0001.toml", tmp_path)
    contract.unlink()
    file.write_text(text.replace(piece.text, piece.text.replace("229.00", "219.00")), encoding="utf-8")
    assert run(signed.text, tmp_path)[:3] == refusal.text.splitlines()
