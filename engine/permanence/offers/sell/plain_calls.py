"""What plain calls of a usual month count as: by day, not urgent, with the marks that call rules give them."""

from collections.abc import Mapping

from ...bill.measure.durations import plain_length
from ...decide.decider import Decider
from ...decide.vocabulary import vocabulary
from ...model.facts import FactValue, facts_of_mark
from ...model.offer import Offer
from ...model.scalars import Minutes

MONDAY, MORNING = 0, Minutes(10 * 60)


def plain_counts(decider: Decider, mission: str, calls: int, talk: int) -> Mapping[str, int]:
    """Return the counts of a month of so many plain calls of so many seconds, by the facts that rules know them by."""
    rules = decider.decide("call", _plain_call(decider, mission, talk))
    if any(rule.then.exclude for rule in rules):
        return {"usage.received": calls, "usage.excluded": calls}
    marks = [rule.then.mark for rule in rules if rule.then.mark]
    length = decider.offer.duration and decider.offer.duration.length_of(marks[0] if marks else "")
    billed = plain_length(length, talk) if length else talk
    found = {"usage.calls": calls, "usage.received": calls}
    found |= {"usage.talk_seconds": calls * talk, "usage.billed_seconds": calls * billed}
    for mark in marks:
        found |= zip(facts_of_mark(mark), (calls, calls * talk, calls * billed), strict=True)
    return found


def _plain_call(decider: Decider, mission: str, talk: int) -> Mapping[str, FactValue]:
    known = vocabulary(decider.offer, "call")
    nothing: dict[str, FactValue] = {
        name: "" if known[name].type == "word" else 0 for name in decider.facts_needed("call")
    }
    return {
        **nothing,
        "mission": mission,
        "call.talk_seconds": talk,
        "call.covered": 1,
        "call.window": _by_day(decider.offer),
        "call.direction": "inbound" if decider.offer.count.direction == "any" else decider.offer.count.direction,
    }


def _by_day(offer: Offer) -> str:
    windows = offer.coverage.windows
    by_day = (one for one in windows if MONDAY in one.days and one.hours.start <= MORNING < one.hours.end)
    return next(by_day, windows[0]).id if windows else ""
