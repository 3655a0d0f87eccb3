"""In which window an instant falls: edges, clock changes, public holidays, and the table that says it for millions."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from permanence.bill.measure.coverage import CoverageTable, Timetable
from permanence.model.clock import month_bounds
from permanence.model.coverage import CoverageWindow

from tests.bill.samples import BASIC, MARCH, OCTOBER, at, window

WHOLE_WEEK = (window("always", "mon-sun,holiday", "00:00-24:00"),)
NIGHT = (window("night", "mon-sun", "02:00-03:00"),)
HALF = (window("early", "mon-sun", "02:00-02:30"), window("late", "mon-sun", "02:30-03:00"))
# Saturday 15 August, Sunday 1 November, Wednesday 11 November and Friday 25 December 2026 are public holidays.
SUNDAYS = (*BASIC, window("sunday", "sun", "10:00-12:00"))
FEASTS = (*BASIC, window("feast", "holiday", "10:00-12:00"))


def name_at(text: str, windows: tuple[CoverageWindow, ...] = BASIC, region: str = "FR", **coverage: Any) -> str:
    timetable = Timetable(zone="Europe/Paris", region=region, windows=windows, **coverage)
    number = timetable.window_at(at(text))
    return windows[number].id if number >= 0 else ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026-10-05 07:59:59", ""),
        ("2026-10-05 08:00:00", "weekdays"),
        ("2026-10-05 18:59:59", "weekdays"),
        ("2026-10-05 19:00:00", ""),
        ("2026-10-09 18:59:59", "weekdays"),
        ("2026-10-10 08:59:59", ""),
        ("2026-10-10 09:00:00", "saturday"),
        ("2026-10-10 11:59:59", "saturday"),
        ("2026-10-10 12:00:00", ""),
        ("2026-10-11 10:00:00", ""),
    ],
)
def test_the_first_second_of_a_window_is_in_and_its_last_is_out(text: str, name: str) -> None:
    assert name_at(text) == name


@pytest.mark.parametrize(
    ("text", "days", "hours", "inside"),
    [
        ("2026-10-05 23:59:59", "mon", "20:00-24:00", True),
        ("2026-10-06 00:00:00", "mon", "20:00-24:00", False),
        ("2026-10-06 00:00:00", "tue", "00:00-00:01", True),
        ("2026-10-06 00:00:59", "tue", "00:00-00:01", True),
        ("2026-10-06 00:01:00", "tue", "00:00-00:01", False),
    ],
)
def test_a_window_to_24_hours_ends_at_midnight_and_the_next_day_begins_there(
    text: str, days: str, hours: str, inside: bool
) -> None:
    assert (name_at(text, (window("w", days, hours),)) == "w") is inside


def open_seconds(windows: tuple[CoverageWindow, ...], day: str) -> dict[str, int]:
    """Return how long each window is open on a day, asked minute by minute and also by table."""
    timetable = Timetable(zone="Europe/Paris", region="FR", windows=windows)
    start = at(f"{day} 00:00:00")
    asked = [timetable.window_at(instant) for instant in range(start, start + 25 * 3600, 60)]
    assert timetable.by_minute(start // 60, start // 60 + 25 * 60).tolist() == asked
    return {each.id: asked.count(number) * 60 for number, each in enumerate(windows)}


def test_a_window_in_the_hour_that_spring_leaves_out_is_empty_that_night() -> None:
    assert open_seconds(NIGHT, "2026-03-29") == {"night": 0}


def test_a_window_in_the_hour_that_autumn_repeats_is_open_twice_that_night() -> None:
    assert open_seconds(NIGHT, "2026-10-25") == {"night": 2 * 3600}
    assert open_seconds(HALF, "2026-10-25") == {"early": 3600, "late": 3600}


@pytest.mark.parametrize(
    ("text", "windows", "coverage", "name"),
    [
        ("2026-11-11 10:30:00", BASIC, {}, ""),
        ("2026-11-11 10:30:00", BASIC, {"holidays": "as_weekday"}, "weekdays"),
        ("2026-11-11 10:30:00", BASIC, {"holidays": "as_sunday"}, ""),
        ("2026-11-11 10:30:00", SUNDAYS, {}, ""),
        ("2026-11-11 10:30:00", SUNDAYS, {"holidays": "as_sunday"}, "sunday"),
        ("2026-11-11 10:30:00", FEASTS, {}, "feast"),
        ("2026-11-11 09:30:00", FEASTS, {}, ""),
        ("2026-11-11 09:30:00", FEASTS, {"holidays": "as_weekday"}, "weekdays"),
        ("2026-11-12 10:30:00", FEASTS, {}, "weekdays"),
        ("2026-11-11 10:30:00", BASIC, {"extra_open": (date(2026, 11, 11),)}, "weekdays"),
        ("2026-11-12 10:30:00", BASIC, {"extra_closed": (date(2026, 11, 12),)}, ""),
        ("2026-11-12 10:30:00", WHOLE_WEEK, {"extra_closed": (date(2026, 11, 12),)}, ""),
        ("2026-11-11 03:00:00", WHOLE_WEEK, {}, "always"),
        ("2026-08-15 10:00:00", BASIC, {}, ""),
    ],
)
def test_a_public_holiday_is_closed_or_a_weekday_or_a_sunday_as_the_offer_says(
    text: str, windows: tuple[CoverageWindow, ...], coverage: dict[str, Any], name: str
) -> None:
    assert name_at(text, windows, **coverage) == name


@pytest.mark.parametrize(
    ("day", "closed_in"),
    [
        ("2026-04-03", {"FR-57", "FR-67"}),
        ("2026-05-27", {"FR-971"}),
        ("2026-05-22", {"FR-972"}),
        ("2026-06-10", {"FR-973"}),
        ("2026-04-27", {"FR-976"}),
        ("2027-12-20", {"FR-974"}),
        ("2026-03-12", set[str]()),
        ("2026-05-14", {"FR", "FR-57", "FR-67", "FR-971", "FR-972", "FR-973", "FR-974", "FR-976"}),
    ],
)
def test_a_regional_holiday_closes_its_own_region_only(day: str, closed_in: set[str]) -> None:
    regions = ("FR", "FR-57", "FR-67", "FR-971", "FR-972", "FR-973", "FR-974", "FR-976")
    assert {region for region in regions if not name_at(f"{day} 10:00:00", region=region)} == closed_in


def test_of_two_windows_over_one_minute_the_first_has_it() -> None:
    windows = (window("lunch", "mon", "12:00-14:00"), *BASIC)
    assert [name_at(f"2026-10-05 {hour}", windows) for hour in ("11:59:59", "12:00:00", "14:00:00")] == [
        "weekdays",
        "lunch",
        "weekdays",
    ]


def test_the_table_says_of_each_minute_what_is_said_of_one_instant_and_goes_on_past_both_its_ends() -> None:
    timetables = [
        Timetable(zone=zone, region=region, windows=windows)
        for zone in ("Europe/Paris", "America/Martinique")
        for region in ("FR", "FR-972")
        for windows in (BASIC, WHOLE_WEEK, NIGHT, ())
    ]
    for month in (MARCH, OCTOBER):
        start, end = month_bounds(month, "Europe/Paris")
        table = CoverageTable.of(timetables, start, end)
        instants = np.arange(start - 3 * 86400, end + 4 * 86400, 1799, dtype=np.int64)
        for number, timetable in enumerate(timetables):
            asked = [timetable.window_at(int(instant)) for instant in instants]
            names = [timetable.windows[found].id if found >= 0 else "" for found in asked]
            codes = table.look_up(np.full(len(instants), number, np.int32), instants)
            assert [table.words[code] if code >= 0 else "" for code in codes] == names


def test_timetables_that_come_to_the_same_month_share_a_row() -> None:
    start, end = month_bounds(OCTOBER, "Europe/Paris")
    regions = [Timetable(zone="Europe/Paris", region=region, windows=BASIC) for region in ("FR", "FR-57", "FR-974")]
    assert CoverageTable.of(regions, start, end).row_of.tolist() == [1, 1, 1, 0]


def test_no_timetable_is_never_open() -> None:
    table = CoverageTable.of([], 0, 0)
    assert table.look_up(np.array([-1, -1], np.int32), np.array([0, 10**12], np.int64)).tolist() == [-1, -1]
