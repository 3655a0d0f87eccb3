"""What a contract's month must cost under the basic offer, worked out by hand from the rule file's own text.

Plain Python with Decimal, the TOML as tomllib reads it, and the customer list as it was sent: nothing of the engine.
"""

import calendar
import math
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

CENT = Decimal("0.01")
VAT = {
    "FR-971": Decimal("8.5"),
    "FR-972": Decimal("8.5"),
    "FR-974": Decimal("8.5"),
    "FR-973": Decimal(0),
    "FR-976": Decimal(0),
}
ONCE = {"svi": "price", "announcement": "price", "callback": "installation", "shared_agenda": "creation"}
MONTHLY = ("bilingual", "round_the_clock", "night_duty", "escalation", "shared_agenda")


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def band_price(bands: Mapping[str, Any], mission: str, calls: int) -> Decimal:
    steps: list[dict[str, Any]] = bands["steps"]
    for step in steps:
        if calls <= step["up_to"]:
            return Decimal(step[mission])
    more: int = math.ceil((calls - steps[-1]["up_to"]) / bands["then"]["every"])
    return Decimal(steps[-1][mission]) + more * Decimal(bands["then"][mission])


def end_of_service(row: Mapping[str, str]) -> date:
    """Return the first day without service: only the contract whose notice the list notes has one."""
    if row["note"] == "notice received 2026-05-31":
        return date(2026, 9, 30)
    return date.max


def total(row: Mapping[str, str], rule_file: Path, year: int, month: int, calls: int) -> Decimal | None:
    """Return the total including VAT of a customer's month, None for a month without service."""
    rules = tomllib.loads(rule_file.read_text(encoding="utf-8"))
    length = calendar.monthrange(year, month)[1]
    first, last = date(year, month, 1), date(year, month, length)
    signed, end = date.fromisoformat(row["signed"]), end_of_service(row)
    served = sum(signed <= date(year, month, day) < end for day in range(1, length + 1))
    if not served:
        return None
    share = Decimal(served) / Decimal(length)
    amounts = [rounded(band_price(rules["bands"], row["mission"], calls) * share)]
    for name in row["options"].split():
        table = rules["option"][name]
        if name in ONCE and first <= signed <= last:
            amounts.append(rounded(Decimal(table[ONCE[name]])))
        if name in MONTHLY:
            amounts.append(rounded(Decimal(table["price"]) * share))
        if name == "sms":
            amounts.append(rounded(Decimal(table["price"]) * calls))
    net = sum(amounts)
    return net + rounded(net * VAT.get(row["region"], Decimal(20)) / 100)
