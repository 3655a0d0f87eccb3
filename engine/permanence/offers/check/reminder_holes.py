"""A customer whom the law owes a reminder, renewed without it, who cannot leave when he wants to."""

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from ...contracts.facts import notice_facts
from ...contracts.history import renewals_of
from ...contracts.reminders import reminder_days
from ...contracts.term import Term
from ...decide.decider import Decider
from ...model.countries import reminders_owed
from ...model.customer_kind import KINDS
from ...model.offer import Offer
from ...model.period import ONE_DAY
from .coverage_cases import first_day
from .finding import Finding
from .finding_words import day_in_english
from .term_sense import signed_term

TODO = 'add a rule for notice.not_reminded that says end = "notice_day", or name in [offer] customers who may sign'


def reminder_findings(offer: Offer, decider: Decider) -> Iterator[Finding]:
    """Yield, once for a rule, that it binds a customer who was not reminded of a renewal, where the law asks for it.

    From the renewal on he may leave at any time, free of charge (in France C. consommation, L215-1).
    """
    told: set[str] = set()
    for kind in offer.head.customers:
        law = reminders_owed(offer.head.country, kind)
        if law is None:
            continue
        term = signed_term(offer, first_day(offer), renewals_of(decider, kind), kind)
        for day in _notices(term):
            noticed = evolve(term, contract=evolve(term.contract, notice=day))
            for rule in decider.decide("notice", notice_facts(noticed)):
                end = term.end_by_notice(day, rule.then.end) if rule.then.end else day
                if end > day + ONE_DAY and rule.id not in told:
                    told.add(rule.id)
                    what = f'the rule "{rule.id}" binds {KINDS[kind].one.en} whom nobody reminded of the renewal'
                    days = f"{day_in_english(day)} ends the contract on {day_in_english(end)}"
                    signed = f"signed on {day_in_english(term.contract.signed)} and renewed, a notice on {days}"
                    yield Finding(
                        rule.when_place, what, f"{signed}, and {law.article} lets him leave at any time: {TODO}"
                    )


def _notices(term: Term) -> Iterator[date]:
    """Yield the first day of the renewed term and, where it ends, the first on which a notice comes too late for it."""
    renewal = next((days.renewal for days in reminder_days(term)), None)
    if renewal is None:
        return
    yield renewal
    end = term.term_end(renewal)
    if end is not None:
        yield max(renewal, term.last_notice_day(end) + ONE_DAY)
