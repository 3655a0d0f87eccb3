"""Prices by quantity, each said as a rule file says it: bands, a package, or rules that choose a named price."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise

from engine.model.money import Micros, amount_of, cents, micros
from engine.model.offer import BandGrowth, Bands, BandStep, Offer, Package

from .billed import ALWAYS, invoice, offer_of, price
from .case import Adapter, Answer, Given

CALLS = "usage.calls"


def volume_offer(tiers: Iterable[Given], recurring: str = "0") -> Offer:
    """Return the offer in which one rule a tier charges every call at that tier's price, and its flat fee."""
    tiers = list(tiers)
    charges, prices = [(ALWAYS, "price.recurring")], {"recurring": price(recurring)}
    for number, (below, tier) in enumerate(pairwise([{"up_to": None}, *tiers])):
        bounds = [f"{CALLS} > {below['up_to']}"] if below["up_to"] is not None else []
        bounds += [f"{CALLS} <= {tier['up_to']}"] if tier["up_to"] is not None else []
        prices |= {f"unit-{number}": price(tier["unit"], per=CALLS), f"flat-{number}": price(tier["flat"])}
        charges += [(" and ".join(bounds), f"price.{name}-{number}") for name in ("unit", "flat")]
    return offer_of(charges, prices)


def volume(given: Given, expected: Given) -> Answer:
    """One price for all calls, by their count."""
    return invoice(volume_offer(given["tiers"]), calls=int(given["quantity"])).net, cents(expected["amount"])


def top_tier(given: Given) -> int:
    """Return the cents due under Kill Bill's TOP_TIER: all blocks at the price of the tier that they reach."""
    unit, *others = given["units"]
    if others or given["policy"] != "TOP_TIER" or any(tier["block_size"] != 1 for tier in unit["tiers"]):
        raise LookupError("only blocks of one unit, all at the price of the top tier")
    tiers = [{"up_to": tier["max_blocks"], "unit": tier["price"], "flat": "0"} for tier in unit["tiers"]]
    return invoice(volume_offer(tiers, given["recurring"]), calls=unit["quantity"]).net


def blocks(given: Given, expected: Given) -> Answer:
    return top_tier(given), cents(expected["amount"])


def blocks_recomputed(given: Given, expected: Given) -> Answer:
    """Kill Bill's erratum: the usage item is 600, the invoice 630."""
    wanted = tuple(cents(expected["recomputed"][name]) for name in ("usage_item", "invoice"))
    return (top_tier({**given, "recurring": "0"}), top_tier(given)), wanted


def band_offer(bands: Bands, recurring: str = "0") -> Offer:
    """Return the offer that charges a band, and a price each month beside it."""
    return offer_of([(ALWAYS, "bands"), (ALWAYS, "price.recurring")], {"recurring": price(recurring)}, bands=bands)


def step(up_to: int, amount: str) -> BandStep:
    """Return a band for the one mission there is."""
    return BandStep(up_to=up_to, prices={"simple": cents(amount)})


def capacity(given: Given, expected: Given) -> Answer:
    """Kill Bill: the band that holds the period's peak."""
    bands = Bands(steps=tuple(step(tier["max"], tier["price"]) for tier in given["tiers"]))
    return invoice(band_offer(bands, given["recurring"]), calls=given["peak"]).net, cents(expected["amount"])


def stairstep(given: Given, expected: Given) -> Answer:
    bands = Bands(steps=tuple(step(one["up_to"], one["price"]) for one in given["steps"]))
    return invoice(band_offer(bands), calls=given["quantity"]).net, cents(expected["amount"])


def packages(size: int, amount: str, free: int, quantity: int) -> int:
    """Return the cents due for packages, of which a started one is due in full: bands without a top."""
    first = step(free, "0") if free else step(size, amount)
    bands = Bands(steps=(first,), then=BandGrowth(every=size, prices={"simple": cents(amount)}))
    return invoice(band_offer(bands), calls=quantity).net


def package(given: Given, expected: Given) -> Answer:
    got = packages(given["package_size"], given["price"], given["free_units"], given["quantity"])
    return got, cents(expected["amount"])


def usage_package(given: Given, expected: Given) -> Answer:
    return packages(given["unit"], given["price"], 0, given["quantity"]), cents(expected["cost"])


def per_unit(given: Given, expected: Given) -> Answer:
    offer = offer_of([(ALWAYS, "price.unit")], {"unit": price(given["unit"], per=CALLS)})
    return invoice(offer, calls=given["quantity"]).net, cents(expected["amount"])


def overage(given: Given, expected: Given) -> Answer:
    """Flexprice: a quantity that is due in any case, and a dearer price for each unit past it: a package."""
    assert given["true_up"]
    committed, unit = given["commitment_quantity"], micros(given["unit_price"])
    dearer = Micros(int(unit * Decimal(given["overage_factor"])))
    bundle = Package(included=committed, prices={"simple": amount_of(committed, unit)}, overage={"simple": dearer})
    offer = offer_of([(ALWAYS, "package")], {}, package=bundle)
    return invoice(offer, calls=given["quantity"]).net, cents(expected["amount"])


ADAPTERS: Mapping[str, Adapter] = {
    "tier.volume": volume,
    "tier.blocks": blocks,
    "tier.capacity": capacity,
    "tier.stairstep": stairstep,
    "tier.package": package,
    "tier.per_unit": per_unit,
    "usage.package": usage_package,
    "commitment.overage": overage,
}
