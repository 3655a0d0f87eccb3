"""docs/money.md: its sessions print what it shows, and each reason of the bank's that it names is known."""

import re
from pathlib import Path

import pytest
from permanence.model.return_reason import RETURNS

from tests.docs.documents import ROOT, agrees, blocks, commands, run

PAGE = ROOT / "docs" / "money.md"


@pytest.mark.usefixtures("after_billing")
def test_the_page_on_money_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for block in blocks(PAGE, "xml", "console"):
        if block.language == "xml":
            Path("camt.054.xml").write_text(block.text, "utf-8")
            continue
        for shown in commands(block):
            printed = run(shown.text, Path())
            assert agrees(printed, shown.printed), f"{block}: {shown.text} prints\n" + "\n".join(printed)


def test_what_is_asked_again_is_named_on_the_page() -> None:
    named = set(re.findall(r"\b[A-Z]{2}\d\d\b", PAGE.read_text("utf-8")))
    assert named <= RETURNS.keys()
    assert {code for code, reason in RETURNS.items() if reason.again} <= named
