"""Invoices over time, their totals and their VAT.

Other engines bill cycles from an anchor, here a contract's terms; the amounts of a cycle are those of a month.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import islice, takewhile

from attrs import evolve
from permanence.contracts.term import Term
from permanence.model.contract import OptionTaken
from permanence.model.money import Micros, amount_of, cents, micros
from permanence.model.offer import Offer
from permanence.model.period import Month, Period, Span
from permanence.model.term_rules import TermRules
from permanence_options.bilingual import Bilingual

from .billed import (
    ALWAYS,
    FULL,
    MONTHLY,
    NO_TIME,
    aligned,
    contract_from,
    cycles,
    invoice,
    line,
    offer_of,
    plain_offer,
    price,
    term_of,
    vat,
)
from .case import Adapter, Answer, Given, by_shape, day
from .changes import TIMELINES
from .durations import exact_rate
from .prorations import price_raised, seat_added
from .tiers import blocks_of, blocks_recomputed, offer_at, recomputed_to_the_most

WEEKLY = Span(1, "weeks")


def on_the_account_day(given: Given, expected: Given) -> Answer:
    """Kill Bill: in advance, all subscriptions on the account's bill cycle day, each with its leading part."""
    wanted = {day(text): cents(amount) for text, amount in expected["amounts"].items()}
    got: Counter[date] = Counter()
    for text, amount in given["subs"]:
        life = Period(day(text))
        for cycle in takewhile(lambda cycle: cycle.start <= max(wanted), aligned(life.start, given["bcd"])):
            part = cycle & life
            got[part.start] += amount_of(1, micros(amount), part.days, cycle.days)
    return dict(got), wanted


def plan_of(plan: Mapping[str, str]) -> tuple[Offer, Span]:
    """Return the offer that a plan's prices and phases make, billed in full for each cycle, and the cycle."""
    span = WEEKLY if "weekly" in plan else MONTHLY
    prices, charges = {"plan": price(plan.get("weekly") or plan["monthly"])}, [(ALWAYS, "price.plan")]
    if "discount_monthly" in plan:
        prices["discount"] = price(plan["discount_monthly"])
        reduced = f"contract.months < {plan['discount_months']}"
        charges = [(reduced, "price.discount"), (f"not ({reduced})", "price.plan")]
    term = TermRules(trial=NO_TIME, renewal_period=span, setup_fee=cents(plan.get("fixed", "0")))
    if "phase" in plan:
        term = evolve(term, commitment=Span.parse(plan["phase"].removeprefix("FIXEDTERM ")), renewal="express")
    return offer_of(charges, prices, billing=FULL, term=term), span


def plan_invoices(given: Given, expected: Given) -> Answer:
    """Kill Bill: set-up fee once, reduced first months, a fixed term's end, and bills in arrears."""
    offer, span = plan_of(given["plan"])
    contract = contract_from(day(given["start"]))
    life = Term(contract, offer.term).service(None)
    got, wanted = [], []
    for billed, amount, first, last in expected["invoices"]:
        cycle = next(cycle for cycle in cycles(life.start, span) if day(first or billed) in cycle)
        served = cycle & life
        due = invoice(offer, served, contract=contract).net if served.days else None
        got.append((due, first and str(cycle.start), last and str(cycle.end)))
        wanted.append((amount and cents(amount), first, last))
    return got, wanted


def with_an_option(given: Given, expected: Given) -> Answer:
    """Kill Bill: an add-on beside the base, from the same day on."""
    addon = Bilingual(price=micros(given["addon"]), proration="full")
    offer = plain_offer(given["base"], [addon], billing=FULL)
    start = day(given["start"])
    contract = evolve(contract_from(start), options=(OptionTaken(id="bilingual"),))
    first, second = (
        invoice(offer, cycle, contract=contract)
        for cycle in takewhile(lambda cycle: cycle.start <= day(given["dry_run"][0]), cycles(start))
    )
    amounts = expected["amounts"]
    wanted = [cents(amount) for amount in amounts[given["start"]]], cents(amounts[given["dry_run"][0]])
    return ([one.amount for one in first.lines], second.net), wanted


