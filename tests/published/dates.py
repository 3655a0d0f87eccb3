"""Dates, periods, terms and notice: the calendar of a contract under other engines' conventions.

Lago, OCA and ERPNext name the last day, which is in; here ends are the first day that is not.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice, takewhile

from permanence.contracts.term import after_all
from permanence.model.clock import month_bounds
from permanence.model.period import Month, MonthEnd, Period, Span

from tests.bill.samples import at

from .billed import MONTHLY, aligned, cycles, term_of
from .case import Adapter, Answer, Given, by_shape
from .said import UnreadError, day, fraction, month_named

ONE_DAY = timedelta(days=1)
YEARLY = Span(1, "years")
SPANS = {
    "day": Span(1, "days"),
    "thirty_days": Span(30, "days"),
    "sixty_days": Span(60, "days"),
    "ninety_days": Span(90, "days"),
    "daily": Span(1, "days"),
    "week": Span(1, "weeks"),
    "weekly": Span(1, "weeks"),
    "biweekly": Span(2, "weeks"),
    "month": MONTHLY,
    "monthly": MONTHLY,
    "bimonthly": Span(2, "months"),
    "quarter": Span(3, "months"),
    "quarterly": Span(3, "months"),
    "semester": Span(6, "months"),
    "semesterly": Span(6, "months"),
    "semiannual": Span(6, "months"),
    "half_yearly": Span(6, "months"),
    "biannual": Span(6, "months"),
    "year": YEARLY,
    "yearly": YEARLY,
    "annual": YEARLY,
    "annually": YEARLY,
}
INCLUSIVE = ("lago", "oca/", "erpnext", "glpi", "silver", "odoo")
"""Vendors that name the last day, which is in."""


def span_of(text: str, count: int = 1) -> Span:
    """Return the span that ``monthly``, ``quarter`` or ``3 months`` names, so many times."""
    name = text.strip().lower().replace(" ", "_").replace("-", "_")
    if name in SPANS:
        found = SPANS[name]
    elif name.startswith("every_"):
        found = span_of(name.removeprefix("every_").replace("_", " "))
    else:
        try:
            found = Span.parse(name.replace("_", " "))
        except ValueError as error:
            raise UnreadError(f'"{text}" is not a span such as "monthly" or "3 months"') from error
    return Span(found.count * count, found.unit)


def span_named(given: Given, name: str) -> Span:
    """Return a span whose unit is the end of its word: ``notice_months``."""
    units = ("days", "weeks", "months", "years")
    found = given.word(*(f"{name}_{unit}" for unit in units))
    if not found:
        return span_of(str(given.value(name)))
    return Span(given.whole(found), found.rpartition("_")[2])  # type: ignore[arg-type]


MONTH_ENDS: Mapping[str, MonthEnd] = {"round_down": "last_day", "round_up": "next_first"}


def length_of(given: Given) -> list[tuple[Span, int]]:
    """Return a length of time in years, months, weeks and days, of which each may be below zero."""
    names = ("years", "months", "weeks", "days")
    if not any(name in given for name in names):
        raise UnreadError("input does not say years, months, weeks or days")
    return [(Span(1, name), given.whole(name, default=0)) for name in names]  # type: ignore[arg-type]


def add_months(given: Given, expected: Given) -> Answer:
    """Catala rounds down to the last day of a month that is too short, or up to the first of the next (A18)."""
    known = {name: end for name, end in MONTH_ENDS.items() if name in expected}
    given.aside("rounding")
    got = {name: after_all(given.day("date"), length_of(given), end) for name, end in known.items()}
    wanted = {name: expected.day(name) for name in known}
    if "date" in expected:
        end = given.choice(MONTH_ENDS, "rounding", default="round_down")
        got["date"], wanted["date"] = after_all(given.day("date"), length_of(given), end), expected.day("date")
    return got, wanted


def month_ends(given: Given, expected: Given) -> Answer:
    months = [Month.of(day(text)) for text in given.items_of("dates", "date")]
    names = {"first": [month.first for month in months], "last": [month.last for month in months]}
    if "days" in expected:
        return [month.days for month in months], [fraction(one, "days") for one in expected.items_of("days")]
    found = [name for name in ("first", "last") if name in expected]
    return [names[name] for name in found], [[day(one) for one in expected.items_of(name)] for name in found]


def next_invoice(given: Given, expected: Given) -> Answer:
    """OCA: in advance from the first day, in arrears from the last one, so many days later; none past the end."""
    start, interval = given.day("period_start", "start", "next_period_start"), given.whole("interval", default=1)
    end = given.day("contract_end", "end", "max_date_end") if given.has("contract_end", "end", "max_date_end") else None
    given.aside("contract_end", "end", "max_date_end")
    rule = given.text("rule", "rule_type", "recurrence").removeprefix("recurring_")
    if rule in ("monthlylastday", "month_last_day", "monthly_last_day"):
        cycle = Period(start, Span(interval, "months").after(Month.of(start).first))
    else:
        cycle = next(cycles(start, span_of(rule, interval)))
    served = cycle & Period(start, end + ONE_DAY if end else None)
    assert served.end is not None
    later = timedelta(days=given.whole("offset_days", "offset", default=0))
    kind = given.text("type", "invoicing_type", "billing")
    if kind not in ("pre_paid", "prepaid", "post_paid", "postpaid", "in_advance", "in_arrears", "in_arrear"):
        raise UnreadError(f"input.type: {kind} is not known")
    first = kind.startswith("pre") or kind == "in_advance"
    wanted = expected.value("date", "next_invoice_date")
    due = (start if first else served.end - ONE_DAY) + later if served.days else None
    return due, day(wanted) if wanted else None


def inclusive(given: Given) -> bool:
    """Tell whether the last day that the example names is in: as it says, else as its vendor has it."""
    told = given.text("end_inclusive", "inclusive", "bounds", "ends", default="")
    if told:
        return told in ("true", "yes", "inclusive", "[]")
    return given.by(*INCLUSIVE)


def calendar_pieces(start: date, span: Span) -> Iterator[Period]:
    """Yield the civil weeks, months, quarters or years from the one that holds a day on, the first from that day."""
    if span.unit == "weeks":
        first = start - timedelta(days=start.weekday())
    else:
        months = {"months": span.count, "years": 12 * span.count}[span.unit]
        first = start.replace(day=1, month=(start.month - 1) // months % 12 * months % 12 + 1)
    yield from (cycle & Period(start) for cycle in cycles(first, span))


def pieces_of(given: Given) -> tuple[Iterator[Period], Period]:
    """Return the periods of a contract, and its days: by its anniversary, by the calendar, or by a day of the month."""
    zone = given.zone(default="UTC")
    start = given.day("start", "reference", "signup", "subscription_at", zone=zone)
    past = given.day("end", "ended", "terminated") if given.has("end", "ended", "terminated") else None
    given.aside("end", "ended", "terminated", "phases", "billing_mode", "mode", "pay_in_advance")
    life = Period(start, past + ONE_DAY if past and inclusive(given) else past)
    told = given.text("billing", "billing_time", "alignment", "anchor", default="anniversary")
    spelled = next((word for word in told.replace(",", "_").split("_") if word in SPANS), "monthly")
    rule = given.text("every", "rule", "interval", "period", "cycle", "plan_interval", default=spelled)
    if rule in ("month_last_day", "monthlylastday") or "calendar" in told:
        return calendar_pieces(start, span_of("month" if "last" in rule else rule)), life
    if given.has("bcd", "bill_cycle_day", "anchor_day"):
        return aligned(start, given.whole("bcd", "bill_cycle_day", "anchor_day"), span_of(rule)), life
    if not any(word in told for word in ("anniversary", "subscription", "advance", "arrear")):
        raise UnreadError(f"input.billing: {told} is not known")
    return cycles(start, span_of(rule)), life


def sequence(given: Given, expected: Given) -> Answer:
    """Lago, OCA, Kill Bill, Stripe: the periods of a contract one after the other, or the first day of each."""
    found, life = pieces_of(given)
    names = {"dates": "start", "periods": "both", "starts": "start", "next_invoice": "start", "billing_dates": "start"}
    name = next((name for name in names if name in expected), "")
    if not name:
        raise UnreadError("expected says neither dates nor periods")
    wanted = expected.items_of(name)
    if given.whole("n", "count", "cycles", default=len(wanted)) != len(wanted):
        raise UnreadError("input.n is not how many are expected")
    count = len(wanted) + bool(life.end)
    pieces = [piece & life for piece in islice(takewhile(lambda one: (one & life).days, found), count)]
    if names[name] == "start":
        return [piece.start for piece in pieces], [day(one) for one in wanted]
    last = ONE_DAY if inclusive(given) else timedelta()
    got = [(piece.start, piece.end - last) for piece in pieces if piece.end]
    return got, [(day(one[0]), day(one[1])) for one in wanted]


def recurring(text: str, start: date, count: int) -> list[date]:
    """Return the days of a recurrence such as ``monthly bymonthday=-1`` from a day on."""
    rule, *more = text.replace(",", " ").split()
    keys = dict(one.partition("=")[::2] for one in more if "=" in one)
    if set(keys) - {"bymonthday"} or rule not in SPANS:
        raise UnreadError(f'"{text}" is a recurrence that is not known here')
    on = int(keys.get("bymonthday", start.day))
    months = islice(cycles(start.replace(day=1), span_of(rule)), count + 1)
    days = [Month.of(month.start).last if on == -1 else month.start.replace(day=on) for month in months]
    return [one for one in days if one >= start][:count]


def in_advance_of_consumption(given: Given, expected: Given) -> Answer:
    """Tryton: bills on the last day of a month, use from the first of the next, a day's delay counted back."""
    start, billed = given.day("start"), given.day("invoice_start")
    text, _, delay = str(given.value("consumption", "consumption_recurrence")).partition(", delay ")
    uses = recurring(text, start, len(expected.items_of("next_consumption")) + 1)[1:]
    shift = timedelta(days=int(delay.split()[0])) if delay else timedelta()
    bills = recurring(str(given.value("recurrence")), billed, len(expected.items_of("next_invoice")))
    got = {"next_invoice": bills, "next_consumption": uses}
    if "next_delayed" in expected:
        got["next_delayed"] = [one + shift for one in uses]
    return got, {name: [day(one) for one in expected.items_of(name)] for name in got}


