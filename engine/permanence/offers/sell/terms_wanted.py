"""What a customer agrees besides the offer, as a salesperson types it: one line, in the order in which it is said.

A quantity is ``practitioners=3``; a discount ``10% of bands until 2027-06-30: Remise d'ouverture``; a price
``price.night=0.45: Prix convenu``, or of a band ``bands up to 150=39.00: Prix convenu``.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from ...model.money import Cents, Micros, PerCent, cents, micros, per_cent
from ...model.own_terms import AgreedPrice, Discount
from ...model.problem import Place, Problem, Refused
from ...model.quantity import QuantityAgreed

N = TypeVar("N", Cents, Micros, PerCent)
DAYS = r"(?: from (?P<since>\S+))?(?: until (?P<until>\S+?))?"
WHY = r"\s*:\s*(?P<why>.*\S)\s*"
DISCOUNT = re.compile(rf"\s*-?(?P<size>[0-9.,]+)(?P<share> ?%)?(?: of (?P<of>.+?))?{DAYS}{WHY}")
AGREED = re.compile(rf"\s*(?P<charge>\S+?)(?: up to (?P<up_to>[0-9]{{1,6}}))?\s*=\s*(?P<amount>[0-9.,]+){DAYS}{WHY}")
QUANTITY = re.compile(r"\s*(?P<id>[^\s=]+)\s*=\s*(?P<quantity>[0-9]{1,6})\s*")
LIKE_DISCOUNT = '"10% of bands until 2027-06-30: Remise d\'ouverture", or "15.00: …" for so much a month'
LIKE_AGREED = '"price.night=0.45 until 2027-06-30: Prix convenu", or "bands up to 150=39.00: …"'
LIKE_QUANTITY = "practitioners=3"


def quantity_wanted(text: str) -> QuantityAgreed:
    """Return how many of something are asked for; raise Refused for what is none."""
    found = _matched(QUANTITY, "--quantity", text, LIKE_QUANTITY)
    return QuantityAgreed(id=found["id"], quantity=int(found["quantity"]))


def discount_wanted(text: str) -> Discount:
    """Return a discount that is asked for, whether its sign is written or not; raise Refused for what is none."""
    found = _matched(DISCOUNT, "--discount", text, LIKE_DISCOUNT)
    size, share = f"-{found['size']}", bool(found["share"])
    return Discount(
        percent=_number(per_cent, size, "--discount", text, LIKE_DISCOUNT) if share else None,
        amount=None if share else _number(cents, size, "--discount", text, LIKE_DISCOUNT),
        of=tuple(name.strip() for name in re.split(r",| and ", found["of"] or "") if name.strip()),
        since=_day(found["since"], "--discount"),
        until=_day(found["until"], "--discount"),
        why=found["why"],
    )


def agreed_wanted(text: str) -> AgreedPrice:
    """Return a price that is asked for in place of the offer's; raise Refused for what is none."""
    found = _matched(AGREED, "--agreed", text, LIKE_AGREED)
    return AgreedPrice(
        charge=found["charge"],
        amount=_number(micros, found["amount"], "--agreed", text, LIKE_AGREED),
        up_to=int(found["up_to"]) if found["up_to"] else None,
        since=_day(found["since"], "--agreed"),
        until=_day(found["until"], "--agreed"),
        why=found["why"],
    )


def _matched(pattern: re.Pattern[str], option: str, text: str, like: str) -> re.Match[str]:
    if found := pattern.fullmatch(text):
        return found
    raise Refused([Problem(Place(option), f'"{text}" is not understood', f"write {option} {like}")])


def _number(read: Callable[[str], N], size: str, option: str, text: str, like: str) -> N:
    try:
        return read(size.replace(",", "."))
    except ValueError as error:
        raise Refused([Problem(Place(option), f'"{text}": {error}', f"write {option} {like}")]) from None


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused([Problem(Place(option), f'"{text}" is no day', "write it as 2027-06-30")]) from None
