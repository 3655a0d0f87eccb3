"""How each small value is written in TOML: what is expected, how it is read, how it is written back."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from attrs import frozen

from ...model.money import (
    AMOUNT,
    PER_CENT,
    Cents,
    Micros,
    PerCent,
    cents,
    micros,
    per_cent,
    plain,
    plain_per_cent,
    price_of,
)
from ...model.period import SPAN, Month, Span
from ...model.scalars import Days, Hours

KINDS: Mapping[type, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    Decimal: "a decimal number",
    date: "a date",
    datetime: "a date with a time",
    time: "a time of day",
    list: "a list",
    dict: "a table",
}
"""What each type of TOML value is called."""

LARGEST = 2**63 - 1
CENTS_PATTERN = r"-?[0-9]{1,12}(\.[0-9]{1,2}0{0,4})?"
MOMENT = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(:[0-9]{2})?")
DAY = "(mon|tue|wed|thu|fri|sat|sun|holiday)"


@frozen
class Notation:
    """How one type of value is written: as a TOML ``written_as``, which ``parse`` reads.

    ``parse`` raises ValueError, with a message for the user, for what cannot be read.
    ``schema`` is its JSON Schema; ``write`` is the reverse of ``parse``.
    """

    expects: str
    written_as: type
    parse: Callable[[Any], Any]
    write: Callable[[Any], Any]
    schema: Mapping[str, Any]


def _same(value: Any) -> Any:
    return value


def _whole(value: int) -> int:
    if abs(value) > LARGEST:
        raise ValueError(f"{value} is out of range")
    return value


def _moment(text: str) -> datetime:
    if not MOMENT.fullmatch(text):
        raise ValueError(f'"{text}" is not a moment such as "2026-10-05 10:00"')
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f'"{text}" is no day or no time of day') from None


def _written_moment(moment: datetime) -> str:
    return moment.isoformat(" ", "seconds" if moment.second else "minutes")


def _written_cents(amount: Cents) -> str:
    return plain(price_of(amount))


NOTATIONS: Mapping[Any, Notation] = {
    str: Notation("a text", str, _same, _same, {"type": "string"}),
    int: Notation("a whole number", int, _whole, _same, {"type": "integer"}),
    bool: Notation("true or false", bool, _same, _same, {"type": "boolean"}),
    date: Notation("a date such as 2026-01-31", date, _same, date.isoformat, {"type": "string", "format": "date"}),
    datetime: Notation(
        'a moment such as "2026-10-05 10:00"',
        str,
        _moment,
        _written_moment,
        {"type": "string", "pattern": f"^{MOMENT.pattern}$"},
    ),
    Month: Notation(
        'a month such as "2026-10"',
        str,
        Month.parse,
        str,
        {"type": "string", "pattern": "^[12][0-9]{3}-(0[1-9]|1[0-2])$"},
    ),
    Cents: Notation(
        'an amount in quotes such as "59.00"',
        str,
        cents,
        _written_cents,
        {"type": "string", "pattern": f"^{CENTS_PATTERN}$"},
    ),
    Micros: Notation(
        'an amount in quotes such as "0.90"',
        str,
        micros,
        plain,
        {"type": "string", "pattern": f"^{AMOUNT.pattern}$"},
    ),
    PerCent: Notation(
        'a per cent in quotes such as "-3"',
        str,
        per_cent,
        plain_per_cent,
        {"type": "string", "pattern": f"^{PER_CENT.pattern}$"},
    ),
    Span: Notation(
        'a span such as "3 months"', str, Span.parse, str, {"type": "string", "pattern": f"^{SPAN.pattern}$"}
    ),
    Hours: Notation(
        'hours such as "08:00-19:00"',
        str,
        Hours.parse,
        str,
        {"type": "string", "pattern": "^[0-9]{2}:[0-5][0-9]-[0-9]{2}:[0-5][0-9]$"},
    ),
    Days: Notation(
        'days such as "mon-fri"',
        str,
        Days.parse,
        str,
        {"type": "string", "pattern": f"^ *{DAY}( *- *{DAY})?( *, *{DAY}( *- *{DAY})?)* *$"},
    ),
}
"""The notations, by the type of the value."""


def kind_of(value: object) -> str:
    """Return what a TOML value is called: ``a text``, ``a whole number`` …"""
    return KINDS[type(value)]
