"""What a call carries besides its own columns: numbers, such as the pages of a fax, and words, such as its agent."""

import json
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from .keys import key
from .scalars import Words

CALL_NUMBER, CALL_WORD, SUM = "call.number.", "call.word.", "usage.number."
"""How the facts begin that are one call's number, one call's word, and a month's sum of such numbers."""


@frozen(kw_only=True)
class Carried:
    """`[number.<name>]` and `[word.<name>]`: what calls carry, by the names that a mapping of calls gives it."""

    title: Words = key("What it is, as customers read it.", example={"fr": "Pages de fax", "en": "Fax pages"})


def details_of(text: str) -> Mapping[str, Any]:
    """Return the numbers and words that a call carries, as they are kept with it: a JSON object, or nothing."""
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def details_text(details: Mapping[str, int | str]) -> str:
    """Return what a call carries as it is kept with it: one text for the same numbers and words."""
    return json.dumps(dict(sorted(details.items())), ensure_ascii=False, separators=(",", ":")) if details else ""
