"""Terms that may not be meant: a trial that binds, a notice that cannot be given, a reminder that nobody can send.

Dates are worked out for a contract signed on each day of four years, so that no month end and no 29 February is left
out; the first day that shows something is told. Where `[term]` counts in months, days in the middle of a month all lead
to dates of their own number, so that the first of them stands for the others.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import islice

from attrs import evolve, frozen

from ...contracts.calendar import reminder_law, reminder_window
from ...contracts.facts import notice_facts
from ...contracts.history import renewals_of
from ...contracts.renewals import Renewals
from ...contracts.term import Term
from ...decide.decider import Decider
from ...model.contract import Contract, Customer
from ...model.countries import reminders_owed
from ...model.customer_kind import CustomerKind
from ...model.offer import Offer
from ...model.period import ONE_DAY, ONE_MONTH, Span
from .coverage_cases import first_day
from .finding import Finding
from .finding_words import day_in_english

FOUR_YEARS = 4 * 365 + 1
MIDDLE = range(2, 28)
"""Days of a month that no month is too short for, nor a day more or less leads out of it."""
MONTH_ENDS = 3 * ONE_DAY
"""What short months alone can move a date by, counted forth and back."""


@frozen
class OneTerm:
    """One term of a contract that is renewed: its first day, that of the renewed term, and whether it is the first."""

    term: Term
    since: date
    end: date
    first: bool

    @property
    def last_notice(self) -> date:
        """Return the last day for a notice."""
        return self.term.last_notice_day(self.end)

    @property
    def told(self) -> str:
        """Return of which contract and term something is said."""
        signed = f"signed on {day_in_english(self.term.contract.signed)}"
        return (
            f"{signed}, a contract"
            if self.first
            else f"{signed} and renewed on {day_in_english(self.since)}, a contract"
        )

    @property
    def refusable(self) -> bool:
        """Tell whether the notice is no longer than the commitment, or than the renewed term."""
        rules = self.term.rules
        length = rules.commitment if self.first else rules.renewal_period
        return not isinstance(length, Span) or rules.notice.after(self.since) <= length.after(self.since)


def term_findings(offer: Offer, decider: Decider) -> Iterator[Finding]:
    """Yield what is surprising in an offer's terms, each with the dates of a contract that shows it.

    They are warnings, but for a trial that cannot be left at its end (R20).
    """
    yield from _binding_trial(offer, decider)
    found: dict[Callable[[OneTerm], Finding | None], Finding] = {}
    owed = [one for one in offer.head.customers if reminders_owed(offer.head.country, one)]
    kind = next(iter(owed), offer.head.customers[0])
    checks = [_notice, *([_reminder] if owed else [])]
    checks += [_price_notice] if _announces(offer, decider) else []
    renewals = renewals_of(decider, kind)
    first = signed_term(offer, first_day(offer), renewals, kind)
    yield from _short_commitment(first)
    yield from _open_ended_price(first) if _announces(offer, decider) else ()
    for day in signing_days(offer):
        for one in _terms(signed_term(offer, day, renewals, kind)):
            for check in checks:
                if check not in found and (wrong := check(one)):
                    found[check] = wrong
    yield from found.values()


def signing_days(offer: Offer) -> Iterator[date]:
    """Yield the days of four years from the first of sale, of which none leads to a finding that no other leads to."""
    rules, first = offer.term, first_day(offer)
    spans = (rules.trial, rules.commitment, rules.renewal_period, rules.notice, rules.price_notice)
    alike = all(span.unit in ("months", "years") for span in spans if isinstance(span, Span) and span.count)
    for number in range(FOUR_YEARS):
        day = first + number * ONE_DAY
        if not alike or not number or day.day not in MIDDLE or day.day == MIDDLE.start:
            yield day


def signed_term(offer: Offer, day: date, renewals: Renewals | None, kind: CustomerKind) -> Term:
    """Return the term of a contract that one kind of customer signed on a day, and was served from then on."""
    customer = Customer(name="", kind=kind, region=offer.head.country)
    contract = Contract(
        id="", customer=customer, offer=offer.version, mission=offer.head.mission[0], lines=(), signed=day, live=day
    )
    return Term(contract, offer.term, renewals)


def _terms(term: Term) -> Iterator[OneTerm]:
    """Yield the first two terms that are renewed at their end; a contract without a commitment has no first one."""
    since = term.contract.start
    for number, end in enumerate(islice(term.terms(), 2)):
        if end.renewal != "end" and end.day > since:
            yield OneTerm(term, since, end.day, number == 0)
        since = end.day


def _notice(one: OneTerm) -> Finding | None:
    """Return that the notice is longer than the commitment, or than a renewed term."""
    rules = one.term.rules
    if one.refusable or (one.first and not rules.commitment.count):
        return None
    what = f"the commitment ({rules.commitment})" if one.first else f"a renewed term ({rules.renewal_period})"
    last, end = day_in_english(one.last_notice), day_in_english(one.end)
    hint = f"{one.told} cannot be ended on {end}: the last day for a notice, {last}, is over by then"
    return Finding(("term", "notice"), f"the notice ({rules.notice}) is longer than {what}", hint, warning=True)


def _reminder(one: OneTerm) -> Finding | None:
    """Return that the reminder which the law owes has no day in the term, or not all of its days."""
    law = reminder_law(one.term.contract)
    if law is None:
        return None
    opens, closes = reminder_window(one.term, one.end, law)
    in_trial = one.first and one.end <= one.term.trial_end
    if opens >= one.since - MONTH_ENDS or in_trial or not one.refusable:
        return None
    days = f"{day_in_english(opens)} to {day_in_english(closes)}"
    none = closes < one.since
    what = "has no day in its term" if none else "begins before its term does"
    hint = (
        f"{one.told} that is renewed on {day_in_english(one.end)} is to be reminded of it from {days} ({law.article})"
    )
    return Finding(("term", "notice"), f"the reminder of a renewal {what}", hint, warning=True)


def _price_notice(one: OneTerm) -> Finding | None:
    """Return that a new price may be announced when it is too late to leave over it (A27 with A14)."""
    rules = one.term.rules
    announced = one.term.last_announcement_day(one.end)
    if rules.price_notice is None or announced <= one.last_notice:
        return None
    end, last = day_in_english(one.end), day_in_english(one.last_notice)
    hint = f"{one.told} has a new price from {end} that is announced on {day_in_english(announced)}; a notice was "
    return _late_price(rules.price_notice, f"{hint}possible until {last}")


def _open_ended_price(term: Term) -> Iterator[Finding]:
    """Yield that a new price holds before a contract without a term can be ended over it (A27)."""
    *_, last = islice(term.terms(), 2)
    day, rules = max(last.day, term.contract.start), term.rules
    if last.renewal != "open_ended" or rules.price_notice is None:
        return
    if rules.notice_ends == "month_end":
        day = ONE_MONTH.after(day.replace(day=1)) + ONE_DAY  # of all days, that whose notice ends the contract last
    holds, ends = term.announced_without_a_term(day), rules.ended_by(rules.notice.after(day, 1, rules.month_end))
    if ends > holds:
        hint = (
            f"announced on {day_in_english(day)}, a new price holds from {day_in_english(holds)}; a notice of that day "
        )
        yield _late_price(rules.price_notice, f"{hint}ends the contract on {day_in_english(ends)}")


def _late_price(price_notice: Span, hint: str) -> Finding:
    what = f"a new price may be announced too late to leave over it (price_notice = {price_notice})"
    return Finding(("term", "price_notice"), what, hint, warning=True)


def _announces(offer: Offer, decider: Decider) -> bool:
    """Tell whether a new version comes by its announcement, by a rule or by default."""
    asked: Mapping[str, int | str] = {
        "event.what": "offer_changed",
        "event.name": "",
        "event.same_offer": 1,
        "contract.in_trial": 0,
        "contract.renewed": 0,
        "contract.months": 12,
        "mission": offer.head.mission[0],
        "customer.kind": "consumer",
    }
    rules = decider.decide("event", asked)
    return not rules or any(rule.then.effect == "announced_term" for rule in rules)


def _short_commitment(term: Term) -> Iterator[Finding]:
    rules, day = term.rules, term.contract.signed
    end = rules.commitment.after(day, 1, rules.month_end)
    if rules.trial_included and rules.commitment.count and end < term.trial_end:
        what = f"the commitment ({rules.commitment}) ends before the trial ({rules.trial}) that it includes"
        dates = f"the one on {day_in_english(end)}, the other on {day_in_english(term.trial_end)}"
        yield Finding(("term", "commitment"), what, f"signed on {day_in_english(day)}: {dates}", warning=True)


def _binding_trial(offer: Offer, decider: Decider) -> Iterator[Finding]:
    """Yield that a notice on the last day of the trial ends a contract later than the trial, by its own rule (R20)."""
    if not offer.term.trial.count:
        return
    told: set[str] = set()
    for kind in offer.head.customers:
        term = signed_term(offer, first_day(offer), None, kind)
        last = term.trial_end - ONE_DAY
        noticed = evolve(term, contract=evolve(term.contract, notice=last))
        for rule in decider.decide("notice", notice_facts(noticed)):
            end = term.end_by_notice(last, rule.then.end) if rule.then.end else last
            if end > term.trial_end and rule.id not in told:
                told.add(rule.id)
                days = f"{day_in_english(last)}, ends the contract on {day_in_english(end)}"
                hint = f"a notice on its last day, {days}: add a rule for contract.in_trial"
                what = f'the trial ({offer.term.trial}) binds: the rule "{rule.id}" answers a notice in it'
                yield Finding(rule.when_place, what, hint)
