"""Contracts → the text of a contract file."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from attrs import fields, has

from ..model.contract import Contract
from ..model.keys import is_key, key_name

HEAD = "#:schema contract.schema.json\nformat = 1\n"


def write_contracts(contracts: Iterable[Contract]) -> str:
    """Return the TOML text of a contract file; reading it gives the same contracts, but for their places."""
    return HEAD + "".join("\n" + "\n".join(_table("contract", contract)) + "\n" for contract in contracts)


def _table(name: str, row: Any) -> Iterator[str]:
    """Yield the lines of a ``[[table]]``: what is set, then the tables below it."""
    yield f"[[{name}]]"
    below: list[str] = []
    for key, value in _set_keys(row):
        if isinstance(value, tuple) and has(type(value[0])):
            below += (line for item in value for line in ("", *_table(f"{name}.{key}", item)))
        else:
            yield f"{key} = {_value(value)}"
    yield from below


def _set_keys(row: Any) -> Iterator[tuple[str, Any]]:
    for attribute in fields(type(row)):
        value = getattr(row, attribute.name)
        if is_key(attribute) and (value or value != attribute.default):
            yield key_name(attribute), value


def _value(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    if has(type(value)):
        return f"{{ {', '.join(f'{key} = {_value(item)}' for key, item in _set_keys(value))} }}"
    return str(value)
