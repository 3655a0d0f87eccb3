"""JSON Schemas of rule files, contract files and indices, for editors: from the same shapes that read them."""

import inspect
from collections.abc import Mapping
from functools import singledispatch
from typing import Any

import attrs

from ..model.option import Option
from ..model.option_settings import settled_keys
from ..model.price_index import IndexSeries
from .contracts.contracts import ContractFile
from .offers.offers import offer_record
from .parties.sellers import SellerFile
from .toml.shapes import Catalogue, Choice, Either, Key, ListOf, Record, Scalar, Shape, TableOf
from .toml.structure import record_of
from .toml.wording import Wording

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def offer_schema(options: Mapping[str, type[Option]]) -> Schema:
    """Return the JSON Schema (2020-12) of a rule file in which these options may be on sale."""
    return {"$schema": DIALECT, "title": "Permanence: offer"} | _schema(offer_record(options))


def contract_schema(options: Mapping[str, type[Option]]) -> Schema:
    """Return the JSON Schema (2020-12) of a contract file, whose contracts may have these options."""
    schema: Schema = {"$schema": DIALECT, "title": "Permanence: contracts", **_schema(record_of(ContractFile))}
    contract, event = (schema["properties"][name]["items"] for name in ("contract", "event"))
    for table, name in ((contract["properties"]["option"]["items"], "id"), (event, "option")):
        if settled := [_settled(name, kind) for kind in options.values() if settled_keys(kind)]:
            table["allOf"] = settled
    return schema


def seller_schema() -> Schema:
    """Return the JSON Schema of the file of a seller."""
    return {"$schema": DIALECT, "title": "Permanence: seller", **_schema(record_of(SellerFile))}


def index_schema() -> Schema:
    """Return the JSON Schema of the file of an index that prices follow."""
    schema: Schema = {"$schema": DIALECT, "title": "Permanence: index", **_schema(record_of(IndexSeries))}
    schema["properties"]["values"]["propertyNames"] = {"pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}
    return schema


def _settled(name: str, kind: type[Option]) -> Schema:
    """Return that a table which names an option settles the keys that it leaves to contracts, and no others."""
    keys = record_of(kind).keys
    settings = _object({one: _of_key(keys[one]) for one in settled_keys(kind)})
    return {
        "if": {"properties": {name: {"const": kind.id}}, "required": [name]},
        "then": {"properties": {"with": settings}},
    }


@singledispatch
def _schema(shape: Shape) -> Schema:
    raise TypeError(f"{shape} has no JSON Schema")


@_schema.register
def _(shape: Scalar) -> Schema:
    return dict(shape.notation.schema)


@_schema.register
def _(shape: Choice) -> Schema:
    return {"enum": [option for option in shape.options if option != ""]}


@_schema.register
def _(shape: Either) -> Schema:
    return {"anyOf": [_schema(one) for one in shape.shapes]}


@_schema.register
def _(shape: Wording) -> Schema:
    return {"anyOf": [{"type": "string"}, _schema(shape.languages)]}


@_schema.register
def _(shape: ListOf) -> Schema:
    return {"type": "array", "items": _schema(shape.item)}


@_schema.register
def _(shape: TableOf) -> Schema:
    return {"type": "object", "additionalProperties": _schema(shape.item)}


@_schema.register
def _(shape: Catalogue) -> Schema:
    return _object({name: _schema(one) | _of_table(one) for name, one in shape.items.items()})


@_schema.register
def _(shape: Record) -> Schema:
    schema = _object({name: _of_key(key) for name, key in shape.keys.items()})
    required = [name for name, key in shape.keys.items() if key.required]
    if required:
        schema["required"] = required
    if shape.rest:
        schema |= _schema(shape.rest.shape)
        schema["additionalProperties"] |= {"description": shape.rest.doc, "examples": [shape.rest.example]}
    return schema


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _of_key(key: Key) -> Schema:
    """Return the schema of a key, with what an editor shows of it."""
    schema = _schema(key.shape) | {"title": key.name, "description": key.doc}
    if key.words:
        schema["enum"] = list(key.words)
    example = _example(key.shape) if key.example is None else key.example
    if key.example is not None or (not isinstance(key.shape, Choice) and example):
        schema["examples"] = [example]
    if key.default not in (attrs.NOTHING, None, "", ()):
        schema |= _default(key.shape, key.default)
    return schema


def _of_table(shape: Shape) -> Schema:
    """Return what an editor shows of a table that a plugin adds: what its class says of itself, and an example."""
    doc = inspect.getdoc(shape.made) if isinstance(shape, Record) else None
    return {"description": doc.split("\n")[0], "examples": [_example(shape)]} if doc else {}


def _example(shape: Shape) -> Any:
    """Return an example of a table or of a list of tables: what must be there, else what has an example.

    Nothing for other shapes: their keys have examples of their own.
    """
    shape = shape.shapes[0] if isinstance(shape, Either) else shape
    match shape:
        case Record():
            keys = shape.keys.values()
            own = {key.name: key.example for key in keys if key.example is not None}
            made = {key.name: own.get(key.name, _example(key.shape)) for key in keys if key.required}
            rest = {"simple": shape.rest.example} if shape.rest else {}
            return made | rest or own
        case ListOf(Record() as item):
            return [_example(item)]
        case TableOf(Record() as item):
            return {"night": _example(item)}
        case Catalogue(items):
            return dict([next((name, _example(one)) for name, one in items.items())]) if items else {}
        case Choice(options):
            return options[0]
    return None


def _default(shape: Shape, value: Any) -> Schema:
    """Return a default, as it would be written; nothing for tables."""
    if isinstance(shape, Either):
        shape = next(one for one in shape.shapes if isinstance(one, Choice) == isinstance(value, str))
    if isinstance(shape, Scalar):
        return {"default": shape.notation.write(value)}
    if isinstance(shape, ListOf):
        return {"default": [_default(shape.item, one)["default"] for one in value]}
    return {"default": value} if isinstance(shape, Choice) else {}
