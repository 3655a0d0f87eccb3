"""What a draft says, as plain values: the same from rows as they go into billing.db and as they come out of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from ..model.issued import Document
from .bases import Row

HEAD = (
    *("first_day", "last_day", "served_from", "served_days", "calls", "band"),
    *("net_cents", "vat_cents", "total_cents", "deposit_cents", "currency"),
)
LINE = (
    *("position", "code", "label", "quantity", "unit", "unit_price_micros", "for_each", "days", "of_days"),
    *("amount_cents", "sentence", "first_day", "last_day", "apart"),
)
RULE = ("text", "name", "line")
VAT = ("rate_bp", "base_cents", "amount_cents", "reason")
USAGE = ("outcome", "reason", "window", "window_title", "marks", "calls", "talk_seconds")
OFFER = ("text", "version", "title")


def draft_says(
    month: str,
    whose: Row,
    head: Row,
    offer: Row,
    mission: str,
    capsule: Row,
    lines: Sequence[Any],
    vat: Iterable[Row],
    usage: Sequence[Sequence[Any]],
) -> Document:
    """Return all that a draft says of its money: a row each of whose it is, `HEAD`, `OFFER` and the capsule's texts.

    ``mission`` is the title of the mission; ``lines`` are said already.
    """
    contract, customer, kind, region, name = whose
    counts, past = capsule
    return {
        "kind": "invoice",
        "contract": contract,
        "month": month,
        **dict(zip(HEAD, head, strict=True)),
        "customer": {"name": customer, "kind": kind},
        "region": region,
        "offer": dict(zip(OFFER, offer, strict=True)),
        "mission": {"name": name, "title": mission},
        "lines": lines,
        "vat": [dict(zip(VAT, row, strict=True)) for row in vat],
        "usage": usage,
        "capsule": {"counts": counts, "past": past},
    }


def line_says(line: Row, rule: Row, facts: Sequence[Sequence[Any]]) -> Document:
    """Return what a line of a draft says: a row of `LINE`, one of its `RULE`, and its facts."""
    return {**dict(zip(LINE, line, strict=True)), "rule": dict(zip(RULE, rule, strict=True)), "facts": facts}
