"""What an offer's examples of calls have to show: the hours of every window, and every call rule."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from attrs import frozen

from ...bill.measure.coverage import SUNDAY, Timetable
from ...contracts.holidays import public_holidays
from ...decide.decider import Decider
from ...model.called_numbers import CALLED
from ...model.carried import CALL_NUMBER, CALL_TAG, CALL_WORD
from ...model.clock import DAY_MINUTES
from ...model.coverage import CoverageWindow
from ...model.example import Example, ExampleCall
from ...model.facts import FactValue, facts_of_mark
from ...model.offer import Offer
from ...model.option_asked import windows_with
from ...model.option_failed import OptionFailed
from ...model.period import ONE_DAY, Month
from ...model.scalars import HOLIDAY
from .fictional_numbers import number_in
from .played import example_contract
from .wanted import Shown, Wanted, Way, edges, near_misses, shows_number, shows_way, states, ways
from .wanted_lengths import wanted_beginnings, wanted_lengths
from .wanted_plan_change import wanted_plan_change

T = TypeVar("T", int, str)
MINUTES = sorted(range(0, DAY_MINUTES, 30), key=lambda minute: abs(minute - 10 * 60))
"""The half hours of a day, those around ten in the morning first."""
MONTHS = 24
"""A public holiday from Monday to Friday, with every other kind of day around it, is never as far away."""


def wanted_calls(offer: Offer, decider: Decider) -> Iterator[Wanted]:
    """Yield what examples of calls have to show: each window, then each call rule and the numbers that it reads."""
    plan = CallsTried(offer, decider)
    for window in plan.windows:
        yield from _hours(plan, window)
    found = tuple(ways(decider, "call"))
    for way in found:
        tries = plan.examples(f"{way.title} applies", [way])
        yield Wanted(f"{_count(way)} by {way.what}", "call", _shows(way, offer), tries, way.parsed.rule.when_place)
    for name, number in edges(decider, "call"):
        changing = [way for way in found if way.changes_at(name, number)]
        for count in dict.fromkeys(map(_count, changing)):
            theirs = [way for way in changing if _count(way) == count]
            shown = _shows_edge(name, number, theirs[0], offer)
            tries = plan.examples(f"a call with {name} = {number}", theirs, {name: number})
            what = f"{count} at {name} = {number}"
            yield Wanted(what, "call", shown, tries, theirs[0].parsed.rule.when_place, ("call", name, number))
    for told, missed in near_misses(found):
        rule = missed[0].parsed.rule.id
        title = f"the rule {rule} leaves out a call: {told}".replace('"', "")
        what = f'a call that the rule "{rule}" leaves out ({told})'
        yield Wanted(
            what, "call", _leaves_out(missed, offer), plan.examples(title, missed), missed[0].parsed.rule.when_place
        )
    yield from wanted_beginnings(offer, found, plan.examples, lambda way: _tells(way, offer))
    yield from wanted_lengths(offer, found, plan.examples, plan.plain)
    yield from wanted_plan_change(offer, plan.plain)


def _count(way: Way) -> str:
    """Return the fact that counts the calls to which a call rule leads."""
    return f"usage.{way.parsed.rule.then.mark or 'excluded'}"


def _shows(way: Way, offer: Offer) -> Shown:
    """Return what tells whether an example shows a way in which a call rule holds: it says to how many calls it led."""
    holds, told, count = shows_way(way), _tells(way, offer), _count(way)
    return lambda example, played: holds(example, played) and played.counts.get(count, 0) > 0 and told(example, played)


def _leaves_out(missed: Sequence[Way], offer: Offer) -> Shown:
    """Return what tells whether an example shows a call for which a rule just fails, and says to what it leads."""
    shown, told = [shows_way(way) for way in missed], _tells(missed[0], offer)
    return lambda example, played: told(example, played) and any(fails(example, played) for fails in shown)


def _shows_edge(name: str, number: int, way: Way, offer: Offer) -> Shown:
    shown, told = shows_number("call", name, number), _tells(way, offer)
    return lambda example, played: shown(example, played) and told(example, played)


def _tells(way: Way, offer: Offer) -> Shown:
    """Return what tells whether an example says what a call rule leads to: a count of calls, or a price for each.

    What else it says, such as the calls of a window, is the same where the rule leads to nothing.
    """
    mark = way.parsed.rule.then.mark
    counts = set(facts_of_mark(mark)) if mark else {_count(way), "usage.calls"}
    prices = {f"price.{name}" for name, price in offer.prices.items() if price.per in counts}
    return lambda example, played: (
        not counts.isdisjoint(example.counts)
        or (states(example, "month") and not prices.isdisjoint(line.code for line in played.lines))
    )


def _hours(plan: "CallsTried", window: CoverageWindow) -> Iterator[Wanted]:
    """Yield the edges of a window, from inside and from outside, each where there is such a moment."""
    name, hours = f"window.{window.id}", str(window.hours).replace("-", " to ")
    inside, outside = plan.around(window)
    for moments, where, shown in ((inside, "inside", _some(name)), (outside, "outside", _none(name))):
        title = f"{where} the window {window.id}, {hours}"
        calls = plan.calls(moments)
        example = Example(title=title, options=plan.windows[window], calls=calls, counts={name: 0})
        yield Wanted(f'{where} the window "{window.id}"', "call", shown, (example,) if moments else (), ("coverage",))


def _some(name: str) -> Shown:
    return lambda example, _played: example.counts.get(name, 0) > 0


def _none(name: str) -> Shown:
    return lambda example, _played: bool(example.calls) and example.counts.get(name) == 0


@frozen(slots=False)
class CallsTried:
    """When calls can come in that show an offer's windows and rules: a month with a public holiday in it."""

    offer: Offer
    decider: Decider

    @property
    def quiet(self) -> Mapping[str, FactValue]:
        """Return the facts of a plain call."""
        return {
            "call.covered": 1,
            "call.direction": "outbound" if self.offer.count.direction == "outbound" else "inbound",
            "call.wait_seconds": 0,
            "call.talk_seconds": self.talk_seconds,
            "call.language": "",
            "mission": self.offer.head.mission[0],
            CALLED: "",
            **{f"{CALL_TAG}{name}": 0 for name in self.offer.tags},
            **{f"{CALL_NUMBER}{name}": 0 for name in self.offer.numbers},
            **{f"{CALL_WORD}{name}": "" for name in self.offer.words},
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
                windows = windows_with(option, own)
            except OptionFailed:
                continue
            for window in windows:
                found.setdefault(window, (name,))
        return found

    def timetable(self, options: tuple[str, ...] = ()) -> Timetable:
        """Return the timetable of a contract with some options."""
        windows = self.offer.coverage.windows
        for name in options:
            windows = windows_with(self.offer.options[name], windows)
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

    def around(self, window: CoverageWindow) -> tuple[tuple[datetime, ...], tuple[datetime, ...]]:
        """Return moments just inside a window and just outside: on each kind of day as it opens, and at its edges."""
        first, last = window.hours.start, window.hours.end
        table = self.timetable(self.windows[window])
        inside, outside = list[datetime](), list[datetime]()
        for day in self.days.values():
            edges = (first - 1, last - 1, last) if not inside else ()
            opens = _window_at(table, day, first) == window
            for minute in (first, *(edges if opens else ())):
                if 0 <= minute < DAY_MINUTES:
                    kept = inside if _window_at(table, day, minute) == window else outside
                    kept.append(_moment(day, minute))
        return tuple(sorted(inside)), tuple(sorted(outside))

    def calls(self, moments: Sequence[datetime]) -> tuple[ExampleCall, ...]:
        """Return plain calls at some moments."""
        return (self._call(at=tuple(moments) if len(moments) > 1 else moments[0]),) if moments else ()

    @property
    def plain(self) -> tuple[Example, ...]:
        """Return examples of one plain call, one in each window, and one outside all of them."""
        found = [self._moment_in(self.timetable(), one.id) for one in self.offer.coverage.windows]
        return tuple(Example(title="", calls=self.calls([moment])) for moment in found if moment)

    def examples(
        self, title: str, found: Sequence[Way], given: Mapping[str, FactValue] = MappingProxyType({})
    ) -> Iterator[Example]:
        """Yield examples of one call for which a rule holds in one of some ways, but for the facts that are given."""
        for way in found:
            facts = way.facts(self.quiet)
            if facts is not None:
                yield from self._examples(title, way, {**facts, **given})

    def _examples(self, title: str, way: Way, facts: Mapping[str, FactValue]) -> Iterator[Example]:
        """Yield examples of one call with these facts: first where the fewest rules hold besides."""
        named = [one for one in self.windows if way.fits("call.window", one.id)] if facts.get("call.covered", 1) else []
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
            direction=facts.get("call.direction", self.quiet["call.direction"]),
            called=number_in(self.offer, str(facts.get(CALLED, ""))),
            tags=_tags(facts),
            number=_carried(facts, CALL_NUMBER, int),
            word=_carried(facts, CALL_WORD, str),
        )
        mission = facts.get("mission", self.quiet["mission"])
        return Example(
            title=title,
            given={"mission": mission} if mission != self.quiet["mission"] else {},
            options=options,
            calls=(call,),
            counts={"usage.calls": 0, _count(way): 0},
        )

    def _call(self, **fields: object) -> ExampleCall:
        plain = {"talk_seconds": self.talk_seconds, "direction": self.quiet["call.direction"]}
        return ExampleCall(**{**plain, **fields})  # type: ignore[arg-type]

    def _moment_in(self, table: Timetable, window: str) -> datetime | None:
        """Return a moment in a window, or outside all where none is named; None when there is no such moment."""
        for day in self.days.values():
            for minute in MINUTES:
                found = _window_at(table, day, minute)
                if (found.id if found else "") == window:
                    return _moment(day, minute)
        return None


def _tags(facts: Mapping[str, FactValue]) -> tuple[str, ...]:
    """Return the tags that a call bears by some facts."""
    told = {"call.urgent": "urgent", **{name: name.removeprefix(CALL_TAG) for name in facts if CALL_TAG in name}}
    return tuple(dict.fromkeys(tag for name, tag in told.items() if facts.get(name)))


def _carried(facts: Mapping[str, FactValue], begins: str, kind: type[T]) -> Mapping[str, T]:
    """Return what a call carries by some facts: its numbers, or its words."""
    return {
        name.removeprefix(begins): kind(value) for name, value in facts.items() if value and name.startswith(begins)
    }


def _window_at(table: Timetable, day: date, minute: int) -> CoverageWindow | None:
    """Return the window that has a minute of a day: the first in order where several would."""
    windows = (table.windows[number] for number in table.windows_on(day))
    return next((window for window in windows if window.hours.start <= minute < window.hours.end), None)


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(*divmod(minute, 60)))
