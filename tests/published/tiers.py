"""Prices by quantity, each said as a rule file says it: bands, a package, steps, least and most of a month."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from permanence.model.invoice import Invoice
from permanence.model.money import Cents, Micros, amount_of, cents, micros, price_of
from permanence.model.offer import BandGrowth, Bands, BandStep, BillingRules, Offer, Package
from permanence.model.period import Month, Period
from permanence.model.price import Price, PriceStep
from permanence.model.scalars import Words

from .billed import ALWAYS, invoice, offer_of, price, vat
from .case import Adapter, Answer, Given, by_shape, day

CALLS = "usage.calls"


def stepped(tiers: Iterable[Given], per: str = CALLS, **keys: Any) -> Price:
    """Return the price whose steps are these tiers."""
    steps = tuple(
        PriceStep(up_to=tier["up_to"], amount=micros(tier["unit"]), flat=cents(tier["flat"])) for tier in tiers
    )
    return Price(title=Words("Appels"), per=per, steps=steps, **keys)


def offer_at(*prices: Price, **tables: Any) -> Offer:
    """Return the offer that charges these prices every month."""
    named = {f"price-{number}": one for number, one in enumerate(prices)}
    return offer_of([(ALWAYS, f"price.{name}") for name in named], named, **tables)


def graduated(given: Given, expected: Given) -> Answer:
    """Each call at the price of its own tier."""
    return invoice(offer_at(stepped(given["tiers"])), calls=int(given["quantity"])).net, cents(expected["amount"])


def volume(given: Given, expected: Given) -> Answer:
    """One price for all calls, by their count."""
    offer = offer_at(stepped(given["tiers"], model="volume"))
    return invoice(offer, calls=int(given["quantity"])).net, cents(expected["amount"])


def by_label(bill: Invoice) -> dict[str, int]:
    """Return what each line of a bill comes to."""
    return {one.label: one.amount for one in bill.lines}


def later_lines(given: Given, offer: Offer) -> list[int]:
    """Return what each line of a whole month's bill adds to the bill of its first part.

    OpenMeter bills the rest of a period that was billed in part; here the provisional month is billed again, whole.
    """
    so_far = invoice(offer, calls=given["already_billed_quantity"])
    whole = invoice(offer, calls=given["already_billed_quantity"] + given["quantity"])
    added = (amount - by_label(so_far).get(label, 0) for label, amount in by_label(whole).items())
    return [amount for amount in added if amount]


def graduated_later(given: Given, expected: Given) -> Answer:
    added = later_lines(given, offer_at(stepped(given["tiers"])))
    printed = [cents(text.partition("=")[2]) for text in expected["lines"]]
    return (added, sum(added)), (printed, cents(expected["amount"]))


def at_most(given: Given, expected: Given) -> Answer:
    """OpenMeter shares the reduction out among the tiers: here it is one line."""
    added = later_lines(given, offer_at(stepped(given["tiers"], most=cents(given["maximum"]))))
    gross, discounts = ([cents(one[name]) for one in expected["lines"]] for name in ("gross", "discount"))
    return (added, sum(added)), ([*gross, -sum(discounts)], cents(expected["amount"]))


def at_least(given: Given, expected: Given) -> Answer:
    """OpenMeter: what was billed so far are the first tier's fee and no call."""
    bill = invoice(offer_at(stepped(given["tiers"], least=cents(given["minimum"]))), calls=given["quantity"])
    *others, true_up = (one.amount for one in bill.lines)
    return (sum(others), true_up), (cents(given["already_billed"]), cents(expected["min_spend_line"]))


def packages_at_least(given: Given, expected: Given) -> Answer:
    lots = Price(
        title=Words("Appels"),
        per=CALLS,
        amount=micros(given["price"]),
        every=given["package_size"],
        least=cents(given["minimum"]),
    )
    return invoice(offer_at(lots), calls=given["quantity"]).net, cents(expected["amount"])


def discounted(tiers: Iterable[Given], discount: str) -> list[Given]:
    """Return tiers with this part taken off each unit price."""
    left = 1 - Decimal(discount)
    return [{**tier, "unit": f"{Decimal(tier['unit']) * left:f}"} for tier in tiers]


def within_limits(given: Given, expected: Given) -> Answer:
    """Zuora: a discount, then a least and a most."""
    tiers = discounted(given["tiers"], given["discount"])
    price = stepped(tiers, least=cents(given["min"]), most=cents(given["max"]))
    return invoice(offer_at(price), calls=given["quantity"]).net, cents(expected["amount"])


def recomputed_to_the_most(given: Given, expected: Given) -> Answer:
    """Zuora's erratum: 320, not 340, before the discount."""
    cheaper = discounted(given["tiers"], given["discount"])
    prices = stepped(given["tiers"]), stepped(cheaper), stepped(cheaper, most=cents(given["max"]))
    got = tuple(invoice(offer_at(price), calls=given["quantity"]).net for price in prices)
    return got, tuple(cents(expected["recomputed"][name]) for name in ("base", "discounted", "final"))


