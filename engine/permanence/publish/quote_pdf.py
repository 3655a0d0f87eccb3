"""A quote and a contract as PDF/A-3 pages, which tell prices, hours and terms alike."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from ..model.contract import Contract
from ..model.party import LegalData
from ..model.quote import Quote
from ..model.seller import Seller
from ..model.words.customer_documents import account_shown, seller_told, siren_shown
from ..model.words.french import day_in_words
from ..model.words.instructions import NO_PRICE, InstructionTold
from .invoice_told import address_lines, typeset_all
from .pdf_a3 import packed
from .quote_told import NOTHING_HIDDEN, expectations, heading, lines_in_words, sections, sums_in_words
from .typesetter import Typeset

SIGNED_OF_QUOTE = ("Offre", "Services", "Options", "Convenu")
"""What a contract repeats of the heading of its quote; a row without a name goes on with the one above it."""
AGREED, LINES = "Bon pour accord, date et signature", "Lignes à répondre (numéros) et mise en service souhaitée"


def quote_pdf(quote: Quote, seller: Seller | None, typeset: Typeset) -> bytes:
    """Return the PDF of a quote; ``seller`` is who sells, where that is known: the same bytes for the same."""
    said = {
        **_common(quote),
        **_titled("Devis", quote.number, seller),
        "heading": list(heading(quote)),
        "expected": list(_expected(quote)),
        "dates": [],
        "instructions": [],
        "payment": "",
        "signs": [AGREED, LINES],
    }
    return packed(typeset("quote.typ", typeset_all(said), quote.made, {}))


@frozen(kw_only=True)
class ContractToldBy:
    """What a contract says besides what its quote does: who sells, the customer's data and instructions, its dates."""

    contract: Contract
    seller: Seller
    legal: LegalData
    dates: Sequence[tuple[date, str]]
    due_days: int
    instructions: Sequence[InstructionTold] = ()


def contract_pdf(quote: Quote, told: ContractToldBy, typeset: Typeset) -> bytes:
    """Return the PDF of a contract as it was signed; ``quote`` tells what was signed, as it would be quoted."""
    contract, seller = told.contract, told.seller
    said = {
        **_common(quote),
        **_titled("Contrat", contract.id, seller),
        "prices": _prices(quote, of_calls=False),
        "hidden": NOTHING_HIDDEN.replace("ce devis", "ce contrat"),
        "customer": _customer(contract, told.legal),
        "heading": list(_heading(contract, quote)),
        "expected": [],
        "dates": [(day_in_words(day), what) for day, what in told.dates],
        "instructions": [f"{one.sentence}." for one in told.instructions],
        "instructions_change": NO_PRICE,
        "payment": _payment(told.legal, seller, told.due_days),
        "signs": ["Pour le prestataire, date et signature", "Pour le client, date et signature"],
    }
    return packed(typeset("quote.typ", typeset_all(said), contract.signed, {}))


def _titled(kind: str, number: str, seller: Seller | None) -> dict[str, Any]:
    name = seller.name if seller else ""
    told = [*address_lines(seller.address), *filter(None, (seller.telephone, seller.email))] if seller else []
    return {
        "title": f"{kind} {number}",
        "kind": kind,
        "number": number,
        "short": f"{kind} {number}",
        "author": name,
        "footer": " · ".join((seller.name, *seller_told(seller))) if seller else "",
        "seller": {"name": name, "lines": told},
    }


def _common(quote: Quote) -> dict[str, Any]:
    return {
        "prices": _prices(quote),
        "coverage": quote.coverage,
        "terms": quote.terms,
        "hidden": NOTHING_HIDDEN,
        "digest": f"{quote.offer} · SHA-256 {quote.digest}",
    }


def _prices(quote: Quote, *, of_calls: bool = True) -> list[dict[str, Any]]:
    return [{"title": part.title, "rows": part.rows} for part in sections(quote, of_calls=of_calls)]


def _expected(quote: Quote) -> Iterator[dict[str, Any]]:
    for title, expected, note in expectations(quote):
        *sums, total = sums_in_words(quote, expected)
        lines = list(lines_in_words(quote, expected))
        yield {"title": title, "lines": lines, "sums": sums, "total": (total[0], total[2]), "note": note}


def _customer(contract: Contract, legal: LegalData) -> dict[str, Any]:
    known = [f"SIREN {siren_shown(legal.siren)}"] if legal.siren.isdigit() else []
    return {
        "title": "Client",
        "name": legal.name or contract.customer.name,
        "lines": list(address_lines(legal.address)) if legal.address else [],
        "numbers": known,
    }


def _heading(contract: Contract, quote: Quote) -> Iterator[tuple[str, str]]:
    yield "Signature", day_in_words(contract.signed)
    if contract.live:
        yield "Début", day_in_words(contract.live)
    if contract.quote:
        yield "Devis accepté", contract.quote
    above = ""
    for name, value in heading(quote):
        above = name or above
        if above in SIGNED_OF_QUOTE and value:
            yield name, value
    yield "Lignes", ", ".join(contract.lines)


def _payment(legal: LegalData, seller: Seller, due_days: int) -> str:
    if legal.mandate is None:
        return f"Les factures sont payées par virement, dans les {due_days} jours de leur émission."
    by = f"mandat {legal.mandate.reference} du {day_in_words(legal.mandate.signed)}"
    account = f" du compte {account_shown(legal.iban)}" if legal.iban else ""
    creditor = f", créancier {seller.creditor_identifier}" if seller.creditor_identifier else ""
    return f"Les factures sont prélevées{account} : {by}{creditor}. Chaque facture dit le jour de son prélèvement."
