"""What `permanence quote` and `permanence sign` print, in French."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from ...model.contract import Contract
from ...model.price_list import QuotedPrice
from ...model.quote import Expected, Quote
from ...model.words.french import day_in_words
from ...model.words.taxes import tax_words
from ...publish.quote_told import (
    NOTHING_HIDDEN,
    Section,
    expectations,
    heading,
    lines_in_words,
    sections,
    sums_in_words,
)
from .output import Record, show_table, table

INDENT = "  "
READABLE = 32
"""Signs of a column of words that may wrap: in fewer, its lines are single words."""


def quote_summary(quote: Quote) -> Record:
    """Return a quote as plain values: prices in millionths of the currency, amounts in cents."""
    customer = quote.customer
    return {
        "number": quote.number,
        "made": quote.made.isoformat(),
        "valid_until": quote.valid_until.isoformat(),
        "live": quote.live.isoformat() if quote.live else None,
        "customer": {"name": customer.name, "kind": customer.kind, "region": customer.region},
        "offer": quote.offer,
        "title": quote.title,
        "digest": quote.digest,
        "mission": quote.mission,
        "services": list(quote.services),
        "calls": quote.calls,
        "talk_seconds": quote.talk_seconds,
        "band": quote.band,
        "options": list(quote.options),
        "options_from": {name: day.isoformat() for name, day in quote.options_from.items()},
        "agreed": list(quote.own),
        "currency": quote.currency,
        "vat": {"rate_bp": quote.vat_rate, "reason": quote.vat_reason},
        "coverage": list(quote.coverage),
        "terms": list(quote.terms),
        "month": _expected(quote.month),
        "later": [_expected(month) for month in quote.later],
        "once": _expected(quote.once),
        "deposit_cents": quote.deposit,
        "prices": [price_summary(price) for price in quote.prices],
    }


def show_quote(console: Console, quote: Quote, files: Iterable[str]) -> None:
    """Print a quote: who and what for, a usual month, what is due once, every price, coverage, terms, its files."""
    console.print(Text(f"Devis {quote.number}", style="bold"))
    for name, value in heading(quote):
        console.print(Text(f"{name:11}", style="dim") + Text(value), soft_wrap=True)
    untaxed = tax_words(quote.customer.region).column
    for title, expected, note in expectations(quote):
        console.print()
        rows = [*lines_in_words(quote, expected), *sums_in_words(quote, expected)]
        show_table(console, table(title, ("", "", untaxed), rows, numbers=(1, 2)))
        if note:
            console.print(Text(note), soft_wrap=True)
    console.print()
    rows = list(_rows(sections(quote)))
    least = {2: min(READABLE, max(len(due) for *_, due in rows))}
    show_table(console, table("Tous les prix, hors taxes", ("", "Prix", ""), rows, numbers=(1,), least=least))
    for title, sentences in (("Horaires", quote.coverage), ("Contrat", quote.terms)):
        console.print()
        console.print(Text(title, style="bold"))
        for sentence in sentences:
            console.print(Text(f"- {sentence}"), soft_wrap=True)
    console.print()
    console.print(Text(NOTHING_HIDDEN, style="bold"), soft_wrap=True)
    for file in files:
        console.print(Text(f"Enregistré : {file}"), soft_wrap=True)


def signed_summary(contract: Contract, file: str) -> Record:
    """Return what was signed as plain values."""
    return {
        "contract": contract.id,
        "file": file,
        "quote": contract.quote,
        "offer": contract.offer,
        "signed": contract.signed.isoformat(),
        "live": contract.live and contract.live.isoformat(),
    }


def show_signed(console: Console, contract: Contract, file: str) -> None:
    """Print that a quote was signed, and the file that holds the contract."""
    told = (
        f"Contrat {contract.id} : {contract.customer.name}, {contract.offer}, devis {contract.quote}",
        f"Signé le {day_in_words(contract.signed)}, {_service(contract)} : {file}",
    )
    for line in told:
        console.print(Text(line), soft_wrap=True)


def _service(contract: Contract) -> str:
    if contract.live is None:
        return "mise en service à noter (rien n'est facturé avant elle)"
    return f"en service le {day_in_words(contract.live)}"


def _expected(expected: Expected) -> Record:
    return {
        "when": expected.when,
        "lines": [
            {
                "label": line.label,
                "quantity": line.quantity,
                "unit": line.unit,
                "unit_price_micros": line.unit_price,
                "for_each": line.for_each,
                "amount_cents": line.amount,
            }
            for line in expected.lines
        ],
        "net_cents": expected.net,
        "vat_cents": expected.vat,
        "total_cents": expected.total,
    }


def price_summary(price: QuotedPrice) -> Record:
    """Return a quoted price as plain values: in millionths of the currency."""
    return {
        "code": price.code,
        "label": price.label,
        "unit_price_micros": price.unit_price,
        "unit": price.unit,
        "for_each": price.for_each,
        "percent_hundredths": price.percent,
        "of": price.of.fr if price.of else None,
        "when": price.when.fr if price.when else None,
        "due": price.due,
        "by_days": price.by_days,
        "included": price.included,
        "from": price.first,
        "up_to": price.last,
        "every": price.every,
    }


def _rows(parts: Sequence[Section]) -> Iterator[tuple[str, str, str]]:
    for number, part in enumerate(parts):
        if number:
            yield "", "", ""
        yield part.title, "", ""
        yield from ((f"{INDENT}{label}", *rest) for label, *rest in part.rows)  # type: ignore[misc]