POLICIES = {"ALL_TIER": "graduated", "TOP_TIER": "volume"}
FACTS = (CALLS, "usage.talk_seconds", "usage.received", "usage.outside")


def blocks_of(unit: Given, policy: str, per: str) -> Price:
    """Return Kill Bill's price of one unit in blocks: tiers count blocks there, units here."""
    (size,) = {tier["block_size"] for tier in unit["tiers"]}
    tiers = (
        {"up_to": tier["max_blocks"] and tier["max_blocks"] * size, "unit": tier["price"], "flat": "0"}
        for tier in unit["tiers"]
    )
    return stepped(tiers, per, every=size, model=POLICIES[policy])


def blocks_billed(given: Given) -> Invoice:
    """Return the bill of Kill Bill's units, each by itself, and of the recurring price where there is one."""
    units = dict(zip(FACTS, given["units"], strict=False))
    if len(units) < len(given["units"]):
        raise LookupError("only as many units as there are facts to count them")
    prices = [blocks_of(unit, given["policy"], per) for per, unit in units.items()]
    recurring = [price(given["recurring"])] if "recurring" in given else []
    return invoice(offer_at(*recurring, *prices), counts={per: unit["quantity"] for per, unit in units.items()})


def blocks(given: Given, expected: Given) -> Answer:
    bill, amount = blocks_billed(given), cents(expected["amount"])
    if "parts" not in expected:
        return bill.net, amount
    return (bill.net, [one.amount for one in bill.lines]), (amount, [cents(part) for part in expected["parts"]])


def blocks_recomputed(given: Given, expected: Given) -> Answer:
    """Kill Bill's erratum: the usage item is 600, the invoice 630."""
    wanted = tuple(cents(expected["recomputed"][name]) for name in ("usage_item", "invoice"))
    return (blocks_billed({**given, "recurring": "0"}).net, blocks_billed(given).net), wanted


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


def of_cents(amount: int, **keys: Any) -> Price:
    """Return the price of so many cents."""
    return Price(title=Words("Prix"), amount=price_of(Cents(amount)), **keys)


def committed(given: Given, expected: Given) -> Answer:
    """Lago: plan and uses count towards the commitment; in a first month, plan and commitment go by days."""
    uses = [of_cents(amount, prorate=False) for amount in given["usage_cents"]]
    billing = BillingRules(least=Cents(given["commitment_cents"]))
    start = day(given.get("start", "2024-03-01"))
    served = Period(start) & Month.of(start).period
    *_, true_up = invoice(offer_at(of_cents(given["plan_cents"]), *uses, billing=billing), served).lines
    return (true_up.code, true_up.amount), ("least", expected["true_up_cents"])


def committed_by_unit(given: Given, expected: Given) -> Answer:
    offer = offer_at(price(given["unit"], per=CALLS), billing=BillingRules(least=cents(given["minimum"])))
    got = tuple(one.amount for one in invoice(offer, calls=given["quantity"]).lines)
    return got, (cents(expected["usage"]), cents(expected["true_up"]))


def committed_until(given: Given, expected: Given) -> Answer:
    """Lago: the least of one price, by days up to the last one, which is in; VAT on the total."""
    last = day(given["terminated"])
    served = Period(last.replace(day=1), last + timedelta(days=1))
    assert (served.days, Month.of(last).days) == (given["days_used"], given["days_in_month"])
    uses = of_cents(given["usage_cents"], per=CALLS, least=Cents(given["minimum_cents"]))
    bill = invoice(offer_at(uses), served, calls=1)
    tax = vat(bill.lines, given["tax_rate"])
    wanted = expected["true_up_cents"], sum(expected["taxes_cents"]), expected["total_cents"]
    return (bill.lines[-1].amount, tax, bill.net + tax), wanted


ADAPTERS: Mapping[str, Adapter] = {
    "tier.graduated": graduated,
    "tier.graduated_delta": graduated_later,
    "tier.graduated_minmax": within_limits,
    "tier.volume": volume,
    "tier.blocks": blocks,
    "tier.capacity": capacity,
    "tier.stairstep": stairstep,
    "tier.package": package,
    "tier.per_unit": per_unit,
    "usage.package": usage_package,
    "commitment.overage": overage,
    "commitment.max_spend": at_most,
    "commitment.min_spend": by_shape({"tiers": at_least, "package_size": packages_at_least}),
    "commitment.true_up": by_shape({"plan_cents": committed, "unit": committed_by_unit}),
    "commitment.true_up_prorated": by_shape({"plan_cents": committed, "terminated": committed_until}),
}
