"""Offers that change under a running contract: from when, and what its bills come to."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise, takewhile

from attrs import evolve
from permanence.contracts.book import Book
from permanence.contracts.history import history_of
from permanence.contracts.term import Term
from permanence.decide.decider import Decider
from permanence.model.contract import Contract, OptionTaken
from permanence.model.event import Event
from permanence.model.history import Stretch
from permanence.model.money import Cents, Micros, amount_of, cents, micros, plain, price_of
from permanence.model.offer import Effect, Offer, Rule, Then
from permanence.model.period import Month, Period, Span
from permanence.model.problem import Refused
from permanence.model.term_rules import TermRules
from permanence.offers.sell.on_sale import offer_on_sale
from permanence_options.bilingual import Bilingual

from tests.installed import PLUGINS

from .billed import FULL, MONTHLY, NO_TIME, contract_from, cycles, invoice, net_by_month, plain_offer
from .case import Adapter, Answer, Given, by_shape, day

MONTH_BY_MONTH = TermRules(trial=NO_TIME, commitment=MONTHLY, renewal_period=MONTHLY, price_notice=MONTHLY)
OLD, NEW = date(2020, 1, 1), date(2020, 2, 1)


def version(amount: str, sold_from: date, effect: Effect = "announced_term") -> Offer:
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


def parts_of(cycle: Period, found: Iterable[Stretch], prices: Mapping[str, str]) -> int:
    """Return what a cycle costs, each part of it by its days at its version's price."""
    parts = ((prices[stretch.contract.offer], (cycle & stretch.period).days) for stretch in found)
    return sum(amount_of(1, micros(price), days, cycle.days) for price, days in parts if days)


def announced_for(given: Given, expected: Given) -> Answer:
    """Kill Bill: a new price holds for those who are there already from a day that is announced a month before."""
    existing = day(given["v2"]["effective_for_existing"])
    old, new = (version(given[name]["price"], day(given[name]["effective"])) for name in ("v1", "v2"))
    found = stretches((old, new), day(given["existing_sub"]), MONTHLY.after(existing, -1))
    prices = {old.version: given["v1"]["price"], new.version: given["v2"]["price"]}
    return [parts_of(Month.of(day(text)).period, found, prices) for text in expected], list(
        map(cents, expected.values())
    )


