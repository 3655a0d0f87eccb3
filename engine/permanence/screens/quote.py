"""What `permanence quote` and `permanence sign` print, in French: what is to be expected, and every price."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen
from rich.console import Console
from rich.text import Text

from ..model.contract import Contract, CustomerKind
from ..model.money import euros, rate_in_euros
from ..model.quote import Expected, Quote
from ..model.tariff import QuotedPrice
from ..model.wording import day_in_words, mission_in_words
from ..rate.wording import calls_in_words, due_in_words
from .explanation import price_in_words
from .output import Record, in_thousands, show_table, table

KINDS: Mapping[CustomerKind, str] = {
    "professional": "professionnel",
    "non_professional": "non-professionnel",
    "consumer": "consommateur",
}
NOTHING_HIDDEN = "Rien d'autre ne sera facturé : chaque ligne de facture a son prix dans ce devis."
INDENT = "  "


@frozen
class Section:
    """Prices under one heading; each row has what it is, the price, and how it falls due."""

    title: str
    rows: tuple[tuple[str, str, str], ...]


def quote_summary(quote: Quote) -> Record:
    """Return a quote as plain values: prices in millionths of a euro, amounts in cents."""
    customer = quote.customer
    return {
        "number": quote.number,
        "made": quote.made.isoformat(),
        "valid_until": quote.valid_until.isoformat(),
        "customer": {"name": customer.name, "kind": customer.kind, "region": customer.region},
        "offer": quote.offer,
        "title": quote.title,
        "digest": quote.digest,
        "mission": quote.mission,
        "calls": quote.calls,
        "talk_seconds": quote.talk_seconds,
        "band": quote.band,
        "options": list(quote.options),
        "vat": {"rate_bp": quote.vat_rate, "reason": quote.vat_reason},
        "coverage": list(quote.coverage),
        "terms": list(quote.terms),
        "month": _expected(quote.month),
        "once": _expected(quote.once),
        "prices": [_price(price) for price in quote.prices],
    }


def show_quote(console: Console, quote: Quote, files: Iterable[str]) -> None:
    """Print a quote: who and what for, a usual month, what is due once, every price, coverage, terms, its files."""
    console.print(Text(f"Devis {quote.number}", style="bold"))
    for name, value in heading(quote):
        console.print(Text(f"{name:11}", style="dim") + Text(value), soft_wrap=True)
    for title, expected, note in expectations(quote):
        console.print()
        rows = [*lines_in_words(expected), *sums_in_words(quote, expected)]
        show_table(console, table(title, ("", "", "HT"), rows, numbers=(1, 2)))
        if note:
            console.print(Text(note), soft_wrap=True)
    console.print()
    show_table(console, table("Tous les prix, hors taxes", ("", "Prix", ""), _rows(sections(quote)), numbers=(1,)))
    for title, sentences in (("Horaires", quote.coverage), ("Contrat", quote.terms)):
        console.print()
        console.print(Text(title, style="bold"))
        for sentence in sentences:
            console.print(Text(f"- {sentence}"), soft_wrap=True)
    console.print()
    console.print(Text(NOTHING_HIDDEN, style="bold"), soft_wrap=True)
    for file in files:
        console.print(Text(f"Enregistré : {file}"), soft_wrap=True)


def heading(quote: Quote) -> Iterator[tuple[str, str]]:
    """Yield what stands above a quote: each with its name."""
    customer = quote.customer
    yield "Date", f"{day_in_words(quote.made)}, valable jusqu'au {day_in_words(quote.valid_until)} inclus"
    yield "Client", f"{customer.name} ({KINDS[customer.kind]}, {customer.region})"
    yield "Offre", f"{quote.title} ({quote.offer}), {mission_in_words(quote.mission)}"
    yield "Volume", f"{calls_in_words(quote.calls)} par mois"
    yield "Options", ", ".join(dict.fromkeys(_option_names(quote))) or "aucune"


def expectations(quote: Quote) -> Iterator[tuple[str, Expected, str]]:
    """Yield a usual month, and what falls due once where anything does, each with its title and a note on it."""
    title = f"Un mois entier de {in_thousands(quote.calls)} appels" if quote.calls > 1 else "Un mois entier"
    if any(price.unit == "s" for price in quote.prices):
        title += f", {quote.talk_seconds} s de conversation chacun"
    yield title, quote.month, _by_use(quote)
    if quote.once.lines:
        yield "Une fois, à la mise en service", quote.once, ""


def lines_in_words(expected: Expected) -> Iterator[tuple[str, str, str]]:
    """Yield each line: what, how many at which price where they are several, and the amount."""
    for line in expected.lines:
        rate = rate_in_euros(line.unit_price)
        times = price_in_words(line.quantity, line.unit, rate, line.for_each) if line.quantity != 1 else ""
        yield line.label, times, euros(line.amount)


def sums_in_words(quote: Quote, expected: Expected) -> Iterator[tuple[str, str, str]]:
    """Yield the total excluding VAT, the VAT with its rate and reason, and the total."""
    rate = f"{quote.vat_rate / 100:g} %".replace(".", ",")
    yield "Total HT", "", euros(expected.net)
    yield (f"TVA {rate}" if quote.vat_rate else quote.vat_reason), "", euros(expected.vat)
    yield "Total TTC", "", euros(expected.total)


def sections(quote: Quote) -> tuple[Section, ...]:
    """Return every price of a quote: the offer's, those of the options that are wanted, and of the others."""
    taken = {f"option.{name}" for name in quote.options}
    parts = (
        (quote.title, [price for price in quote.prices if not price.code.startswith("option.")]),
        ("Options choisies", [price for price in quote.prices if price.code in taken]),
        (
            "Autres options, si vous les prenez un jour",
            [price for price in quote.prices if price.code.startswith("option.") and price.code not in taken],
        ),
    )
    return tuple(
        Section(title, tuple(_row(price, quote.calls) for price in prices)) for title, prices in parts if prices
    )


