"""What a bill adds up to: its parts, its discounts, its VAT; and published figures that were wrong."""

from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve
from permanence.model.invoice import Invoice
from permanence.model.money import MICROS_PER_CENT, Cents, per_cent
from permanence.model.offer import BillingRules
from permanence.model.own_terms import Discount
from permanence.model.price import Price
from permanence.model.scalars import Words

from tests.bill.samples import OCTOBER

from .billed import ALWAYS, contract_from, invoice, line, offer_of, price, vat
from .case import Adapter, Answer, Given, by_shape
from .durations import rate
from .ladder import rungs
from .prorations import both_ways_of_counting
from .replaced import changed, seat_added
from .said import UnreadError, as_micros, fraction
from .tiers import TIERS, billed, blocks_billed, discounted, limits, quantity_of, with_cents

DISCOUNT = ("discount", "discount_rate", "discount_percent")
TAXED = ("total", "total_incl", "amount", "gross", "round_per_line", "recomputed_total")


def parts_billed(parts: list[Fraction]) -> Invoice:
    """Return the bill of so many amounts, a line each."""
    prices = {f"part-{number}": price(amount) for number, amount in enumerate(parts)}
    return invoice(offer_of([(ALWAYS, f"price.{name}") for name in prices], prices))


def parts_add_up(given: Given, expected: Given) -> Answer:
    """CGRateS: what is printed adds up to what is printed below it."""
    if given.whole("rounding_decimals", default=2) != 2:
        raise UnreadError("input.rounding_decimals: lines are rounded to cents")
    parts = [given.amount("connect_fee", default=0)]
    bill = parts_billed([*parts, *(fraction(one, "a segment") for one in given.items_of("segments", "lines"))])
    wanted = expected.cents("expected_total", "total")
    return (bill.net, sum(one.amount for one in bill.lines)), (wanted, wanted)


def taxed(given: Given, expected: Given) -> Answer:
    """Odoo, Invoice Ninja: each line is rounded, then VAT is taken on the lines' total, by rate (EN 16931)."""
    rate = given.number("vat", "tax_rate", "tax")
    if given.has("lines", "amounts", "items"):
        lines = [
            line(as_micros(fraction(one, "a line"), "a line")) for one in given.items_of("lines", "amounts", "items")
        ]
    else:
        part = given.number(*DISCOUNT, default=0)
        unit = given.amount("unit_price", "price") * (1 - (part / 100 if part >= 1 else part))
        lines = [line(as_micros(unit, "a unit price"), given.whole("qty", "quantity", default=1))]
    total = sum(one.amount for one in lines)
    tax = vat(lines, rate)
    if "ten_lines" in expected:
        return ten_of_one(as_micros(given.amount("unit_price"), "a price"), rate, expected)
    got = {"net": total, "tax": tax, "total": total + tax}
    wanted = {"total": expected.cents(*TAXED)} if expected.has(*TAXED) else {}
    for name, words in (
        ("tax", ("tax", "vat", "taxes", "tax_amount", "by_rate", "vat_by_rate")),
        ("net", ("net", "subtotal", "untaxed")),
    ):
        if expected.has(*words):
            wanted[name] = expected.cents(*words)
    return {name: got[name] for name in wanted}, wanted


def ten_of_one(unit: int, rate: Fraction, expected: Given) -> Answer:
    """Odoo: VAT on the total, so that ten lines of one come to the same as one line of ten."""
    one = as_micros(Fraction(unit, 1_000_000), "a price")
    many = {"one": [line(one)], "line of ten": [line(one, 10)], "ten lines": [line(one)] * 10}
    got = {name: sum(each.amount for each in lines) + vat(lines, rate) for name, lines in many.items()}
    ten = expected.cents("ten_units_one_line")
    return got, {"one": expected.cents("one_unit_incl"), "line of ten": ten, "ten lines": ten}