def new_in_the_catalogue(given: Given, expected: Given) -> Answer:
    """Kill Bill: an offer by the year that comes on sale later; its year costs what its twelve months come to."""
    month, year = given["v2"]["plans"]["standard-monthly"], given["v2"]["plans"]["standard-yearly"]
    monthly = version(month, day(given["v1"]["effective"]))
    by_month = plain(Micros(micros(year) // 12))
    yearly = version(by_month, day(given["v2"]["effective"]))
    yearly = evolve(yearly, head=evolve(yearly.head, id="yearly"))
    got: dict[str, dict[str, str]] = {}
    for text in given["clock"]:
        got[text] = {"monthly": in_units(invoice(monthly, Month.of(day(text)).period).net)}
        try:
            sold = offer_on_sale(map(Decider, (monthly, yearly)), "yearly", day(text)).offer
        except Refused:
            got[text]["yearly"] = "creation fails"
            continue
        over = Period(day(text), Span(1, "years").after(day(text)))
        got[text]["yearly"] = f"{in_units(sum(net_by_month(sold, over)))} ({over.start}..{over.end})"
    return got, expected


def in_units(amount: int) -> str:
    """Return cents as the example writes them: ``30``."""
    return plain(price_of(Cents(amount))).removesuffix(".00")


def at_the_next_period(given: Given, expected: Given) -> Answer:
    """Kill Bill: what its users ask for: a new price from the next period on, each period at one price."""
    old, new = version(given["old"], OLD, "next_term"), version(given["new"], NEW)
    found = stretches((old, new), day(given["start"]), day(given["change"]))
    prices = {old.version: given["old"], new.version: given["new"]}
    both = takewhile(lambda cycle: f"{cycle.start}..{cycle.end}" in expected["wanted"], cycles(day(given["start"])))
    got = {f"{cycle.start}..{cycle.end}": parts_of(cycle, found, prices) for cycle in both}
    return got, {period: cents(amount) for period, amount in expected["wanted"].items()}


def at_once(given: Given, expected: Given) -> Answer:
    """Kill Bill: billed in advance, a new price at once: the next bill has the difference for the days left."""
    old, new = version(given["old"], OLD, "at_once"), version(given["new"], NEW)
    start, changed = day(given["start"]), day(given["change"])
    found = stretches((old, new), start, changed)
    prices = {old.version: given["old"], new.version: given["new"]}
    due, more = {}, 0
    for cycle in takewhile(lambda cycle: cycle.start <= day(max(expected["invoices"])), cycles(start)):
        in_advance = prices[next(one.contract.offer for one in found if cycle.start in one.period)]
        due[str(cycle.start)] = cents(in_advance) + more
        more = parts_of(cycle, found, prices) - cents(in_advance)
    wanted = {name: int(text.split()[0]) for name, text in expected["invoices"].items()}
    return {name: (amount + 50) // 100 for name, amount in due.items()}, wanted


def on_its_first_day(given: Given, expected: Given) -> Answer:
    """Kill Bill: changed on its first day: the difference to what was billed in advance, then the new price."""
    old, new = version(given["old"], OLD, "at_once"), version(given["new"], NEW)
    found = stretches((old, new), day(given["start"]), day(given["change"]))
    prices = {old.version: given["old"], new.version: given["new"]}
    first, second = (cycle for cycle, _ in zip(cycles(day(given["start"])), range(2), strict=False))
    difference = parts_of(first, found, prices) - cents(given["old"])
    got = difference, {str(second.start): parts_of(second, found, prices)}
    return got, (cents(expected["change_invoice"]), {name: cents(text) for name, text in expected["next"].items()})


def option_in_the_trial(given: Given, expected: Given) -> Answer:
    """Kill Bill: an option that is added in the trial is free as long as the trial is."""
    (_, trial, _, base), addon = given["base"].split(), given["addon"].split()[-1]
    start = day(given["base_start"])
    free = evolve(MONTH_BY_MONTH, trial=Span(int(trial.removesuffix("d")), "days"), trial_billed=False)
    offer = plain_offer(base, [Bilingual(price=micros(addon), proration="full")], billing=FULL, term=free)
    contract = evolve(contract_from(start), options=(OptionTaken(id="bilingual", since=day(given["addon_start"])),))
    days = [day(text) for text in expected["amounts"]]
    periods = [Period(*bounds) for bounds in pairwise([*days, MONTHLY.after(days[-1])])]
    assert Term(contract, free).trial_end == days[-1]
    got = [sum(one.amount for one in invoice(offer, period, contract=contract).lines) for period in periods]
    return got, list(map(cents, expected["amounts"].values()))


def option_left_on_its_first_day(given: Given, expected: Given) -> Answer:
    """Kill Bill: an option that is left on the day it began costs nothing: its whole price is given back."""
    offer = plain_offer(given["base"], [Bilingual(price=micros(given["addon"]), proration="full")], billing=FULL)
    start = day(given["start"])
    taken = evolve(contract_from(start), offer=offer.version, options=(OptionTaken(id="bilingual"),))
    left = evolve(taken, events=(Event(contract="C1", on=start, what="option_removed", option="bilingual"),))
    book, cycle = Book(PLUGINS, {offer.version: Decider(offer)}, (taken,)), next(cycles(start))
    with_it, without = (invoice(offer, cycle, contract=told(book, one)).net for one in (taken, left))
    return with_it - without, cents(expected["credit"])


def told(book: Book, contract: Contract) -> Contract:
    """Return a contract with its events told."""
    return history_of(book, contract).contract


def leaving_a_year_early(given: Given, expected: Given) -> Answer:
    """Lago: a contract by the year that asks for one by the month changes at its term's end, as its users expect."""
    start = date(2026, 1, 15)
    year = evolve(MONTH_BY_MONTH, commitment=Span(1, "years"), renewal_period=Span(1, "years"))
    asked = Term(contract_from(start), year).effect(date(2026, 6, 1), "next_term")
    at_term_end = asked == next(Term(contract_from(start), year).ends())
    return at_term_end, expected["user_expected"].endswith("at term end")


ADAPTERS: Mapping[str, Adapter] = {
    "catalog.version": by_shape({"bcd": at_the_next_period, "mode": at_once}),
    "change.classify": by_shape({"old": leaving_a_year_early}),
}
TIMELINES: Mapping[str, Adapter] = {
    "clock": new_in_the_catalogue,
    "v2": announced_for,
    "change": on_its_first_day,
    "align": option_in_the_trial,
    "cancel_addon": option_left_on_its_first_day,
}
"""Those of the kind `invoice.timeline`, by the key that tells them."""
