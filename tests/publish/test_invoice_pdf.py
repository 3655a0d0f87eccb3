"""The file of a document: a page that people read, as PDF/A-3, and the invoice of machines in it."""

import re
from io import BytesIO

import facturx
import pikepdf
import pytest
from permanence.model.customer_document import customer_document
from permanence.model.problem import Refused
from permanence.publish.factur_x import factur_x
from permanence.publish.invoice_pdf import invoice_pdf
from permanence.publish.typesetter import Typeset, typesetter
from pypdf import PdfReader

from tests.publish.documents_issued import KINDS, Kept, invoice, line

SHOWN = ("usual", "credit note", "no VAT, 293 B", "La Réunion, 8.5 %", "deposit taken", "consumer", "seventy lines")


def pdf_of(kept: Kept, typeset: Typeset) -> bytes:
    return invoice_pdf(customer_document(kept), {}, typeset)


def words_of(pdf: bytes) -> str:
    """Return the text of a file, page by page, with plain spaces."""
    told = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", told)


@pytest.mark.parametrize("kind", SHOWN)
def test_machines_find_the_invoice_in_the_page(kind: str, typeset: Typeset) -> None:
    kept = KINDS[kind]()
    pdf = pdf_of(kept, typeset)
    name, xml = facturx.get_facturx_xml_from_pdf(BytesIO(pdf), check_xsd=True)
    assert (name, xml) == ("factur-x.xml", factur_x(customer_document(kept)))


def test_the_file_says_what_pdf_a_3_and_factur_x_ask_for(typeset: Typeset) -> None:
    with pikepdf.open(BytesIO(pdf_of(invoice(), typeset))) as pdf:
        root = pdf.Root
        metadata = root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>3</pdfaid:part>" in metadata
        assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
        for said in ("DocumentType>INVOICE", "DocumentFileName>factur-x.xml", "Version>1.0", "Level>EN 16931"):
            assert f"{said}</fx:" in metadata
        assert "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>" in metadata
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        (attached,) = root.AF
        assert [str(attached.AFRelationship), str(attached.UF)] == ["/Alternative", "factur-x.xml"]
        assert attached.EF.F.Subtype == "/text/xml"
        assert not pdf.is_encrypted
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        inner = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert all("/FontFile3" in one or "/FontFile2" in one for one in inner)
        assert all("/ToUnicode" in font for font in fonts)
        assert {str(one.FontName).partition("+")[2].split("-Ident")[0] for one in inner} <= {
            "SourceSansPro-Regular",
            "SourceSansPro-Semibold",
        }


def test_the_same_document_is_the_same_bytes_by_another_process_too(typeset: Typeset) -> None:
    first = pdf_of(invoice(), typeset)
    with typesetter() as other:
        assert pdf_of(invoice(), other) == first
    assert pdf_of(invoice(number="F-2026-00043"), typeset) != first


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "usual",
            "Facture F-2026-00042|3 novembre 2026|17 novembre 2026|du 1er au 31 octobre 2026|Garage du Parc SARL|"
            "SIREN 000 010 009|TVA FR66000010009|SAS au capital de 10 000,00 €|RCS Lille 000 319 996|TVA FR88000319996|"
            "Prestation de services|149,00 €|TVA 20 % sur 149,00 €|29,80 €|178,80 €|RUM-C0001|FR53ZZZ999999|"
            "Option pour le paiement de la taxe d'après les débits|Pas d'escompte|"
            "majoré de 10 points|Indemnité forfaitaire pour frais de recouvrement|de retard de paiement : 40,00 €|"
            "la phrase de sa règle|Comptés du lundi au vendredi, de 8 h à 19 h 142|Appels reçus 155",
        ),
        (
            "credit note",
            "Avoir A-2026-00001|Annule la facture F-2026-00042 du 3 novembre 2026|en votre faveur 173,44 €",
        ),
        ("no VAT, 293 B", "TVA non applicable, art. 293 B du CGI|virement au plus tard le 3 décembre 2026|FR76 9999"),
        ("La Réunion, 8.5 %", "TVA 8,5 % sur 149,00 €|12,67 €"),
        ("deposit taken", "Dépôt de garantie|À payer 278,80 €"),
        ("deposit given back", "Dépôt de garantie, hors taxes − 300,00 €|En votre faveur 121,20 €"),
        ("consumer", "Pas d'indemnité forfaitaire"),
        ("seventy lines", "Société civile professionnelle des médecins|& Cie <Nord>|n° 70"),
    ],
)
def test_people_read_what_the_law_asks_for(kind: str, said: str, typeset: Typeset) -> None:
    words = words_of(pdf_of(KINDS[kind](), typeset))
    assert [one for one in said.split("|") if one not in words] == []


def test_every_page_says_which_it_is_of_how_many(typeset: Typeset) -> None:
    pages = PdfReader(BytesIO(pdf_of(KINDS["seventy lines"](), typeset))).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page.extract_text()
        assert "Facture F-2026-00042" in page.extract_text()


@pytest.mark.parametrize(("lines", "paid_on"), [(15, 1), (17, 2)])
def test_the_small_print_stands_with_the_payment_and_the_why_where_a_page_is_full(
    lines: int, paid_on: int, typeset: Typeset
) -> None:
    sold = [line(f"Prestation {number}", 1, "mois", "1.00", 100) for number in range(lines)]
    texts = [page.extract_text() for page in PdfReader(BytesIO(pdf_of(invoice(*sold), typeset))).pages]
    found = [
        [number for number, text in enumerate(texts, 1) if said in text]
        for said in ("RUM-C0001", "Indemnité forfaitaire", "Pourquoi ce montant")
    ]
    assert found == [[paid_on], [paid_on], [2]]


def test_texts_are_never_read_as_markup(typeset: Typeset) -> None:
    label = '#panic("x") *gras* $x$ @nobody [lien]'
    words = words_of(pdf_of(invoice(why=label, replaces={"number": "F-1", "issued_on": "2026-11-02"}), typeset))
    assert label in words


def test_a_page_that_cannot_be_set_is_told(typeset: Typeset) -> None:
    said = customer_document(invoice())
    with pytest.raises(Refused, match="could not be set"):
        typeset("invoice.typ", {"nothing": "said"}, said.issued_on, {})
    assert pdf_of(invoice(), typeset)
