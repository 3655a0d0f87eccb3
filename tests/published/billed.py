"""Small offers, and what is billed under them: rules decided and lines priced as for any contract."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import chain, dropwhile, pairwise
from typing import Any

from attrs import evolve
from permanence.bill.price.invoice import DraftPart, InvoiceDraft, make_invoice, month_price
from permanence.bill.price.month_facts import month_facts
from permanence.bill.price.own_terms import OwnTerms, own_decisions, own_tariff
from permanence.bill.price.priced_month import PricedMonth
from permanence.bill.price.vat import vat_on
from permanence.contracts.term import Term
from permanence.contracts.trial import billed_days
from permanence.decide.decider import Decider
from permanence.model.chosen import Chosen
from permanence.model.contract import Contract
from permanence.model.decision import Decision
from permanence.model.invoice import ChargeLine, Invoice
from permanence.model.money import Micros, amount_of
from permanence.model.offer import BillingRules, Offer, Rule, Then
from permanence.model.option import Option
from permanence.model.period import Month, Period, Span
from permanence.model.price import Price
from permanence.model.scalars import Words
from permanence.model.served import Served
from permanence.model.term_rules import TermRules

from tests.bill.samples import OCTOBER, make_contract, make_offer

from .said import as_micros

NO_TIME = Span(0, "days")
MONTHLY = Span(1, "months")
FULL = BillingRules(partial="full")
THIRTY = BillingRules(month_days="thirty")
ALWAYS = "contract.active"
NOTHING: Mapping[str, int] = {}


def price(amount: Fraction, per: str = "", **keys: Any) -> Price:
    """Return a named price: a month, or times a counted fact."""
    return Price(title=Words("Prix"), amount=as_micros(amount, "a price"), per=per, **keys)


def offer_of(
    charges: Iterable[tuple[str, str]], prices: Mapping[str, Price], options: Sequence[Option] = (), **tables: Any
) -> Offer:
    """Return the offer whose rules charge this: pairs of a condition and what it charges."""
    rules = (
        Rule(id=f"rule-{number}", on="month", when=when, then=Then(charge=charge))
        for number, (when, charge) in enumerate(charges)
    )
    return evolve(make_offer(options=options), rules=tuple(rules), prices=prices, **tables)


def plain_offer(amount: Fraction, options: Sequence[Option] = (), **tables: Any) -> Offer:
    """Return the offer that costs this much a month, whatever happens in it."""
    return offer_of([(ALWAYS, "price.plan")], {"plan": price(amount)}, options, **tables)


def contract_from(start: date) -> Contract:
    """Return a contract in service from a day on."""
    return evolve(make_contract(), signed=start, live=start)


def invoice(
    offer: Offer,
    served: Period = OCTOBER.period,
    calls: int = 0,
    contract: Contract | None = None,
    counts: Mapping[str, int] = NOTHING,
) -> Invoice:
    """Return the invoice of some days of service, all billed in the month that they begin in."""
    one = Served(contract or contract_from(served.start), offer, served)
    month = Month.of(served.start)
    facts = month_facts(one, month, {"usage.calls": calls, **counts})
    priced = PricedMonth(served=one, month=month, billed=billed_days(one), facts=facts)
    decider = Decider(offer)
    decisions = (*(Decision(rule, ()) for rule in decider.decide("month", facts)), *own_decisions(one))
    own = OwnTerms(Chosen(priced.mission), (), tuple(enumerate(one.contract.discounts, 1)))
    part = DraftPart(priced, decisions, own_tariff(decider, own))
    draft = InvoiceDraft(parts=(one,), month=month, calls=calls, usage=(), window_titles={}, status="draft")
    return make_invoice(draft, month_price([part]))


def net_by_month(offer: Offer, period: Period) -> list[int]:
    """Return what each civil month of a period costs, in cents excluding VAT."""
    assert period.end is not None
    signed = contract_from(period.start)
    months = Month.of(period.start).until(period.end)
    return [invoice(offer, period & month.period, contract=signed).net for month in months]


def line(unit_price: Micros, quantity: int = 1, days: int = 1, of_days: int = 1) -> ChargeLine:
    """Return an invoice line with the amount that is billed for it."""
    return ChargeLine(
        code="price.plan",
        label="Prix",
        quantity=quantity,
        unit="mois",
        unit_price=unit_price,
        days=days,
        of_days=of_days,
        amount=amount_of(quantity, unit_price, days, of_days),
        decision=Decision(Rule(id="rule", on="month", when=ALWAYS, then=Then(charge="price.plan")), ()),
        sentence="",
    )


def vat(lines: Iterable[ChargeLine], rate: Fraction) -> int:
    """Return the VAT on some lines, in cents, at a rate such as ``0.20``, or 20 in a hundred."""
    part = rate / 100 if rate >= 1 else rate
    return sum(one.amount for one in vat_on(lines, int(part * 10_000), ""))


def term_of(start: date, commitment: Span, **rules: Any) -> Term:
    """Return the calendar of a contract without trial, renewed each time for as long as it was made."""
    return Term(
        contract_from(start),
        TermRules(**{"trial": NO_TIME, "commitment": commitment, "renewal_period": commitment, **rules}),
    )


def cycles(start: date, span: Span = MONTHLY) -> Iterator[Period]:
    """Yield the terms of such a contract: the billing cycles of engines that count from an anchor."""
    for first, after in pairwise(chain([start], term_of(start, span).ends())):
        yield Period(first, after)


def day_of_month(month: Month, day: int) -> date:
    """Return a day of a month, its last one where it is too short."""
    return month.first.replace(day=min(day, month.days))


def aligned(start: date, day: int, span: Span = MONTHLY) -> Iterator[Period]:
    """Yield the cycles that begin on a day of the month, from the one that holds the start; weeks begin with it.

    The first whole cycle begins on the first such day from the start on, whatever its length: what lies before it is
    the end of a cycle as long.
    """
    if span.unit in ("days", "weeks"):
        yield from cycles(start, span)
        return
    here = day_of_month(Month.of(start), day)
    first = here if here >= start else day_of_month(Month.of(start).next, day)
    # Counted from a January, which has every day of a month, so that a short month moves none of those after it.
    anchor = date(start.year - 1, 1, day) if span == MONTHLY else span.after(first, -1)
    yield from dropwhile(lambda cycle: cycle.end is not None and cycle.end <= start, cycles(anchor, span))
