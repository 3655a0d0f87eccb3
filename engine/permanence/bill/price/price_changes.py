"""What a customer pays, compared: named prices and options, each by the prices that a quote has of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...model.price import Price
from ...model.price_list import QuotedPrice
from ...model.scalars import Words
from ...model.words.advance import HOW_DUE
from ...model.words.amounts import percent_in_words, rate
from ...model.words.changes import Moneys, instead, price_instead
from ...model.words.lines import due_in_words
from ...model.words.numbers import number
from ...model.words.phrases import quoted, said
from ...model.words.prices import cost_in_words
from ...model.words.tiers import by_days_in_words

MODELS = {
    "graduated": Words("chaque unité au prix de son palier", "each unit at the price of its own step"),
    "volume": Words("toutes les unités au prix du palier atteint", "all units at the price of the step reached"),
}


DURING = {
    "service": Words("pour les jours de service", "for the days in service"),
    "suspension": Words("pour les jours de suspension", "for the days of suspension"),
}


def price_told(
    both: tuple[Price | None, Price | None], were: Sequence[QuotedPrice], are: Sequence[QuotedPrice], money: Moneys
) -> Iterator[Words]:
    """Yield what changed in a named price: that it came or went, its title, how it counts, and what it costs."""
    before, after = both
    if after is None:
        if before:
            yield said("Le prix {} disparaît.", "The price {} goes.", quoted(before.title))
        return
    if before is None:
        for price in are:
            yield said("Nouveau prix : {}.", "New price: {}.", priced(price, money.new))
        return
    title = quoted(after.title)
    if before.title != after.title:
        yield renamed(Words("Le prix", "The price"), before.title, after.title)
    if before.per != after.per:
        yield said("{} : compté autrement qu'avant.", "{}: counted in another way.", title)
    if before.during != after.during:
        yield instead(title, DURING[after.during], DURING[before.during])
    if before.due != after.due:
        yield instead(title, HOW_DUE[after.due], HOW_DUE[before.due])
    if before.model != after.model and max(len(before.steps), len(after.steps)) > 1:
        yield instead(title, MODELS[after.model], MODELS[before.model])
    if before.for_every != after.for_every:
        yield said(
            "{} : ce qui est compris et dû au moins vaut pour autre chose qu'avant.",
            "{}: what is included and due at least holds for each of something else.",
            title,
        )
    if before.fewest != after.fewest:
        fewest = said("{}, facturés au moins", "{}, charged at least", title)
        yield instead(fewest, number(after.fewest), number(before.fewest))
    if frozenset(before.by_days) != frozenset(after.by_days):
        yield instead(said("{}, au prorata des jours", "{}, by the days", title), *map(_by_days, (after, before)))
    yield from prices_told(slots(were, before.title), slots(are, after.title), money)
    yield from _top_told(title, before, after)


def _by_days(price: Price) -> Words:
    return by_days_in_words(price.by_days) if price.by_days else Words("rien", "nothing")


def _top_told(title: Words, old: Price, new: Price) -> Iterator[Words]:
    before, after = (price.ladder[-1].up_to for price in (old, new))
    if (before is None) != (after is None):
        if after is None:
            yield said("{} : sans plafond désormais.", "{}: without a top now.", title)
        else:
            yield said("{} : jusqu'à {} par mois désormais.", "{}: up to {} a month now.", title, after + new.included)


def slots(prices: Iterable[QuotedPrice], title: Words) -> Mapping[str, QuotedPrice]:
    """Return prices by what they are the price of, whatever the title of the whole is."""
    return {price.label.replace(title.fr, "", 1): price for price in prices}


def prices_told(old: Mapping[str, QuotedPrice], new: Mapping[str, QuotedPrice], money: Moneys) -> Iterator[Words]:
    """Yield what changed in prices, each by what it is the price of."""
    for slot in dict.fromkeys((*old, *new)):
        before, after = old.get(slot), new.get(slot)
        if before is None and after is not None:
            yield said("Nouveau prix : {}.", "New price: {}.", priced(after, money.new))
        elif after is None and before is not None:
            yield said("N'est plus facturé : {}.", "Not charged any more: {}.", priced(before, money.old))
        elif before is not None and after is not None:
            was, now = due_in_words(before), due_in_words(after)
            if before.percent is not None and after.percent is not None and before.percent != after.percent:
                yield instead(after.name, percent_in_words(after.percent), percent_in_words(before.percent))
            if before.unit_price != after.unit_price or was != now:
                yield _price_told((before, after), was if was != now else Words(""), now, money)


def _price_told(prices: tuple[QuotedPrice, QuotedPrice], was: Words, now: Words, money: Moneys) -> Words:
    old, new = prices
    if was.fr:
        sentence = "{} : {} {}, au lieu de {} {}.", "{}: {} {}, instead of {} {}."
        return said(*sentence, new.name, rate(new.unit_price, money.new), now, rate(old.unit_price, money.old), was)
    return price_instead(new.name, new.unit_price, old.unit_price, Words(" ") + now, money)


def priced(price: QuotedPrice, currency: str) -> Words:
    """Return a price with how it falls due, as part of a sentence."""
    return said("{}, {} {}", "{}, {} {}", price.name, cost_in_words(price, currency), due_in_words(price))


def renamed(what: Words, old: Words, new: Words) -> Words:
    """Return that something has another name."""
    return said("{} {} s'appelle désormais {}.", "{} {} is now called {}.", what, quoted(old), quoted(new))
