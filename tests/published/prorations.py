"""Parts of a period, and changes inside one: each amount rounded by itself, then added.

The denominator is each source's own: the real cycle (Kill Bill, Meteroid), the calendar month (Lago, ERPNext).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import takewhile

from attrs import evolve
from permanence.contracts.trial import billed_days
from permanence.model.contract import OptionTaken
from permanence.model.money import Cents, amount_of, cents, micros, plain, price_of, round_half_up
from permanence.model.period import Month, Period, Span
from permanence.model.served import Served
from permanence.model.term_rules import TermRules
from permanence_options.bilingual import Bilingual

from .billed import MONTHLY, THIRTY, aligned, contract_from, invoice, line, net_by_month, offer_of, plain_offer, vat
from .case import Adapter, Answer, Given, by_shape, day
from .dates import ONE_DAY

IN_CYCLES = {"MONTHLY": MONTHLY, "ANNUAL": Span(12, "months")}
WHOLE = price_of(Cents(28 * 29 * 30 * 31 * 365))
"""A price that every cycle's days divide, so that parts of it add up without rounding."""


def parts_of_cycles(given: Given, expected: Given) -> Answer:
    """Kill Bill: every cycle due by the target day, in advance, each part over its own cycle's length."""
    life = Period(day(given["start"]), day(given["end"]) if given["end"] else None)
    found = aligned(life.start, given["bill_cycle_day"], IN_CYCLES[given["period"]])
    due = takewhile(lambda cycle: cycle.start <= day(given["target"]), found)
    amount = sum(amount_of(1, WHOLE, (cycle & life).days, cycle.days) for cycle in due)
    cycles_due = sum(Fraction(part) for part in expected["cycles"].split("+"))
    return amount, cycles_due * amount_of(1, WHOLE)


def ratio_before_first_bill(given: Given, expected: Given) -> Answer:
    """Kill Bill: real days over the real cycle, to nine decimals."""
    start, bill = day(given["start"]), day(given["next_bill"])
    cycle = next(aligned(start, bill.day))
    days = (cycle & Period(start, bill)).days
    return round_half_up(days * 10**9, cycle.days), Fraction(expected["ratio"]) * 10**9


def billed_before_the_start(given: Given, expected: Given) -> Answer:
    """ERPNext: the day on which a bill is made has no say in the days that it bills."""
    first, last = (day(text) for text in given["subscription"])
    year = Period(first, last + ONE_DAY)
    days = (year & Period(first)).days
    return Fraction(days, year.days), Fraction(expected["factor"])


