"""Every document that is issued is one that the official rules accept, and its totals follow from its lines."""

import re
from decimal import ROUND_HALF_UP, Decimal
from xml.etree import ElementTree as Xml

import facturx
import pytest
from permanence.model.customer_document import customer_document
from permanence.publish.factur_x import factur_x

from tests.publish.documents_issued import ABROAD, CUSTOMER, KINDS, Kept, invoice, note
from tests.publish.einvoice_rules import broken

RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
ALL = {**KINDS, **ABROAD}
CENT = Decimal("0.01")


def xml_of(kept: Kept) -> str:
    return factur_x(customer_document(kept)).decode()


def found(root: Xml.Element, path: str) -> list[str]:
    return [one.text or "" for one in root.iterfind(".//" + "/".join(f"{RAM}{name}" for name in path.split("/")))]


def amount(root: Xml.Element, name: str) -> Decimal:
    (told,) = found(root, f"SpecifiedTradeSettlementHeaderMonetarySummation/{name}") or ["0"]
    return Decimal(told)


@pytest.mark.parametrize("kind", ALL)
def test_each_kind_of_document_keeps_the_official_rules(kind: str) -> None:
    xml = xml_of(ALL[kind]())
    assert facturx.xml_check_xsd(xml.encode(), flavor="factur-x", level="en16931")
    assert broken(xml, "EN 16931") == []
    if kind in KINDS:
        assert broken(xml, "French CTC") == []


@pytest.mark.parametrize("kind", ALL)
def test_totals_worked_out_again_from_the_lines_are_those_that_are_told(kind: str) -> None:
    root = Xml.fromstring(xml_of(ALL[kind]()))
    net = Decimal(0)
    for item in root.iter(f"{RAM}IncludedSupplyChainTradeLineItem"):
        (quantity,), (price,), (each,), (total,) = (
            found(item, path)
            for path in (
                "SpecifiedLineTradeDelivery/BilledQuantity",
                "NetPriceProductTradePrice/ChargeAmount",
                "NetPriceProductTradePrice/BasisQuantity",
                "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
            )
        )
        assert (Decimal(quantity) * Decimal(price) / Decimal(each)).quantize(CENT, ROUND_HALF_UP) == Decimal(total)
        net += Decimal(total)
    (rate,) = found(root, "ApplicableHeaderTradeSettlement/ApplicableTradeTax/RateApplicablePercent") or ["0"]
    tax = (net * Decimal(rate) / 100).quantize(CENT, ROUND_HALF_UP)
    assert amount(root, "LineTotalAmount") == amount(root, "TaxBasisTotalAmount") == net
    assert amount(root, "TaxTotalAmount") == tax
    assert amount(root, "GrandTotalAmount") == net + tax
    assert amount(root, "DuePayableAmount") == net + tax - amount(root, "TotalPrepaidAmount")


def test_a_part_of_a_month_is_so_many_days_at_the_price_of_the_month() -> None:
    root = Xml.fromstring(xml_of(KINDS["part of a month, by the minute, as agreed"]()))
    told = [
        (quantity.text, quantity.get("unitCode"), each.text, price.text)
        for quantity, each, price in zip(
            root.iter(f"{RAM}BilledQuantity"),
            root.iter(f"{RAM}BasisQuantity"),
            root.iter(f"{RAM}ChargeAmount"),
            strict=True,
        )
    ]
    assert told == [("12", "DAY", "31", "149.00"), ("12345", "SEC", "60", "1.40"), ("1", "C62", "1", "25.00")]


def test_the_totals_are_those_of_the_ledger() -> None:
    for kept, sign in ((invoice(), 1), (note(), -1)):
        root = Xml.fromstring(xml_of(kept))
        assert amount(root, "GrandTotalAmount") == Decimal(sign * kept["total_cents"]) / 100
        assert amount(root, "TaxTotalAmount") == Decimal(sign * kept["vat_cents"]) / 100


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("GrandTotalAmount", "BR-CO-15"),
        ("DuePayableAmount", "BR-CO-16"),
        ("TaxBasisTotalAmount", "BR-CO-13"),
        ("CalculatedAmount", "BR-CO-14"),
        ("BasisAmount", "BR-S-08"),
    ],
)
def test_a_falsified_amount_is_found_though_it_has_the_right_form(name: str, rule: str) -> None:
    falsified = re.sub(rf"(<ram:{name}>)\d", r"\g<1>9", xml_of(invoice()), count=1)
    assert facturx.xml_check_xsd(falsified.encode(), flavor="factur-x", level="en16931")
    assert any(rule in told for told in broken(falsified, "EN 16931"))


def test_a_missing_mention_of_french_law_is_found() -> None:
    lacking = re.sub(
        r"<ram:SubjectCode>PMT</ram:SubjectCode>", "<ram:SubjectCode>AAI</ram:SubjectCode>", xml_of(note())
    )
    assert any("PMT" in told for told in broken(lacking, "French CTC"))


def test_an_invoice_by_debit_names_mandate_creditor_account_and_day() -> None:
    root = Xml.fromstring(xml_of(invoice()))
    assert found(root, "SpecifiedTradeSettlementPaymentMeans/TypeCode") == ["59"]
    assert found(root, "DirectDebitMandateID") == ["RUM-C0001"]
    assert found(root, "CreditorReferenceID") == ["FR53ZZZ999999"]
    assert found(root, "PayerPartyDebtorFinancialAccount/IBANID") == [CUSTOMER["iban"]]
    assert "20261117" in "".join(root.find(f".//{RAM}DueDateDateTime").itertext())  # type: ignore[union-attr]


def test_a_credit_note_names_the_invoice_that_it_takes_back_and_gives_back_what_that_asked() -> None:
    root = Xml.fromstring(xml_of(note()))
    assert found(root, "InvoiceReferencedDocument/IssuerAssignedID") == ["F-2026-00042"]
    assert "20261103" in "".join(root.find(f".//{RAM}FormattedIssueDateTime").itertext())  # type: ignore[union-attr]
    assert re.search(r"<ram:TypeCode>381<", xml_of(note()))
    assert amount(root, "DuePayableAmount") == Decimal("173.44")
    assert found(root, "SpecifiedTradeSettlementPaymentMeans/TypeCode") == []


@pytest.mark.parametrize(
    ("kind", "category", "says"),
    [
        ("usual", "S", ""),
        ("La Réunion, 8.5 %", "S", ""),
        ("no VAT, 293 B", "E", "293 B"),
        ("Guyane, exempt", "E", "294-1"),
        ("New Caledonia, outside the tax", "O", "hors du territoire"),
        ("taxed at zero", "Z", ""),
    ],
)
def test_what_has_no_vat_says_why(kind: str, category: str, says: str) -> None:
    root = Xml.fromstring(xml_of(KINDS[kind]()))
    assert set(found(root, "ApplicableTradeTax/CategoryCode")) == {category}
    assert says in "".join(found(root, "ApplicableTradeTax/ExemptionReason"))


def test_no_sign_that_xml_cannot_have_gets_into_it() -> None:
    kept = invoice(customer={**CUSTOMER, "name": "Garage \x1b[31m & <Fils>"})
    root = Xml.fromstring(xml_of(kept))
    assert found(root, "BuyerTradeParty/Name") == ["Garage <U+001B>[31m & <Fils>"]
