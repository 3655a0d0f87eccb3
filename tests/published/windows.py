"""Coverage windows: which one an instant falls in, on the local clock, on public holidays, past midnight."""

import re
from collections.abc import Mapping, Sequence

from permanence.bill.measure.coverage import CLOSED, Timetable
from permanence.model.clock import MINUTE, local_time, offset_at
from permanence.model.coverage import CoverageWindow
from permanence.model.problem import Refused

from tests.bill.months import contract, offer, on_file
from tests.bill.samples import at, window

from .case import Adapter, Answer, Given, OutsideScopeError
from .durations import HUNDRED, tariff_of
from .said import Said, UnreadError, day, instant

WEEK = (window("weekdays", "mon-fri", "00:00-24:00"), window("weekend", "sat,sun", "00:00-24:00"))
HOLIDAYS = window("holiday", "holiday", "00:00-24:00")
GRID = ("meter_window_min", "meter_window_minutes", "meter_window", "grid_min")
ONE_WINDOW = "a call lies in one window, that of its start or its answer (A3): no part of it has another price"
GRIDS = "the grid of a meter: windows begin and end on any minute"


def minutes_of(clock: str) -> int:
    """Return the minutes since midnight of a time of day."""
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})(:[0-9]{2})?", clock.strip())
    if not found:
        raise UnreadError(f'"{clock}" is not a time of day')
    return int(found[1]) * 60 + int(found[2])


def spans(start: str, end: str) -> list[str]:
    """Return hours as a rule file says them: two windows where they go past midnight."""
    end = "24:00" if end[:5] in ("00:00", "23:59") and minutes_of(start) else end
    return [f"{start}-{end}"] if minutes_of(start) <= minutes_of(end) else [f"{start}-24:00", f"00:00-{end}"]


def windows_of(said: Sequence[Said]) -> tuple[list[CoverageWindow], list[int]]:
    """Return windows with their days and hours, and which of the example's each one is."""
    found: list[CoverageWindow] = []
    whose: list[int] = []
    for number, one in enumerate(said):
        days = re.sub(r"[a-z]+day", lambda day: day[0][:3], one.text("days", "day_of_week", default="mon-sun"))
        days = days.replace("_", "-").replace("weekdays", "mon-fri").replace("weekend", "sat,sun")
        hours = spans(str(one.value("start", "from")), str(one.value("end", "to")))
        for part in hours:
            try:
                found.append(window(f"window-{len(found)}", days, part))
            except ValueError as error:
                raise UnreadError(f"{one.where}: {error}") from error
            whose.append(number)
    return found, whose


def in_hours(given: Given, expected: Given) -> Answer:
    """Flexprice: hours past midnight, which a rule file says as two windows."""
    zone = given.zone(default="UTC")
    hours = spans(str(given.value("start", "from")), str(given.value("end", "to")))
    windows = tuple(window(f"night-{number}", "mon-sun", text) for number, text in enumerate(hours))
    timetable = Timetable(zone=zone, region="FR", windows=windows)
    wanted = {text: expected.yes(text) for text in expected if minutes_of(text) >= 0}
    return {text: timetable.window_at(at(f"2026-10-06 {text}:00", zone)) != CLOSED for text in wanted}, wanted


def holiday_first(given: Given, expected: Given) -> Answer:
    """CGRateS: a public holiday's window has the day, whatever day of the week it is, with no weight to set."""
    given.aside("windows", "holiday_weight", "peak_weight", "weights", "tz")
    wanted = str(expected.value("selected", "user_expected", "window")).lower()
    called = day(str(given.value("call", "at", "instant"))[:10])
    timetable = Timetable(zone="UTC", region="FR", windows=(*WEEK, HOLIDAYS))
    number = timetable.window_at(at(f"{called} 13:30:00", "UTC"))
    holiday = any(word in wanted for word in ("holiday", "easter", "christmas", "1 may", "new year"))
    return timetable.windows[number].id == "holiday", holiday


