"""Terms, renewals and notice: how long a contract binds under other engines' conventions."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import islice, takewhile

from permanence.model.money import amount_of, price_of
from permanence.model.period import Period, Span

from .billed import MONTHLY, cycles, net_by_month, plain_offer, term_of
from .case import Adapter, Answer, Given, by_shape
from .dates import YEARLY, span_named, span_of
from .said import UnreadError, day


def notice_before(given: Given, expected: Given) -> Answer:
    """OCA: so long before the day that the contract names as its end."""
    rules = term_of(day("2020-01-01"), YEARLY, notice=span_named(given, "notice"))
    return rules.last_notice_day(given.day("date_end", "end")), expected.day("notice_date", "notice")


def notice_of_renewed(given: Given, expected: Given) -> Answer:
    """GLPI: the notice follows the term that runs today, not the first one."""
    if given.text("renewal", default="tacit") != "tacit":
        raise UnreadError("input.renewal: only a tacit renewal has a notice that follows it")
    renewal = span_named(given, "renewal")
    notice = span_named(given, "notice")
    if "initial_end" in given:
        term = term_of(renewal.after(given.day("initial_end"), -1), renewal, notice=notice)
    else:
        term = term_of(given.day("start"), span_named(given, "initial"), renewal_period=renewal, notice=notice)
    end = term.term_end(given.day("today", "as_of"))
    assert end is not None
    got = {"current_end": end, "notice_date": term.last_notice_day(end)}
    known = {name: day for name, day in got.items() if name in expected}
    return known, {name: expected.day(name) for name in known}


def years_later(start: date, years: int) -> date:
    """Return the same day some years later, the last of February where there is no 29th: with no code of ours."""
    return date(start.year + years, start.month, min(start.day, 28) if start.month == 2 else start.day)


def renewal_from_any_day(given: Given, expected: Given) -> Answer:
    """OCA, for every day of four years: a renewed year starts and ends as if counted from the very first day."""
    if (expected["new_start"], expected["new_end"]) != ("date_start + 12 months", "date_end + 12 months"):
        raise UnreadError("expected: only a renewal for twelve months is known")
    given.aside("relation")
    starts = [date(2023, 1, 1) + timedelta(days=days) for days in range(4 * 365 + 1)]
    got = [next(islice(cycles(start, Span(12, "months")), 1, None)) for start in starts]
    return got, [Period(years_later(start, 1), years_later(start, 2)) for start in starts]


def first_term(given: Given, expected: Given) -> Answer:
    """GLPI: the first term once, then renewals; the term that runs on a day."""
    term = term_of(given.day("start"), span_named(given, "initial"), renewal_period=span_named(given, "renewal"))
    given.aside("notice_months", "renewal", "as_of")
    if expected.has("current_end"):
        return term.term_end(given.day("as_of")), expected.day("current_end")
    return next(term.ends()), expected.day("first_term_end")


def cycles_of_term(given: Given, expected: Given) -> Answer:
    """Chargebee: a term of so many plan periods from an instant, UTC, and its value by period."""
    start = given.day("contract_start")
    count, period = given.whole("billing_cycles"), span_of(str(given.value("plan_period")))
    given.aside("action_at_term_end", "cancellation_cutoff_period")
    end = next(term_of(start, Span(period.count * count, period.unit)).ends())
    left = [cycle for cycle in islice(cycles(start, period), count * 2) if cycle.end and cycle.end <= end][1:]
    got: dict[str, object] = {"contract_end": end, "remaining_billing_cycles": len(left)}
    wanted: dict[str, object] = {"contract_end": expected.day("contract_end")}
    if "per_cycle" in expected:
        got["per_cycle"] = amount_of(1, price_of(given.cents("total_contract_value")), 1, count)
        wanted["per_cycle"] = expected.cents("per_cycle")
    if "remaining_billing_cycles" in expected:
        wanted["remaining_billing_cycles"] = expected.whole("remaining_billing_cycles")
    return {name: got[name] for name in wanted}, wanted


def months_in_term(given: Given, expected: Given) -> Answer:
    start = day("2026-01-31")
    examples = given.tables("examples") if "examples" in given else [given]
    ends = [Span(one.whole("plan_months"), "months").after(start, one.whole("cycles")) for one in examples]
    term = term_of(start, MONTHLY)
    return [term.months_by(end) for end in ends], [int(one) for one in expected.items_of("months", "term_months")]


def added_by_renewal(given: Given, expected: Given) -> Answer:
    """Zuora: what a renewal adds: the months from the old end to the new one, and those of it not billed before."""
    first, end = (day(one) for one in given.items_of("term"))
    start = given.day("renewal_start")
    renewed = Period(start, span_named(given, "renewal").after(start))
    billed = given.day("invoiced_until", default=end)
    offer = plain_offer(given.amount("monthly", "monthly_price"))
    assert renewed.end is not None
    assert first < end
    got = [sum(net_by_month(offer, Period(since, renewed.end))) for since in (end, max(start, billed))]
    return got, [expected.cents("subscription_delta"), expected.cents("charge_delta")]


def renewed_once(given: Given, expected: Given) -> Answer:
    """OCA: a contract whose last day is in, renewed for as long as it says."""
    first, last = given.day("date_start", "start"), given.day("date_end", "end")
    span = span_named(given, "renewal" if any(name.startswith("renewal_") for name in given) else "auto_renew")
    term = term_of(first, span)
    end = last + timedelta(days=1)
    ends = list(islice(takewhile(lambda one: one <= span.after(end, 2), term.ends()), 600))
    if end not in ends:
        raise UnreadError("input: a first term of another length than its renewals is not known")
    after = ends[ends.index(end) + 1]
    got = {"new_start": end, "new_end": after - timedelta(days=1)}
    return got, {name: expected.day(name) for name in got}


ADAPTERS: Mapping[str, Adapter] = {
    "contract.notice": by_shape({"date_end|end": notice_before, "initial_end|initial_months": notice_of_renewed}),
    "contract.renewal": by_shape({"relation": renewal_from_any_day, "date_start|start": renewed_once}),
    "contract.renewal_delta": added_by_renewal,
    "contract.term": by_shape({"initial_months|initial": first_term, "billing_cycles": cycles_of_term}),
    "contract.term_length": months_in_term,
}
