"""What changed in an option: its prices as a quote has them, its title, its other keys."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
from attrs import evolve

from ...model.keys import is_key, key_name
from ...model.offer import Offer
from ...model.option import Option
from ...model.option_asked import priced_by_count, prices_of
from ...model.scalars import Days, Hours, Words
from ...model.words.changes import Moneys, instead
from ...model.words.numbers import number
from ...model.words.phrases import days_in_words, hours_in_words, listed, quoted, said
from .option_prices import prices_by_count, told_prices
from .price_changes import MODELS, priced, prices_told, renamed, slots

VALUES: Mapping[type, Callable[[Any], Words]] = {
    bool: lambda value: Words("oui", "yes") if value else Words("non", "no"),
    int: number,
    Words: quoted,
    Days: days_in_words,
    Hours: hours_in_words,
}
"""How the value of an option's own key is said."""


def option_told(name: str, old: Offer, new: Offer) -> Iterator[Words]:
    """Yield what changed in an option: that it came or went, its title, its prices, and its other keys."""
    before, after, money = old.options.get(name), new.options.get(name), Moneys.of(old, new)
    if before is None and after is not None:
        told = tuple(priced(price, money.new) for price in told_prices(new, name)) or (after.words,)
        parts = Words(" ; ".join(one.fr for one in told), "; ".join(one.told("en") for one in told))
        yield said("Nouvelle option : {}.", "New option: {}.", parts)
    elif after is None and before is not None:
        yield said("L'option {} n'est plus proposée.", "The option {} is not on sale any more.", quoted(before.words))
    elif before is not None and after is not None:
        if before.words != after.words:
            yield renamed(Words("L'option", "The option"), before.words, after.words)
        was, now = slots(told_prices(old, name), before.words), slots(told_prices(new, name), after.words)
        yield from prices_told(was, now, money)
        yield from _models_told(old, new, name)
        yield from _other_keys(before, after)


def _models_told(old: Offer, new: Offer, name: str) -> Iterator[Words]:
    """Yield that steps are counted in another way than they were."""
    were = {price.per: price for price in prices_by_count(old, name)}
    for price in prices_by_count(new, name):
        before = were.get(price.per)
        if before and before.model != price.model and len(price.steps) > 1:
            yield instead(quoted(price.title), MODELS[price.model], MODELS[before.model])


def _other_keys(old: Option, new: Option) -> Iterator[Words]:
    """Yield the keys of an option that changed without changing its prices or its title."""
    own = {attribute.name for attribute in attrs.fields(Option)}
    for attribute in attrs.fields(type(new)):
        before, after = getattr(old, attribute.name), getattr(new, attribute.name)
        if attribute.name in own or not is_key(attribute) or before == after:
            continue
        changed = evolve(old, **{attribute.name: after})
        if _prices(changed) == _prices(old):
            what = said("Option {}, {}", "Option {}, {}", quoted(new.words), Words(key_name(attribute)))
            yield instead(what, _value(after), _value(before))


def _prices(option: Option) -> list[object]:
    return [*prices_of(option), *priced_by_count(option)]


def _value(value: Any) -> Words:
    if isinstance(value, tuple):
        return listed(map(_value, value)) if value else Words("rien", "nothing")
    for kind, words in VALUES.items():
        if isinstance(value, kind):
            return words(value)
    return Words(str(value) or "—")
