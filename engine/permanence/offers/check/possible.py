"""Which cases of a stage an offer can ever meet, besides those that its facts leave out by themselves."""

from bisect import bisect_right
from collections.abc import Callable, Mapping

from attrs import frozen

from ...contracts.renewal_cases import lifetime
from ...decide.cases import Cells, NumberCells
from ...decide.decider import Decider
from ...model.carried import CALL_TAG
from ...model.countries import reminders_owed
from ...model.facts import FactValue, Stage
from ...model.offer import Offer

NO_LIMIT = 1 << 62
Facts = Mapping[str, FactValue]


@frozen
class Domain:
    """The values that a fact can have in an offer: numbers from ``low`` to ``high``, or these words; and why."""

    why: str
    low: int = 0
    high: int = NO_LIMIT
    words: frozenset[str] | None = None

    def meets(self, cut: Cells, value: FactValue) -> bool:
        """Tell whether some value of the cell in which this one lies can occur."""
        if isinstance(cut, NumberCells):
            cell = bisect_right(cut.breaks, int(value))
            lowest = cut.breaks[cell - 1] if cell else 0
            highest = cut.breaks[cell] - 1 if cell < len(cut.breaks) else NO_LIMIT
            return lowest <= self.high and highest >= self.low
        if self.words is None or value in self.words:
            return True
        return value not in cut.words and not self.words <= set(cut.words)


def why_impossible(
    decider: Decider, stage: Stage, windows: frozenset[str], zero: Mapping[str, str]
) -> Callable[[tuple[Cells, ...], Facts], str]:
    """Return what tells why a case of a stage cannot occur in an offer, or nothing when it can.

    ``windows`` are those that a contract may have, with whatever options; ``zero`` the counts of a month that are
    always 0, each with the reason.
    """
    domains = dict(_domains(decider, stage, windows))
    if stage == "month":
        domains |= {name: Domain(f"{name} is always 0: {why}", high=0) for name, why in zero.items()}

    def why(cells: tuple[Cells, ...], facts: Facts) -> str:
        for cut in cells:
            domain = domains.get(cut.fact.name)
            if domain and not domain.meets(cut, facts[cut.fact.name]):
                return domain.why
        if facts.get("event.same_offer") and facts.get("event.what", "offer_changed") != "offer_changed":
            return "only a change of offer names an offer"
        if not facts.get("contract.last_month", 1) and (
            facts.get("contract.ended_by") or facts.get("contract.ended_early")
        ):
            return "only in its last month a contract ends"
        if facts.get("contract.last_month") and facts.get("contract.ended_by") == "":
            return "what ends a contract is known in its last month"
        if facts.get("call.covered") == int(facts.get("call.window") == "") and "call.window" in facts:
            return "a call is covered when it is in a window"
        return ""

    return why


def _domains(decider: Decider, stage: Stage, windows: frozenset[str]) -> Mapping[str, Domain]:
    offer = decider.offer
    outside = offer.count.outside == "count"
    not_counted = 'no such call counts: [count] outside is "ignore"'
    least = offer.count.min_talk_seconds
    by_stage: dict[Stage, Mapping[str, Domain]] = {
        "call": {
            "call.window": Domain(not_counted, words=windows | ({""} if outside else frozenset())),
            "call.covered": Domain(not_counted, low=0 if outside else 1),
            "call.direction": _directions(offer),
            **_excluded_tags(offer),
            "call.talk_seconds": Domain(f"no such call counts: [count] min_talk_seconds is {least}", low=least),
        },
        "month": {
            "contract.active": Domain("every month that is billed is one in service", low=1),
            "usage.trial_calls": _free_calls(offer),
            "contract.days": Domain("a month has 1 to 31 days in service", low=1, high=31),
        },
        "notice": {
            "notice.received": Domain("at this stage a notice was received", low=1),
            **_not_reminded(offer),
        },
    }
    if stage == "renewal":
        by_stage["renewal"] = {"renewal.number": _renewal_numbers(decider)}
    customers = Domain("[offer] customers names others", words=frozenset(offer.head.customers))
    return {"customer.kind": customers, **by_stage.get(stage, {})}


def _directions(offer: Offer) -> Domain:
    counted = offer.count.direction
    why = f'no such call counts: [count] direction is "{counted}"'
    return Domain(why, words=None if counted == "any" else frozenset({counted}))


def _excluded_tags(offer: Offer) -> Mapping[str, Domain]:
    """Return the facts of tags whose calls do not count."""
    excluded = offer.count.exclude_tags
    facts = {"urgent": "call.urgent", **{tag: f"{CALL_TAG}{tag}" for tag in offer.tags}}
    why = "no such call counts: [count] exclude_tags has the tag"
    return {fact: Domain(why, high=0) for tag, fact in facts.items() if tag in excluded}


def _not_reminded(offer: Offer) -> Mapping[str, Domain]:
    if any(reminders_owed(offer.head.country, kind) for kind in offer.head.customers):
        return {}
    return {"notice.not_reminded": Domain("the law owes none of the offer's customers a reminder", high=0)}


def _renewal_numbers(decider: Decider) -> Domain:
    lives = [lifetime(decider, kind) for kind in decider.offer.head.customers]
    renewed = [life.renewed_terms for life in lives if life.renewed_terms is not None]
    if len(renewed) < len(lives):
        return Domain("renewals count from 1", low=1)
    once = any(life.is_renewed for life in lives)
    why = "a contract is renewed open-ended once" if once else "no contract is renewed"
    return Domain("no contract comes to so many renewals" if any(renewed) else why, low=1, high=max(renewed) + 1)


def _free_calls(offer: Offer) -> Domain:
    free = offer.term.trial.count and not offer.term.trial_billed
    return Domain("no trial of the offer is free", high=NO_LIMIT if free else 0)
