"""What is wrong with an option whatever it does: its price, its missions, the options that it goes with, its units."""

from collections.abc import Iterable, Iterator, Mapping

import attrs

from .contract import HOW_MANY
from .keys import is_key, key_name
from .never_charged import never_charged
from .offer import Offer
from .option import Option
from .option_asked import priced_by_count, prices_of
from .option_failed import OptionFailed
from .option_settings import settled_keys, values_of
from .price_list import PERCENT
from .problem import OptionProblem, Problem, did_you_mean
from .units import UNITS, written_otherwise


def key_faults(kind: type[Option]) -> Iterator[str]:
    """Yield what is wrong with the keys that an option's class leaves to contracts."""
    for name in settled_keys(kind):
        if name == HOW_MANY:
            yield f'the key "{name}" of option "{kind.id}" is the contract\'s own: call it otherwise'
        try:
            values_of(kind, name)
        except TypeError as error:
            yield str(error)


def option_problems(offer: Offer, name: str) -> Iterator[OptionProblem]:
    """Yield what is wrong with an option of an offer, at its place."""
    for asked in (_free, _missions, _companions, never_charged, _units):
        for one in asked(offer, name):
            yield OptionProblem(one.where, one.what, one.hint, options=(name,))


def _free(offer: Offer, name: str) -> Iterator[Problem]:
    """An option costs something: what is free says so, price = "0.00"."""
    option = offer.options[name]
    try:
        costs = prices_of(option) or priced_by_count(option)
    except OptionFailed:
        return  # whoever asks for the prices is told so
    if not costs:
        where = offer.option_places[name]
        yield Problem(where, f'the option "{name}" has no price', 'write price = "39.00"')


def _missions(offer: Offer, name: str) -> Iterator[Problem]:
    """Amounts by mission are for each mission of the offer, and for no other."""
    option, known = offer.options[name], offer.head.mission
    for field in attrs.fields(type(option)):
        amounts = getattr(option, field.name)
        if not is_key(field) or not isinstance(amounts, Mapping) or not _is_by_mission(amounts):
            continue
        where = offer.beside.get(name, offer).places.key_place(("option", name, key_name(field)))
        for mission in amounts:
            if mission not in known:
                what = f'{offer.version} has no mission "{mission}"'
                yield Problem(where, what, did_you_mean(mission, known))
        for mission in known:
            if mission not in amounts:
                yield Problem(where, f'the option "{name}" has no {key_name(field)} for the mission "{mission}"')


def _is_by_mission(amounts: Mapping[str, object]) -> bool:
    return all(type(amount) is int for amount in amounts.values())


def _companions(offer: Offer, name: str) -> Iterator[Problem]:
    """An option that needs another is sold beside it, and does not exclude what it needs."""
    kind, where = type(offer.options[name]), offer.option_places[name]
    for other in kind.needs:
        if other not in offer.options:
            what = f'the option "{name}" needs "{other}", which {offer.version} does not sell'
            yield Problem(where, what, f"write [option.{other}]")
        elif name in type(offer.options[other]).excludes or other in kind.excludes:
            what = f'the option "{name}" needs "{other}", and does not go with it'
            yield Problem(where, what, "no contract could have it")


def _units(offer: Offer, name: str) -> Iterator[Problem]:
    """A price is for a unit that has one and several in both languages."""
    option = offer.options[name]
    try:
        named = [price.unit for price in prices_of(option) if price.unit != PERCENT]
        named += [price.unit for price in priced_by_count(option)]
    except OptionFailed:
        return  # whoever asks for the prices is told so
    for what, hint in unit_faults(type(option), named):
        yield Problem(offer.option_places[name], what, hint)


def unit_faults(kind: type[Option], named: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield which units that an option names have no singular and plural in both languages, and what to do."""
    for unit in dict.fromkeys(named):
        if unit and unit not in kind.units and (what := unit_fault(kind.id, unit)):
            other = written_otherwise(unit)
            yield (
                what,
                f'write "{other}"' if other else f'add units = {{"{unit}": Unit(Words(…), Words(…))}} to its class',
            )


def unit_fault(option: str, unit: str) -> str:
    """Return that a unit which an option names has no singular and plural in both languages; "" for a known one."""
    return "" if unit in UNITS else f'the unit "{unit}" of option "{option}" has no singular and plural'
