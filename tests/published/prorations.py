"""Parts of a period, each amount rounded by itself, then added.

The denominator is each source's own: the real cycle (Kill Bill, Meteroid), the calendar month (Lago, ERPNext).
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import takewhile

from permanence.contracts.trial import billed_days
from permanence.model.money import Cents, amount_of, price_of, round_half_up
from permanence.model.period import Month, Period, Span
from permanence.model.served import Served
from permanence.model.term_rules import TermRules

from .billed import THIRTY, aligned, contract_from, invoice, line, net_by_month, plain_offer, vat
from .case import Adapter, Answer, Given, OutsideScopeError, by_shape
from .dates import ONE_DAY, inclusive, span_of
from .said import UnreadError, as_cents, as_micros, day, fraction, month_named
from .tiers import AMOUNT, with_cents

WHOLE = price_of(Cents(28 * 29 * 30 * 31 * 365 * 366))
"""A price that every cycle's days divide, so that parts of it add up without rounding."""
PRICES = {
    "monthly": ("monthly", "monthly_price", "monthly_rate", "monthly_amount", "price_per_month"),
    "quarterly": ("quarterly", "quarterly_price", "quarterly_rate", "quarterly_amount"),
    "yearly": ("annual", "yearly", "annual_price", "yearly_price", "annual_rate", "yearly_amount", "annual_amount"),
    "weekly": ("weekly", "weekly_price", "weekly_rate"),
    "": ("price", "amount", "plan", "rate", "unit_amount"),
}
FIRST = ("start", "started", "billed_from", "added", "from", "start_date", "change")
LAST = ("end", "terminated", "ended", "until", "end_date", "cancelled", "canceled")
DAYS, OF_DAYS = ("days", "days_used", "days_billed"), ("period_days", "month_days", "days_in_month", "of_days")


def parts_of_cycles(given: Given, expected: Given) -> Answer:
    """Kill Bill: every cycle due by the target day, each part over its own cycle; in arrears once it is over."""
    life = Period(given.day("start"), given.day("end") if given.has("end") else None)
    given.aside("end")
    mode, target = given.text("mode", default="in_advance"), given.day("target")
    if mode not in ("in_advance", "in_arrear", "in_arrears"):
        raise UnreadError(f"input.mode: {mode} is not known")
    found = aligned(life.start, given.whole("bill_cycle_day", "bcd"), span_of(given.text("period", default="monthly")))
    amount = 0
    for cycle in takewhile(lambda cycle: cycle.start <= target, found):
        served = cycle & life
        assert served.end is not None
        if served.days and (served.start if mode == "in_advance" else served.end) <= target:
            amount += amount_of(1, WHOLE, served.days, cycle.days)
    return amount, expected.number("cycles") * amount_of(1, WHOLE)


def nine_decimals(ratio: Fraction) -> int:
    """Return a ratio in thousand millionths, rounded half up."""
    return round_half_up(ratio.numerator * 10**9, ratio.denominator)


def ratio_before_first_bill(given: Given, expected: Given) -> Answer:
    """Kill Bill: real days over the real cycle, to nine decimals."""
    start, bill = given.day("start"), given.day("next_bill")
    if given.text("day_count", default="actual") != "actual":
        raise UnreadError("input.day_count: only the days as they are, or thirty to every month, are counted")
    cycle = next(aligned(start, bill.day))
    return nine_decimals(Fraction((cycle & Period(start, bill)).days, cycle.days)), nine_decimals(
        expected.number("ratio")
    )


def billed_before_the_start(given: Given, expected: Given) -> Answer:
    """ERPNext: the day on which a bill is made has no say in the days that it bills."""
    first, last = (day(text) for text in given.items_of("subscription"))
    given.aside("invoice_date", "days_before")
    year = Period(first, last + ONE_DAY)
    return Fraction((year & Period(first)).days, year.days), expected.number("factor", "ratio")


def by_civil_months(given: Given, expected: Given) -> Answer:
    """Silver: a part that goes over a month's end, each civil month for itself; the last day of a trial is in."""
    last = given.day("trial_end", "end")
    period = Period(given.day("start"), last + ONE_DAY if inclusive(given) else last)
    method = given.text("method", default="per_calendar_month")
    if "calendar" not in method:
        raise UnreadError(f"input.method: {method} is not known")
    assert period.end is not None
    offer = plain_offer(Fraction(WHOLE, 1_000_000))
    return Fraction(sum(net_by_month(offer, period)), amount_of(1, WHOLE)), expected.number("ratio")


