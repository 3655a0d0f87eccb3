"""What steps of a price are called, and the French sentences of lines that they make."""

from collections.abc import Collection

from ..facts import unit_of
from ..offer import Rule
from ..option import Charge
from ..price import OF_COUNTS, Price, Tier
from ..scalars import Words
from ..units import SECONDS
from .amounts import rate_in_money
from .french import each_in_words
from .lines import counted_quantity
from .numbers import number
from .phrases import listed, said
from .times import lasting

FLAT = Words(", part fixe", ", fixed part")


def unit_sold(price: Price) -> str:
    """Return what a price per use is the price of."""
    if price.every > 1:
        return f"lots de {price.every}"
    return unit_counted(price)


def unit_counted(price: Price) -> str:
    """Return what a price per use counts: of an option's price, in the unit of its fact."""
    return price.unit or unit_of(price.per)


def tier_label(price: Price, tier: Tier) -> Words:
    """Return what a line says that charges one step of a price."""
    where = tier_in_words(price, tier)
    return said("{}, {}", "{}, {}", price.title, where) if where.fr else price.title


def tier_in_words(price: Price, tier: Tier) -> Words:
    """Return which units of a month a step is for, empty for a price that has one step alone."""
    first, top = price.included + tier.above + 1, tier.step.up_to
    if unit_counted(price) == SECONDS:
        return _time_in_words(price, tier)
    if top is None:
        return Words(f"au-delà de {first - 1}", f"beyond {first - 1}") if tier.above else Words("")
    if first > 1:
        return Words(f"de {first} à {price.included + top}", f"{first} to {price.included + top}")
    return Words(f"jusqu'à {top}", f"up to {top}")


def _time_in_words(price: Price, tier: Tier) -> Words:
    above, each = price.included + tier.above, price.for_each
    if tier.step.up_to is None:
        return said("au-delà de {}", "beyond {}", lasting(above, each)) if tier.above else Words("")
    top = lasting(price.included + tier.step.up_to, each)
    if not above:
        return said("jusqu'à {}", "up to {}", top)
    return said("de {} à {}", "{} to {}", number(above) if each == 1 else lasting(above, each), top)


def tier_sentence(rule: Rule, price: Price, tier: Tier, charge: Charge, counted: str, currency: str) -> str:
    """Return why the units in one step of a price are charged as they are."""
    where = tier_in_words(price, tier).fr
    part = f", dont {counted_quantity(tier.units, charge.unit, charge.for_each)} au tarif « {where} »" if where else ""
    lots = f", soit {tier.lots} lot{'s' if tier.lots > 1 else ''} de {price.every}" if price.every > 1 else ""
    each = "le lot" if price.every > 1 else each_in_words(charge.for_each, charge.unit)
    rate = rate_in_money(charge.unit_price, currency)
    return f"{price.title.fr} : {counted}{part}{lots}, à {rate} {each}. {rule.why}".rstrip()


BY_DAYS = {
    "flat": Words("la part fixe des paliers", "the fixed part of steps"),
    "up_to": Words("ce que contiennent les paliers", "what steps hold"),
    "included": Words("ce qui est compris", "what is included"),
    "fewest": Words("le nombre facturé au moins", "the number charged at least"),
}
"""What of a price by a count may follow the days served, by its key."""


def by_days_in_words(keys: Collection[str]) -> Words:
    """Return what of a price by a count follows the days served."""
    return listed([BY_DAYS[key] for key in BY_DAYS if key in keys])


def by_days_sentence(price: Price, share: tuple[int, int]) -> str:
    """Return, in French, what decides a count's price in proportion to the days; empty of a month that is whole."""
    days, of_days = share
    if not price.by_days_of_count or days == of_days:
        return ""
    what = by_days_in_words([key for key in price.by_days if key in OF_COUNTS]).fr
    return f" {what[:1].upper()}{what[1:]} : au prorata de {days} jour{'s' if days > 1 else ''} sur {of_days}."


def flat_sentence(rule: Rule, price: Price, tier: Tier, counted: str) -> str:
    """Return why the fee of one step of a price is due."""
    where = tier_in_words(price, tier).fr
    part = f" du tarif « {where} »" if where else ""
    return f"{price.title.fr} : {counted}, part fixe{part}. {rule.why}".rstrip()
