"""What an offer's examples have to show of plans that change inside a month: what the first includes of it then."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from ...model.event import Event
from ...model.example import Example
from ...model.facts import PLAN
from ...model.offer import Offer
from ...model.period import ONE_DAY, Month
from ...model.units import MONTHS
from .choosing import chosen_of
from .played import Played
from .wanted import Shown, Wanted, states

CALLS = "usage.calls"
MOST_CALLS, TEN = 10_000, 10
"""Calls that an example may have, and days of a month before its plan changes, where a call may come in them."""


def wanted_plan_change(offer: Offer, plain: Sequence[Example]) -> Iterator[Wanted]:
    """Yield a month in which the plan changes, after calls that the first includes whole, and not by its days.

    ``plain`` are examples of a call that counts. Where a request changes no plan inside a month, no example is there.
    """
    if len(offer.plans) < 2 or offer.plan_rules.best:
        return
    part = "its part by days" if offer.plan_rules.included == "by_days" else "all"
    tries = _changing(offer, plain, f"the plan changes inside a month: {part} of what it includes")
    yield Wanted("a plan that changes inside a month", "month", _shows(offer), tries, ("plan",))


def _shows(offer: Offer) -> Shown:
    """Return what tells whether an example would come to another amount, were included the other way of both."""

    def shown(example: Example, played: Played) -> bool:
        change, first = example.event, offer.plans[chosen_of(offer, example).plan]
        if change is None or change.what != "plan_changed" or not states(example, "month"):
            return False
        if any(moment.date() >= change.on for call in example.calls for moment in call.moments):
            return False
        by_days = -(-first.included * (change.on.day - 1) // Month.of(change.on).days) * first.for_each
        months = sum(line.code == "plan" and line.unit == MONTHS for line in played.lines)
        return months > 1 and by_days < played.counts.get(first.counts, 0) <= first.counted

    return shown


def _changing(offer: Offer, plain: Sequence[Example], title: str) -> Iterator[Example]:
    """Yield months whose calls are all that a plan includes, before it changes."""
    for name, plan in offer.plans.items():
        other = next(other for other in offer.plans if other != name)
        for example in plain if plan.counted else ():
            (call,) = example.calls
            first, used = call.moments[0].date(), 1 if plan.counts == CALLS else call.talk_seconds
            on = max(Month.of(first).first + TEN * ONE_DAY, first + ONE_DAY)
            if on in Month.of(first).period and used and plan.counted <= MOST_CALLS * used:
                event = Event(contract="", on=on, what="plan_changed", plan=other)
                many = evolve(call, count=max(1, plan.counted // used))
                yield Example(title=title, given={PLAN: name}, calls=(many,), event=event)