def usage_by_month(given: Given, expected: Given) -> Answer:
    """Kill Bill: each use lies in the civil month of the local clock, whatever the account's first day."""
    zone = given.zone()
    given.aside("account_reference_date")
    stamps = [str(text) for text in given.items_of("usage_local")]
    year = {day(text).year for text in stamps}.pop()
    instants = [at(text, zone) for text in stamps]
    names = "january february march april may june july august september october november december".split()
    known = {name: Month(year, names.index(name) + 1) if name in names else month_named(name) for name in expected}
    bounds = {name: month_bounds(month, zone) for name, month in known.items()}
    got = {name: sum(a <= each < b for each in instants) for name, (a, b) in bounds.items()}
    return got, {name: expected.whole(name) for name in known}


def trial_end_by_local_days(given: Given, expected: Given) -> Answer:
    """Kill Bill: so many local days after a local day, over a clock change."""
    start = given.day("start", zone=given.zone())
    end = term_of(start, MONTHLY, trial=span_named(given, "trial")).trial_end
    if expected.has("trial_end"):
        return end, expected.day("trial_end")
    return end.day, expected.whole("bcd")


def local_first_day(given: Given, expected: Given) -> Answer:
    first = given.day("billing_date", "start", "instant", "at", "utc", "timestamp", zone=given.zone())
    names = [name for name in ("recurring_start", "usage_start", "local_date", "date") if name in expected]
    if not names:
        raise UnreadError("expected names no day")
    return [first] * len(names), [expected.day(name) for name in names]


ADAPTERS: Mapping[str, Adapter] = {
    "date.add_months": add_months,
    "date.add_period": add_months,
    "date.month_bounds": month_ends,
    "period.next_invoice_date": next_invoice,
    "period.sequence": by_shape(
        {"consumption|consumption_recurrence": in_advance_of_consumption, "start|reference|signup": sequence}
    ),
    "tz.bucket": usage_by_month,
    "tz.local_date": by_shape({"trial_days": trial_end_by_local_days, "tz": local_first_day}),
}