def weekend(given: Given, expected: Given) -> Answer:
    """The day of the week is taken on the tariff's own clock."""
    zone = given.zone()
    timetable = Timetable(zone=zone, region="FR", windows=WEEK)
    instants = given.items_of("instants", "instant", "times")
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    if expected.has("weekdays", "weekday"):
        wanted = [str(one).lower()[:3] for one in expected.items_of("weekdays", "weekday")]
        each = Timetable(zone=zone, region="FR", windows=tuple(window(one, one, "00:00-24:00") for one in days))
        return [each.windows[each.window_at(instant(text))].id for text in instants], wanted
    return [timetable.window_at(instant(text)) == 1 for text in instants], expected.items_of("is_weekend")


def repeated_hour(given: Given, expected: Given) -> Answer:
    """OCPI: each instant of the repeated hour has its wall clock time, and its offset tells the two apart."""
    got, zone = [], given.zone()
    for seconds in map(instant, given.items_of("instants", "instant")):
        _, minute = local_time(seconds, zone)
        ahead = offset_at(seconds // MINUTE, zone)
        sign = "-" if ahead < 0 else "+"
        got.append(f"{minute // 60:02d}:{minute % 60:02d}{sign}{abs(ahead) // 60:02d}:{abs(ahead) % 60:02d}")
    return got, expected.items_of("local", "local_times")


def loads(given: Given, expected: Given) -> Answer:
    """Flexprice: a rule file whose windows overlap is refused; windows may begin and end on any minute."""
    valid = expected.yes("valid", "accepted")
    if given.has("buckets", "windows"):
        pairs = [bounds(one) for one in given.items_of("buckets", "windows")]
        if given.word("buckets", "windows"):
            given.aside("buckets", "windows")
    else:
        pairs = [(str(given.value("start", "from")), str(given.value("end", "to")))]
    grid = given.whole(*GRID, default=1)
    if not valid and grid > 1 and any(minutes_of(one) % grid for pair in pairs for one in pair):
        raise OutsideScopeError(GRIDS)
    first, *others = (hours for start, end in pairs for hours in spans(start, end))
    more = [f'[[coverage.window]]\nid = "more-{i}"\ndays = "mon-fri"\nhours = "{h}"\n' for i, h in enumerate(others)]
    try:
        on_file(offer("\n".join(more)).replace("08:00-19:00", first), contract())
    except Refused as refused:
        windows = all("both cover" in one.what or "window" in f"{one.what}{one.hint}" for one in refused.problems)
        return "refused" if windows else str(refused), True if valid else "refused"
    return True, valid


def bounds(one: object) -> tuple[str, str]:
    """Return the start and the end of a window, said as a pair or as a table."""
    if isinstance(one, Mapping):
        told = Said(one, "input.buckets")
        pair = str(told.value("start", "from")), str(told.value("end", "to"))
        if told.unread():
            raise UnreadError(f"the adapter does not know {', '.join(told.unread())}")
        return pair
    if isinstance(one, (list, tuple)) and len(one) == 2:
        return str(one[0]), str(one[1])
    raise UnreadError(f"input.buckets: {one!r} is not a window")


def in_one_window(given: Given, expected: Given) -> Answer:
    """CGRateS: a call that lies in one window has its rate; one that goes on into another has it here as well."""
    zone = given.zone(default="UTC")
    start, end = (instant(str(given.value(name))) for name in ("start", "end"))
    said = given.tables("windows")
    windows, whose = windows_of(said)
    timetable = Timetable(zone=zone, region="FR", windows=tuple(windows))
    numbers = {timetable.window_at(second) for second in {start, max(start, end - 1)}}
    if len(numbers) > 1 or end - start > 24 * 3600 or CLOSED in numbers:
        raise OutsideScopeError(ONE_WINDOW)
    tariff = tariff_of(said[whose[numbers.pop()]])
    fees = given.yes("first_segment", default=True)
    for one in said:
        one.aside(*one)
    if not fees:
        raise OutsideScopeError("the later part of a call: each call is billed once, whole")
    return tariff.invoice([end - start] * HUNDRED).net, expected.amount("cost") * 100 * HUNDRED


ADAPTERS: Mapping[str, Adapter] = {
    "call.rate_windows": in_one_window,
    "window.membership": in_hours,
    "window.priority": holiday_first,
    "window.validate": loads,
    "tz.weekday": weekend,
    "tz.window_dst": repeated_hour,
}
