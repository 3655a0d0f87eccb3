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
from permanence.model.contract import Contract, OptionTaken
from permanence.model.event import Event
from permanence.offers.proved import prove_offers

from tests.bill.samples import make_contract
from tests.installed import PLUGINS

OFFERS = Path(__file__).parent / "lives" / "offers"
SIGNED = date(2025, 1, 10)
OPTIONS, LINES, REGIONS = ("bilingual", "sms", "callback"), ("L1", "L2", "L3"), ("FR", "FR-57", "FR-974")
MISSIONS = ("simple", "complex")


@cache
def basic() -> Book:
    """Return a book with the basic offer in both versions, and without a contract."""
    proved = prove_offers(sorted(OFFERS.glob("basic-*.toml")), PLUGINS)
    assert proved.problems == ()
    return Book(PLUGINS, proved.deciders, ())


def with_contract(contract: Contract) -> Book:
    """Return that book with a contract."""
    return evolve(basic(), contracts=(contract,))


def signed(events: Sequence[Event] = (), live: date | None = SIGNED, **fields: Any) -> Contract:
    """Return a contract with a line and an option from its first day, to which these things happened."""
    contract = make_contract(lines=("L1",), options=(OptionTaken(id="bilingual"),))
    return evolve(contract, offer="basic@2024-01-01", signed=SIGNED, live=live, events=tuple(events), **fields)


@frozen
class Day:
    """What a contract is on one day."""

    served: bool
    mission: str = "simple"
    region: str = "FR"
    options: frozenset[str] = frozenset({"bilingual"})
    lines: frozenset[str] = frozenset({"L1"})

    def after(self, event: Event) -> "Day":
        """Return the day as an event leaves it."""
        changes: dict[str, Any] = {
            "option_added": {"options": self.options | {event.option}},
            "option_removed": {"options": self.options - {event.option}},
            "line_added": {"lines": self.lines | {event.line}},
            "line_removed": {"lines": self.lines - {event.line}},
            "mission_changed": {"mission": event.mission},
            "region_moved": {"region": event.region},
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
        yield Event(on=on, what="suspended" if self.served else "resumed")
        yield from (Event(on=on, what="reminder_sent"), Event(on=on, what="quality_call"))


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
