"""An invoice or a credit note told in French: everything that its page says, as texts for the template."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..model.customer_document import CallsOfKind, CustomerDocument, DocumentLine
from ..model.issued import KINDS_ISSUED
from ..model.money import Cents, Micros
from ..model.outcome import OUTCOME_WORDS
from ..model.party import Address
from ..model.price_index import INDEX
from ..model.price_list import PERCENT
from ..model.units import SECONDS
from ..model.words.amounts import MINUS, NO_BREAK, in_money, percent_in_words, rate_in_money
from ..model.words.customer_documents import (
    SERVICES,
    correction_told,
    early_told,
    grouped,
    indemnity_told,
    late_told,
    payment_told,
    seller_told,
    siren_shown,
    to_pay_told,
    vat_mention,
)
from ..model.words.french import (
    day_in_words,
    days_of_line,
    each_in_words,
    from_day_to_day,
    month_in_words,
    of_month,
    typeset,
    unit_of,
)
from ..model.words.lines import calls_in_words
from ..model.words.numbers import in_thousands, percent
from ..model.words.own_titles import Titles, reason_told
from ..model.words.taxes import tax_words
from ..model.words.times import lasting

Texts = dict[str, Any]


def invoice_told(document: CustomerDocument, titles: Titles) -> Texts:
    """Return what the page of a document says; ``titles`` are what its offer calls reasons of its own."""
    kind = KINDS_ISSUED["credit_note" if document.gives_back else "invoice"].capitalize()
    seller, words = document.parties.seller, tax_words(document.region)
    return typeset_all(
        {
            "title": f"{kind} {document.number}",
            "kind": kind,
            "number": document.number,
            "author": seller.name,
            "short": f"{kind} {document.number}",
            "footer": " · ".join((seller.name, *seller_told(seller))),
            "seller": {"name": seller.name, "lines": [*address_lines(seller.address), *_contact(document)]},
            "customer": _customer(document),
            "heading": list(_heading(document)),
            "correction": correction_told(document),
            "columns": ["Désignation", "Quantité", f"Prix unitaire {words.column}", f"Montant {words.column}"],
            "lines": [_line(line, document) for line in document.lines],
            "sums": list(_sums(document)),
            "total": _total(document),
            "payment": _payment(document),
            "mentions": list(_mentions(document)),
            "why": _why(document, titles),
        }
    )


def address_lines(address: Address) -> Sequence[str]:
    """Return an address as an envelope has it; the country where it is not France."""
    abroad = () if address.country == "FR" else (address.country,)
    return (*address.lines, f"{address.postcode} {address.town}", *abroad)


def typeset_all(said: Texts) -> Texts:
    """Return texts with no-break spaces where a French line may not end, however deep they lie."""
    return {name: _typeset(one) for name, one in said.items()}


def _typeset(said: Any) -> Any:
    if isinstance(said, str):
        return typeset(said)
    if isinstance(said, dict):
        return typeset_all(said)
    return [_typeset(one) for one in said] if isinstance(said, (list, tuple)) else said


def _contact(document: CustomerDocument) -> Iterator[str]:
    seller = document.parties.seller
    yield from filter(None, (seller.telephone, seller.email))


def _customer(document: CustomerDocument) -> Texts:
    customer = document.parties.customer
    numbers = [f"SIREN {siren_shown(customer.siren)}"] if customer.siren else []
    numbers += [f"TVA {customer.vat_number}"] if customer.vat_number else []
    return {
        "title": "Client",
        "name": customer.name,
        "lines": list(address_lines(customer.address)),
        "numbers": numbers,
    }


def _heading(document: CustomerDocument) -> Iterator[tuple[str, str]]:
    yield "Date", day_in_words(document.issued_on)
    if document.payment and document.to_pay > 0:
        yield "Échéance", day_in_words(document.payment.on)
    yield "Période", from_day_to_day(document.first_day, document.last_day)
    yield "Contrat", document.contract
    yield "Offre", ", ".join(filter(None, (document.offer, document.mission)))
    yield "Opération", SERVICES


def _line(line: DocumentLine, document: CustomerDocument) -> Texts:
    days = days_of_line(line.first_day, line.last_day, document.month)
    part = f"{line.days} jour{'s' if line.days > 1 else ''} sur {line.of_days}" if line.days != line.of_days else ""
    return {
        "label": line.label,
        "days": ", ".join(filter(None, (days[:1].upper() + days[1:], part))),
        "quantity": _quantity(line),
        "price": _price(line, document.currency),
        "amount": in_money(Cents(line.amount_cents), document.currency),
    }


def _quantity(line: DocumentLine) -> str:
    sign, count = (f"{MINUS}{NO_BREAK}" if line.quantity < 0 else ""), abs(line.quantity)
    if line.unit == PERCENT:
        return percent_in_words(line.quantity).fr  # type: ignore[arg-type]
    if line.unit == INDEX:
        return f"{in_thousands(count)} ÷ {in_thousands(line.for_each)}"
    if line.unit == SECONDS:
        return sign + lasting(count, line.for_each).fr
    return f"{sign}{in_thousands(count)}{NO_BREAK}{unit_of(count, line.unit)}"


def _price(line: DocumentLine, currency: str) -> str:
    rate = rate_in_money(Micros(line.unit_price_micros), currency)
    if line.unit in (PERCENT, INDEX):
        return f"de {rate}"
    return rate if line.for_each == 1 else f"{rate} {each_in_words(line.for_each, line.unit)}"


def _sums(document: CustomerDocument) -> Iterator[tuple[str, str]]:
    words, currency = tax_words(document.region), document.currency
    yield words.net, in_money(document.net, currency)
    for vat in document.vat:
        if vat.rate_bp:
            base = in_money(Cents(vat.base_cents), currency)
            yield f"{words.tax} {percent(vat.rate_bp)} sur {base}", in_money(Cents(vat.amount_cents), currency)
        else:
            yield vat.reason, ""
    if document.deposit:
        yield words.total, in_money(document.total, currency)
        for line in document.deposits:
            yield f"{line.label}, hors taxes", in_money(Cents(line.amount_cents), currency)


def _total(document: CustomerDocument) -> tuple[str, str]:
    words = tax_words(document.region)
    name = words.total if document.tax else "Total"
    if document.deposit and not document.gives_back:
        name = to_pay_told(document.to_pay)
    elif document.gives_back or document.to_pay < 0:
        name = f"{name} en votre faveur"
    return name, in_money(Cents(abs(document.to_pay)), document.currency)


def _payment(document: CustomerDocument) -> Texts:
    seller, payment = document.parties.seller, document.payment
    rows: list[tuple[str, str]] = []
    if payment and payment.by == "transfer" and document.to_pay > 0 and seller.iban:
        rows = [("IBAN", grouped(seller.iban)), ("BIC", seller.bic), ("Référence", document.number)]
    title = "Avoir" if document.gives_back else "Paiement"
    return {"title": title, "sentence": payment_told(document), "rows": [row for row in rows if row[1]]}


def _mentions(document: CustomerDocument) -> Iterator[str]:
    if mention := vat_mention(document):
        yield f"{mention}."
    yield from (early_told(document), late_told(document), indemnity_told(document))


def _why(document: CustomerDocument, titles: Titles) -> Texts:
    """Tell why each amount is what it is, and what became of the month's calls; of a credit note, its why is told."""
    lines = () if document.gives_back else (*document.lines, *document.deposits)
    month, received = month_in_words(document.month), sum(one.calls for one in document.usage)
    return {
        "title": "Pourquoi ce montant",
        "about": f"{document.number}, {document.parties.customer.name}, {month}",
        "lines": [
            {
                "label": line.label,
                "amount": in_money(Cents(line.amount_cents), document.currency),
                "sentence": line.sentence,
            }
            for line in lines
        ],
        "heading": f"Vos appels {of_month(month)}",
        "columns": ["Ce qu'ils sont devenus", "Plage horaire ou motif", "Appels"],
        "calls": [_calls(one, titles) for one in _in_order(document.usage)],
        "total": ("Appels reçus", in_thousands(received)),
        "end": f"Sont facturés les appels comptés : {calls_in_words(document.calls)}.",
    }


def _in_order(usage: Sequence[CallsOfKind]) -> Sequence[CallsOfKind]:
    order = list(OUTCOME_WORDS)
    return sorted(usage, key=lambda one: (order.index(one.outcome), -one.calls))


def _calls(one: CallsOfKind, titles: Titles) -> tuple[str, str, str]:
    words = OUTCOME_WORDS[one.outcome]
    reason = reason_told(titles, one.reason) if one.reason else ""
    where = ", ".join(filter(None, (reason, one.window)))
    became = words.several if one.calls > 1 else words.one
    return became[:1].upper() + became[1:], where, in_thousands(one.calls)
