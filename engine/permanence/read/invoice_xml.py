"""An invoice as machines have it (Cross Industry Invoice), read for its number and its amounts."""

import re
from xml.etree import ElementTree as Xml

from ..model.currency import CURRENCIES
from ..model.invoice_file import InvoiceSums
from ..model.money import Cents, cents

ROOT = "CrossIndustryInvoice"
CREDIT_NOTE = "381"
SETTLEMENT = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement"
SUMS = f"{SETTLEMENT}/SpecifiedTradeSettlementHeaderMonetarySummation"
DECIMALS = re.compile(r"-?[0-9]{1,12}\.[0-9]{2}")


def sums_in(content: bytes) -> InvoiceSums:
    """Return what an invoice says of its amounts, those of a credit note below zero; raise ValueError for none."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("it declares a document type")
    try:
        root = Xml.fromstring(content)
    except (Xml.ParseError, LookupError) as error:
        raise ValueError(f"it is no XML: {error}") from error
    if root.tag.rpartition("}")[2] != ROOT:
        raise ValueError("it is no invoice")
    currency = _text(root, f"{SETTLEMENT}/InvoiceCurrencyCode")
    if currency not in CURRENCIES:
        raise ValueError(f'it is in no currency of ours: "{currency}"')
    sign = -1 if _text(root, "ExchangedDocument/TypeCode") == CREDIT_NOTE else 1
    return InvoiceSums(
        number=_text(root, "ExchangedDocument/ID"),
        currency=currency,
        total=Cents(sign * _amount(root, "GrandTotalAmount")),
        due=Cents(sign * _amount(root, "DuePayableAmount")),
    )


def _amount(root: Xml.Element, name: str) -> Cents:
    text = _text(root, f"{SUMS}/{name}")
    if not DECIMALS.fullmatch(text):
        raise ValueError(f'its {name} is no amount: "{text}"')
    return cents(text)


def _text(root: Xml.Element, path: str) -> str:
    found = root.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return (found.text or "").strip() if found is not None else ""
