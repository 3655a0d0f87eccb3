"""Offers that change under a running contract: from when, and what its bills come to."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise, takewhile

from attrs import evolve
from permanence.contracts.book import Book
from permanence.contracts.history import history_of
from permanence.contracts.term import Term
from permanence.decide.decider import Decider
from permanence.model.contract import Contract, OptionTaken
from permanence.model.event import Event
from permanence.model.history import Stretch
from permanence.model.money import amount_of, round_half_up
from permanence.model.offer import Effect, Offer, Rule, Then
from permanence.model.period import Month, Period
from permanence.model.problem import Refused
from permanence.model.term_rules import TermRules
from permanence.offers.sell.on_sale import offer_on_sale
from permanence_options.bilingual import Bilingual

from tests.installed import PLUGINS

from .billed import FULL, MONTHLY, NO_TIME, contract_from, cycles, invoice, net_by_month, plain_offer
from .case import Adapter, Answer, Given, OutsideScopeError, by_shape
from .plans import PlanSaid, plan_said, plans_said
from .said import Said, UnreadError, as_cents, as_micros, day, fraction

MONTH_BY_MONTH = TermRules(trial=NO_TIME, commitment=MONTHLY, renewal_period=MONTHLY, price_notice=MONTHLY)
CLASS = "up- or downgrade: a change of offer waits for the renewal, whether it costs more or less"
OLD, NEW = date(2020, 1, 1), date(2020, 2, 1)


def version(amount: Fraction, sold_from: date, effect: Effect = "announced_term") -> Offer:
    """Return a version of an offer that costs this much a month, from which a request leads to this."""
    offer = plain_offer(amount, billing=FULL, term=MONTH_BY_MONTH)
    rule = Rule(id="changed", on="event", when="event.same_offer", then=Then(effect=effect))
    return evolve(offer, head=evolve(offer.head, sold_from=sold_from), rules=(*offer.rules, rule))


def stretches(offers: Iterable[Offer], start: date, changed: date) -> tuple[Stretch, ...]:
    """Return what a contract from a day on was when, after it was asked to change from one version to another."""
    old, new = offers
    event = Event(contract="C1", on=changed, what="offer_changed", offer=new.version)
    contract = evolve(contract_from(start), offer=old.version, events=(event,))
    book = Book(PLUGINS, {offer.version: Decider(offer) for offer in (old, new)}, (contract,))
    history = history_of(book, contract)
    assert history.contradictions == ()
    return history.folded.stretches


def parts_of(cycle: Period, found: Iterable[Stretch], prices: Mapping[str, Fraction]) -> int:
    """Return what a cycle costs, each part of it by its days at its version's price."""
    parts = ((prices[stretch.contract.offer], (cycle & stretch.period).days) for stretch in found)
    return sum(amount_of(1, as_micros(price, "a price"), days, cycle.days) for price, days in parts if days)


def announced_for(given: Given, expected: Given) -> Answer:
    """Kill Bill: a new price holds for those who are there already from a day that is announced, or never.

    Who signs later has the version that is on sale on that day.
    """
    first, second = given.table("v1"), given.table("v2")
    old, new = (version(one.amount("price"), one.day("effective")) for one in (first, second))
    prices = {old.version: first.amount("price"), new.version: second.amount("price")}
    signed = given.day("existing_sub", "existing")
    found: tuple[Stretch, ...] = (Stretch(Period(signed), evolve(contract_from(signed), offer=old.version)),)
    announced = second.has("effective_for_existing", "effective_for_existing_subscriptions")
    if announced:
        existing = second.day("effective_for_existing", "effective_for_existing_subscriptions")
        found = stretches((old, new), signed, MONTHLY.after(existing, -1))
    got: dict[str, object] = {}
    wanted: dict[str, object] = {}
    for text in expected:
        one = Said({"existing": expected[text]}) if not isinstance(expected[text], Mapping) else expected.table(text)
        theirs = {"existing": parts_of(Month.of(day(text)).period, found, prices)}
        if "new" in one:
            sold = offer_on_sale(map(Decider, (old, new)), old.head.id, given.day("new_sub", "new")).offer
            theirs["new"] = as_cents(prices[sold.version], "a price")
        got[text] = {name: theirs[name] for name in one}
        wanted[text] = {name: one.cents(name) for name in one}
    return got, wanted


