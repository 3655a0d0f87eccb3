"""Moments that no window covers though all are promised, or that two windows cover; windows that a night leaves out."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from attrs import frozen

from ...decide.decider import Decider
from ...model.offer import Offer
from ...model.option_failed import OptionFailed
from .coverage_cases import ClockChange, DayCase, Windows, clock_changes, day_cases, pieces, timetable_of, widened
from .coverage_read import told_apart, unknown_windows
from .finding import Finding
from .finding_words import clock, day_in_english, hours_in_english, kinds_in_english, moment_in_english

ALWAYS = "add a window, or take out promise"


@frozen
class Gap:
    """Half-open minutes of a kind of day, with the names of the windows that all cover them: none, or several."""

    case: DayCase
    start: int
    end: int
    windows: tuple[str, ...]


def gaps(offer: Offer, windows: Windows, cases: Sequence[DayCase]) -> Iterator[Gap]:
    """Yield the hours of each kind of day that several windows cover, or none where every moment is promised."""
    table = timetable_of(offer, windows)
    for case in cases:
        for piece in pieces(table, case.day):
            if len(piece.open) > 1 or (offer.coverage.promise == "always" and not piece.open):
                yield Gap(case, piece.start, piece.end, tuple(windows[i].id for i in piece.open))


def coverage_findings(offer: Offer, decider: Decider) -> Iterator[Finding]:
    """Yield what is wrong with an offer's coverage, for every kind of day and every set of options."""
    try:
        by_options = widened(offer)
    except OptionFailed as failure:
        what = f"an option cannot say its windows: {failure.told}"
        yield Finding(("option",), what, "mend its plugin")
        return
    yield from _by_options(offer, decider, by_options, day_cases(offer))
    yield from unknown_windows(decider, {window.id for windows in by_options.values() for window in windows})
    if offer.coverage.promise == "windows":
        yield from _left_out(offer)


def _by_options(
    offer: Offer, decider: Decider, by_options: Mapping[tuple[str, ...], Windows], cases: Sequence[DayCase]
) -> Iterator[Finding]:
    known: set[tuple[int, int, tuple[str, ...]]] = set()
    for options, windows in by_options.items():
        found: dict[tuple[int, int, tuple[str, ...]], list[Gap]] = {}
        for gap in gaps(offer, windows, cases):
            found.setdefault((gap.start, gap.end, gap.windows), []).append(gap)
        new = {hours: some for hours, some in found.items() if hours not in known}
        known |= set(new)
        for (_, _, names), some in new.items():
            if not names:
                yield _uncovered(offer, options, some)
            elif not options:
                yield _twice(offer, windows, some)
            else:
                yield from _hidden_hours(offer, decider, options, some)


def _uncovered(offer: Offer, options: tuple[str, ...], found: list[Gap]) -> Finding:
    with_ = f"with {_named(options)}, " if options else ""
    what = f"{with_}nobody answers {_hours(found)}, and the offer promises an answer at every moment"
    return Finding(("coverage", "promise"), what, f"for example on {_moment(offer, found[0])}: {ALWAYS}")


def _twice(offer: Offer, windows: Windows, found: list[Gap]) -> Finding:
    last = max(i for i, window in enumerate(windows) if window.id in found[0].windows)
    all_ = "both" if len(found[0].windows) == 2 else "all"
    what = f"{_named(found[0].windows)} {all_} cover {_hours(found)}"
    hint = f"for example on {_moment(offer, found[0])}: take it out of one of them"
    return Finding(("coverage", "window", last), what, hint)


def _hidden_hours(offer: Offer, decider: Decider, options: tuple[str, ...], found: list[Gap]) -> Iterator[Finding]:
    """Yield the hours in which a window of an option and another disagree, where a rule tells the two apart."""
    for one, other in combinations(found[0].windows, 2):
        if rule := told_apart(decider, one, other):
            what = f'with {_named(options)}, "{one}" and "{other}" both cover {_hours(found)}'
            hint = (
                f'for example on {_moment(offer, found[0])}: "{one}" has the minute, and "{rule.id}" tells them apart'
            )
            yield Finding(rule.when_place, what, hint, warning=True)
            return


def left_out(offer: Offer) -> Iterator[tuple[int, ClockChange]]:
    """Yield each window, by number, with each change of the clock in whose hour it lies, on a day that it is open."""
    table, changes = timetable_of(offer, offer.coverage.windows), tuple(clock_changes(offer))
    for number, window in enumerate(table.windows):
        for change in changes:
            inside = change.start <= window.hours.start and window.hours.end <= change.end
            if inside and number in table.windows_on(change.day):
                yield number, change


def _left_out(offer: Offer) -> Iterator[Finding]:
    """Yield the windows that a spring night leaves out, with the autumn night that repeats them."""
    found = tuple(left_out(offer))
    for number, window in enumerate(offer.coverage.windows):
        nights = [change for mine, change in found if mine == number]
        night = next((change for change in nights if change.forward), None)
        if night:
            jump = f"when clocks go from {clock(night.start)} to {clock(night.end)}"
            what = f'"{window.id}" is empty on {moment_in_english(night.day, window.hours.start)}, {jump}'
            twice = next((change.day for change in nights if not change.forward), None)
            hint = f"on {day_in_english(twice)} it is open twice as long" if twice else ""
            yield Finding(("coverage", "window", number, "hours"), what, hint, warning=True)


def _hours(found: list[Gap]) -> str:
    kinds = [gap.case.kind for gap in found if not gap.case.alone]
    days = [*([kinds_in_english(kinds)] if kinds else []), *(str(gap.case.day) for gap in found if gap.case.alone)]
    return f"{hours_in_english(found[0].start, found[0].end)} on {', '.join(days)}"


def _moment(offer: Offer, gap: Gap) -> str:
    region = offer.coverage.holiday_region
    holiday = f", a public holiday in {'FR' if region == 'customer' else region}" if gap.case.holiday else ""
    return moment_in_english(gap.case.day, gap.start) + holiday


def _named(names: tuple[str, ...]) -> str:
    return " and ".join(f'"{name}"' for name in names)
