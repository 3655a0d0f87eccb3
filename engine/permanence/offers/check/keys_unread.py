"""Keys of an option's table to no effect: whatever the option is asked, its class does not look at them."""

import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import CodeType, FunctionType
from typing import Any

import attrs

from ...bill.measure.option_facts import measured
from ...bill.price.sound_charges import sound_charges
from ...model.judged_calls import JudgedCalls
from ...model.keys import is_key, key_name
from ...model.offer import Offer
from ...model.option import Option
from ...model.option_asked import asked, priced_by_count, prices_of, promised, windows_with
from ...model.option_failed import OptionFailed
from .calls_asked import calls_asked, months_asked
from .finding import Finding

OF_THE_ENGINE = {"title", "due", "again"}
"""Keys that are read besides by who bills."""
COPYING = ("attr._make", "attr._funcs")
"""Where all of a value is read, to make another that is like it."""
GENERATED = "<attrs generated"
HOOK = "permanence_impl"
"""The mark of a function that answers a hook."""


def keys_unread(offer: Offer) -> Iterator[Finding]:
    """Yield, as warnings, the keys of options' tables that nothing reads; an option that fails is told elsewhere."""
    for name, option in offer.options.items():
        table = offer.places.key_place(("option", name))
        keys = {one.name: ("option", name, key_name(one)) for one in attrs.fields(type(option)) if is_key(one)}
        written = {field: path for field, path in keys.items() if offer.places.key_place(path) != table}
        for field in written.keys() - OF_THE_ENGINE - _read(offer, option):
            what = f'"{written[field][2]}" is without effect: nothing that the option "{name}" does here reads it'
            yield Finding(written[field], what, "take it out", warning=True)


def _read(offer: Offer, option: Option) -> set[str]:
    """Return the keys that an option reads when it is asked, or may read where nobody asks it here."""
    found = set[str]()
    own = {one.name for one in attrs.fields(type(option))}
    try:
        watched = asked(option, lambda: _watched(option, found))
        _ask(offer, watched, calls_asked(offer, option))
    except OptionFailed:
        return own
    return found | set(_elsewhere(type(option)))


def _watched(option: Option, read: set[str]) -> Option:
    """Return an option that is like another, and notes which of its keys are read."""
    kind: Any = type(option)
    fields = attrs.fields(kind)
    names = {one.name for one in fields}

    def noting(self: object, name: str) -> Any:
        if name in names and sys._getframe(1).f_globals.get("__name__") not in COPYING:
            read.add(name)
        return kind.__getattribute__(self, name)

    watching = type(
        kind.__name__, (kind,), {"__getattribute__": noting, "__slots__": (), "__module__": kind.__module__}
    )
    made: Option = watching(**{one.alias: getattr(option, one.name) for one in fields if one.init})
    return made


def _ask(offer: Offer, option: Option, calls: JudgedCalls) -> None:
    prices_of(option)
    priced_by_count(option)
    promised(option)
    windows_with(option, offer.coverage.windows)
    if type(option).facts:
        measured(option, calls)
    for month in months_asked(offer, option):
        asked(option, lambda month=month: sound_charges(option, month))  # type: ignore[misc]


def _elsewhere(kind: type[Option]) -> Iterator[str]:
    """Yield what the hooks of an option's module name, and its own methods of keys of its own."""
    yield from _named_by_hooks(vars(sys.modules[kind.__module__]) if kind.__module__ in sys.modules else {})
    every = {one.name for one in attrs.fields(Option)}
    for one in (one for one in kind.__mro__ if issubclass(one, Option) and one is not Option):
        for name, value in vars(one).items():
            named = set(_names_of(value))
            yield from named if name == "check_contract" else named - every


def _named_by_hooks(module: Mapping[str, Any]) -> set[str]:
    """Return what the hooks of a module name, and the functions of it that they name in turn."""
    found = set[str]()
    asked = [name for name, value in module.items() if hasattr(value, HOOK)]
    while asked:
        named = {*_names_of(module[asked.pop()])} - found
        found |= named
        asked += [name for name in named if isinstance(module.get(name), FunctionType)]
    return found


def _names_of(member: object) -> Iterator[str]:
    if isinstance(member, property | cached_property):
        member = member.fget if isinstance(member, property) else member.func
    function = getattr(member, "__func__", member)
    if isinstance(function, FunctionType) and not function.__code__.co_filename.startswith(GENERATED):
        yield from _names(function.__code__)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)
