"""Dates, periods, terms and notice: the calendar of a contract under other engines' conventions.

Lago, OCA and ERPNext name the last day, which is in; here ends are the first day that is not.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import islice, takewhile

from permanence.contracts.term import after_all
from permanence.model.clock import local_time, month_bounds
from permanence.model.money import amount_of, micros
from permanence.model.period import Month, MonthEnd, Period, Span

from tests.bill.samples import at

from .billed import MONTHLY, aligned, cycles, term_of
from .case import Adapter, Answer, Given, by_shape, day

ONE_DAY = timedelta(days=1)
YEARLY = Span(1, "years")
RULES = {"monthly": MONTHLY, "yearly": YEARLY}


def instant(text: str) -> int:
    """Return the UTC seconds of a stamp that names its offset."""
    return int(datetime.fromisoformat(text).timestamp())


MONTH_ENDS: Mapping[str, MonthEnd] = {"round_down": "last_day", "round_up": "next_first"}


def add_months(given: Given, expected: Given) -> Answer:
    """Catala rounds down to the last day of a month that is too short, or up to the first of the next (A18)."""
    span = Span(given["months"], "months")
    got = {name: span.after(day(given["date"]), 1, MONTH_ENDS[name]) for name in expected}
    return got, {name: day(text) for name, text in expected.items()}


def add_period(given: Given, expected: Given) -> Answer:
    spans = [(Span(given["months"], "months"), 1), (Span(given["days"], "days"), 1)]
    return after_all(day(given["date"]), spans), day(expected["date"])


def month_ends(given: Given, expected: Given) -> Answer:
    months = [Month.of(day(text)) for text in given["dates"]]
    got = [[str(month.first) for month in months], [str(month.next.first - ONE_DAY) for month in months]]
    return got, [expected["first"], expected["last"]]


def next_invoice(given: Given, expected: Given) -> Answer:
    """OCA: in advance on the first day, in arrears so many days after the last one, the contract's end at most."""
    start, interval = day(given["period_start"]), given["interval"]
    if given["rule"] == "monthlylastday":
        cycle = Period(start, Span(interval, "months").after(Month.of(start).first))
    else:
        span = RULES[given["rule"]]
        cycle = next(cycles(start, Span(span.count * interval, span.unit)))
    served = cycle & Period(start, day(given["contract_end"]) + ONE_DAY if given["contract_end"] else None)
    assert served.end is not None
    in_arrears = served.end - ONE_DAY + timedelta(days=given["offset_days"])
    return start if given["type"] == "pre-paid" else in_arrears, day(expected["date"])


def first_days(given: Given, expected: Given) -> Answer:
    found = islice(cycles(day(given["start"]), Span(1, f"{given['every']}s")), given["n"])  # type: ignore[arg-type]
    return [str(cycle.start) for cycle in found], expected["dates"]


def whole_life(given: Given, expected: Given) -> Answer:
    """OCA: every period from the first day to the last one, which is in."""
    life = Period(day(given["start"]), day(given["end"]) + ONE_DAY)
    by_rule = cycles(life.start, RULES[given["rule"]]) if given["rule"] in RULES else cycles(life.start.replace(day=1))
    pieces = [cycle & life for cycle in takewhile(lambda cycle: (cycle & life).days, by_rule)]
    return [[str(piece.start), str(piece.end - ONE_DAY)] for piece in pieces if piece.end], expected["periods"]


def local_phases(given: Given, expected: Given) -> Answer:
    """Kill Bill: phases start on the local day of an instant, whatever the day in UTC."""
    start, _ = local_time(instant(given["reference"]), given["tz"])
    found = islice(aligned(start, given["bcd"]), len(expected["periods"]))
    return [[str(cycle.start), str(cycle.end)] for cycle in found], expected["periods"]


def notice_before(given: Given, expected: Given) -> Answer:
    """OCA: so many months before the day that the contract names as its end."""
    rules = term_of(day("2020-01-01"), YEARLY, notice=Span(given["notice_months"], "months"))
    return rules.last_notice_day(day(given["date_end"])), day(expected["notice_date"])