def notice_at_end_of_term(given: Given, expected: Given) -> Answer:
    """Kill Bill: who leaves at the end of the term is served and billed to its end; nothing is given back."""
    amount, _ = given["plan"].split()
    start = day(given["start"])
    term = term_of(start, MONTHLY, notice=NO_TIME)
    cycle, served = next(cycles(start)), Period(start, term.end_by_notice(start, "term_end"))
    credit = amount_of(1, micros(amount)) - amount_of(1, micros(amount), (cycle & served).days, cycle.days)
    return credit or None, expected["credit"]


def daily_consumption(given: Given, expected: Given) -> Answer:
    """Tryton: a quantity for each day of January, invoiced for the month."""
    month = Month.of(day(given["start"]))
    offer = offer_of([(ALWAYS, "price.unit")], {"unit": price(given["unit_price"], per="usage.calls")})
    (due,) = invoice(offer, month.period, calls=month.days * given["quantity"]).lines
    after = next(cycles(day(given["invoice_start"]))).end
    got = (month.days, str(due.quantity), due.amount, str(month.next.first), str(after))
    wanted = [expected[name] for name in ("consumptions", "invoice_quantity")]
    return got, (*wanted, cents(expected["amount"]), expected["next_consumption"], expected["next_invoice"])


def advance_and_arrears(given: Given, expected: Given) -> Answer:
    """Kill Bill: a price in advance, and the uses of the cycle before, on one invoice."""
    uses = blocks_of(given, given["usage_policy"], "usage.calls")
    offer = offer_at(price(given["recurring"]), uses, billing=FULL)
    first, second = islice(cycles(day(given["start"])), 2)
    recurring, *used = invoice(offer, first, calls=given["usage"]).lines
    ahead, *_ = invoice(offer, second).lines
    usage = " + ".join(f"{one.quantity}*{one.unit_price // 1_000_000}" for one in used)
    got = [
        (f"{first.start:%m-%d}", recurring.amount, ""),
        (f"{second.start:%m-%d}", ahead.amount + sum(one.amount for one in used), usage),
    ]
    wanted = [
        (one["date"], cents(one["amount"]), "".join(text.partition(" = ")[2] for text in one["lines"]))
        for one in expected["invoices"]
    ]
    return got, wanted


def parts_add_up(given: Given, expected: Given) -> Answer:
    """CGRateS: what is printed adds up to what is printed below it."""
    parts = [given["connect_fee"], *given["segments"]]
    prices = {f"part-{number}": price(amount) for number, amount in enumerate(parts)}
    bill = invoice(offer_of([(ALWAYS, f"price.{name}") for name in prices], prices))
    wanted = cents(expected["expected_total"])
    return (bill.net, sum(one.amount for one in bill.lines)), (wanted, wanted)


def vat_after_discount(given: Given, expected: Given) -> Answer:
    """Odoo: the line is rounded, then VAT is taken on the lines' total (EN 16931)."""
    part = Micros(1_000_000 - micros(given["discount"]))
    unit = Micros(micros(given["unit_price"]) * part // 1_000_000)
    one = line(unit, given["qty"])
    return one.amount + vat([one], given["vat"]), cents(expected["round_per_line"])


def vat_on_total(given: Given, expected: Given) -> Answer:
    """Odoo: VAT on the total, so that ten lines of one come to the same as one line of ten."""
    unit = micros(given["unit_price"])
    many = {"one": [line(unit)], "line of ten": [line(unit, 10)], "ten lines": [line(unit)] * 10}
    got = {name: sum(one.amount for one in lines) + vat(lines, given["vat"]) for name, lines in many.items()}
    ten = cents(expected["ten_units_one_line"])
    return got, {"one": cents(expected["one_unit_incl"]), "line of ten": ten, "ten lines": ten}


ADAPTERS: Mapping[str, Adapter] = {
    "invoice.timeline": by_shape(
        {
            "bcd": on_the_account_day,
            "usage_policy": advance_and_arrears,
            "weekly": plan_invoices,
            "monthly": plan_invoices,
            "consumption": daily_consumption,
            "cancel": notice_at_end_of_term,
            "dry_run": with_an_option,
            **TIMELINES,
        }
    ),
    "call.lines_sum": parts_add_up,
    "tax.rounding": by_shape({"discount": vat_after_discount, "unit_price": vat_on_total}),
    "erratum": by_shape(
        {
            "seat_price": seat_added,
            "after_days": price_raised,
            "policy": blocks_recomputed,
            "max": recomputed_to_the_most,
            "rates": exact_rate,
        }
    ),
}
