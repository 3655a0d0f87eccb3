"""docs/terms.md: its sessions print what it shows, and it explains each key and reading of a contract's life."""

import shutil
from pathlib import Path

import pytest
from attrs import fields
from permanence.model.keys import is_key, key_name
from permanence.model.term_rules import TermRules

from tests.docs.documents import ROOT, repeat

PAGE = ROOT / "docs" / "terms.md"
NOT_OF_A_CALENDAR = {"trial_billed", "setup_fee"}


def test_the_page_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    shutil.copytree(ROOT / "contracts", tmp_path / "contracts")
    shutil.copytree(ROOT / "sellers", tmp_path / "sellers")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    assert repeat(PAGE, tmp_path) == 5


def test_the_page_explains_each_key_and_reading() -> None:
    text = PAGE.read_text(encoding="utf-8")
    keys = [key_name(attribute) for attribute in fields(TermRules) if is_key(attribute)]
    assert [name for name in keys if f"`{name}`" not in text and name not in NOT_OF_A_CALENDAR] == []
    assert [f"A{n}" for n in (*range(10, 19), 20, 21, 27) if f"| A{n} |" not in text] == []
