"""Invoices over time, their totals and their VAT.

Other engines bill cycles from an anchor, here a contract's terms; the amounts of a cycle are those of a month.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, takewhile
from typing import Any

from attrs import evolve
from permanence.contracts.term import Term
from permanence.model.contract import OptionTaken
from permanence.model.money import amount_of
from permanence.model.offer import Offer
from permanence.model.period import Month, Period, Span
from permanence.model.term_rules import TermRules
from permanence_options.bilingual import Bilingual

from .billed import (
    ALWAYS,
    FULL,
    NO_TIME,
    aligned,
    contract_from,
    cycles,
    invoice,
    offer_of,
    plain_offer,
    price,
    term_of,
)
from .case import Adapter, Answer, Given, by_shape
from .changes import TIMELINES, option_in_the_trial
from .dates import SPANS, span_named, span_of
from .plans import PlanSaid, plan_in, plan_said
from .said import Said, UnreadError, as_cents, as_micros, day, fraction
from .tiers import blocks_of, offer_at

AMOUNTS = ("amounts", "invoices")


def wanted_by_day(expected: Given) -> dict[date, list[int]]:
    """Return what is published of each day: its bill, or the lines on it."""
    table = expected.table(*AMOUNTS)
    return {day(text): [as_cents(fraction(one, text), text) for one in table.items_of(text)] for text in table}


def alongside(given: Given, expected: Given) -> Answer:
    """Kill Bill: in advance, several subscriptions, each with its leading part up to the day on which it is billed.

    That is the account's (ACCOUNT), the first one's (BUNDLE), or its own (SUBSCRIPTION).
    """
    wanted = wanted_by_day(expected)
    given.aside("dry_run")
    subs = subscriptions(given)
    first = min(start for start, _ in subs).day
    days = {"account": given.whole("bcd", default=first), "bundle": first, "subscription": 0}
    aligned_on = given.choice(days, "align", "alignment", default="account" if given.has("bcd") else "subscription")
    got: dict[date, list[int]] = {on: [] for on in wanted}
    for start, plan in subs:
        life = Period(start)
        own = takewhile(lambda cycle: cycle.start <= max(wanted), aligned(start, aligned_on or start.day, plan.span))
        for cycle in own:
            part = cycle & life
            due = amount_of(1, as_micros(plan.amount, "a price"), part.days, cycle.days)
            got.setdefault(part.start, []).append(due)
    shown = {on: lines if len(wanted[on]) > 1 else [sum(lines)] for on, lines in got.items() if on in wanted}
    return shown, wanted


def subscriptions(given: Given) -> Sequence[tuple[date, PlanSaid]]:
    """Return when each subscription begins, and its plan."""
    if given.has("subs", "subscriptions"):
        found = given.items_of("subs", "subscriptions")
        return [(day(one[0]), plan_in(" ".join(map(str, one[1:])), "input.subs")) for one in found]
    if given.has("plans"):
        start = given.day("start")
        return [(start, plan_in(str(text), "input.plans")) for text in given.items_of("plans")]
    begun = given.day("base_start", "start")
    return [
        (begun, plan_said(given, "base")),
        (given.day("addon_start", default=begun), plan_said(given, "addon")),
    ]


def plan_of(plan: Said) -> tuple[Offer, Span]:
    """Return the offer that a plan's prices and phases make, billed in full for each cycle, and the cycle."""
    name = plan.word("weekly", "monthly", "annual", "yearly", "quarterly", "daily", "price")
    span = SPANS.get(name, span_of(plan.text("period", default="monthly")))
    prices = {"plan": price(plan.amount(name))}
    charges = [(ALWAYS, "price.plan")]
    months = plan.whole("discount_months", default=0)
    for discount in (word for word in plan if word.startswith("discount_") and word != "discount_months"):
        prices["discount"] = price(plan.amount(discount))
        reduced = f"contract.months < {months}"
        charges = [(reduced, "price.discount"), (f"not ({reduced})", "price.plan")]
    fee = plan.cents("fixed", "setup_fee", "fixed_price", default=0)
    term = TermRules(trial=NO_TIME, renewal_period=span, setup_fee=fee)
    if plan.has("trial_days", "trial_weeks", "trial_months", "trial"):
        term = evolve(term, trial=span_named(plan, "trial"), trial_billed=False)
    if plan.has("phase", "fixedterm", "fixed_term"):
        length = str(plan.value("phase", "fixedterm", "fixed_term"))
        if length != "EVERGREEN":
            term = evolve(term, commitment=Span.parse(length.removeprefix("FIXEDTERM ")), renewal="express")
    mode = plan.text("mode", default="in_advance")
    if mode not in ("in_advance", "in_arrear", "in_arrears"):
        raise UnreadError(f"input.plan.mode: {mode} is not known")
    return offer_of(charges, prices, billing=FULL, term=term), span


def plan_invoices(given: Given, expected: Given) -> Answer:
    """Kill Bill: set-up fee once, a trial, reduced first months, a fixed term's end, and bills in arrears."""
    plan = given.table("plan")
    offer, span = plan_of(plan)
    contract, arrears = contract_from(given.day("start")), plan.text("mode", default="").startswith("in_arrear")
    given.aside("dry_run")
    term = Term(contract, offer.term)
    trial, life = Period(contract.start, term.trial_end), term.service(None)
    got, wanted = [], []
    for billed, amount, first, last in rows_of(expected):
        on = day(first or billed)
        cycle = next(cycle for cycle in [trial, *islice(cycles(term.trial_end, span), 500)] if on in cycle)
        served = cycle & life
        due = invoice(offer, served, contract=contract).net if served.days else None
        assert served.end is not None
        if not arrears or day(billed) >= served.end:
            got.append((due, first and str(cycle.start), last and str(cycle.end)))
        wanted.append((amount and as_cents(fraction(amount, "an invoice"), "an invoice"), first, last))
    return got, wanted


