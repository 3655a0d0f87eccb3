"""Prices by quantity, each said as a rule file says it: bands, a package, steps in lots."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from permanence.bill.price.bands import Unpriceable
from permanence.model.invoice import Invoice
from permanence.model.money import Cents
from permanence.model.offer import Offer
from permanence.model.price import Price
from permanence.model.scalars import Words
from permanence.model.subscriptions import BandGrowth, Bands, BandStep

from .billed import ALWAYS, invoice, offer_of, price
from .case import Adapter, Answer, Given, OutsideScopeError
from .ladder import FLATS, UNITS, Rung, rungs, stepped
from .said import Said, UnreadError, fraction
from .usage import first_ones_free

CALLS = "usage.calls"
QUANTITY = ("quantity", "units", "usage", "qty", "calls", "count", "volume", "consumed", "total_units", "total_usage")
AMOUNT = ("amount", "cost", "total", "charge", "price", "net", "due", "total_amount", "fee", "final", "invoice")
TIERS = ("tiers", "steps", "ranges", "graduated_ranges", "volume_ranges", "brackets", "price_tiers")
DISCOUNT = ("discount", "discount_percent", "discount_pct", "discount_rate")
LINES = ("lines", "parts", "per_tier", "breakdown", "tier_amounts", "tier_charges", "items")
LEAST = ("min", "minimum", "least", "min_spend", "minimum_spend", "min_amount", "minimum_amount")
MOST = ("max", "maximum", "most", "max_spend", "maximum_spend", "max_amount", "maximum_amount", "cap")


def offer_at(*prices: Price, **tables: Any) -> Offer:
    """Return the offer that charges these prices every month."""
    named = {f"price-{number}": one for number, one in enumerate(prices)}
    return offer_of([(ALWAYS, f"price.{name}") for name in named], named, **tables)


def quantity_of(given: Given) -> Fraction:
    """Return the quantity of the period, which uses by day add up to where it is not said."""
    name = given.word("usage", "events", "daily")
    by_day = given.value(name) if name and isinstance(given.values_said[name], list) else None
    if by_day is None:
        return given.number(*QUANTITY)
    added = sum((fraction(one[-1] if isinstance(one, list) else one, name) for one in by_day), Fraction(0))
    told = [other for other in QUANTITY if other in given and other != name]
    if told and given.number(*told) != added:
        raise UnreadError(f"input: {told[0]} is not what {name} adds up to")
    return added


def discounted(given: Given, found: list[Rung]) -> list[Rung]:
    """Return tiers with a part taken off each unit price and each fee."""
    if not given.has(*DISCOUNT):
        return found
    part = given.number(*DISCOUNT)
    left = 1 - (part / 100 if part >= 1 else part)
    return [Rung(one.top, one.unit * left, one.flat * left) for one in found]


def limits(given: Given) -> dict[str, Cents]:
    """Return the least and the most that a price comes to, where they are said."""
    sides = (("least", LEAST), ("most", MOST))
    return {name: given.cents(*words) for name, words in sides if given.has(*with_cents(words))}


def with_cents(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words of an amount, in its currency and in cents."""
    return (*words, *(f"{word}_cents" for word in words))


def billed(found: list[Rung], model: str, quantity: Fraction, **limit: Cents) -> Invoice:
    """Return the bill of a quantity at these tiers."""
    one, count = stepped(found, CALLS, quantity, model=model, **limit)
    return invoice(offer_at(one), calls=count)


def by_tiers(model: str) -> Adapter:
    """Return the adapter of prices by tiers, of which the others are told by the words that they add."""

    def adapter(given: Given, expected: Given) -> Answer:
        found, quantity = discounted(given, rungs(given.tables(*TIERS))), quantity_of(given)
        given.aside("mode", "model", "tiers_mode", "tier_mode", "billing_scheme", "charge_model")
        try:
            bill = billed(found, model, quantity, **limits(given))
        except Unpriceable:
            return None, expected.value(*AMOUNT)
        wanted = expected.cents(*AMOUNT)
        if not expected.has(*LINES):
            return bill.net, wanted
        lines = [one.amount for one in bill.lines if one.amount]
        return (bill.net, lines), (wanted, [one for one in printed(expected) if one])

    return adapter


def printed(expected: Given) -> list[int]:
    """Return what is printed of each line: ``"tier3 3x5=15"`` is 15."""
    return [int(fraction(str(one).rpartition("=")[2].strip(), "a line") * 100) for one in expected.items_of(*LINES)]


def added_lines(found: list[Rung], before: Fraction, more: Fraction, model: str, **limit: Cents) -> list[int]:
    """Return what each line of a whole month's bill adds to the bill of its first part.

    OpenMeter bills the rest of a period that was billed in part; here the provisional month is billed again, whole.
    """
    first, whole = (
        {one.label: one.amount for one in invoice(offer_at(priced), calls=count).lines}
        for priced, count in (stepped(found, CALLS, size, model=model, **limit) for size in (before, before + more))
    )
    added = [amount - first.get(label, 0) for label, amount in whole.items()]
    gone = [-amount for label, amount in first.items() if label not in whole]
    return [amount for amount in (*added, *gone) if amount]


