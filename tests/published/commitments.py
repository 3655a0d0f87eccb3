"""What is due in any case: the least and the most of a price or of a month, and quantities that are agreed ahead."""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction

from attrs import evolve
from permanence.model.invoice import Invoice
from permanence.model.money import Cents, Micros, amount_of, price_of
from permanence.model.offer import BillingRules
from permanence.model.period import Month, Period
from permanence.model.price import Price
from permanence.model.scalars import Words
from permanence.model.subscriptions import Package

from .billed import ALWAYS, invoice, offer_of, price, vat
from .case import Adapter, Answer, Given, OutsideScopeError
from .ladder import UNITS, Rung, rungs, stepped
from .said import UnreadError, as_cents, as_micros, fraction
from .tiers import AMOUNT, CALLS, LEAST, MOST, QUANTITY, TIERS, added_lines, offer_at, with_cents

MINIMUM = (*LEAST, "commitment", "minimum_commitment", "min_commitment", "spending_minimum", "commitment_amount")
PLAN = ("plan", "plan_amount", "subscription", "recurring", "base", "base_fee", "plan_price")
USED = ("usage", "usages", "usage_amount", "fees", "charges", "usage_fees", "billed")
TRUE_UP = ("true_up", "min_spend_line", "true_up_fee", "minimum_line", "adjustment", "true_up_amount")
BILLED_BEFORE = ("already_billed", "billed_so_far", "invoiced")
COMMITTED = ("commitment_quantity", "committed_quantity", "committed_units", "included", "commitment_units")
FACTOR = ("overage_factor", "overage_multiplier", "overage_rate")


def of_cents(amount: int, **keys: object) -> Price:
    """Return the price of so many cents."""
    return Price(title=Words("Prix"), amount=price_of(Cents(amount)), **keys)  # type: ignore[arg-type]


def overage(given: Given, expected: Given) -> Answer:
    """Flexprice: a dearer price past a quantity that is agreed: a package where it is due in any case, else steps."""
    unit, due = given.micros(*UNITS), given.yes("true_up", "true_up_enabled", default=True)
    by_window = [fraction(one, "a window") for one in given.items_of("windows", default=[])]
    given.aside("window", "commitment_type")
    counts = [int(one) for one in by_window] or [given.whole(*QUANTITY)]
    nets = [at_overage(given, unit, due, count) for count in counts]
    if not expected.has("per_window"):
        return sum(nets), expected.cents(*AMOUNT)
    wanted = [int(fraction(one, "a window") * 100) for one in expected.items_of("per_window")]
    return (nets, sum(nets)), (wanted, expected.cents(*AMOUNT))


def at_overage(given: Given, unit: Micros, due: bool, count: int) -> int:
    """Return the cents due for a count of one month."""
    committed, dearer = agreed(given, unit)
    if due:
        bundle = Package(included=committed, prices={"simple": amount_of(committed, unit)}, overage={"simple": dearer})
        return invoice(offer_of([(ALWAYS, "package")], {}, package=bundle), calls=count).net
    steps = [Rung(Fraction(committed), in_units(unit), Fraction(0)), Rung(None, in_units(dearer), Fraction(0))]
    priced, counted = stepped(steps, CALLS, Fraction(count))
    return invoice(offer_at(priced), calls=counted).net


def in_units(amount: Micros) -> Fraction:
    """Return a unit price in its currency's units."""
    return Fraction(amount, 1_000_000)


def agreed(given: Given, unit: Micros) -> tuple[int, Micros]:
    """Return how many units are agreed, said as such or by what they cost, and the price of each unit past them."""
    if given.has(*COMMITTED):
        committed = given.number(*COMMITTED)
    else:
        committed = given.amount("commitment", "commitment_amount") / in_units(unit)
    if committed.denominator != 1:
        raise UnreadError(f"input: a commitment of {committed} units is not a whole number of them")
    if given.has("overage_price", "overage_unit_price"):
        return int(committed), given.micros("overage_price", "overage_unit_price")
    return int(committed), as_micros(in_units(unit) * given.number(*FACTOR), "the price past the commitment")


def by_hours(given: Given, expected: Given) -> Answer:
    """Flexprice: the commitment of one window of the day, which is here that of its month."""
    bounds = [(bucket.text("start"), bucket.text("end")) for bucket in given.tables("buckets")]
    buckets, at = given.tables("buckets"), given.text("window_start")
    given.aside("tz")
    held = [start <= at < end if start < end else at >= start or at < end for start, end in bounds]
    bucket = buckets[held.index(True)]
    for other in buckets:
        other.aside(*other)
    unit = bucket.micros("price", *UNITS)
    got = at_overage(bucket, unit, bucket.yes("true_up"), given.whole(*QUANTITY))
    return (held.index(True), got), (expected.whole("bucket"), expected.cents(*AMOUNT))


