"""Names that an offer gives to something of its own, and what people read instead of them."""

from typing import Literal

from attrs import frozen

from .keys import key
from .scalars import Words

LEGAL = {"legal": {"title": {"fr": "Mission juridique", "en": "Legal mission"}}}
SHORT = {"short": {"title": {"fr": "Appels courts", "en": "Short calls"}}}
COURTESY = {"courtesy": {"title": {"fr": "Appel de courtoisie", "en": "Courtesy call"}}}


@frozen(kw_only=True)
class Titled:
    """`[mission.<id>]`, `[mark.<id>]` and `[reason.<id>]`: what customers read for them."""

    title: Words = key("What it is, as customers read it.", example={"fr": "Appels courts", "en": "Short calls"})


TitledKind = Literal[
    "mission",
    "plan",
    "window",
    "mark",
    "reason",
    "price",
    "option",
    "quantity",
    "work",
    "number",
    "occurrence",
    "fact",
]
"""What an offer gives ids to; ``fact`` is a fact of its monthly rules, which it has of all of these."""


@frozen
class OwnTitle:
    """One id of an offer's own: its kind, the id, and the title."""

    kind: TitledKind
    name: str
    title: str