def notice_of_renewed(given: Given, expected: Given) -> Answer:
    """GLPI: the notice follows the term that runs today, not the first one."""
    renewal = Span(given["renewal_months"], "months")
    term = term_of(renewal.after(day(given["initial_end"]), -1), renewal, notice=Span(given["notice_months"], "months"))
    end = term.term_end(day(given["today"]))
    assert end is not None
    got = {"current_end": str(end), "notice_date": str(term.last_notice_day(end))}
    return got, {name: expected[name] for name in got}


def years_later(start: date, years: int) -> date:
    """Return the same day some years later, the last of February where there is no 29th: with no code of ours."""
    return date(start.year + years, start.month, min(start.day, 28) if start.month == 2 else start.day)


def renewal_from_any_day(given: Given, expected: Given) -> Answer:
    """OCA, for every day of four years: a renewed year starts and ends as if counted from the very first day."""
    assert expected["new_start"] == "date_start + 12 months"
    starts = [date(2023, 1, 1) + timedelta(days=days) for days in range(4 * 365 + 1)]
    got = [next(islice(cycles(start, Span(12, "months")), 1, None)) for start in starts]
    return got, [Period(years_later(start, 1), years_later(start, 2)) for start in starts]


def first_term(given: Given, expected: Given) -> Answer:
    """GLPI: the first term once, then renewals."""
    term = term_of(
        day(given["start"]),
        Span(given["initial_months"], "months"),
        renewal_period=Span(given["renewal_months"], "months"),
    )
    return next(term.ends()), day(expected["first_term_end"])


def cycles_of_term(given: Given, expected: Given) -> Answer:
    """Chargebee: a term of so many plan periods from an instant, UTC, and its value by period."""
    start, _ = local_time(given["contract_start"], "UTC")
    count, period = given["billing_cycles"], Span.parse(given["plan_period"])
    end = next(term_of(start, Span(period.count * count, period.unit)).ends())
    left = [cycle for cycle in islice(cycles(start, period), count * 2) if cycle.end and cycle.end <= end][1:]
    per_cycle = amount_of(1, micros(str(given["total_contract_value"])), 1, count)
    wanted = local_time(expected["contract_end"], "UTC")[0]
    return (end, len(left), per_cycle), (wanted, expected["remaining_billing_cycles"], expected["per_cycle"] * 100)


def months_in_term(given: Given, expected: Given) -> Answer:
    start = day("2026-01-31")
    ends = [Span(one["plan_months"], "months").after(start, one["cycles"]) for one in given["examples"]]
    term = term_of(start, MONTHLY)
    return [term.months_by(end) for end in ends], expected["months"]


def usage_by_month(given: Given, expected: Given) -> Answer:
    """Kill Bill: each use lies in the civil month of the local clock, whatever the account's first day."""
    instants = [at(text, given["tz"]) for text in given["usage_local"]]
    months = {"march": Month(2023, 3), "april": Month(2023, 4), "may": Month(2023, 5)}
    bounds = {name: month_bounds(month, given["tz"]) for name, month in months.items()}
    return {name: sum(a <= each < b for each in instants) for name, (a, b) in bounds.items()}, expected


def trial_end_by_local_days(given: Given, expected: Given) -> Answer:
    """Kill Bill: so many local days after a local day, over a clock change."""
    start, _ = local_time(instant(given["start"]), given["tz"])
    return term_of(start, MONTHLY, trial=Span(given["trial_days"], "days")).trial_end.day, expected["bcd"]


def local_first_day(given: Given, expected: Given) -> Answer:
    first, _ = local_time(instant(given["billing_date"]), given["tz"])
    return (str(first), str(first)), (expected["recurring_start"], expected["usage_start"])


ADAPTERS: Mapping[str, Adapter] = {
    "date.add_months": add_months,
    "date.add_period": add_period,
    "date.month_bounds": month_ends,
    "period.next_invoice_date": next_invoice,
    "period.sequence": by_shape({"every": first_days, "reference": local_phases, "rule": whole_life}),
    "contract.notice": by_shape({"date_end": notice_before, "initial_end": notice_of_renewed}),
    "contract.renewal": renewal_from_any_day,
    "contract.term": by_shape({"initial_months": first_term, "billing_cycles": cycles_of_term}),
    "contract.term_length": months_in_term,
    "tz.bucket": usage_by_month,
    "tz.local_date": by_shape({"trial_days": trial_end_by_local_days, "billing_date": local_first_day}),
}
