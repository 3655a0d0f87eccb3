"""Tiers as vendors spell them, read as the steps of a price: tops, bottoms, unit prices, fees, in rising order."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from attrs import frozen
from permanence.model.money import MICROS_PER_CENT
from permanence.model.price import Price, PriceStep
from permanence.model.scalars import Words

from .said import Said, UnreadError, as_cents, as_micros

TOPS = (
    *("up_to", "up_to_amount", "to", "to_value", "last", "last_unit", "end", "ending_unit", "ending_quantity"),
    *("max", "max_units", "max_quantity", "until", "upper", "upper_bound"),
)
BOTTOMS = (
    *("from", "from_value", "first", "first_unit", "start", "starting_unit", "starting_quantity", "above"),
    *("min", "min_units", "lower", "lower_bound"),
)
UNITS = ("unit", "unit_price", "unit_amount", "unit_amount_decimal", "per_unit", "per_unit_amount", "rate", "unit_cost")
FLATS = ("flat", "flat_fee", "flat_amount", "flat_amount_decimal", "flat_price", "fixed", "fixed_fee", "base_fee")
ENDLESS = {"inf", "infinity", "∞", "none", "null", "unlimited", "-1", ""}
MICRO = 100 * MICROS_PER_CENT


@frozen
class Rung:
    """One tier: the highest quantity in it, None without a top, the price of each unit, the fee once it is reached."""

    top: Fraction | None
    unit: Fraction
    flat: Fraction


def top_of(tier: Said) -> Fraction | None:
    """Return the highest quantity of a tier, None without a top."""
    found = tier.value(*TOPS, default=None)
    return None if str(found).lower() in ENDLESS | {"None"} or found is None else tier.number(*TOPS)


def in_cents(tier: Said, names: Sequence[str]) -> bool:
    """Tell whether an amount is Stripe's whole number of cents: ``unit_amount`` 500 is 5.00."""
    name = tier.word(*names)
    return tier.by("stripe") and name.startswith(("unit_amount", "flat_amount"))


def amount_in(tier: Said, names: Sequence[str]) -> Fraction:
    """Return an amount of a tier, 0 where it says none."""
    if not tier.has(*names, *(f"{name}_cents" for name in names)):
        tier.value(*names, default=None)
        return Fraction(0)
    found = tier.amount(*names)
    return found / 100 if in_cents(tier, names) else found


def rungs(tiers: Iterable[Said]) -> list[Rung]:
    """Return tiers in rising order; raise UnreadError for a gap, an overlap, or a tier after one without a top."""
    found = [(tier, bottom_of(tier), top_of(tier)) for tier in tiers]
    if any(top is None for _, _, top in found[:-1]) and all(bottom is not None for _, bottom, _ in found):
        found.sort(key=lambda one: one[1] or 0)
        tops = [bottom - 1 if bottom else None for _, bottom, _ in found[1:]] + [found[-1][2]]
        found = [
            (tier, bottom, top if said is None else said) for (tier, bottom, said), top in zip(found, tops, strict=True)
        ]
    found.sort(key=lambda one: (one[2] is None, one[2] or 0))
    below: Fraction | None = Fraction(0)
    for tier, bottom, top in found:
        if below is None or (top is not None and top <= below):
            raise UnreadError(f"{tier.where}: its top does not lie above the tier before it")
        if bottom is not None and bottom - below not in (0, 1):
            raise UnreadError(f"{tier.where}: it begins at {bottom}, the tier before it ends at {below}")
        below = top
    return [Rung(top, *prices_of(tier)) for tier, _, top in found]


def bottom_of(tier: Said) -> Fraction | None:
    """Return where a tier says that it begins."""
    return tier.number(*BOTTOMS) if tier.has(*BOTTOMS) else None


def prices_of(tier: Said) -> tuple[Fraction, Fraction]:
    """Return the unit price and the fee of a tier; ``price`` alone is the unit's, but where it says that it is flat."""
    form = tier.text("price_format", "price_type", "type", "pricing", default="per_unit")
    known = {"per_unit": False, "unit": False, "tiered": False, "flat": True, "flat_fee": True, "fixed": True}
    if form not in known:
        raise UnreadError(f"{tier.where}: a price that is {form} is not known here")
    unit, flat = amount_in(tier, UNITS), amount_in(tier, FLATS)
    alone = amount_in(tier, ("price", "amount"))
    return (unit, flat + alone) if known[form] else (unit + alone, flat)


def stepped(found: Sequence[Rung], per: str, quantity: Fraction = Fraction(0), **keys: object) -> tuple[Price, int]:
    """Return the price whose steps are these tiers, and how often it is counted for that quantity.

    Parts of units, and unit prices of more than six decimals, are counted in the whole parts that both divide into.
    """
    parts = lcm(quantity.denominator, *(one.top.denominator for one in found if one.top is not None))
    finer = lcm(*((one.unit * MICRO).denominator for one in found))
    units = [one.unit * finer for one in found]
    steps = tuple(
        PriceStep(
            up_to=None if one.top is None else int(one.top * parts),
            amount=as_micros(unit, "a tier"),
            flat=as_cents(one.flat, "a tier's fee"),
        )
        for one, unit in zip(found, units, strict=True)
    )
    price = Price(title=Words("Appels"), per=per, steps=steps, for_each=parts * finer, **keys)  # type: ignore[arg-type]
    return price, int(quantity * parts)