def less_coupons(given: Given, expected: Given) -> Answer:
    """Lago: a coupon is a line below the others, before VAT; what is then paid or credited is the bookkeeping's."""
    parts = [
        given.amount(name) for name in ("subscriptions", "subscription", "usage", "subtotal", "fees") if name in given
    ]
    coupons = [str(one) for one in given.items_of("coupons", "coupon", "discounts", default=[])]
    if any("%" in one for one in coupons):
        return one_after_other(parts, coupons, expected)
    amounts = [fraction(one, "a coupon") for one in coupons]
    bill = (
        less_amounts(parts, amounts)
        if sum(amounts) > sum(parts)
        else parts_billed([*parts, *(-one for one in amounts)])
    )
    tax = vat(bill.lines, given.number("tax_rate", "vat", default=0))
    given.aside("credit_notes", "prepaid", "prepaid_credits")
    got = {"subtotal": bill.net, "taxable": bill.net, "tax": tax, "total_incl": bill.net + tax, "total": bill.net + tax}
    wanted = {name: expected.cents(name) for name in got if expected.has(*with_cents((name,)))}
    return {name: got[name] for name in wanted}, wanted


def less_amounts(parts: list[Fraction], coupons: list[Fraction]) -> Invoice:
    """Return the bill of a customer who has discounts of his own: together they take off no more than there is."""
    prices = {f"part-{number}": price(amount) for number, amount in enumerate(parts)}
    off = tuple(
        Discount(amount=Cents(-as_micros(one, "a coupon") // MICROS_PER_CENT), of=("prices",), why=f"Remise {number}")
        for number, one in enumerate(coupons)
    )
    chained = BillingRules(percents="one_after_other")
    offer = offer_of([(ALWAYS, f"price.{name}") for name in prices], prices, billing=chained)
    return invoice(offer, contract=evolve(contract_from(OCTOBER.first), discounts=off))


def one_after_other(parts: list[Fraction], coupons: list[str], expected: Given) -> Answer:
    """Flexprice: each coupon in per cent is of what those before it left: a share of all, as `percents` says."""
    named = {f"part-{number}": price(amount) for number, amount in enumerate(parts)}
    running = []
    for count in range(1, len(coupons) + 1):
        shares = {
            f"coupon-{number}": Price(title=Words("Remise"), percent=per_cent(f"-{coupon}"), of=("prices",))
            for number, coupon in enumerate(coupons[:count])
        }
        prices = {**named, **shares}
        chained = BillingRules(percents="one_after_other")
        running.append(invoice(offer_of([(ALWAYS, f"price.{name}") for name in prices], prices, billing=chained)).net)
    return running, [int(fraction(one, "what is left") * 100) for one in expected.items_of("running", "left")]


def recomputed_tiers(given: Given, expected: Given) -> Answer:
    """Zuora's errata: what the tiers come to, then with the discount, then within the limits."""
    quantity, table = quantity_of(given), expected.table("recomputed")
    found = rungs(given.tables(*TIERS))
    cheaper, limit = discounted(given, found), limits(given)
    steps = {"base": (found, {}), "discounted": (cheaper, {}), "final": (cheaper, limit)}
    got = {name: billed(these, "graduated", quantity, **most).net for name, (these, most) in steps.items()}
    wanted = {name: table.cents(name) for name in table}
    return {name: got[name] for name in wanted}, wanted


def recomputed_blocks(given: Given, expected: Given) -> Answer:
    """Kill Bill's errata: the usage item, and the invoice with the recurring price."""
    table = expected.table("recomputed")
    got = {"usage_item": blocks_billed(given, recurring=False).net, "invoice": blocks_billed(given).net}
    if "for_quantity" in table:
        (unit,) = given.tables("units")
        assert table.whole("for_quantity") == unit.whole("quantity")
    wanted = {name: table.cents(name) for name in got if name in table}
    return {name: got[name] for name in wanted}, wanted


ADAPTERS: Mapping[str, Adapter] = {
    "call.lines_sum": parts_add_up,
    "tax.rounding": taxed,
    "invoice.totals": less_coupons,
    "erratum": by_shape(
        {
            "seat_price": seat_added,
            "after_days|days_left": changed,
            "policy|units": recomputed_blocks,
            "tiers": recomputed_tiers,
            "rates|duration_s": rate,
            "month_days": both_ways_of_counting,
        }
    ),
}
