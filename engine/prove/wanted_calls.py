"""What an offer's examples of calls have to show: the hours of every window, and every call rule."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property

from attrs import evolve, frozen

from ..decide.decider import Decider
from ..model.coverage import CoverageWindow
from ..model.example import Example, ExampleCall
from ..model.facts import FactValue
from ..model.offer import Offer
from ..model.period import Month
from ..model.scalars import HOLIDAY
from ..rate.clock import DAY_MINUTES
from ..rate.coverage import SUNDAY, Timetable
from ..rate.holidays_of import public_holidays
from .examples import example_contract
from .wanted import Shown, Wanted, Way, edges, shows_number, shows_way, ways

ONE_DAY = timedelta(days=1)
NOON = 12 * 60
MONTHS = 24
"""A public holiday from Monday to Friday, with every other kind of day around it, is never as far away."""


def wanted_calls(offer: Offer, decider: Decider) -> Iterator[Wanted]:
    """Yield what examples of calls have to show: each window, then each call rule and the numbers that it reads."""
    plan = Plan(offer, decider)
    for window, options in plan.windows.items():
        title = f"the window {window.id}, {str(window.hours).replace('-', ' to ')}"
        example = Example(title=title, options=options, calls=(plan.around(window),), counts={f"window.{window.id}": 0})
        name = f"window.{window.id}"
        yield Wanted(f'the window "{window.id}"', "call", _counts(name), (example,))
    found = tuple(ways(decider, "call"))
    for way in found:
        facts = way.facts(plan.quiet)
        tries = plan.examples(f"{way.title} applies", way, facts) if facts is not None else ()
        yield Wanted(way.what, "call", shows_way(way), tries)
    for name, number in edges(decider, "call"):
        yield Wanted(
            f"{name} = {number}", "call", shows_number("call", name, number), _numbers(plan, name, number, found)
        )


def _counts(name: str) -> Shown:
    return lambda example, _played: name in example.counts


def _numbers(plan: "Plan", name: str, number: int, found: Sequence[Way]) -> Iterator[Example]:
    for way in found:
        facts = way.facts(plan.quiet) if any(one.fact == name for one in way.alternative) else None
        if facts is not None:
            yield from plan.examples(f"a call with {name} = {number}", way, {**facts, name: number})


@frozen(slots=False)
class Plan:
    """When calls can come in that show an offer's windows and rules: a month with a public holiday in it."""

    offer: Offer
    decider: Decider

    @property
    def quiet(self) -> Mapping[str, FactValue]:
        """Return the facts of a plain call."""
        return {
            "call.covered": 1,
            "call.wait_seconds": 0,
            "call.talk_seconds": self.talk_seconds,
            "call.language": "",
            "mission": self.offer.head.mission[0],
        }

    @property
    def talk_seconds(self) -> int:
        """Return how long a plain call lasts: it counts."""
        return max(60, self.offer.count.min_talk_seconds)

    @cached_property
    def windows(self) -> Mapping[CoverageWindow, tuple[str, ...]]:
        """Return every window, the offer's and those that options open, with the option that one needs."""
        own = self.offer.coverage.windows
        found: dict[CoverageWindow, tuple[str, ...]] = dict.fromkeys(own, ())
        for name, option in self.offer.options.items():
            try:
                widened = option.widen(own)
            except Exception:
                continue
            for window in widened:
                found.setdefault(window, (name,))
        return found

    def timetable(self, options: tuple[str, ...] = ()) -> Timetable:
        """Return the timetable of a contract with some options."""
        windows = self.offer.coverage.windows
        for name in options:
            windows = self.offer.options[name].widen(windows)
        return Timetable.of(example_contract(self.offer, Example(title=""), date.min), self.offer, windows)

    @cached_property
    def days(self) -> Mapping[int, date]:
        """Return a day of each kind, all in one month: Monday 0 … Sunday 6, and a public holiday 7 in the week."""
        table = self.timetable()
        month = Month.of(self.offer.head.sold_from)
        for _ in range(MONTHS):
            holidays = public_holidays(table.region, month.first.year)
            days = [month.first + number * ONE_DAY for number in range(month.days)]
            plain = [day for day in days if day not in holidays and day not in table.extra_closed]
            kept = [day for day in days if HOLIDAY in table.kinds(day) and day.weekday() < SUNDAY - 1]
            if kept:
                return {**{day.weekday(): day for day in reversed(plain)}, HOLIDAY: kept[0]}
            month = month.next
        return {}

    def around(self, window: CoverageWindow) -> ExampleCall:
        """Return calls at the edges of a window: its first minute on each kind of day, and the minutes around it."""
        first, last = window.hours.start, window.hours.end
        table = self.timetable(self.windows[window])
        number = table.windows.index(window)
        moments = {_moment(day, first) for day in self.days.values()}
        for day in self.days.values():
            if number in table.windows_on(day):
                around = (first - 1, last - 1, last)
                moments |= {_moment(day, minute) for minute in around if 0 <= minute < DAY_MINUTES}
                break
        return self._call(at=tuple(sorted(moments)))

    def examples(self, title: str, way: Way, facts: Mapping[str, FactValue]) -> Iterator[Example]:
        """Yield examples of one call with these facts: first where the fewest rules hold besides."""
        window = facts.get("call.window")
        named = [one for one in self.windows if window in (None, one.id)] if facts.get("call.covered", 1) else []
        places = [(one.id, self.windows[one]) for one in named] or [("", ())]
        plain = {**self.quiet, "call.urgent": 0, **facts}
        fired = [len(self.decider.decide("call", {**plain, "call.window": name})) for name, _ in places]
        for _, (name, options) in sorted(zip(fired, places, strict=True), key=lambda pair: pair[0]):
            moment = self._moment_in(self.timetable(options), name)
            if moment:
                yield self._example(title, way, facts, options, moment)

    def _example(
        self, title: str, way: Way, facts: Mapping[str, FactValue], options: tuple[str, ...], moment: datetime
    ) -> Example:
        language = str(facts.get("call.language", ""))
        call = self._call(
            at=moment,
            wait_seconds=int(facts.get("call.wait_seconds", 0)),
            talk_seconds=int(facts.get("call.talk_seconds", self.talk_seconds)),
            language="" if language == "other" else language,
            tags=("urgent",) if facts.get("call.urgent") else (),
        )
        mark, mission = way.parsed.rule.then.mark, facts.get("mission", self.quiet["mission"])
        return Example(
            title=title,
            given={"mission": mission} if mission != self.quiet["mission"] else {},
            options=options,
            calls=(call,),
            counts={"usage.calls": 0, f"usage.{mark}" if mark else "usage.excluded": 0},
        )

    def _call(self, **fields: object) -> ExampleCall:
        outbound = self.offer.count.direction == "outbound"
        call = ExampleCall(**{"talk_seconds": self.talk_seconds, **fields})  # type: ignore[arg-type]
        return evolve(call, direction="outbound") if outbound else call

    def _moment_in(self, table: Timetable, window: str) -> datetime | None:
        """Return a moment in a window, or outside all where none is named; None when there is no such moment."""
        for day in self.days.values():
            open_ = {minute: table.windows[number].id for minute, number in self._minutes(table, day)}
            for minute in sorted(range(0, DAY_MINUTES, 30), key=lambda minute: abs(minute - NOON + 120)):
                if open_.get(minute, "") == window:
                    return _moment(day, minute)
        return None

    @staticmethod
    def _minutes(table: Timetable, day: date) -> Iterator[tuple[int, int]]:
        """Yield the half hours of a day that lie in a window, with its number: the first in order has the minute."""
        for number in reversed(table.windows_on(day)):
            hours = table.windows[number].hours
            yield from ((minute, number) for minute in range(0, DAY_MINUTES, 30) if hours.start <= minute < hours.end)


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(*divmod(minute, 60)))
