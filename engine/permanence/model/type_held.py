"""Whether a value is of a type that a class says of it, and what such a type is called."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

MODULES = re.compile(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])")
"""Where a type is defined, which who reads of it does not import it from."""


def type_told(hint: Any) -> str:
    """Return a type as a plugin writes it: ``tuple[FactField, ...]``, whatever module defines what it names."""
    if isinstance(hint, type) and not hasattr(hint, "__args__"):
        return hint.__name__
    return MODULES.sub("", str(hint))


def holds(value: object, hint: Any) -> bool:
    """Tell whether a value is of a type as it is annotated; what cannot be told is taken to be."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        found = any(holds(value, part) for part in parts)
    elif origin is Literal:
        found = any(type(value) is type(part) and value == part for part in parts)
    elif origin is tuple and parts[1:] == (Ellipsis,):
        found = isinstance(value, tuple) and all(holds(one, parts[0]) for one in value)
    elif origin is Mapping:
        found = isinstance(value, Mapping) and all(
            holds(one, parts[0]) and holds(other, parts[1]) for one, other in value.items()
        )
    else:
        found = _is_one(value, getattr(hint, "__supertype__", hint))
    return found


def _is_one(value: object, kind: Any) -> bool:
    if kind in (None, NoneType):
        return value is None
    if kind in (int, bool, str):
        return type(value) is kind
    return isinstance(value, kind) if isinstance(kind, type) else True


def misheld(value: Any) -> str:
    """Return the name of a part of a value whose type is another than its class says; nothing where all are of theirs.

    Its class is one made with attrs. A subclass is another type: it may lie about itself.
    """
    kind: type = type(value)
    every, parts = _parts(kind)
    for part, (name, hint, default, plain) in zip(every(value), parts, strict=True):
        if part is not default and type(part) not in plain and not _exactly(part, hint):
            return name
    return ""


_Part = tuple[str, Any, object, frozenset[type]]


@cache
def _parts(kind: type) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[_Part, ...]]:
    """Return what gets all parts of a value, and of each its name, type, default, and types that say all of it."""
    hints, fields = get_type_hints(kind), attrs.fields(kind)
    parts = tuple((one.name, hints[one.name], one.default, _plain(hints[one.name])) for one in fields)
    names = [one.name for one in fields]
    return attrgetter(*names) if len(names) > 1 else (lambda value: (getattr(value, names[0]),)), parts


def _plain(hint: Any) -> frozenset[type]:
    each = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    kinds = [getattr(one, "__supertype__", one) for one in each]
    return frozenset(one for one in kinds if one in (int, bool, str, NoneType))


def _exactly(value: Any, hint: Any) -> bool:
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return any(_exactly(value, part) for part in parts)
    if origin is tuple and parts[1:] == (Ellipsis,):
        return type(value) is tuple and all(_exactly(one, parts[0]) for one in value)
    kind = getattr(hint, "__supertype__", hint)
    if isinstance(kind, type) and origin is None and kind is not NoneType:
        return type(value) is kind and not (attrs.has(kind) and misheld(value))
    return holds(value, hint)
