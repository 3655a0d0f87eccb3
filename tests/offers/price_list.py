"""The price list of a saved quote, read without any code of ours: which unit prices it has under which code."""

import tomllib
from decimal import Decimal
from itertools import pairwise
from typing import Any

from permanence.model.invoice import ChargeLine
from permanence.model.price_list import PERCENT

MOST_BANDS = 400
"""Further bands that are written out where a quote has them without a top."""

Listed = tuple[str, str, Decimal, int]
PriceList = frozenset[Listed]
"""Code, label (of options only: it tells their prices apart), price and for how many it is: per cents, for none."""


def price_list(text: str) -> PriceList:
    """Return every price that a quote's text names, further bands written out."""
    entries = tomllib.loads(text)["price"]
    found = {(entry["code"], shown(entry), *price_of(entry)) for entry in entries if "every" not in entry}
    for before, entry in pairwise(entries):
        if "every" in entry:
            assert (before["code"], before["up_to"] + 1) == (entry["code"], entry["from"])
            base, step = Decimal(before["unit_price"]), Decimal(entry["unit_price"])
            found |= {(entry["code"], "", base + step * more, 1) for more in range(1, MOST_BANDS)}
    return frozenset(found)


def price_of(entry: Any) -> tuple[Decimal, int]:
    """Return what a price is and for how many: a share, its per cent, and for none."""
    if "percent" in entry:
        return Decimal(entry["percent"]), 0
    return Decimal(entry["unit_price"]), entry["for_each"]


def shown(entry: Any) -> str:
    return str(entry["label"]) if entry["code"].startswith("option.") else ""


def named(line: ChargeLine) -> Listed:
    """Return an invoice line as it would stand in a price list."""
    label = line.label if line.code.startswith("option.") else ""
    if line.unit == PERCENT:
        return line.code, label, Decimal(line.quantity) / 100, 0
    return line.code, label, Decimal(line.unit_price) / 1_000_000, line.for_each
