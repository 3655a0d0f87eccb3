"""Coverage windows: which one an instant falls in, on the local clock, on public holidays, past midnight."""

from collections.abc import Mapping

from permanence.bill.measure.coverage import CLOSED, Timetable
from permanence.model.clock import MINUTE, local_time, offset_at
from permanence.model.problem import Refused

from tests.bill.months import contract, offer, on_file
from tests.bill.samples import at, window

from .case import Adapter, Answer, Given
from .dates import instant

WEEK = (window("weekdays", "mon-fri", "00:00-24:00"), window("weekend", "sat,sun", "00:00-24:00"))
HOLIDAYS = window("holiday", "holiday", "00:00-24:00")


def past_midnight(given: Given, expected: Given) -> Answer:
    """Flexprice: hours past midnight, which a rule file says as two windows."""
    hours = [f"{given['start']}-24:00", f"00:00-{given['end']}"]
    windows = tuple(window(f"night-{number}", "mon-sun", text) for number, text in enumerate(hours))
    timetable = Timetable(zone=given["tz"], region="FR", windows=windows)
    got = {text: timetable.window_at(at(f"2026-10-06 {text}:00", given["tz"])) != CLOSED for text in expected}
    return got, expected


def holiday_first(given: Given, expected: Given) -> Answer:
    """CGRateS: a public holiday's window has the day, whatever day of the week it is, with no weight to set."""
    wanted = " ".join(expected.values())
    assert "holiday" in wanted or "EASTER" in wanted
    timetable = Timetable(zone="UTC", region="FR", windows=(*WEEK, HOLIDAYS))
    number = timetable.window_at(at(f"{given['call'][:10]} 13:30:00", "UTC"))
    return timetable.windows[number].id, "holiday"


def weekend(given: Given, expected: Given) -> Answer:
    """The day of the week is taken on the tariff's own clock."""
    timetable = Timetable(zone=given["tz"], region="FR", windows=WEEK)
    return [timetable.window_at(instant(text)) == 1 for text in given["instants"]], expected["is_weekend"]


def repeated_hour(given: Given, expected: Given) -> Answer:
    """OCPI: each instant of the repeated hour has its wall clock time, and its offset tells the two apart."""
    got = []
    for seconds in map(instant, given["instants"]):
        _, minute = local_time(seconds, given["tz"])
        ahead = offset_at(seconds // MINUTE, given["tz"])
        got.append(f"{minute // 60:02d}:{minute % 60:02d}+{ahead // 60:02d}:{ahead % 60:02d}")
    return got, expected["local"]


def loads(given: Given, expected: Given) -> Answer:
    """Flexprice: a rule file whose windows overlap is refused."""
    windows = given.get("buckets") or [[given["start"], given["end"]]]
    first, *others = (f"{start}-{end}" for start, end in windows)
    more = [f'[[coverage.window]]\nid = "more-{i}"\ndays = "mon-fri"\nhours = "{h}"\n' for i, h in enumerate(others)]
    try:
        on_file(offer("\n".join(more)).replace("08:00-19:00", first), contract())
    except Refused as refused:
        overlaps = all("both cover" in problem.what for problem in refused.problems)
        return "overlap" if overlaps else str(refused), True if expected["valid"] else "overlap"
    return True, expected["valid"]


ADAPTERS: Mapping[str, Adapter] = {
    "window.membership": past_midnight,
    "window.priority": holiday_first,
    "window.validate": loads,
    "tz.weekday": weekend,
    "tz.window_dst": repeated_hour,
}