def days_of_thirty(given: Given, expected: Given) -> Answer:
    """Kill Bill: every month has thirty days; a price of 30 for the month shows them without rounding."""
    assert given["days_in_month"] == 30
    period = Period(day(given["start"]), day(given["end"]))
    net = sum(net_by_month(plain_offer("30.00", billing=THIRTY), period))
    return (net // 100, round_half_up(net * 10**9, 3000)), (expected["days"], Fraction(expected["ratio"]) * 10**9)


def whole_year(given: Given, expected: Given) -> Answer:
    """ERPNext, from the 3rd to the 3rd: two part months and eleven whole ones make twelve."""
    nets = net_by_month(plain_offer(given["monthly_rate"]), Period(day(given["start"]), day(given["end"])))
    return (len(nets), sum(nets)), (13, cents(expected["expected_by_reporter"]))


def whole_quarter(given: Given, expected: Given) -> Answer:
    """ERPNext: the last day is in; each calendar month for itself."""
    first, last = (day(text) for text in given["period"])
    nets = net_by_month(plain_offer(given["monthly_rate"]), Period(first, last + ONE_DAY))
    return (nets[0], sum(nets)), (cents(expected["april"]), cents(expected["total"]))


def second_half_of_june(given: Given, expected: Given) -> Answer:
    """Recurly: from the 15th up to, but not including, the 30th."""
    assert given["period"] == "June 15th..June 30th"
    june = Month(2026, 6)
    (net,) = net_by_month(plain_offer(given["monthly"]), Period(date(2026, 6, 15), june.next.first - ONE_DAY))
    return net, cents(expected["amount"])


def first_month_with_tax(given: Given, expected: Given) -> Answer:
    """Lago: the calendar month from the start on, then tax."""
    start = day(given["start"])
    offer = plain_offer(plain(price_of(Cents(given["amount_cents"]))))
    bill = invoice(offer, Period(start) & Month.of(start).period)
    return bill.net + vat(bill.lines, given["tax_rate"]), expected["total_cents"]


def part_of_a_quarter(given: Given, expected: Given) -> Answer:
    """Lago: the calendar quarter is the whole; the last day is in."""
    first, last = day(given["started"]), day(given["terminated"])
    quarter = Period(date(first.year, 4, 1), date(first.year, 7, 1))
    days = (quarter & Period(first, last + ONE_DAY)).days
    amount = amount_of(1, price_of(Cents(given["quarterly_price_cents"])), days, quarter.days)
    return amount, expected["amount_cents"]


def part_of_a_cycle(given: Given, expected: Given) -> Answer:
    """Kill Bill: from the first day up to the bill cycle day, over the real cycle."""
    first, last = (day(text) for text in given["period"].split(",")[0].split(".."))
    cycle = next(aligned(first, last.day))
    days = (cycle & Period(first, last)).days
    assert (days, cycle.days) == (given["days"], given["period_days"])
    return amount_of(1, micros(given["monthly_price"]), days, cycle.days), cents(expected["amount"])


def credit_and_charge(old: str, new: str, left: int, whole: int) -> tuple[int, int]:
    """Return what is given back of the old price and due of the new one, in cents, each rounded."""
    return amount_of(-1, micros(old), left, whole), amount_of(1, micros(new), left, whole)


def changed_with_days(given: Given, expected: Given) -> Answer:
    """Flexprice, which prints the credit without its sign."""
    credit, charge = credit_and_charge(given["old_price"], given["new_price"], given["days_left"], given["days"])
    return (-credit, charge, credit + charge), tuple(cents(expected[name]) for name in ("credit", "charge", "net"))


def changed_by_fraction(given: Given, expected: Given) -> Answer:
    """Stripe: a fraction of the period is left."""
    left = Fraction(given["fraction_left"])
    credit, charge = credit_and_charge(given["old_price"], given["new_price"], left.numerator, left.denominator)
    return (credit, charge, credit + charge), tuple(cents(expected[name]) for name in ("credit", "charge", "net"))


def changed_in_a_period(given: Given, expected: Given) -> Answer:
    """Meteroid: half-open periods."""
    period = Period(*(day(text) for text in given["period"]))
    left = (period & Period(day(given["change"]))).days
    old, new = (plain(price_of(Cents(given[name]))) for name in ("old_cents", "new_cents"))
    credit, charge = credit_and_charge(old, new, left, period.days)
    wanted = tuple(expected[f"{name}_cents"] for name in ("credit", "charge", "net"))
    return (credit, charge, credit + charge), wanted


def changed_less_what_was_billed(given: Given, expected: Given) -> Answer:
    """Lago: the new price's part, less the whole old fee."""
    _, charge = credit_and_charge(given["old_price"], given["new_price"], given["days_left_incl"], given["days"])
    wanted = cents(expected["new_charge"]), cents(expected["invoice"])
    return (charge, charge - cents(expected["already_invoiced"])), wanted


def settled_with_the_next(given: Given, expected: Given) -> Answer:
    """Stripe and Baremetrics: the change is settled on the next invoice, beside the new price in full."""
    left = Fraction(given["fraction_left"].lstrip("~"))
    parts = credit_and_charge(given["old"], given["new"], left.numerator, left.denominator)
    return amount_of(1, micros(given["new"])) + sum(parts), cents(expected["next_invoice"])


def credited_after_a_day(given: Given, expected: Given) -> Answer:
    """Lago: unused days without tax, then tax on them, each rounded; the last day is used."""
    cycle = next(aligned(day(given["start"]), day(given["start"]).day))
    unused = (cycle & Period(day(given["terminated"]) + ONE_DAY)).days
    assert cycle.days == given["period_days"]
    credit = line(price_of(Cents(given["amount_cents"])), days=unused, of_days=cycle.days)
    tax = vat([credit], given["tax_rate"])
    wanted = tuple(expected[f"{name}_cents"] for name in ("sub_total", "taxes", "total"))
    return (credit.amount, tax, credit.amount + tax), wanted


def after_a_free_trial(given: Given, expected: Given) -> Answer:
    """Lago: the rest of the calendar month after so many free days; a start without a year is in 2026."""
    text = given["start"][:10]
    start = day(text if len(text) == 10 else f"2026-{text}")
    amount = given.get("price") or plain(price_of(Cents(given["amount_cents"])))
    free = TermRules(trial=Span(given["trial_days"], "days"), trial_billed=False)
    offer = plain_offer(amount, term=free)
    served = Period(start) & Month.of(start).period
    days = billed_days(Served(contract_from(start), offer, served)).days
    paid_from = start + timedelta(days=served.days - days)
    if "amount_cents" in given:
        return (str(paid_from), invoice(offer, served).net), (expected["billed_at"][:10], expected["amount_cents"])
    got = f"{paid_from:%m-%d}", days, invoice(offer, served).net
    return got, (expected["first_paid_day"], expected["days_due"], cents(expected["amount"]))


def seat_added(given: Given, expected: Given) -> Answer:
    """Lago: an option from the 10th on, in June and in July, as recomputed."""
    offer = offer_of([], {}, [Bilingual(price=micros(given["seat_price"]))])
    amounts = []
    for month in (Month(2026, 6), Month(2026, 7)):
        taken = OptionTaken(id="bilingual", since=month.first.replace(day=10))
        contract = evolve(contract_from(date(2026, 1, 1)), options=(taken,))
        amounts.append(invoice(offer, month.period, contract=contract).net)
    return amounts, [cents(expected["recomputed"][name].split()[0]) for name in ("june10", "july10")]


def price_raised(given: Given, expected: Given) -> Answer:
    """Chargebee: the difference of both parts, as recomputed."""
    left = given["term_days"] - given["after_days"]
    return sum(credit_and_charge(given["old"], given["new"], left, given["term_days"])), cents(
        expected["recomputed_net"]
    )


ADAPTERS: Mapping[str, Adapter] = {
    "proration.cycles": parts_of_cycles,
    "proration.days_fixed_month": days_of_thirty,
    "proration.ratio": by_shape({"next_bill": ratio_before_first_bill, "subscription": billed_before_the_start}),
    "proration.amount": by_shape(
        {
            "prorate": whole_year,
            "interval_months": whole_quarter,
            "added": second_half_of_june,
            "amount_cents": first_month_with_tax,
            "quarterly_price_cents": part_of_a_quarter,
            "period_days": part_of_a_cycle,
        }
    ),
    "proration.change": by_shape(
        {
            "days_left": changed_with_days,
            "fraction_left": changed_by_fraction,
            "old_cents": changed_in_a_period,
            "days_left_incl": changed_less_what_was_billed,
        }
    ),
    "proration.change_deferred": settled_with_the_next,
    "credit_note.proration": credited_after_a_day,
    "trial.first_invoice": after_a_free_trial,
}