def days_of_thirty(given: Given, expected: Given) -> Answer:
    """Kill Bill: every month has thirty days; a price of 30 for the month shows them without rounding."""
    every = given.whole("days_in_month", "month_days")
    if every != 30:
        raise OutsideScopeError(f"{every} days to every month: days are counted as they are, or thirty (A7)")
    net = sum(net_by_month(plain_offer(Fraction(30), billing=THIRTY), Period(given.day("start"), given.day("end"))))
    got, wanted = {"days": net // 100, "ratio": round_half_up(net * 10**9, 3000)}, {}
    if "days" in expected:
        wanted["days"] = expected.whole("days")
    if "ratio" in expected:
        wanted["ratio"] = nine_decimals(expected.number("ratio"))
    return {name: got[name] for name in wanted}, wanted


def whole_year(given: Given, expected: Given) -> Answer:
    """ERPNext, from the 3rd to the 3rd: two part months and eleven whole ones make twelve."""
    prorated = given.yes("prorate", default=True)
    period = Period(given.day("start"), given.day("end"))
    if not prorated:
        raise UnreadError("input.prorate: months that are billed in full are not known here")
    nets = net_by_month(plain_offer(given.amount(*PRICES["monthly"])), period)
    return sum(nets), expected.cents("expected_by_reporter", *AMOUNT)


MONTHS = "January February March April May June July August September October November December".split()


def days_of_text(text: str) -> Period:
    """Return the days that ``2021-09-16..2021-09-25, BCD 25``, ``June 15th..June 30th`` or ``2023-05`` names."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
        return month_named(text).period
    found = []
    for part in text.split(",", maxsplit=1)[0].split(".."):
        named = re.fullmatch(r"([A-Z][a-z]+) ([0-9]{1,2})(st|nd|rd|th)?", part.strip())
        if named and named[1] in MONTHS:
            found.append(date(2026, MONTHS.index(named[1]) + 1, int(named[2])))
        else:
            found.append(day(part, where="input.period"))
    if len(found) != 2:
        raise UnreadError(f'input.period: "{text}" does not name two days')
    return Period(*found)


def days_served(given: Given) -> Period:
    """Return the days that are billed, up to the last, which is in where the example or its vendor says.

    Days of a month that has begun run on to its end, where no other is said.
    """
    told = given.value("period", default=None)
    end = given.day(*LAST) if given.has(*LAST) else None
    last = end + ONE_DAY if end and inclusive(given) else end
    first = given.day(*FIRST) if given.has(*FIRST) else date.min
    if told is None and first == date.min:
        raise UnreadError("input does not say from which day on")
    given.aside(*LAST, *FIRST)
    served = Period(first, last)
    if isinstance(told, str):
        return days_of_text(told) & served
    if told is not None:
        # Meteroid's periods are half-open; ERPNext's and Lago's have their last day in.
        return within(given) & served
    return served if served.end else served & Month.of(first).period


def within(given: Given) -> Period:
    """Return the period that the example names as a pair of days."""
    first, last = (day(one) for one in given.items_of("period"))
    return Period(first, last + ONE_DAY if inclusive(given) else last)


def whole_price(given: Given) -> tuple[Fraction, str]:
    """Return the price of the whole, and how long that is: ``monthly`` …, nothing where it is not said."""
    found = [(period, name) for period, names in PRICES.items() if (name := given.word(*with_cents(names)))]
    if len(found) != 1:
        raise UnreadError(f"input says {len(found)} prices of a whole period")
    return given.amount(*PRICES[found[0][0]]), found[0][0]


def days_of_the_whole(given: Given, served: Period, span: str) -> int:
    """Return how many days the whole price is for; 0 where the days of each civil month say so."""
    cycle = given.text("cycle", default="").removeprefix("calendar_")
    if given.has(*OF_DAYS):
        days = given.whole(*OF_DAYS)
        if given.by("killbill") and served.end and next(aligned(served.start, served.end.day)).days != days:
            raise UnreadError(f"input: the cycle that {served.start} lies in has not {days} days")
        return days
    if given.has("interval_months"):
        given.whole("interval_months")
        return 0
    if (cycle or span) not in ("", "month", "monthly"):
        return civil(served.start, span_of(cycle or span)).days
    return within(given).days if isinstance(given.values_said.get("period"), list) else 0


def civil(first: date, span: Span) -> Period:
    """Return the civil quarter, half-year or year that a day lies in."""
    if span.unit not in ("months", "years"):
        raise UnreadError(f"a price for {span} has no civil period")
    months = span.count * (12 if span.unit == "years" else 1)
    start = date(first.year, (first.month - 1) // months * months + 1, 1)
    return Period(start, span.after(start))


def part_of_a_price(given: Given, expected: Given) -> Answer:
    """So many days of a whole, which is a cycle, a civil period, or civil months, as the vendor counts."""
    amount, span = whole_price(given)
    served = days_served(given)
    whole = days_of_the_whole(given, served, span)
    parts = [amount_of(1, as_micros(amount, "the price"), served.days, whole)] if whole else []
    nets = parts or net_by_month(plain_offer(amount), served)
    for table in (given, expected):
        if table.has(*DAYS) and table.whole(*DAYS) != served.days:
            raise UnreadError(f"{table.where} says other days than {served.days}, from {served.start} to {served.end}")
    tax = vat([line(price_of(Cents(sum(nets))))], given.number("tax_rate", "vat", default=0))
    if expected.has("april"):
        return (sum(nets), nets[0]), (expected.cents(*AMOUNT), expected.cents("april"))
    return sum(nets) + tax, expected.cents(*AMOUNT)


def credited_after_a_day(given: Given, expected: Given) -> Answer:
    """Lago: unused days without tax, then tax on them, each rounded; the last day is used."""
    start, last = given.day("start", "started"), given.day("terminated", "end")
    cycle = next(aligned(start, start.day))
    unused = (cycle & Period(last + ONE_DAY)).days
    if cycle.days != given.whole("period_days", default=cycle.days):
        raise UnreadError(f"input.period_days: the cycle from {start} has {cycle.days} days")
    credit = line(as_micros(given.amount("amount", "price"), "the price"), days=unused, of_days=cycle.days)
    tax = vat([credit], given.number("tax_rate", "vat", default=0))
    got: dict[str, int] = {"sub_total": credit.amount, "taxes": tax, "total": credit.amount + tax}
    wanted = {name: expected.cents(name) for name in got if expected.has(*with_cents((name,)))}
    return {name: got[name] for name in wanted}, wanted


def after_a_free_trial(given: Given, expected: Given) -> Answer:
    """Lago: the rest of the calendar month after so many free days; a start without a year is in 2026."""
    start, price = given.day("start"), given.amount("price", "amount")
    given.aside("month_days", "in_advance", "cycle", "pay_in_advance")
    free = TermRules(trial=Span(given.whole("trial_days", "trial_period"), "days"), trial_billed=False)
    offer = plain_offer(price, term=free)
    served = Period(start) & Month.of(start).period
    days = billed_days(Served(contract_from(start), offer, served)).days
    paid_from = start + timedelta(days=served.days - days)
    got = {"days_due": days, "amount": invoice(offer, served).net}
    wanted: dict[str, int] = {"amount": expected.cents("amount")}
    if "days_due" in expected:
        wanted["days_due"] = expected.whole("days_due")
    first = str(expected.value("first_paid_day", "billed_at"))
    return ({name: got[name] for name in wanted}, paid_from), (wanted, day(first.split(" ", maxsplit=1)[0]))


def both_ways_of_counting(given: Given, expected: Given) -> Answer:
    """Lago's erratum: a last part of a month, with its last day and, by the same page, without its first."""
    start, days = given.day("start"), given.whole("month_days")
    rest = Period(start) & Month.of(start).period
    if Month.of(start).days != days:
        raise UnreadError(f"input.month_days: the month of {start} has {Month.of(start).days}")
    offer = plain_offer(given.amount("price", "amount"))
    got = {"recomputed_inclusive": rest, "recomputed_exclusive": Period(start + ONE_DAY, rest.end)}
    return {name: invoice(offer, one, contract=contract_from(start)).net for name, one in got.items()}, {
        name: as_cents(fraction(expected[name], name), name) for name in got
    }


ADAPTERS: Mapping[str, Adapter] = {
    "proration.cycles": parts_of_cycles,
    "proration.days_fixed_month": days_of_thirty,
    "proration.ratio": by_shape(
        {
            "next_bill": ratio_before_first_bill,
            "subscription": billed_before_the_start,
            "trial_end|method": by_civil_months,
        }
    ),
    "proration.amount": lambda given, expected: (whole_year if given.has("prorate") else part_of_a_price)(
        given, expected
    ),
    "credit_note.proration": credited_after_a_day,
    "trial.first_invoice": after_a_free_trial,
}
