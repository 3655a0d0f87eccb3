"""Contracts to which things happen at random, and what each day of theirs must then be: told day by day, in sets.

Nothing of engine/rate is used: a day's state is what the events up to it have left, and no more.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from attrs import evolve, frozen
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.decide.decider import Decider
from permanence.model.contract import Contract, OptionTaken
from permanence.model.coverage import CoverageWindow
from permanence.model.event import Event
from permanence.model.money import Micros
from permanence.model.offer import Offer, Rule, Then
from permanence.model.plan import Plan
from permanence.model.price import Price
from permanence.model.quantity import Quantity
from permanence.model.scalars import Days, Hours, Words
from permanence.offers.proved import prove_offers

from tests.bill.samples import make_contract
from tests.installed import PLUGINS

OFFERS = Path(__file__).parent / "lives" / "offers"
SIGNED = date(2025, 1, 10)
OPTIONS, LINES, REGIONS = ("bilingual", "sms", "callback"), ("L1", "L2", "L3"), ("FR", "FR-57", "FR-974")
MISSIONS, PLANS, WINDOWS = ("simple", "complex"), ("small", "large"), ("day", "evening")
CHOICES = (("day",), ("evening",), WINDOWS)
DESKS = Quantity(title=Words("Postes"), unit=Words("poste"), units=Words("postes"), default=1)
MANY = 3
"""From so many desks on, they have a price."""


@cache
def basic() -> Book:
    """Return a book with the basic offer in both versions, and without a contract."""
    proved = prove_offers(sorted(OFFERS.glob("basic-*.toml")), PLUGINS)
    assert proved.problems == ()
    return Book(PLUGINS, {version: Decider(_chosen_from(one.offer)) for version, one in proved.deciders.items()}, ())


def _chosen_from(offer: Offer) -> Offer:
    """Return an offer with plans, a further window, and desks that have a price where there are many."""
    evening = CoverageWindow(id="evening", days=Days.parse("mon-sun,holiday"), hours=Hours.parse("19:00-22:00"))
    rule = Rule(id="desks", on="month", when=f"quantity.desks >= {MANY}", then=Then(charge="price.desks"))
    return evolve(
        offer,
        plans={name: Plan(title=Words(name), prices={}, beyond={}) for name in PLANS},
        coverage=evolve(offer.coverage, windows=(*offer.coverage.windows, evening)),
        quantities={"desks": DESKS},
        prices={"desks": Price(title=Words("Postes"), amount=Micros(9_000_000))},
        rules=(*offer.rules, rule),
    )


def with_contract(contract: Contract) -> Book:
    """Return that book with a contract."""
    return evolve(basic(), contracts=(contract,))


def signed(events: Sequence[Event] = (), live: date | None = SIGNED, **fields: Any) -> Contract:
    """Return a contract with a line and an option from its first day, to which these things happened."""
    contract = make_contract(lines=("L1",), options=(OptionTaken(id="bilingual"),))
    return evolve(
        contract, offer="basic@2024-01-01", plan="small", signed=SIGNED, live=live, events=tuple(events), **fields
    )


@frozen
class Day:
    """What a contract is on one day."""

    served: bool
    mission: str = "simple"
    region: str = "FR"
    options: frozenset[str] = frozenset({"bilingual"})
    lines: frozenset[str] = frozenset({"L1"})
    plan: str = "small"
    windows: frozenset[str] = frozenset(WINDOWS)
    desks: int = 1
    bilinguals: int = 1

    def after(self, event: Event) -> "Day":
        """Return the day as an event leaves it."""
        changes: dict[str, Any] = {
            "option_added": {"options": self.options | {event.option}, **_afresh(event)},
            "option_removed": {"options": self.options - {event.option}},
            "line_added": {"lines": self.lines | {event.line}},
            "line_removed": {"lines": self.lines - {event.line}},
            "mission_changed": {"mission": event.mission},
            "region_moved": {"region": event.region},
            "plan_changed": {"plan": event.plan},
            "windows_changed": {"windows": frozenset(event.windows)},
            "quantity_changed": {"bilinguals" if event.option else "desks": event.quantity},
            "suspended": {"served": False},
            "resumed": {"served": True},
        }
        return evolve(self, **changes.get(event.what, {}))

    def possible(self, on: date) -> Iterator[Event]:
        """Yield what may happen to the contract on a day that finds it so."""
        for option in OPTIONS:
            yield Event(on=on, what="option_removed" if option in self.options else "option_added", option=option)
        for line in LINES:
            if line not in self.lines:
                yield Event(on=on, what="line_added", line=line)
            elif len(self.lines) > 1:
                yield Event(on=on, what="line_removed", line=line)
        yield from (Event(on=on, what="mission_changed", mission=one) for one in MISSIONS if one != self.mission)
        yield from (Event(on=on, what="region_moved", region=one) for one in REGIONS if one != self.region)
        yield from (Event(on=on, what="plan_changed", plan=one) for one in PLANS if one != self.plan)
        for windows in CHOICES:
            if frozenset(windows) != self.windows:
                yield Event(on=on, what="windows_changed", windows=windows)
        yield Event(on=on, what="quantity_changed", quantity_of="desks", quantity=self.desks % 4 + 1)
        if "bilingual" in self.options:
            yield Event(on=on, what="quantity_changed", option="bilingual", quantity=self.bilinguals % 2 + 1)
        yield Event(on=on, what="suspended" if self.served else "resumed")
        yield from (Event(on=on, what="reminder_sent"), Event(on=on, what="quality_call"))


def _afresh(event: Event) -> dict[str, Any]:
    """Return that an option is there once when it is taken, whatever there was of it before."""
    return {"bilinguals": 1} if event.option == "bilingual" else {}


@st.composite
def histories(draw: st.DrawFn, most: int = 10) -> tuple[Event, ...]:
    """Draw events that can be, one after the other, each on a day of its own, some close and some far apart."""
    events: list[Event] = []
    on, day = SIGNED, Day(served=True)
    for _ in range(draw(st.integers(0, most))):
        on += timedelta(days=draw(st.integers(1, 12) | st.integers(13, 60)))
        events.append(draw(st.sampled_from(list(day.possible(on)))))
        day = day.after(events[-1])
    return tuple(events)


def day_of(events: Sequence[Event], day: date) -> Day:
    """Return what a contract is on a day after these events, in order; not served before its first day."""
    found = Day(served=True)
    for event in events:
        if event.on <= day:
            found = found.after(event)
    return found if day >= SIGNED else evolve(found, served=False)
