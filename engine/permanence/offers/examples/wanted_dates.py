"""What an offer's examples of dates have to show: every rule on notices, requests, renewals and past months."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any

from attrs import evolve

from ...contracts.term import Term
from ...decide.decider import Decider
from ...model.customer_kind import CustomerKind, usual_customer
from ...model.event import NAMES, REQUESTS, Event, EventKind
from ...model.example import Example
from ...model.facts import FactValue, Stage
from ...model.offer import Offer
from ...model.period import ONE_DAY
from .played import example_contract
from .wanted import Wanted, edges, ordinal, shows_number, shows_way, ways

SIGNED_ON = 12
"""A day inside a month, so that the first of the next is another one."""
SOON, LATER, BY_POST = timedelta(days=5), timedelta(days=100), timedelta(days=3)
MOST_MONTHS = 24
MANY = 7
"""A quantity that no contract of an example has already."""
NUMBERED: tuple[Stage, ...] = ("history", "renewal")
Tries = Callable[[Offer, Decider, str], Iterator[Example]]


def wanted_dates(offer: Offer, decider: Decider) -> Iterator[Wanted]:
    """Yield what examples of notices, requests, renewals and past months have to show."""
    tries: Mapping[Stage, Tries] = {"history": _past, "event": _events, "notice": _notices, "renewal": _renewals}
    for stage, examples in tries.items():
        for way in ways(decider, stage):
            found = examples(offer, decider, way.title)
            yield Wanted(way.what, stage, shows_way(way), found, way.parsed.rule.when_place)
    for stage in NUMBERED:
        for name, number in edges(decider, stage):
            title = f"{name} = {number}"
            found, sign = tries[stage](offer, decider, title), (stage, name, number)
            yield Wanted(title, stage, shows_number(stage, name, number), found, sign=sign)


def signed_on(offer: Offer) -> date:
    """Return a day inside a month on which the offer is sold."""
    day = offer.head.sold_from.replace(day=SIGNED_ON)
    return day if day >= offer.head.sold_from else (day.replace(day=1) + timedelta(days=31)).replace(day=SIGNED_ON)


def _term(offer: Offer) -> Term:
    return Term(example_contract(offer, Example(title="", signed=signed_on(offer)), signed_on(offer)), offer.term)


def _given(offer: Offer, kind: CustomerKind) -> dict[str, FactValue | bool]:
    return {} if kind == usual_customer(offer.head.customers) else {"customer.kind": kind}


def _notices(offer: Offer, _decider: Decider, title: str) -> Iterator[Example]:
    """Yield notices on the last day that is in time and the day after, around the trial's end, and later terms'."""
    term, signed = _term(offer), signed_on(offer)
    days = [term.trial_end - ONE_DAY, term.trial_end]
    for end in reversed(tuple(islice(term.ends(), 2))):
        last = term.last_notice_day(end)
        days = [last, last + ONE_DAY, *days, end]
    days.append(signed + LATER)
    for kind in offer.head.customers:
        for day in dict.fromkeys(day for day in days if day >= signed):
            notice = Example(title=f"a notice on {day}: {title}", given=_given(offer, kind), signed=signed, notice=day)
            told = f"a notice sent on {day}: {title}"
            posted = evolve(notice, title=told, notice=day + BY_POST, notice_sent=day)
            yield posted if offer.term.notice_counted_on == "sent" else notice


def _events(offer: Offer, _decider: Decider, title: str) -> Iterator[Example]:
    """Yield each kind of request on a day in the trial, after it, and in a renewed term."""
    signed = signed_on(offer)
    days = (signed + LATER, signed + SOON, next(_term(offer).ends()) + SOON)
    for kind in offer.head.customers:
        for what in REQUESTS:
            for name in _names(offer, what):
                for day in days:
                    event = _event(day, what, name)
                    options = (name,) if what == "option_removed" else ()
                    told = f"{what.replace('_', ' ')}, asked for on {day}: {title}"
                    yield Example(title=told, given=_given(offer, kind), options=options, signed=signed, event=event)


def _event(day: date, what: EventKind, name: str) -> Event:
    named: dict[str, Any] = {NAMES[what]: (name,) if what == "windows_changed" else name} if what in NAMES else {}
    more: dict[str, Any] = {"quantity": MANY} if what == "quantity_changed" else {}
    return Event(on=day, what=what, **named, **more)


def _names(offer: Offer, what: EventKind) -> Iterable[str]:
    next_version = offer.head.sold_from.replace(year=offer.head.sold_from.year + 1, day=1)
    known = {
        "option": tuple(offer.options),
        "mission": offer.head.mission[1:],
        "line": ("+33199000042",),
        "offer": (f"{offer.head.id}@{next_version}", f"other@{next_version}"),
        "region": ("FR-974",),
        "plan": tuple(offer.plans)[1:],
        "windows": tuple(window.id for window in offer.coverage.windows) if len(offer.coverage.windows) > 1 else (),
        "quantity_of": tuple(offer.quantities),
    }
    return known[NAMES[what]] if what in NAMES else ("",)


def _renewals(offer: Offer, decider: Decider, title: str) -> Iterator[Example]:
    """Yield the first renewal, and those at which rules may say something else."""
    numbers = {1, *(number for _, number in edges(decider, "renewal"))}
    for kind in offer.head.customers:
        for number in sorted(number for number in numbers if number):
            told = f"the {ordinal(number)} renewal: {title}"
            yield Example(title=told, given=_given(offer, kind), signed=signed_on(offer), renewal=number)


def _past(offer: Offer, decider: Decider, title: str) -> Iterator[Example]:
    """Yield months above the lowest band, then months above it and after them some below."""
    if offer.bands is None:
        return
    tops = [step.up_to for step in offer.bands.steps]
    high = [top + 1 for top in tops[:-1]] + ([tops[-1] + 1] if offer.bands.then else [])
    most = min(MOST_MONTHS, max((number for _, number in edges(decider, "history")), default=1) + 1)
    signed = signed_on(offer).replace(day=1)
    months = [(above,) * up for above in high for up in range(1, most + 1)]
    months += [(*some, *(tops[0],) * down) for some in months for down in range(1, most + 1)]
    for past in months:
        told = f"after months of {', '.join(map(str, past))} calls: {title}"
        yield Example(title=told, signed=signed, past=past)
