"""What a customer pays, compared: packages, named prices and options, each by the prices that a quote has of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs
from attrs import evolve

from ...bill.price.price_list import tariff
from ...model.keys import is_key, key_name
from ...model.mission import mission_words
from ...model.money import price_of
from ...model.offer import Offer, Package
from ...model.option import Option
from ...model.price import Price
from ...model.price_list import QuotedPrice
from ...model.scalars import Days, Hours, Words
from ...model.words.amounts import rate
from ...model.words.lines import due_in_words
from ...model.words.numbers import number
from ...model.words.phrases import days_in_words, hours_in_words, listed, quoted, said
from .change_words import Moneys, instead, price_instead
from .option_words import option_prices

VALUES: Mapping[type, Callable[[Any], Words]] = {
    bool: lambda value: Words("oui", "yes") if value else Words("non", "no"),
    int: number,
    Words: quoted,
    Days: days_in_words,
    Hours: hours_in_words,
}
"""How the value of an option's own key is said."""
Titles = Callable[[Offer], Mapping[str, Words]]
MONTHLY, ONCE = Words(" par mois", " a month"), Words("")
MODELS = {
    "graduated": Words("chaque unité au prix de son palier", "each unit at the price of its own step"),
    "volume": Words("toutes les unités au prix du palier atteint", "all units at the price of the step reached"),
}


def package_told(old: Offer, new: Offer) -> Iterator[Words]:
    """Yield what changed in a package: that it came or went, what it includes, and its prices by mission."""
    before, after = old.package, new.package
    if before is None or after is None:
        if before != after:
            came = Words("Il y a désormais un abonnement.", "There is a package now.")
            yield came if after else Words("Il n'y a plus d'abonnement.", "There is no package any more.")
        before = None
    elif before.included != after.included:
        yield instead(Words("Appels compris", "Calls included"), number(after.included), number(before.included))
    if after:
        for mission in new.head.mission:
            known = before if mission in old.head.mission else None
            yield from _package_prices(known, after, mission, Moneys.of(old, new))


def _package_prices(old: Package | None, new: Package, mission: str, money: Moneys) -> Iterator[Words]:
    month = said("Abonnement, {}", "Package, {}", mission_words(mission))
    call = said("Chaque appel de plus, {}", "Each further call, {}", mission_words(mission))
    for what, per, before, after in (
        (month, MONTHLY, price_of(old.prices[mission]) if old else None, price_of(new.prices[mission])),
        (call, ONCE, old.overage[mission] if old else None, new.overage[mission]),
    ):
        if before is None:
            yield said("{} : {}{}.", "{}: {}{}.", what, rate(after, money.new), per)
        elif before != after:
            yield price_instead(what, after, before, per, money)


def price_told(name: str, old: Offer, new: Offer) -> Iterator[Words]:
    """Yield what changed in a named price: that it came or went, its title, how it counts, and what it costs."""
    before, after, money = old.prices.get(name), new.prices.get(name), Moneys.of(old, new)
    if before is None:
        for price in _named(new, name).values():
            yield said("Nouveau prix : {}.", "New price: {}.", _priced(price, money.new))
    elif after is None:
        yield said("Le prix {} disparaît.", "The price {} goes.", quoted(before.title))
    else:
        title = quoted(after.title)
        if before.title != after.title:
            yield _renamed(Words("Le prix", "The price"), before.title, after.title)
        if before.per != after.per:
            yield said("{} : compté autrement qu'avant.", "{}: counted in another way.", title)
        if before.model != after.model and max(len(before.steps), len(after.steps)) > 1:
            yield instead(title, MODELS[after.model], MODELS[before.model])
        yield from _prices_told(_named(old, name), _named(new, name), money)
        yield from _top_told(title, before, after)


def _top_told(title: Words, old: Price, new: Price) -> Iterator[Words]:
    before, after = (price.ladder[-1].up_to for price in (old, new))
    if (before is None) != (after is None):
        if after is None:
            yield said("{} : sans plafond désormais.", "{}: without a top now.", title)
        else:
            yield said("{} : jusqu'à {} par mois désormais.", "{}: up to {} a month now.", title, after + new.included)


