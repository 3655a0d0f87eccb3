"""An issued document as its customer reads it: when it was issued, each line with its reason, VAT and totals."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..model.issued import Document
from ..model.money import Cents
from ..model.period import Month
from ..model.words.amounts import in_money
from ..model.words.customer_documents import to_pay_told
from ..model.words.french import day_in_words, month_in_words
from ..model.words.lines import calls_in_words
from ..model.words.numbers import percent
from ..model.words.taxes import tax_words


def invoice_in_full(document: Document) -> dict[str, Any]:
    """Return the sentences of a document, its lines, and its totals, as the customer's page shows them."""
    currency = document["currency"]
    return {
        "sentences": list(_sentences(document)),
        "lines": [
            {"label": line["label"], "why": line["sentence"], "amount": in_money(Cents(line["amount_cents"]), currency)}
            for line in document["lines"]
            if not line["apart"]
        ],
        "totals": [(label, in_money(Cents(cents), currency)) for label, cents in _totals(document)],
    }


def _sentences(document: Document) -> Iterator[str]:
    issued = "Émise" if document["kind"] == "invoice" else "Émis"
    day, month = day_in_words(date.fromisoformat(document["issued_on"])), Month.parse(document["month"])
    counted = calls_in_words(document["calls"])
    yield f"{issued} le {day}, pour {month_in_words(month)} : {counted} dans votre forfait."
    for key, verb in (("corrects", "Annule"), ("replaces", "Remplace")):
        if other := document.get(key):
            yield f"{verb} la facture {other['number']}. {document.get('why', '')}".strip()


def _totals(document: Document) -> Iterator[tuple[str, int]]:
    taxes = tax_words(document["region"])
    yield taxes.net, document["net_cents"]
    for one in document["vat"] if taxes.tax else ():
        yield f"{taxes.tax} {percent(one['rate_bp'])}. {one['reason']}", one["amount_cents"]
    if taxes.tax:
        yield taxes.total, document["total_cents"]
    deposits = [line for line in document["lines"] if line["apart"]]
    yield from ((f"{line['label']} : {line['sentence']}", line["amount_cents"]) for line in deposits)
    if deposits:
        to_pay = Cents(document["total_cents"] + document["deposit_cents"])
        yield to_pay_told(to_pay), abs(to_pay)
