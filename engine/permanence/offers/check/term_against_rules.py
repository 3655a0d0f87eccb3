"""Keys of `[term]` that the rules contradict in every case: a customer who reads the one is billed by the other.

A rule that says otherwise in some cases is an exception, and the sentences of a quote are those of its cases. Where no
case at all is as a key says, one of the two is wrong (A12 to A15, A27).
"""

from collections.abc import Iterator, Mapping

from ...contracts.history import renewals_of
from ...contracts.notice_cases import notice_cases
from ...contracts.renewals import as_counted
from ...decide.decider import Decider
from ...decide.vocabulary import vocabulary
from ...model.customer_kind import CustomerKind
from ...model.decision import Decision
from ...model.facts import FactValue, Stage
from ...model.offer import Offer, Renewal, Rule
from ...model.period import Span
from .finding import Finding
from .finding_words import case_in_english
from .possible import why_impossible

Facts = Mapping[str, FactValue]
ALWAYS = ("notice.received", "contract.in_trial", "notice.not_reminded")
"""Facts that are the same in every case of a notice which is looked at."""
ONE_SOURCE = "correct the key or the rule, so that both say the same"
R25 = "the prices that were signed hold until a renewal that they were announced for (R25, A27)"


def contradicted_terms(offer: Offer, decider: Decider) -> Iterator[Finding]:
    """Yield each key of `[term]` that no case of the rules agrees with, at the rule, with a case."""
    yield from _renewals(offer, decider)
    yield from _notice(offer, decider)
    yield from _price_changes(offer, decider)


def is_written(offer: Offer, key: str) -> bool:
    """Tell whether `[term]` has a key in the rule file."""
    return offer.places.key_place(("term", key)) != offer.places.key_place(("term",))


def _renewals(offer: Offer, decider: Decider) -> Iterator[Finding]:
    """Yield that no renewal is what `renewal` says (A12), or is for what `renewal_period` says (A13)."""
    answers = [answer for kind in offer.head.customers for answer in _reached(decider, kind)]
    decided = [(facts, renewal, by) for facts, renewal, by in answers if by]
    for facts, renewal, by in decided:
        if renewal != as_counted(renewal, offer.term):
            yield _contradicted(offer, "renewal_period", by.rule, facts)
            return
    first = [renewal for facts, renewal, _ in answers if facts["renewal.number"] == 1]
    express, period = offer.term.renewal == "express", offer.term.renewal_period
    wanted: Renewal = "period" if isinstance(period, Span) else "open_ended"
    holds = {
        "renewal": any((renewal == "end") == express for renewal in first),
        "renewal_period": any(renewal == wanted for _, renewal, _ in answers) or express,
    }
    for key, is_so in holds.items():
        if decided and not is_so and is_written(offer, key):
            facts, _, by = decided[0]
            yield _contradicted(offer, key, by.rule, facts)
            return


def _reached(decider: Decider, kind: CustomerKind) -> Iterator[tuple[Facts, Renewal, Decision | None]]:
    """Yield the renewals that a customer's contract comes to, each with what it leads to, up to the last that differs.

    Nothing where no rule says anything of renewals.
    """
    renewals = renewals_of(decider, kind)
    for number, (renewal, decision) in enumerate(renewals.answers if renewals else (), 1):
        yield {"renewal.number": number, "customer.kind": kind}, renewal, decision
        if renewal != "period":
            return


def _notice(offer: Offer, decider: Decider) -> Iterator[Finding]:
    """Yield that the notice period is asked of nobody (A14, A15), and that a notice ends a trial that is over (A16)."""
    cases = [case for kind in offer.head.customers for case in notice_cases(decider, kind)]
    answered = [(case.facts, case.rule) for case in cases if case.rule]
    for facts, rule in answered:
        if rule.then.end == "trial_end":
            what = f'the rule "{rule.id}" ends a contract with its trial when that is over'
            yield Finding(rule.when_place, what, f"{_told(offer, 'notice', facts)}: let it hold in the trial only")
            return
    if offer.term.notice.count and answered and not any(case.is_notice_asked for case in cases):
        facts, rule = answered[0]
        yield _contradicted(offer, "notice", rule, facts, warning=not is_written(offer, "notice"))


def _price_changes(offer: Offer, decider: Decider) -> Iterator[Finding]:
    """Yield that another version of the offer comes without being announced (A27), or never."""
    cases = list(_new_versions(decider))
    for facts, rule in cases:
        effect = rule.then.effect if rule else ""
        if rule and (effect in ("at_once", "next_month") or (effect == "next_term" and _is_announced(offer))):
            what = f'the rule "{rule.id}" changes the prices of a contract before they are announced in time'
            case = _told(offer, "event", facts)
            yield Finding(rule.when_place, what, f'{case}, its effect is "{effect}": {R25}')
            return
    refusing = [(facts, rule) for facts, rule in cases if rule and rule.then.effect == "refused"]
    if refusing and len(refusing) == len(cases) and is_written(offer, "price_notice"):
        facts, rule = refusing[0]
        yield _contradicted(offer, "price_notice", rule, facts)


def _is_announced(offer: Offer) -> bool:
    return any(span.count for span in offer.term.announcements)


def _new_versions(decider: Decider) -> Iterator[tuple[Facts, Rule | None]]:
    """Yield the cases in which another version of the same offer is asked for, each with the rule that answers."""
    why = why_impossible(decider, "event", frozenset(), {})
    for group, facts, fired in decider.every_case("event"):
        asked = facts.get("event.what", "offer_changed") == "offer_changed" and facts.get("event.same_offer", 1)
        if asked and not why(group.cells, facts):
            yield facts, fired[0].rule if fired else None


def _contradicted(offer: Offer, key: str, rule: Rule, facts: Facts, *, warning: bool = False) -> Finding:
    value = getattr(offer.term, key)
    what = f'[term] {key} = "{value}" holds in no case: the rule "{rule.id}" says otherwise'
    then = next(f'{name} = "{said}"' for name in ("renew", "end", "effect") if (said := getattr(rule.then, name)))
    return Finding(rule.when_place, what, f"{_told(offer, rule.on, facts)}, {then}: {ONE_SOURCE}", warning)


def _told(offer: Offer, stage: Stage, facts: Facts) -> str:
    read = {name: value for name, value in facts.items() if name not in ALWAYS}
    return f"with {case_in_english(read, vocabulary(offer, stage))}"