def rows_of(expected: Given) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Return what is published of each bill: its day, its amount, and the first and last day that it is for."""
    for one in expected.items_of("invoices"):
        if isinstance(one, Mapping):
            row = Said(one, "expected.invoices")
            first, last = row.value("start", "from", default=None), row.value("end", "to", default=None)
            yield row.value("date", "billed", "on"), row.value("amount", "total"), first, last
            if row.unread():
                raise UnreadError(f"the adapter does not know {', '.join(row.unread())}")
        elif isinstance(one, list) and len(one) in (2, 4):
            billed, amount, first, last = [*one, None, None][:4]
            yield billed, amount, first, last
        else:
            raise UnreadError(f"expected.invoices: {one!r} is no day, amount, first and last day")


def with_an_option(given: Given, expected: Given) -> Answer:
    """Kill Bill: an add-on beside the base, from the same day on."""
    addon = Bilingual(price=given.micros("addon"), proration="full")
    offer = plain_offer(given.amount("base"), [addon], billing=FULL)
    start, wanted = given.day("start"), wanted_by_day(expected)
    given.aside("dry_run")
    contract = evolve(contract_from(start), options=(OptionTaken(id="bilingual"),))
    got = {}
    for cycle in takewhile(lambda cycle: cycle.start <= max(wanted), cycles(start)):
        bill = invoice(offer, cycle, contract=contract)
        lines = [one.amount for one in bill.lines]
        if cycle.start in wanted:
            got[cycle.start] = lines if len(wanted[cycle.start]) > 1 else [bill.net]
    return got, wanted


def notice_of_a_plan(given: Given, expected: Given) -> Answer:
    """Kill Bill: who leaves at the end of the term is billed to its end; who leaves at once has the rest given back."""
    plan, start = plan_said(given, "plan", "base"), given.day("start")
    told = given.value("cancel", "cancelled")
    on = start if told == "same day" else day(told)
    kinds = {"end_of_term": True, "immediate": False}
    at_term_end = given.choice(kinds, "policy", default="end_of_term")
    term = term_of(start, plan.span, notice=NO_TIME)
    cycle = next(cycle for cycle in cycles(start, plan.span) if on in cycle)
    # Kill Bill does not count the day of an immediate cancellation; here it is the last day served.
    end = term.end_by_notice(on, "term_end") if at_term_end else on
    due = amount_of(1, as_micros(plan.amount, "a price"), (cycle & Period(start, end)).days, cycle.days)
    credit = amount_of(1, as_micros(plan.amount, "a price")) - due
    wanted = expected.value("credit")
    return credit or None, wanted if wanted is None else expected.cents("credit")


def daily_consumption(given: Given, expected: Given) -> Answer:
    """Tryton: a quantity for each day of a month, invoiced for the month."""
    if given.text("consumption") != "daily" or given.text("invoice_recurrence") != "monthly":
        raise UnreadError("input: only a use each day, invoiced by the month, is known")
    month = Month.of(given.day("start"))
    until = given.day("consume_until")
    days = (month.period & Period(month.first, Month.of(until).period.end)).days
    offer = offer_of([(ALWAYS, "price.unit")], {"unit": price(given.amount("unit_price"), per="usage.calls")})
    (due,) = invoice(offer, month.period, calls=days * given.whole("quantity")).lines
    after = next(cycles(given.day("invoice_start"))).end
    got = (days, due.quantity, due.amount, month.next.first, after)
    wanted = [expected.whole(name) for name in ("consumptions", "invoice_quantity")]
    return got, (*wanted, expected.cents("amount"), expected.day("next_consumption"), expected.day("next_invoice"))


def advance_and_arrears(given: Given, expected: Given) -> Answer:
    """Kill Bill: a price in advance, and the uses of the cycle before, on one invoice."""
    (uses,) = blocks_of(given, given.text("usage_policy"), "usage.calls")
    if given.text("billing", default="in_advance_monthly") != "in_advance_monthly":
        raise UnreadError("input.billing: only a price in advance, by the month, is known")
    offer = offer_at(price(given.amount("recurring")), uses, billing=FULL)
    first, second = islice(cycles(given.day("start")), 2)
    recurring, *used = invoice(offer, first, calls=given.whole("usage")).lines
    ahead, *_ = invoice(offer, second).lines
    usage = " + ".join(f"{one.quantity}*{one.unit_price // 1_000_000}" for one in used)
    got = [
        (f"{first.start:%m-%d}", recurring.amount, ""),
        (f"{second.start:%m-%d}", ahead.amount + sum(one.amount for one in used), usage),
    ]
    wanted = []
    for one in expected.tables("invoices"):
        printed = "".join(text.partition(" = ")[2] for text in one.items_of("lines"))
        wanted.append((one["date"], one.cents("amount"), printed))
    return got, wanted


def by_account(given: Given, expected: Given) -> Answer:
    """Kill Bill: an add-on's phases, or subscriptions that are billed on one day, by what ``align`` says."""
    phases = given.text("align", "alignment", default="").startswith("start_of")
    return (option_in_the_trial if phases else alongside)(given, expected)


ADAPTERS: Mapping[str, Adapter] = {
    "invoice.timeline": by_shape(
        {
            "align|alignment|bcd|subs|subscriptions": by_account,
            "usage_policy": advance_and_arrears,
            "consumption": daily_consumption,
            "cancel|cancelled": notice_of_a_plan,
            **TIMELINES,
            "plans": alongside,
            "weekly|monthly|annual|yearly|quarterly|daily": plan_invoices,
            "addon": with_an_option,
        }
    ),
}
