"""What a call carries besides its own columns: numbers, such as the pages of a fax, words, such as its agent, tags."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from .keys import key
from .scalars import Words
from .units import InUnits

CALL_NUMBER, CALL_WORD, CALL_TAG, SUM = "call.number.", "call.word.", "call.tag.", "usage.number."
"""How the facts begin that are one call's number, its word, whether it bears a tag, and a month's sum of numbers."""

MOST_CARRIED = 1_000_000_000
"""The greatest number that one record carries; what is counted of a call is never more."""
BOOKED = {"booked": {"title": {"fr": "Rendez-vous pris", "en": "Appointment booked"}}}
PAGES = {"pages": {"title": {"fr": "Pages de fax", "en": "Fax pages"}}}
BOOKED = {"booked": {"title": {"fr": "Rendez-vous pris", "en": "Appointment booked"}}}
AGENT = {"agent": {"title": {"fr": "Agent", "en": "Agent"}}}


@frozen(kw_only=True)
class Carried:
    """`[word.<name>]` and `[tag.<name>]`: what calls carry, by the names that their records have."""

    title: Words = key("What it is, as customers read it.", example={"fr": "Pages de fax", "en": "Fax pages"})


@frozen(kw_only=True)
class CarriedNumber(InUnits):
    """`[number.<name>]`: a number that calls carry, by the name that their records have."""

    title: Words = key("What it is, as customers read it.", example={"fr": "Pages de fax", "en": "Fax pages"})


def can_be_carried(value: object) -> bool:
    """Tell whether a record can carry this: a word, or a whole number from 0 up to the greatest one."""
    return isinstance(value, str) or (type(value) is int and 0 <= value <= MOST_CARRIED)


def details_of(text: str) -> Mapping[str, Any]:
    """Return the numbers and words that a call carries, as they are kept with it: a JSON object, or nothing."""
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def details_text(details: Mapping[str, int | str]) -> str:
    """Return what a call carries as it is kept with it: one text for the same numbers and words."""
    return json.dumps(dict(sorted(details.items())), ensure_ascii=False, separators=(",", ":")) if details else ""


def details_joined(texts: Iterable[str]) -> str:
    """Return what one call carries that has several records, in their order: numbers summed, of words the first."""
    found: dict[str, int | str] = {}
    for name, value in (carried for text in texts for carried in details_of(text).items()):
        known = found.get(name)
        if known is None:
            found[name] = value
        elif isinstance(known, int) and isinstance(value, int):
            found[name] = known + value
    return details_text(found)
