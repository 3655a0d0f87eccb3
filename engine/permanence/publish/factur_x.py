"""An invoice or credit note as machines read it: Factur-X, profile EN 16931 (Cross Industry Invoice of UN/CEFACT)."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from xml.etree import ElementTree as Xml

from ..model.currency import EURO
from ..model.customer_document import CustomerDocument, DocumentLine, DocumentVat
from ..model.money import Cents, plain
from ..model.words.customer_documents import (
    correction_told,
    deposit_told,
    early_told,
    indemnity_told,
    late_told,
    payment_told,
    seller_told,
    vat_mention,
)
from .factur_x_parties import buyer_party, seller_party
from .xml_written import in_decimals, path_within, within, xml_bytes

NAMES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
PROFILE = "urn:cen.eu:en16931:2017"
SERVICE_INVOICE = "S1"
"""The French framework of billing: an invoice for services (BT-23)."""
INVOICE, CREDIT_NOTE = "380", "381"
DIRECT_DEBIT, TRANSFER, OTHER_TRANSFER = "59", "58", "30"
"""Means of payment (UNTDID 4461): within SEPA, and beyond."""
FALLS_DUE = {"debits": "5", "receipts": "72"}
"""When VAT falls due (UNTDID 2475): with the invoice, with the payment."""
FRANCHISE_CODE = "VATEX-FR-FRANCHISE"


def factur_x(document: CustomerDocument) -> bytes:
    """Return the XML of a document: the same bytes for the same document."""
    root = Xml.Element("rsm:CrossIndustryInvoice", {f"xmlns:{name}": uri for name, uri in NAMES.items()})
    context = within(root, "rsm:ExchangedDocumentContext")
    path_within(context, "ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID", SERVICE_INVOICE)
    path_within(context, "ram:GuidelineSpecifiedDocumentContextParameter/ram:ID", PROFILE)
    head = within(root, "rsm:ExchangedDocument")
    within(head, "ram:ID", document.number)
    within(head, "ram:TypeCode", CREDIT_NOTE if document.gives_back else INVOICE)
    _day(head, "ram:IssueDateTime", document.issued_on)
    for code, text in _notes(document):
        note = within(head, "ram:IncludedNote")
        within(note, "ram:Content", text)
        within(note, "ram:SubjectCode", code)
    deal = within(root, "rsm:SupplyChainTradeTransaction")
    for number, line in enumerate(document.lines, 1):
        _line(within(deal, "ram:IncludedSupplyChainTradeLineItem"), document, number, line)
    agreement = within(deal, "ram:ApplicableHeaderTradeAgreement")
    seller_party(within(agreement, "ram:SellerTradeParty"), document)
    buyer_party(within(agreement, "ram:BuyerTradeParty"), document)
    path_within(agreement, "ram:ContractReferencedDocument/ram:IssuerAssignedID", document.contract)
    delivery = path_within(deal, "ram:ApplicableHeaderTradeDelivery/ram:ActualDeliverySupplyChainEvent")
    _day(delivery, "ram:OccurrenceDateTime", document.last_day)
    _settlement(within(deal, "ram:ApplicableHeaderTradeSettlement"), document)
    return xml_bytes(root)


def _notes(document: CustomerDocument) -> Iterator[tuple[str, str]]:
    """Yield what is said in words, by its subject (UNTDID 4451): the first three are asked for in France."""
    yield "PMT", indemnity_told(document)
    yield "PMD", late_told(document)
    yield "AAB", early_told(document)
    yield "ABL", ", ".join(seller_told(document.parties.seller))
    if mention := vat_mention(document):
        yield "AAI", mention
    if correction := correction_told(document):
        yield "AAI", correction
    if document.deposit:
        yield "AAI", deposit_told(document.deposit, document.currency)


def _line(item: Xml.Element, document: CustomerDocument, number: int, line: DocumentLine) -> None:
    path_within(item, "ram:AssociatedDocumentLineDocument/ram:LineID", str(number))
    product = within(item, "ram:SpecifiedTradeProduct")
    within(product, "ram:Name", line.label)
    if line.sentence:
        within(product, "ram:Description", line.sentence)
    found = line.reckoned
    price = path_within(item, "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice")
    within(price, "ram:ChargeAmount", plain(found.price))
    within(price, "ram:BasisQuantity", _quantity(found.each), unitCode=found.unit)
    path_within(
        item, "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity", _quantity(found.quantity), unitCode=found.unit
    )
    settled = within(item, "ram:SpecifiedLineTradeSettlement")
    _tax(within(settled, "ram:ApplicableTradeTax"), document, document.vat[0])
    if days := line.days_of:
        _period(settled, *days)
    amount = in_decimals(Cents(line.amount_cents))
    path_within(settled, "ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount", amount)


def _quantity(quantity: Fraction) -> str:
    """Return a quantity in decimals: it has two at most, of a share of other lines."""
    hundredths = int(quantity * 100)
    return in_decimals(Cents(hundredths)).removesuffix(".00")


def _tax(tax: Xml.Element, document: CustomerDocument, vat: DocumentVat) -> None:
    category = document.category(vat)
    within(tax, "ram:TypeCode", "VAT")
    within(tax, "ram:CategoryCode", category)
    if category != "O":
        within(tax, "ram:RateApplicablePercent", in_decimals(Cents(vat.rate_bp)))


def _settlement(settled: Xml.Element, document: CustomerDocument) -> None:
    seller, payment = document.parties.seller, document.payment
    debited = payment is not None and payment.by == "debit" and document.to_pay > 0
    if debited:
        within(settled, "ram:CreditorReferenceID", seller.creditor_identifier)
    within(settled, "ram:PaymentReference", document.number)
    within(settled, "ram:InvoiceCurrencyCode", document.currency)
    if payment and document.to_pay > 0 and (debited or seller.iban):
        _means(within(settled, "ram:SpecifiedTradeSettlementPaymentMeans"), document, debited=debited)
    for vat in document.vat:
        _breakdown(within(settled, "ram:ApplicableTradeTax"), document, vat)
    _period(settled, document.first_day, document.last_day)
    terms = within(settled, "ram:SpecifiedTradePaymentTerms")
    within(terms, "ram:Description", payment_told(document))
    if payment and document.to_pay > 0:
        _day(terms, "ram:DueDateDateTime", payment.on)
        if debited and document.parties.customer.mandate:
            within(terms, "ram:DirectDebitMandateID", document.parties.customer.mandate.reference)
    _sums(within(settled, "ram:SpecifiedTradeSettlementHeaderMonetarySummation"), document)
    if document.corrects:
        earlier = within(settled, "ram:InvoiceReferencedDocument")
        within(earlier, "ram:IssuerAssignedID", document.corrects.number)
        _day(earlier, "ram:FormattedIssueDateTime", document.corrects.issued_on, "qdt")


def _means(means: Xml.Element, document: CustomerDocument, *, debited: bool) -> None:
    seller, customer = document.parties.seller, document.parties.customer
    if debited:
        within(means, "ram:TypeCode", DIRECT_DEBIT)
        path_within(means, "ram:PayerPartyDebtorFinancialAccount/ram:IBANID", customer.iban)
        return
    within(means, "ram:TypeCode", TRANSFER if document.currency == EURO else OTHER_TRANSFER)
    account = within(means, "ram:PayeePartyCreditorFinancialAccount")
    within(account, "ram:IBANID", seller.iban)
    within(account, "ram:AccountName", seller.name)
    if seller.bic:
        path_within(means, "ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID", seller.bic)


def _breakdown(tax: Xml.Element, document: CustomerDocument, vat: DocumentVat) -> None:
    category = document.category(vat)
    within(tax, "ram:CalculatedAmount", in_decimals(Cents(vat.amount_cents)))
    within(tax, "ram:TypeCode", "VAT")
    if category in ("E", "O"):
        within(tax, "ram:ExemptionReason", vat.reason)
    within(tax, "ram:BasisAmount", in_decimals(Cents(vat.base_cents)))
    within(tax, "ram:CategoryCode", category)
    if document.untaxed_by_law:
        within(tax, "ram:ExemptionReasonCode", FRANCHISE_CODE)
    if category == "S":
        within(tax, "ram:DueDateTypeCode", FALLS_DUE[document.parties.seller.vat_due])
    if category != "O":
        within(tax, "ram:RateApplicablePercent", in_decimals(Cents(vat.rate_bp)))


def _sums(sums: Xml.Element, document: CustomerDocument) -> None:
    """Tell the totals; a deposit, which is no sale, is what is paid ahead of them with its sign turned."""
    within(sums, "ram:LineTotalAmount", in_decimals(document.net))
    within(sums, "ram:TaxBasisTotalAmount", in_decimals(document.net))
    within(sums, "ram:TaxTotalAmount", in_decimals(document.tax), currencyID=document.currency)
    within(sums, "ram:GrandTotalAmount", in_decimals(document.total))
    if document.deposit:
        within(sums, "ram:TotalPrepaidAmount", in_decimals(Cents(-document.deposit)))
    within(sums, "ram:DuePayableAmount", in_decimals(document.to_pay))


def _period(parent: Xml.Element, first: date, last: date) -> None:
    period = within(parent, "ram:BillingSpecifiedPeriod")
    _day(period, "ram:StartDateTime", first)
    _day(period, "ram:EndDateTime", last)


def _day(parent: Xml.Element, name: str, day: date, kind: str = "udt") -> None:
    path_within(parent, f"{name}/{kind}:DateTimeString", f"{day:%Y%m%d}", format="102")