def in_the_catalogue(given: Given, expected: Given) -> Answer:
    """Kill Bill: an offer that comes on sale later, or that is sold no longer to anybody new.

    The price of a year is what its twelve months come to.
    """
    sold_until: dict[str, date] = {}
    versions = [given.table(name) for name in ("v1", "v2") if name in given]
    found: dict[str, tuple[PlanSaid, Offer]] = {}
    for number, one in enumerate(versions):
        plans = plans_said(one)
        for name, plan in plans.items():
            if name not in found:
                offer = version(plan.a_month(), one.day("effective"))
                found[name] = plan, evolve(offer, head=evolve(offer.head, id=name))
        if number:
            sold_until |= {name: one.day("effective") for name in found if name not in plans}
    if sold_until:
        return still_served(given, expected, found, sold_until)
    got: dict[str, dict[str, str]] = {}
    for text in given.items_of("clock"):
        got[text] = {}
        for short in expected.table(text):
            name = next((name for name in found if name.endswith(short)), "")
            if not name:
                raise UnreadError(f"expected.{text}: no plan is named {short}")
            got[text][short] = offered(day(text), name, found)
    return got, {text: expected[text] for text in got}


def offered(on: date, name: str, found: Mapping[str, tuple[PlanSaid, Offer]]) -> str:
    """Return what a plan that is signed on a day costs, in the example's words; ``creation fails`` where it is not."""
    plan, _ = found[name]
    try:
        sold = offer_on_sale(map(Decider, (offer for _, offer in found.values())), name, on).offer
    except Refused:
        return "creation fails"
    if plan.span == MONTHLY:
        return f"{invoice(sold, Month.of(on).period).net // 100}"
    over = Period(on, plan.span.after(on))
    return f"{sum(net_by_month(sold, over)) // 100} ({over.start}..{over.end})"


def still_served(
    given: Given,
    expected: Given,
    found: Mapping[str, tuple[PlanSaid, Offer]],
    sold_until: Mapping[str, date],
) -> Answer:
    """Kill Bill: who has a plan that is retired keeps it at its price; nobody can sign it any more.

    An offer whose file is taken away from those on sale is not found for a new contract.
    """
    (name,) = sold_until
    _, kept = found[name]
    signed = given.day("existing_sub", "existing")
    got, wanted = {}, {}
    for text in expected:
        one, on = expected.table(text), day(text)
        on_sale = [offer for other, (_, offer) in found.items() if sold_until.get(other, date.max) > on]
        try:
            offer_on_sale(map(Decider, on_sale), name, on)
            sold = "sold"
        except Refused:
            sold = "fails"
        month = Month.of(on).period
        got[text] = (invoice(kept, month, contract=contract_from(signed)).net, sold)
        wanted[text] = (one.cents("existing"), one.text("new_subscription", "new"))
    return got, wanted


def at_the_next_period(given: Given, expected: Given) -> Answer:
    """Kill Bill: what its users ask for: a new price from the next period on, each period at one price."""
    old, new = version(given.amount("old"), OLD, "next_term"), version(given.amount("new"), NEW)
    start = given.day("start")
    given.aside("bcd")
    expected.aside("current")
    found = stretches((old, new), start, given.day("change"))
    prices = {old.version: given.amount("old"), new.version: given.amount("new")}
    asked = expected.table("wanted")
    both = takewhile(lambda cycle: f"{cycle.start}..{cycle.end}" in asked, cycles(start))
    got = {f"{cycle.start}..{cycle.end}": parts_of(cycle, found, prices) for cycle in both}
    return got, {period: asked.cents(period) for period in asked}


def at_once(given: Given, expected: Given) -> Answer:
    """Kill Bill: billed in advance, a new price at once: the next bill has the difference for the days left."""
    old, new = version(given.amount("old"), OLD, "at_once"), version(given.amount("new"), NEW)
    start, changed = given.day("start"), given.day("change")
    if given.text("mode") != "in_advance_monthly":
        raise UnreadError(f"input.mode: {given.text('mode')} is not known")
    found = stretches((old, new), start, changed)
    prices = {old.version: given.amount("old"), new.version: given.amount("new")}
    due, more = {}, 0
    printed = expected.table("invoices")
    for cycle in takewhile(lambda cycle: cycle.start <= day(max(printed)), cycles(start)):
        first = as_cents(prices[next(one.contract.offer for one in found if cycle.start in one.period)], "a price")
        due[str(cycle.start)] = first + more
        more = parts_of(cycle, found, prices) - first
    wanted = {name: str(printed[name]) for name in printed}
    rounded = {name for name, text in wanted.items() if "rounded" in text}
    got = {name: round_half_up(amount, 100) * 100 if name in rounded else amount for name, amount in due.items()}
    return got, {name: as_cents(fraction(text.split()[0], name), name) for name, text in wanted.items()}


EFFECTS: Mapping[str, Effect] = {"immediate": "at_once", "end_of_term": "next_term", "illegal": "refused"}


