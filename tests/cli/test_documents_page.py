"""docs/documents.md: its session prints what it shows, and what it writes keeps the official rules, the French too."""

from pathlib import Path

import facturx
import pytest

from tests.docs.documents import ROOT, agrees, blocks, commands, run
from tests.publish.einvoice_rules import RULES, broken

PAGE = ROOT / "docs" / "documents.md"


@pytest.mark.usefixtures("after_billing")
def test_the_page_on_documents_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for block in blocks(PAGE, "console"):
        for shown in commands(block):
            printed = run(shown.text, Path())
            assert agrees(printed, shown.printed), f"{block}: {shown.text} prints\n" + "\n".join(printed)
    files = sorted(Path("documents").glob("F-2026-000??.pdf"))
    assert len(files) == 12
    for file in files:
        _, xml = facturx.get_facturx_xml_from_pdf(file.read_bytes())
        assert [rule for rules in RULES for rule in broken(xml.decode(), rules)] == [], file
