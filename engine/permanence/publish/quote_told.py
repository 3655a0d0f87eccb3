"""A quote told in French: what is to be expected, and every price, for the terminal and for the page."""

from collections.abc import Iterator

from attrs import frozen

from ..model.customer_kind import KINDS
from ..model.price_list import PERCENT, QuotedPrice
from ..model.quote import Expected, Quote
from ..model.regions import REGIONS
from ..model.units import SECONDS
from ..model.words.amounts import in_money, rate_in_money
from ..model.words.french import day_in_words
from ..model.words.lines import calls_in_words, due_when_in_words, price_in_words
from ..model.words.numbers import in_thousands, percent
from ..model.words.prices import cost_in_words
from ..model.words.taxes import tax_words
from ..model.words.terms import services_in_words
from ..model.words.times import lasting

NOTHING_HIDDEN = "Rien d'autre ne sera facturé : chaque ligne de facture a son prix dans ce devis."


@frozen
class Section:
    """Prices under one heading; each row has what it is, the price, and how it falls due."""

    title: str
    rows: tuple[tuple[str, str, str], ...]


def heading(quote: Quote) -> Iterator[tuple[str, str]]:
    """Yield what stands above a quote: each with its name."""
    customer = quote.customer
    yield "Date", f"{day_in_words(quote.made)}, valable jusqu'au {day_in_words(quote.valid_until)} inclus"
    if quote.live:
        yield "Début", f"mise en service prévue le {day_in_words(quote.live)}, dont comptent les dates ci-dessous"
    yield "Client", f"{customer.name} ({KINDS[customer.kind].french}, {REGIONS[customer.region].name})"
    yield "Offre", ", ".join(filter(None, (f"{quote.title} ({quote.offer})", quote.mission_title)))
    if quote.services:
        yield "Services", services_in_words(quote.services).fr
    yield "Volume", f"{calls_in_words(quote.calls)} par mois"
    yield "Options", ", ".join(_option_names(quote)) or "aucune"
    for number, sentence in enumerate(quote.own):
        yield "" if number else "Convenu", sentence


def expectations(quote: Quote) -> Iterator[tuple[str, Expected, str]]:
    """Yield a usual month now, after each change, and what falls due once if anything: with its title and a note."""
    title = f"Un mois entier de {in_thousands(quote.calls)} appels" if quote.calls > 1 else "Un mois entier"
    if any(price.unit == SECONDS for price in quote.prices):
        each = " chacun" if quote.calls > 1 else ""
        title += f", {_length(quote.talk_seconds)} de conversation{each}"
    for number, month in enumerate((quote.month, *quote.later)):
        note = [] if number else [_by_use(quote)]
        note += [f"Horaires de ces mois : {' '.join(month.coverage)}"] if month.coverage else []
        yield f"{title}, {month.when}" if month.when else title, month, " ".join(filter(None, note))
    if quote.once.lines:
        later = any(day > (quote.live or quote.made) for day in quote.options_from.values())
        yield "Une fois" if later else "Une fois, à la mise en service", quote.once, ""


def lines_in_words(quote: Quote, expected: Expected) -> Iterator[tuple[str, str, str]]:
    """Yield each line: what, how many at which price where they are several, and the amount."""
    for line in expected.lines:
        rate = rate_in_money(line.unit_price, quote.currency)
        is_one = line.quantity == 1 and line.unit not in (SECONDS, PERCENT)
        times = "" if is_one else price_in_words(line.quantity, line.unit, rate, line.for_each)
        yield line.label, times, in_money(line.amount, quote.currency)


def sums_in_words(quote: Quote, expected: Expected) -> Iterator[tuple[str, str, str]]:
    """Yield the total excluding tax, the tax with its rate and reason, and the total; where there is no tax, why."""
    words = tax_words(quote.customer.region)
    yield words.net, "", in_money(expected.net, quote.currency)
    if words.is_none:
        yield quote.vat_reason, "", ""
        return
    taxed = f"{words.tax} {percent(quote.vat_rate)}" if quote.vat_rate else quote.vat_reason
    yield taxed, "", in_money(expected.vat, quote.currency)
    yield words.total, "", in_money(expected.total, quote.currency)