def at_most(given: Given, expected: Given) -> Answer:
    """OpenMeter shares the reduction out among the tiers: here it is one line."""
    before = given.number("already_billed_quantity", default=0)
    given.aside(*BILLED_BEFORE, "last_line")
    added = added_lines(
        rungs(given.tables(*TIERS)), before, given.number(*QUANTITY), "graduated", most=given.cents(*MOST)
    )
    lines = expected.tables("lines") if expected.has("lines") else []
    if not lines:
        return sum(added), expected.cents(*AMOUNT)
    gross, discounts = ([one.cents(name) for one in lines] for name in ("gross", "discount"))
    return (added, sum(added)), ([*gross, -sum(discounts)], expected.cents(*AMOUNT))


def served_days(given: Given) -> Period:
    """Return the days served of the month: from its start, up to the day of its end, which is in."""
    given.aside("cycle", "days_in_month")
    if given.has("terminated", "end", "ended"):
        last = given.day("terminated", "end", "ended")
        first = given.day("start", "started", default=last.replace(day=1))
        served = Period(first, last + timedelta(days=1))
        if given.whole("days_used", default=served.days) != served.days:
            raise UnreadError(f"input.days_used: from {first} to {last} there are {served.days} days")
        return served
    start = given.day("start", "started", default="2024-03-01")
    return Period(start) & Month.of(start).period


def uses_of(given: Given) -> tuple[list[Price], dict[str, int], bool]:
    """Return the prices of what was used, their counts, and whether they are one charge alone."""
    if given.has(*TIERS):
        priced, count = stepped(rungs(given.tables(*TIERS)), CALLS, given.number(*QUANTITY))
        return [priced], {CALLS: count}, True
    if given.has("package_size"):
        size, amount = given.whole("package_size"), given.amount("price", "package_price")
        return [price(amount, CALLS, every=size)], {CALLS: given.whole(*QUANTITY)}, True
    if given.has(*UNITS):
        priced, count = stepped([Rung(None, given.amount(*UNITS), Fraction(0))], CALLS, given.number(*QUANTITY))
        return [priced], {CALLS: count}, True
    name = given.word(*with_cents(USED))
    size = 100 if name.endswith("_cents") else 1
    uses = [as_cents(fraction(one, name) / size, name) for one in given.items_of(*with_cents(USED), default=[])]
    return [of_cents(one, per=CALLS) for one in uses], {CALLS: 1}, len(uses) == 1


def least_billed(given: Given, least: Cents | None) -> Invoice:
    """Return the bill of a month with a least: of the month where a plan counts towards it, else of the one price."""
    served, (uses, counts, alone) = served_days(given), uses_of(given)
    prices = [price(given.amount(*PLAN)), *uses] if given.has(*with_cents(PLAN)) else uses
    if not alone or prices is not uses:
        return invoice(offer_at(*prices, billing=BillingRules(least=least)), served, counts=counts)
    return invoice(offer_at(evolve(uses[0], least=least)), served, counts=counts)


def at_least(given: Given, expected: Given) -> Answer:
    """Lago, OpenMeter: what is missing to the least is a line of its own; by days in a month that is not whole."""
    if not given.yes("last_line", "last_phase", default=True):
        raise OutsideScopeError("a least is due when its month ends: no bill comes before, so none is without it")
    bill, others = least_billed(given, given.cents(*MINIMUM)), least_billed(given, None).net
    missing = bill.net - others
    assert not missing or bill.lines[-1].amount == missing
    rate = given.number("tax_rate", "vat", default=0)
    tax = vat(bill.lines, rate)
    got = {"before": others, "missing": missing, "used": others, "amount": bill.net, "tax": tax, "all": bill.net + tax}
    if given.has("tax_rate", "vat"):
        got["amount"] = got["all"]
    wanted: dict[str, int] = {}
    if given.has(*BILLED_BEFORE):
        wanted["before"] = given.cents(*BILLED_BEFORE)
    all_in = ("total", "total_incl") if rate else AMOUNT
    for name, words in (("missing", TRUE_UP), ("used", USED), ("amount", all_in)):
        if expected.has(*with_cents(words)):
            wanted[name] = expected.cents(*words)
    if expected.has("taxes_cents"):
        wanted["tax"] = sum(map(int, expected.items_of("taxes_cents")))
    return {name: got[name] for name in wanted}, wanted


ADAPTERS: Mapping[str, Adapter] = {
    "commitment.overage": overage,
    "commitment.windowed": overage,
    "commitment.max_spend": at_most,
    "commitment.min_spend": at_least,
    "commitment.true_up": at_least,
    "commitment.true_up_prorated": at_least,
    "window.commitment": by_hours,
}
