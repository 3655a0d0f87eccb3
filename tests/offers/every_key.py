"""An offer with one key after the other put otherwise: each key that a rule file can have, each in its turn."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs
from attrs import evolve
from permanence.model.keys import is_key, key_name
from permanence.model.money import Cents, Micros
from permanence.model.offer import Offer
from permanence.model.option import Option
from permanence.model.period import Month, Span
from permanence.model.scalars import Days, Hours, Minutes, Words

from tests.installed import PLUGINS

OTHERWISE: Mapping[str, Any] = {
    "offer.timezone": "Indian/Reunion",
    "offer.mission": ("simple",),
    "offer.services": ("appointments",),
    "coverage.holiday_region": "customer",
    "coverage.window.title": Words("autrement"),
    "price.per": "usage.calls",
    "price.for_every": "quantity.desks",
    "rule.on": "event",
    "example.month": Month(2027, 1),
    "rule.then.charge": "option.bilingual",
}
"""Keys whose other values are not any text, or any tuple."""
OF_EVERY_OPTION = ("price", "percent", "of", "kind", "proration", "again", "due", "title")
REFUSED = ("", "least", "most")
"""Choices that no rule file gets past its checks with: an option is not due as a limit is."""
KNOWN = {"offer.country": "CH", "offer.currency": "CHF"}
"""Another value of keys that take no text but those of a table."""


def keys_of(made: type, path: str = "") -> Iterator[str]:
    """Yield the path of each key of a class and of the tables in it, as the classes of the model declare them."""
    types = get_type_hints(made)
    for attribute in attrs.fields(made):
        if is_key(attribute):
            name = f"{path}.{key_name(attribute)}".lstrip(".")
            inner = [one for one in _classes(types[attribute.name]) if _is_table(one)]
            yield from keys_of(inner[0], name) if inner else [name]


def option_keys() -> Iterator[str]:
    """Yield the path of each key that an option of our plugins has besides those of every option."""
    for name, kind in PLUGINS.options.items():
        yield from (f"option.{name}.{key}" for key in keys_of(kind) if key not in OF_EVERY_OPTION)


def changed_offers(offer: Offer) -> Iterator[tuple[str, Offer]]:
    """Yield an offer with one key of it put otherwise, and the path of that key; every key that is there, in turn."""
    for path, changed in _changed(offer, ""):
        assert isinstance(changed, Offer)
        if path == "rule.then.charge" and "bilingual" not in offer.options:
            continue
        yield path, evolve(changed, text=f"{offer.text}\n# {path}")


def single_choices() -> frozenset[str]:
    """Return the paths of the keys that have one value alone."""
    return frozenset(_single(Offer, ""))


def _single(made: type, path: str) -> Iterator[str]:
    types = get_type_hints(made)
    for attribute in attrs.fields(made):
        if is_key(attribute):
            name = f"{path}.{key_name(attribute)}".lstrip(".")
            if get_origin(types[attribute.name]) is Literal and len(get_args(types[attribute.name])) == 1:
                yield name
            for inner in _classes(types[attribute.name]):
                if _is_table(inner):
                    yield from _single(inner, name)


def _changed(made: Any, path: str) -> Iterator[tuple[str, Any]]:
    types = get_type_hints(type(made))
    for attribute in attrs.fields(type(made)):
        if not is_key(attribute):
            continue
        name = f"{path}.{key_name(attribute)}".lstrip(".")
        for where, other in _others(getattr(made, attribute.name), types[attribute.name], name):
            yield where, evolve(made, **{attribute.name: other})


def _others(value: Any, kind: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield other values of a key, or of the tables in it."""
    if path in OTHERWISE:
        if value and value != OTHERWISE[path]:
            yield path, OTHERWISE[path]
    elif _is_table(type(value)):
        yield from _changed(value, path)
    elif isinstance(value, Mapping) and value and _is_table(type(next(iter(value.values())))):
        for name, one in value.items():
            for where, other in _changed(one, path):
                key = where.removeprefix("option.")
                own = isinstance(one, Option) and key not in OF_EVERY_OPTION
                yield f"option.{name}.{key}" if own else where, {**value, name: other}
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from ((path, {**value, name: other}) for _, other in _others(one, type(one), f"{path}."))
    elif isinstance(value, tuple) and value and _is_table(type(value[0])):
        for number, one in enumerate(value):
            for where, other in _changed(one, path):
                yield where, (*value[:number], other, *value[number + 1 :])
    else:
        yield from ((path, other) for other in _scalars(value, kind, path))


def _scalars(value: Any, kind: Any, path: str) -> Iterator[Any]:
    choices = [one for part in (kind, *get_args(kind)) if get_origin(part) is Literal for one in get_args(part)]
    if path.startswith("rule.then") and not value:
        return
    if choices and not isinstance(value, (Span, tuple)):
        yield from (choice for choice in choices if choice not in (value, *REFUSED))
        return
    match value:
        case bool():
            yield not value
        case int():
            yield value + 10_000 if value >= 10_000 else value + 1
        case str():
            yield KNOWN.get(path) or (f"not ({value})" if path == "rule.when" else f"{value}x")
        case date():
            yield value + timedelta(days=1)
        case Span():
            yield Span(value.count + 1, value.unit)
        case Days():
            yield Days(value.numbers[1:])
        case Hours():
            yield Hours(Minutes(value.start + 15), value.end)
        case Words():
            yield Words(f"{value.fr} bis")
        case (_, *_):
            yield value[1:]
        case None if made := _first_value(kind):
            yield made


def _first_value(kind: Any) -> Any:
    """Return a value for a key that is absent."""
    made: Mapping[Any, Any] = {
        Words: Words("autre"),
        Span: Span(3, "months"),
        Cents: Cents(100),
        Micros: Micros(100),
        int: 1,
    }
    return next((made[one] for one in get_args(kind) if one in made), None)


def _classes(kind: Any) -> Iterator[type]:
    """Yield the classes that a type is made of."""
    parts = get_args(kind)
    if not parts and isinstance(kind, type):
        yield kind
    for part in parts:
        yield from _classes(part)


def _is_table(kind: type) -> bool:
    """Tell whether a class is read from a table of its own."""
    return (attrs.has(kind) and any(is_key(attribute) for attribute in attrs.fields(kind))) or kind is Option
