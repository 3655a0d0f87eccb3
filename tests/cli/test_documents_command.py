"""What is issued becomes files, the same each time, whatever came between; what cannot is told."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import facturx
import pytest
from permanence.cli.documenting import UnwrittenDocument, documents_told
from permanence.publish.typesetter import typesetter

from tests.cli.faults import killed_at, run_apart
from tests.cli.typed import out, refused, values
from tests.publish.documents_issued import SELLER, invoice, sold_in
from tests.publish.einvoice_rules import broken

WORDS = ("documents", "2026-02")


@pytest.fixture(autouse=True)
def here(richer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    shutil.copytree(richer, here)
    monkeypatch.chdir(here)
    return here


def test_each_document_that_is_issued_is_a_file_and_the_same_one_each_time() -> None:
    out("correct", "F-2026-00001", "--why", "Un appel reçu après la facture.", "--on", "2026-03-03")
    told = values(*WORDS)
    numbers = ["F-2026-00001", "F-2026-00002", "A-2026-00001", "F-2026-00003"]
    assert [one["number"] for one in told["files"]] == numbers
    assert [one["file"] for one in told["files"]] == [f"documents/{number}.pdf" for number in numbers]
    assert (told["left"], {one["new"] for one in told["files"]}) == ([], {True})
    before = {path.name: path.read_bytes() for path in Path("documents").iterdir()}
    for content in before.values():
        _, xml = facturx.get_facturx_xml_from_pdf(content)
        assert broken(xml.decode(), "EN 16931") == []
    Path("documents/A-2026-00001.pdf").unlink()
    Path("documents/F-2026-00002.pdf").write_bytes(b"half")
    kept = Path("documents/F-2026-00001.pdf").stat().st_ino
    shutil.rmtree("rules")
    shutil.rmtree("contracts")
    Path("calls.db").unlink()
    again = values(*WORDS)
    assert [one["number"] for one in again["files"] if one["new"]] == ["F-2026-00002", "A-2026-00001"]
    assert {path.name: path.read_bytes() for path in Path("documents").iterdir()} == before
    assert again["sha256"] == told["sha256"]
    assert Path("documents/F-2026-00001.pdf").stat().st_ino == kept


def test_what_was_written_is_in_the_log() -> None:
    told = values(*WORDS, "--into", "mine")
    (deed,) = values("log", "--command", "documents")["deeds"]
    assert deed["came_of"] == {"month": "2026-02", "into": "mine", "files": 2, "new": 2, "sha256": told["sha256"]}
    assert "2 fichiers dans mine/" in " ".join(out("log", "--command", "documents").split())


def test_a_run_that_is_killed_leaves_whole_files_and_the_next_one_writes_the_rest(here: Path) -> None:
    whole = {Path(one["file"]).name: Path(one["file"]).read_bytes() for one in values(*WORDS)["files"]}
    shutil.rmtree("documents")
    killed = 0
    for number in (1, 4, 7, 12):
        there = here.with_name(f"killed{number}")
        shutil.copytree(here, there)
        killed += run_apart(WORDS, there, killed_at(number)).code is None
        found = {path.name: path.read_bytes() for path in (there / "documents").glob("*.pdf")}
        assert found.items() <= whole.items()
        assert run_apart(WORDS, there).code == 0
        assert {path.name: path.read_bytes() for path in (there / "documents").iterdir()} == whole
    assert killed > 2


def test_a_month_of_which_nothing_is_issued_has_no_documents() -> None:
    assert refused("documents", "2026-01") == [
        "2026-01: nothing is issued of this month; run `permanence issue 2026-01` first"
    ]
    assert not Path("documents").exists()


def test_a_document_that_somebody_has_changed_is_not_written() -> None:
    with closing(sqlite3.connect("billing.db")) as database:
        (guard,) = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'issued' AND sql LIKE '%UPDATE%'"
        ).fetchone()
        database.execute(f"DROP TRIGGER [{guard}]")
        database.execute("UPDATE issued SET content = replace(content, 'Café', 'Cafe')")
        database.commit()
    assert "is not as it was issued" in refused(*WORDS)[0]
    assert not Path("documents").exists()


def test_a_document_that_lacks_something_is_told_and_the_others_are_written() -> None:
    earlier, in_francs = invoice(number="F-1"), {**sold_in("CH", 810), "currency": "CHF", "number": "F-2"}
    del earlier["payment"]
    odd, damaged = invoice(number="F 3 é"), {**invoice(number="F-4"), "lines": "none"}
    no_seller = {name: said for name, said in invoice(number="F-5").items() if name != "seller"}
    nowhere = {**invoice(number="F-6"), "seller": {**SELLER, "address": None}}
    with typesetter() as typeset:
        told = list(documents_told([earlier, in_francs, odd, damaged, no_seller, nowhere, invoice()], {}, typeset))
    left = {one.number: one.why for one in told if isinstance(one, UnwrittenDocument)}
    assert [number for number, why in left.items() if why] == ["F-1", "F-2", "F 3 é", "F-4", "F-5", "F-6"]
    for number, word in (
        ("F-1", "échéance"),
        ("F-2", "euros"),
        ("F 3 é", "numéro"),
        ("F-4", "se lit pas"),
        ("F-5", "qui vend"),
    ):
        assert word in left[number]
    assert [one.name for one in told if not isinstance(one, UnwrittenDocument)] == ["F-2026-00042.pdf"]


def test_a_page_that_cannot_be_set_is_told_and_the_others_are_written() -> None:
    kept, no_sign = invoice(), "株"
    parties = [
        {**kept, "number": f"F-{at}", at: {**kept[at], "name": f"Garage {no_sign}"}} for at in ("customer", "seller")
    ]
    with typesetter() as typeset:
        told = list(documents_told([*parties, kept], {}, typeset))
    left = [(one.number, one.why) for one in told if isinstance(one, UnwrittenDocument)]
    why = f"les polices de la page n'ont pas de signe pour « {no_sign} »"
    assert left == [("F-customer", why), ("F-seller", why)]
    assert [one.name for one in told if not isinstance(one, UnwrittenDocument)] == ["F-2026-00042.pdf"]


def test_a_list_of_other_calls_than_those_that_were_billed_is_not_written() -> None:
    told = values(*WORDS, "--calls")
    lists = {one["number"]: one["file"] for one in told["files"] if one["kind"] == "calls"}
    assert lists == {"F-2026-00002": "documents/F-2026-00002-appels.pdf"}
    (left,) = told["left"]  # a call came in after the invoice
    assert (left["number"], left["why"]) == ("F-2026-00001, appels", "ce ne sont plus les appels de la facture")


def test_scripts_get_the_same_as_people() -> None:
    assert "2 factures en PDF dans documents/." in out(*WORDS)
    assert "rien de plus" in out(*WORDS)
    assert json.loads(out(*WORDS, "--json"))["month"] == "2026-02"