def plan_changed(given: Given, expected: Given) -> Answer:
    """Kill Bill: at once, the difference to what was billed in advance; at the term's end, nothing; or refused."""
    effect = given.choice(EFFECTS, "policy", "change_policy")
    start = given.day("start", default="2021-09-29")
    asked = given.day("change", default=start)
    old, new = (plan_said(given, name) for name in ("old", "new"))
    if "allowed" in expected:
        term = Term(contract_from(start), MONTH_BY_MONTH)
        return term.effect(asked, effect) is not None, expected.yes("allowed")
    first, second = version(old.amount, OLD, effect), version(new.amount, NEW, effect)
    found = stretches((first, second), start, asked)
    prices = {first.version: old.amount, second.version: new.amount}
    expected_next = expected.table("next")
    last = max(day(text) for text in expected_next)
    own = list(takewhile(lambda cycle: cycle.start <= last, cycles(start)))
    difference = parts_of(own[0], found, prices) - as_cents(old.amount, "a price")
    got = difference or None, {str(one.start): parts_of(one, found, prices) for one in own[1:]}
    printed = expected.value("change_invoice")
    wanted = None if printed is None else expected.cents("change_invoice")
    return got, (wanted, {name: expected_next.cents(name) for name in expected_next})


def option_in_the_trial(given: Given, expected: Given) -> Answer:
    """Kill Bill: an option that is added in the trial is free as long as that is, or for a trial of its own.

    One of its own is, here, the day from which the option is taken.
    """
    base, addon = plan_said(given, "base"), plan_said(given, "addon")
    start, added = given.day("base_start"), given.day("addon_start")
    aligned = given.text("align", "alignment")
    if aligned not in ("start_of_bundle", "start_of_subscription"):
        raise UnreadError(f"input.align: {aligned} is not known")
    taken = added if aligned == "start_of_bundle" else addon.trial.after(added)
    free = evolve(MONTH_BY_MONTH, trial=base.trial, trial_billed=False)
    priced = as_micros(addon.amount, "the add-on's price")
    offer = plain_offer(base.amount, [Bilingual(price=priced, proration="full")], billing=FULL, term=free)
    contract = evolve(contract_from(start), options=(OptionTaken(id="bilingual", since=taken),))
    amounts = expected.table("amounts")
    days = sorted(day(text) for text in amounts)
    end = Term(contract, free).trial_end
    periods = [Period(*bounds) for bounds in pairwise([*days, MONTHLY.after(days[-1])])]
    got = {}
    for period in periods:
        lines = invoice(offer, period, contract=contract).lines
        # In advance: what is taken inside the period is not on the bill of its first day.
        due = [one for one in lines if period.start >= taken or not one.code.startswith("option")]
        got[str(period.start)] = sum(one.amount for one in due) if period.start >= end else 0
    return got, {name: amounts.cents(name) for name in amounts}


def left_on_its_first_day(given: Given, expected: Given) -> Answer:
    """Kill Bill: an option that is left on the day it began costs nothing: its whole price is given back."""
    if given.text("policy", default="immediate") != "immediate" or given.text("cancel_addon") != "same_day":
        raise UnreadError("input: only an option that is left at once, on its first day, is known")
    added = Bilingual(price=given.micros("addon"), proration="full")
    offer = plain_offer(given.amount("base"), [added], billing=FULL)
    start = given.day("start")
    taken = evolve(contract_from(start), offer=offer.version, options=(OptionTaken(id="bilingual"),))
    left = evolve(taken, events=(Event(contract="C1", on=start, what="option_removed", option="bilingual"),))
    book, cycle = Book(PLUGINS, {offer.version: Decider(offer)}, (taken,)), next(cycles(start))
    with_it, without = (invoice(offer, cycle, contract=told(book, one)).net for one in (taken, left))
    return with_it - without, expected.cents("credit")


def told(book: Book, contract: Contract) -> Contract:
    """Return a contract with its events told."""
    return history_of(book, contract).contract


def classified(given: Given, expected: Given) -> Answer:
    """Lago: a contract by the year that asks for one by the month changes at its term's end, as its users expect."""
    old, new = plan_said(given, "old"), plan_said(given, "new")
    if "user_expected" not in expected:
        raise OutsideScopeError(CLASS)
    start = date(2026, 1, 15)
    term = Term(contract_from(start), evolve(MONTH_BY_MONTH, commitment=old.span, renewal_period=old.span))
    asked = term.effect(date(2026, 6, 1), "next_term")
    assert new.span == MONTHLY
    return asked == next(term.ends()), str(expected["user_expected"]).endswith("at term end")


ADAPTERS: Mapping[str, Adapter] = {
    "catalog.version": by_shape({"bcd": at_the_next_period, "mode": at_once}),
    "change.classify": classified,
}
TIMELINES: Mapping[str, Adapter] = {
    "clock": in_the_catalogue,
    "v2": lambda given, expected: (in_the_catalogue if "plans" in given.table("v1") else announced_for)(
        given, expected
    ),
    "old": plan_changed,
    "cancel_addon": left_on_its_first_day,
}
"""Those of the kind `invoice.timeline`, by the key that tells them."""
