"""What changed, in sentences that are all made alike: what it is now instead of what it was."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import frozen

from ..money import Cents, Micros, price_of, round_half_up
from ..offer import Offer
from ..scalars import Words
from .amounts import rate
from .phrases import said

NONE = Words("aucun", "none")


@frozen
class Moneys:
    """The currencies of two offers that are compared."""

    old: str
    new: str

    @classmethod
    def of(cls, old: Offer, new: Offer) -> "Moneys":
        """Return the currencies of two offers."""
        return cls(old.head.currency, new.head.currency)


@frozen
class Told:
    """How a key is told: its name, and what its value is in words."""

    name: Words
    value: Callable[[Any], Words]


def instead(what: Words, new: Words, old: Words) -> Words:
    """Return that something is new instead of old."""
    return said("{} : {} au lieu de {}.", "{}: {} instead of {}.", what, new, old)


def keys_told(told: Mapping[str, Told], old: object, new: object) -> Iterator[Words]:
    """Yield a sentence for each key of a table whose value reads otherwise than it did."""
    for key, one in told.items():
        before, after = one.value(getattr(old, key)), one.value(getattr(new, key))
        if before.fr != after.fr:
            yield instead(one.name, after, before)


def dearer(new: Micros, old: Micros) -> Words:
    """Return by how much a price rose or fell, in per cent: `` (+ 2,6 %)``; nothing where it was or is free."""
    if not old or not new:
        return Words("")
    tenths = round_half_up(1000 * (new - old), old)
    sign, size = "+" if tenths > 0 else "−", f"{abs(tenths) // 10}.{abs(tenths) % 10}".removesuffix(".0")
    return Words(f" ({sign} {size.replace('.', ',')} %)", f" ({sign}{size}%)")


def amount_told(name: Words, old: Cents | None, new: Cents | None, money: Moneys) -> Iterator[Words]:
    """Yield a sentence on an amount that is another than it was, each None where there is none."""
    if old != new:
        yield instead(name, _amount(new, money.new), _amount(old, money.old))


def _amount(amount: Cents | None, currency: str) -> Words:
    return NONE if amount is None else rate(price_of(amount), currency)


def price_instead(what: Words, new: Micros, old: Micros, per: Words, money: Moneys) -> Words:
    """Return that a price is new instead of old, with the difference in per cent where both are of one currency."""
    by = dearer(new, old) if money.old == money.new else Words("")
    sentence = "{} : {}{} au lieu de {}{}.", "{}: {}{} instead of {}{}."
    return said(*sentence, what, rate(new, money.new), per, rate(old, money.old), by)