def signed_summary(contract: Contract, file: str) -> Record:
    """Return what was signed as plain values."""
    return {
        "contract": contract.id,
        "file": file,
        "quote": contract.quote,
        "offer": contract.offer,
        "signed": contract.signed.isoformat(),
        "live": contract.start.isoformat(),
    }


def show_signed(console: Console, contract: Contract, file: str) -> None:
    """Print that a quote was signed, and the file that holds the contract."""
    told = (
        f"Contrat {contract.id} : {contract.customer.name}, {contract.offer}, devis {contract.quote}",
        f"Signé le {day_in_words(contract.signed)}, en service le {day_in_words(contract.start)} : {file}",
    )
    for line in told:
        console.print(Text(line), soft_wrap=True)


def _expected(expected: Expected) -> Record:
    return {
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


def _price(price: QuotedPrice) -> Record:
    return {
        "code": price.code,
        "label": price.label,
        "unit_price_micros": price.unit_price,
        "unit": price.unit,
        "for_each": price.for_each,
        "due": price.due,
        "by_days": price.by_days,
        "included": price.included,
        "from": price.first,
        "up_to": price.last,
        "every": price.every,
    }


def _by_use(quote: Quote) -> str:
    """Return which prices per use may come on top of a usual month, in a sentence; nothing when there is none."""
    applies = {price.code for price in quote.prices if not price.code.startswith("option.")}
    applies |= {f"option.{name}" for name in quote.options}
    there = {line.label for line in quote.month.lines}
    more = [
        price.label
        for price in quote.prices
        if price.due == "usage" and price.code in applies and price.label not in there
    ]
    return f"S'y ajoutent, selon l'usage : {', '.join(more)}." if more else ""


def _option_names(quote: Quote) -> Iterator[str]:
    for name in quote.options:
        labels = [price.label for price in quote.prices if price.code == f"option.{name}"]
        yield labels[-1] if labels else name


def _rows(parts: Sequence[Section]) -> Iterator[tuple[str, str, str]]:
    for number, part in enumerate(parts):
        if number:
            yield "", "", ""
        yield part.title, "", ""
        yield from ((f"{INDENT}{label}", *rest) for label, *rest in part.rows)  # type: ignore[misc]


def _row(price: QuotedPrice, calls: int) -> tuple[str, str, str]:
    amount = rate_in_euros(price.unit_price)
    if price.first is None:
        return price.label, amount, due_in_words(price).fr
    expected = price.first <= calls and (price.last is None or calls <= price.last)
    note = f" ({in_thousands(calls)} attendu{'s' if calls > 1 else ''})" if expected else ""
    if price.every:
        return f"chaque tranche de {price.every} appels de plus{note}", f"+ {amount}", due_in_words(price).fr
    return f"de {price.first} à {price.last} appels{note}", amount, due_in_words(price).fr