def graduated_later(given: Given, expected: Given) -> Answer:
    found, before = rungs(given.tables(*TIERS)), given.number("already_billed_quantity", "billed_quantity", "before")
    added = added_lines(found, before, given.number(*QUANTITY), "graduated")
    return (added, sum(added)), (printed(expected), expected.cents(*AMOUNT))


def rebilled(given: Given, expected: Given) -> Answer:
    """OpenMeter: what each later count of a period adds to what was booked for it: the month billed again, whole."""
    model = given.choice({name: name for name in ("volume", "graduated")}, "mode", "model", default="graduated")
    found = rungs(given.tables(*TIERS))
    nets = [billed(found, model, fraction(one, "a snapshot")).net for one in given.items_of("snapshots")]
    added = [after - before for before, after in zip([0, *nets], nets, strict=False)]
    return added, [int(fraction(one, "a booking") * 100) for one in expected.items_of("bookings")]


def of_amounts(given: Given, expected: Given) -> Answer:
    """Lago: a part of each amount, which is a number that calls carry: so much for each unit of their sum."""
    found = rungs(given.tables(*TIERS))
    sums, got = Fraction(0), []
    for one in given.items_of("transactions", "events", "amounts"):
        size = fraction(one, "a transaction")
        got.append(sum(added_lines(found, sums, size, "graduated")) if sums else billed(found, "graduated", size).net)
        sums += size
    return got, [int(fraction(one, "a charge") * 100) for one in expected.items_of("charges", "fees")]


def part_of_each(given: Given, expected: Given) -> Answer:
    """Lago: a fee for each event and a part of its amount, which is a number that calls carry."""
    if given.has("free_events"):
        return first_ones_free(given, expected)
    if given.has("free_amount", *with_cents(("free_units_per_total_aggregation",))):
        raise OutsideScopeError("an amount left out of the first events: what is left out is a count")
    fee, rate = price(given.amount("fixed_fee", "fixed_amount", default=0), CALLS), given.number("rate")
    got = []
    for one in given.items_of("events", "transactions", "amounts"):
        part, count = stepped([Rung(None, rate, Fraction(0))], FACTS[1], fraction(one, "an event"))
        got.append(invoice(offer_at(fee, part), counts={CALLS: 1, FACTS[1]: count}).net)
    return got, [int(fraction(one, "a charge") * 100) for one in expected.items_of("charges", "fees")]


POLICIES = {"all_tier": "graduated", "top_tier": "volume", "all_tiers": "graduated", "graduated": "graduated"}
POLICIES |= {"volume": "volume"}
BLOCKS = ("max_blocks", "max", "up_to")
FACTS = (CALLS, "usage.talk_seconds", "usage.received", "usage.outside")


def blocks_of(unit: Said, policy: str, per: str) -> list[Price]:
    """Return Kill Bill's price of one unit in blocks: tiers count blocks there, units here.

    Blocks of several sizes are a price for each tier, of the units past those below it.
    """
    tiers = unit.tables(*TIERS)
    for tier in tiers:
        tier.aside(*BLOCKS)
    sizes = [tier.whole("block_size", "size", default=1) for tier in tiers]
    tops = [tier.whole(*BLOCKS) * size if tier.has(*BLOCKS) else None for tier, size in zip(tiers, sizes, strict=True)]
    amounts = [tier.amount("price", "unit_price") for tier in tiers]
    if policy not in POLICIES:
        raise UnreadError(f"{unit.where}: blocks under {policy} are not known")
    if len(set(sizes)) == 1:
        found = [Rung(one_top(top), amount, Fraction(0)) for top, amount in zip(tops, amounts, strict=True)]
        return [stepped(found, per, every=sizes[0], model=POLICIES[policy])[0]]
    if POLICIES[policy] != "graduated":
        raise UnreadError(f"{unit.where}: blocks of {sizes}, all at the size of the tier reached, are not known")
    prices, below = [], 0
    for size, top, amount in zip(sizes, tops, amounts, strict=True):
        inside = [Rung(one_top(top and top - below), amount, Fraction(0))]
        rest = [Rung(None, Fraction(0), Fraction(0))] if top else []
        prices.append(stepped([*inside, *rest], per, every=size, included=below)[0])
        below = top or below
    return prices


def one_top(top: int | None) -> Fraction | None:
    """Return the top of a tier as a quantity."""
    return None if top is None else Fraction(top)


def blocks_billed(given: Given, recurring: bool = True) -> Invoice:
    """Return the bill of Kill Bill's units, each by itself, and of the recurring price where there is one."""
    units = dict(zip(FACTS, given.tables("units"), strict=False))
    if len(units) < len(given.tables("units")):
        raise UnreadError("input.units: only as many units as there are facts to count them")
    policy = given.text("policy", "tier_block_policy", "usage_policy", default="all_tier")
    prices = [one for per, unit in units.items() for one in blocks_of(unit, policy, per)]
    for unit in units.values():
        unit.aside("unit")
    if given.has("recurring") and recurring:
        prices = [price(given.amount("recurring")), *prices]
    return invoice(offer_at(*prices), counts={per: unit.whole(*QUANTITY) for per, unit in units.items()})