def sections(quote: Quote, *, of_calls: bool = True) -> tuple[Section, ...]:
    """Return every price of a quote: the offer's, of the options that are wanted, of the others, and with those.

    ``of_calls`` says at a price that the calls which are expected meet it.
    """
    taken = {f"option.{name}" for name in quote.options}
    parts = (
        (quote.title, [price for price in _as_quoted(quote) if not price.code.startswith("option.")]),
        ("Options choisies", [price for price in quote.prices if price.code in taken]),
        (
            "Autres options, si vous les prenez un jour",
            [price for price in quote.prices if price.code.startswith("option.") and price.code not in taken],
        ),
        ("Si vos options changent", [price for price in quote.prices if price.other_options]),
    )
    return tuple(
        Section(title, tuple(dict.fromkeys(_row(price, quote, of_calls=of_calls) for price in prices)))
        for title, prices in parts
        if prices
    )


def _length(seconds: int) -> str:
    return lasting(seconds, 60 if seconds % 60 == 0 else 1).fr


def _by_use(quote: Quote) -> str:
    """Return which prices per use may come on top of a usual month, in a sentence; nothing when there is none."""
    applies = {price.code for price in _as_quoted(quote) if not price.code.startswith("option.")}
    applies |= {f"option.{name}" for name in quote.options}
    there = {line.label for month in (quote.month, *quote.later) for line in month.lines}
    # Other steps of a price that the month has are no supplement, nor are those of a plan that it does not have.
    told = {price.code for price in _as_quoted(quote) if price.label in there and not price.code.startswith("option.")}
    told -= {"package"} | ({"plan"} if _of_one_plan(quote) else set())
    more = [
        price.label
        for price in _as_quoted(quote)
        if price.due == "usage"
        and price.most_per_call is None
        and price.code in applies - told
        and price.label not in there
    ]
    return f"S'y ajoutent, selon l'usage : {', '.join(more)}." if more else ""


def _as_quoted(quote: Quote) -> list[QuotedPrice]:
    """Return the prices of the quote as it is: not those of other options."""
    return [price for price in quote.prices if not price.other_options]


def _of_one_plan(quote: Quote) -> bool:
    return sum(price.code == "plan" and price.due == "recurring" for price in _as_quoted(quote)) == 1


def _option_names(quote: Quote) -> Iterator[str]:
    for name in quote.options:
        # A quote that an earlier version saved has no titles: the prices of an option begin with its own.
        labels = (price.label for price in quote.prices if price.code == f"option.{name}")
        title = quote.option_titles.get(name) or next(labels, name)
        since = quote.options_from.get(name)
        yield title + (f" (à compter du {day_in_words(since)})" if since else "")


def _row(price: QuotedPrice, quote: Quote, *, of_calls: bool) -> tuple[str, str, str]:
    calls, amount, due = quote.calls, cost_in_words(price, quote.currency).fr, due_when_in_words(price).fr
    if price.first is None:
        return _title(price), amount, due
    expected = (
        of_calls and not price.other_options and price.first <= calls and (price.last is None or calls <= price.last)
    )
    note = f" ({in_thousands(calls)} attendu{'s' if calls > 1 else ''})" if expected else ""
    if price.every:
        return f"chaque tranche de {in_thousands(price.every)} appels de plus{note}", f"+ {amount}", due
    assert price.last is not None
    return f"de {in_thousands(price.first)} à {in_thousands(price.last)} appels{note}", amount, due


def _title(price: QuotedPrice) -> str:
    """Return what a price is called in French where it stands by itself: a limit is no supplement of its amount."""
    if price.due == "least":
        return price.label.replace("complément au minimum", "minimum").replace("Complément au minimum", "Minimum")
    if price.due == "most":
        return price.label.replace("réduction au plafond", "plafond").replace("Réduction au plafond", "Plafond")
    return price.label