def option_told(name: str, old: Offer, new: Offer) -> Iterator[Words]:
    """Yield what changed in an option: that it came or went, its title, its prices, and its other keys."""
    before, after, money = old.options.get(name), new.options.get(name), Moneys.of(old, new)
    if before is None and after is not None:
        priced = tuple(_priced(price, money.new) for price in option_prices(after)) or (after.words,)
        parts = Words(" ; ".join(one.fr for one in priced), "; ".join(one.told("en") for one in priced))
        yield said("Nouvelle option : {}.", "New option: {}.", parts)
    elif after is None and before is not None:
        yield said("L'option {} n'est plus proposée.", "The option {} is not on sale any more.", quoted(before.words))
    elif before is not None and after is not None:
        if before.words != after.words:
            yield _renamed(Words("L'option", "The option"), before.words, after.words)
        was, now = (_slots(option_prices(one), one.words) for one in (before, after))
        yield from _prices_told(was, now, money)
        yield from _other_keys(before, after)


def _other_keys(old: Option, new: Option) -> Iterator[Words]:
    """Yield the keys of an option that changed without changing its prices or its title."""
    own = {attribute.name for attribute in attrs.fields(Option)}
    for attribute in attrs.fields(type(new)):
        before, after = getattr(old, attribute.name), getattr(new, attribute.name)
        if attribute.name in own or not is_key(attribute) or before == after:
            continue
        if list(evolve(old, **{attribute.name: after}).prices()) == list(old.prices()):
            what = said("Option {}, {}", "Option {}, {}", quoted(new.words), Words(key_name(attribute)))
            yield instead(what, _value(after), _value(before))


def _value(value: Any) -> Words:
    if isinstance(value, tuple):
        return listed(map(_value, value)) if value else Words("rien", "nothing")
    for kind, words in VALUES.items():
        if isinstance(value, kind):
            return words(value)
    return Words(str(value) or "—")


def _named(offer: Offer, name: str) -> Mapping[str, QuotedPrice]:
    code = f"price.{name}"
    prices = (price for price in tariff(offer, offer.head.mission[0]).prices if price.code == code)
    return _slots(prices, offer.prices[name].title)


def _slots(prices: Iterable[QuotedPrice], title: Words) -> Mapping[str, QuotedPrice]:
    """Return prices by what they are the price of, whatever the title of the whole is."""
    return {price.label.replace(title.fr, "", 1): price for price in prices}


def _prices_told(old: Mapping[str, QuotedPrice], new: Mapping[str, QuotedPrice], money: Moneys) -> Iterator[Words]:
    for slot in dict.fromkeys((*old, *new)):
        before, after = old.get(slot), new.get(slot)
        if before is None and after is not None:
            yield said("Nouveau prix : {}.", "New price: {}.", _priced(after, money.new))
        elif after is None and before is not None:
            yield said("N'est plus facturé : {}.", "Not charged any more: {}.", _priced(before, money.old))
        elif before is not None and after is not None:
            was, now = due_in_words(before), due_in_words(after)
            if before.unit_price != after.unit_price or was != now:
                yield _price_told((before, after), was if was != now else Words(""), now, money)


def _price_told(prices: tuple[QuotedPrice, QuotedPrice], was: Words, now: Words, money: Moneys) -> Words:
    old, new = prices
    if was.fr:
        sentence = "{} : {} {}, au lieu de {} {}.", "{}: {} {}, instead of {} {}."
        return said(*sentence, new.name, rate(new.unit_price, money.new), now, rate(old.unit_price, money.old), was)
    return price_instead(new.name, new.unit_price, old.unit_price, Words(" ") + now, money)


def _priced(price: QuotedPrice, currency: str) -> Words:
    return said("{}, {} {}", "{}, {} {}", price.name, rate(price.unit_price, currency), due_in_words(price))


def _renamed(what: Words, old: Words, new: Words) -> Words:
    return said("{} {} s'appelle désormais {}.", "{} {} is now called {}.", what, quoted(old), quoted(new))


def title_told(titles: Titles, name: str, old: Offer, new: Offer) -> Iterator[Words]:
    """Yield that something which both offers name has another title; prices and rules tell what it is there for."""
    before, after = titles(old).get(name), titles(new).get(name)
    if before and after and before != after:
        yield said("{} s'appelle désormais {}.", "{} is now called {}.", quoted(before), quoted(after))