def blocks(given: Given, expected: Given) -> Answer:
    bill, amount = blocks_billed(given), expected.cents(*AMOUNT)
    if not expected.has(*LINES):
        return bill.net, amount
    return (bill.net, [one.amount for one in bill.lines]), (amount, printed(expected))


def step(up_to: int, amount: Cents) -> BandStep:
    """Return a band for the one mission there is."""
    return BandStep(up_to=up_to, prices={"simple": amount})


def flat_of_tier(given: Given, expected: Given) -> Answer:
    """The whole month at the price of the band that holds its count, or its peak; a last one may have no top."""
    tiers = given.tables(*TIERS)
    found = [Rung(one.top, Fraction(0), one.flat + one.unit) for one in rungs(tiers)]
    count = given.whole("peak", *QUANTITY)
    recurring = price(given.amount("recurring", default=0))
    charges = {"recurring": recurring}
    if all(one.top is not None for one in found):
        steps = (step(int(one.top or 0), Cents(int(one.flat * 100))) for one in found)
        offer = offer_of([(ALWAYS, "bands"), (ALWAYS, "price.recurring")], charges, bands=Bands(steps=tuple(steps)))
    else:
        offer = offer_at(recurring, stepped(found, CALLS, model="volume")[0])
    try:
        return invoice(offer, calls=count).net, expected.cents(*AMOUNT)
    except Unpriceable:
        return None, expected.value(*AMOUNT)


def several_limits(given: Given, expected: Given) -> Answer:
    """Kill Bill: a tier holds while no unit is above its limit: one rule over the count of each."""
    tiers = given.tables("tiers") if given.has("tiers") else [given.table("tier")]
    peaks = given.table("peaks", "peak")
    facts = dict(zip(peaks, FACTS, strict=False))
    charges, prices = [], {}
    passed = ""
    for number, tier in enumerate(tiers):
        allowed = tier.table("limits", "max")
        fits = " and ".join(f"{facts[name]} <= {allowed.whole(name)}" for name in allowed)
        charges.append((f"{passed}{fits}", f"price.tier-{number}"))
        prices[f"tier-{number}"] = price(tier.amount("price", "recurring"))
        passed += f"not ({fits}) and "
    counts = {facts[name]: peaks.whole(name) for name in peaks}
    bill = invoice(offer_of(charges, prices), counts=counts)
    return (bill.net, expected.cents(*AMOUNT)) if bill.lines else (None, expected.value(*AMOUNT))


def packages(size: int, amount: Cents, free: int, quantity: int) -> int:
    """Return the cents due for packages, of which a started one is due in full: bands without a top."""
    first = step(free, Cents(0)) if free else step(size, amount)
    bands = Bands(steps=(first,), then=BandGrowth(every=size, prices={"simple": amount}))
    return invoice(offer_of([(ALWAYS, "bands")], {}, bands=bands), calls=quantity).net


def package(given: Given, expected: Given) -> Answer:
    """Started packages; without any use none is due where the example has a package only once it is begun."""
    size = given.whole("package_size", "unit", "size", "block_size", "per", "quantity_per_package")
    amount = given.cents("price", "amount", "package_price", "unit_amount")
    free, quantity = given.whole("free_units", "free", "included", default=0), given.whole(*QUANTITY)
    wanted = expected.cents(*AMOUNT)
    if quantity <= free:
        lots = Price(title=Words("Appels"), per=CALLS, steps=(), amount=amount * 10_000, every=size, included=free)  # type: ignore[arg-type]
        return invoice(offer_at(lots), calls=quantity).net, wanted
    return packages(size, amount, free, quantity), wanted


def per_unit(given: Given, expected: Given) -> Answer:
    found = [Rung(None, given.amount(*UNITS, "price", "amount"), given.amount(*FLATS, default=0))]
    quantity = quantity_of(given)
    free = given.number("free_units", "included", "free", default=0)
    one, count = stepped(discounted(given, found), CALLS, quantity, included=int(free), **limits(given))
    return invoice(offer_at(one), calls=count).net, expected.cents(*AMOUNT)


ADAPTERS: Mapping[str, Adapter] = {
    "tier.graduated": by_tiers("graduated"),
    "tier.graduated_delta": graduated_later,
    "tier.graduated_minmax": by_tiers("graduated"),
    "tier.graduated_percentage": of_amounts,
    "tier.percentage": part_of_each,
    "tier.volume": by_tiers("volume"),
    "tier.blocks": blocks,
    "tier.capacity": lambda given, expected: (several_limits if given.has("tier", "peaks") else flat_of_tier)(
        given, expected
    ),
    "tier.stairstep": flat_of_tier,
    "tier.package": package,
    "tier.per_unit": per_unit,
    "usage.package": package,
    "rerate.delta": rebilled,
}
