"""TOML tables → attrs classes: the classes of the model say which keys there are, and of which shape."""

from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import attrs
from attrs import evolve, frozen

from ...model.keys import DOC, EXAMPLE, WORDS, is_key, key, key_name
from ...model.problem import Place, Refused
from ...model.scalars import Words
from ...model.type_held import type_told
from .faults import Notes, problems
from .located_toml import LocatedToml
from .notation import NOTATIONS
from .shapes import Choice, Either, Key, ListOf, Record, Scalar, Shape, TableOf
from .wording import Wording

T = TypeVar("T")

REST = "*"
"""The key name of a field that takes every key which is not named otherwise."""


@frozen(kw_only=True)
class Languages:
    """One text in each language."""

    fr: str = key("In French.", example="Permanence Essentielle")
    en: str = key("In English.", default="", example="Essential answering")


def structure(source: LocatedToml, made: Callable[..., T], **inner: Any) -> T:
    """Return what a whole file says, as an instance of an attrs class; ``inner`` sets fields that are no keys.

    Raises Refused with everything that is wrong in the file.
    """
    notes = Notes(source.key_place, source.text_place)
    found = shape_of(made).read(source.table, (), notes)
    if notes.faults:
        raise Refused(problems(notes.faults, source))
    return cast(T, evolve(found, **inner) if inner else found)


def shape_of(kind: Any) -> Shape:
    """Return the shape that values of a type have in TOML: not kept, since words in another order are one type.

    Raises TypeError for a type that no TOML key can have.
    """
    if kind is Words:
        return Wording(evolve(record_of(Languages), made=Words))
    if kind in NOTATIONS:
        return Scalar(NOTATIONS[kind])
    if attrs.has(kind):
        return record_of(kind)
    return _shape_with_parts(kind, get_origin(kind), get_args(kind))


def _shape_with_parts(kind: Any, origin: Any, parts: tuple[Any, ...]) -> Shape:
    if origin is Literal:
        return Choice(parts)
    if origin in (Union, UnionType):
        shapes = tuple(shape_of(part) for part in parts if part is not NoneType)
        return shapes[0] if len(shapes) == 1 else Either(shapes)
    if origin is tuple and len(parts) == 2 and parts[1] is Ellipsis:
        return ListOf(shape_of(parts[0]))
    if origin is Mapping and parts[0] is str:
        return TableOf(shape_of(parts[1]))
    raise TypeError(f"{type_told(kind)} is no type that a TOML key can have")


def record_of(made: type) -> Record:
    """Return the shape of the table that an attrs class is read from.

    Raises TypeError for a key of a type that TOML cannot have.
    """
    return _record_of(made)


@cache
def _record_of(made: type) -> Record:
    types = get_type_hints(made)
    keys = [_key(attribute, types[attribute.name]) for attribute in attrs.fields(made) if is_key(attribute)]
    return Record(
        made=made,
        keys={key.name: key for key in keys if key.name != REST},
        rest=next((key for key in keys if key.name == REST), None),
        place_fields=tuple(
            attribute.name
            for attribute in attrs.fields(made)
            if not is_key(attribute) and types[attribute.name] is Place
        ),
    )


def _key(attribute: "attrs.Attribute[Any]", kind: Any) -> Key:
    default: Any = attribute.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        # What depends on other keys has no default that could be written.
        default = None if default.takes_self else default.factory()
    return Key(
        field=attribute.name,
        name=key_name(attribute),
        shape=shape_of(kind),
        doc=attribute.metadata[DOC],
        example=attribute.metadata[EXAMPLE],
        default=default,
        words=attribute.metadata[WORDS],
    )
