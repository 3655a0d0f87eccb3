"""The quote and the contract as PDF: every price of the one is on the other, and the same is the same bytes."""

import re
import shutil
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from tests.cli.conftest import SMALL_OFFER
from tests.cli.typed import out, refused, values

ASKED = ("quote", "accueil", "--calls", "5", "--on", "2026-09-01", "--for", "Café « Œil » & Cie")


@pytest.fixture(autouse=True)
def here(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    shutil.copytree(small, here)
    monkeypatch.chdir(here)
    return here


def text_of(file: str) -> str:
    with pikepdf.open(file) as pdf:
        assert "<pdfaid:part>3</pdfaid:part>" in pdf.Root.Metadata.read_bytes().decode()
    return re.sub(r"\s+", " ", "\n".join(page.extract_text() for page in PdfReader(file).pages))


def test_a_quote_as_pdf_says_what_its_page_says_and_is_the_same_bytes() -> None:
    number = values(*ASKED)["number"]
    out(*ASKED, "--pdf", "quote.pdf", "--html", "quote.html")
    first, told = Path("quote.pdf").read_bytes(), text_of("quote.pdf")
    for said in ("Devis", number, "Café « Œil » & Cie", "Permanence Exemple", "Rien d'autre ne sera facturé"):
        assert said in told
    cells = re.findall(r"<td[^>]*>([^<]+)</td>", Path("quote.html").read_text("utf-8"))
    missing = [cell for cell in cells if re.sub(r"\s+", " ", cell.replace("&#39;", "'")) not in told]
    assert missing == []
    assert "<strong>Permanence Exemple</strong>" in Path("quote.html").read_text("utf-8")
    out(*ASKED, "--pdf", "quote.pdf")
    assert Path("quote.pdf").read_bytes() == first


def test_a_contract_as_pdf_has_parties_prices_terms_and_dates_as_they_were_signed() -> None:
    out("contracts", "print", "C0001", "--pdf", "C1.pdf")
    first, told = Path("C1.pdf").read_bytes(), text_of("C1.pdf")
    for said in (
        *("Contrat", "C0001", "Café du Port", "1 quai", "59000 Lille", "Permanence Exemple", "+33199000001"),
        *("2 janvier 2026", "10,00 €", "RUM-C0001", "FR53ZZZ999999", "FR76 … 0115", SMALL_OFFER),
        "Dates, telles qu'elles découlent de la signature",
    ):
        assert said in told
    assert "FR7699999000010000000000115" not in told.replace(" ", "")
    event = '\n[[event]]\ncontract = "C0001"\nwhat = "notice_received"\non = 2026-05-05\n'
    file = Path("contracts/customers.toml")
    file.write_text(file.read_text("utf-8") + event, "utf-8")
    out("contracts", "print", "C0001", "--pdf", "C1.pdf")
    assert Path("C1.pdf").read_bytes() == first


def test_a_contract_as_pdf_has_every_term_that_was_agreed_and_its_lists_on_one_page() -> None:
    agreed = ("--discount", "10%: Ouverture", "--discount", "1: Ami de la maison")
    number = values(*ASKED, *agreed, "--save", "quotes")["number"]
    out("sign", f"quotes/{number}.toml", "--line", "+33199000009", "--on", "2026-09-02", "--live", "2026-09-02")
    out("contracts", "print", "C0003", "--pdf", "C3.pdf")
    told = text_of("C3.pdf").partition("Lignes")[0]
    assert "Ouverture" in told
    assert "Ami de la maison" in told
    texts = [page.extract_text() for page in PdfReader("C3.pdf").pages]
    for heading, last in (("Horaires", "les autres ne comptent pas"), ("Rien d'autre ne sera", "Pour le client, date")):
        assert [heading in text for text in texts] == [last in text for text in texts]


def test_a_contract_as_pdf_has_the_instructions_that_it_was_written_with_and_none_that_came_later() -> None:
    file = Path("contracts/customers.toml")
    given = 'id = "C0001"\ninstruction = [{ text = "Transférez au gérant.", number = "+33199000042" }]'
    event = '\n[[event]]\ncontract = "C0001"\nwhat = "instruction_given"\non = 2026-05-05\n'
    event += 'instruction = { text = "Prenez un message." }\n'
    file.write_text(file.read_text("utf-8").replace('id = "C0001"', given, 1) + event, "utf-8")
    out("contracts", "print", "C0001", "--pdf", "C1.pdf")
    told = text_of("C1.pdf")
    assert (
        "Consignes • Tous les appels : Transférez au gérant (+33199000042). Elles changent sur simple demande" in told
    )
    assert "Prenez un message" not in told
    out("contracts", "print", "C0002", "--pdf", "C2.pdf")
    assert "Consignes" not in text_of("C2.pdf")


def test_a_contract_of_which_nobody_knows_who_sells_is_not_printed() -> None:
    shutil.rmtree("sellers")
    assert "it is not known who sells" in refused("contracts", "print", "C0001", "--pdf", "C1.pdf")[0]
    assert not Path("C1.pdf").exists()
