"""Local midnights and months in UTC seconds, over clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.model.clock import local_time, midnight, month_bounds, stretches
from permanence.model.period import Month

ZONES = ("Europe/Paris", "Indian/Reunion", "America/Martinique", "America/Miquelon", "Australia/Lord_Howe", "UTC")


@pytest.mark.parametrize(
    ("month", "zone", "hours"),
    [
        (Month(2026, 3), "Europe/Paris", 31 * 24 - 1),
        (Month(2026, 10), "Europe/Paris", 31 * 24 + 1),
        (Month(2026, 2), "Europe/Paris", 28 * 24),
        (Month(2028, 2), "Europe/Paris", 29 * 24),
        (Month(2026, 10), "Indian/Reunion", 31 * 24),
        (Month(2026, 12), "Europe/Paris", 31 * 24),
    ],
)
def test_a_month_is_as_long_as_its_wall_clock_makes_it(month: Month, zone: str, hours: int) -> None:
    start, end = month_bounds(month, zone)
    assert end - start == hours * 3600


def test_a_month_begins_at_local_midnight_not_at_midnight_utc() -> None:
    start, end = month_bounds(Month(2026, 10), "Europe/Paris")
    assert datetime.fromtimestamp(start, UTC).isoformat() == "2026-09-30T22:00:00+00:00"
    assert datetime.fromtimestamp(end, UTC).isoformat() == "2026-10-31T23:00:00+00:00"


def test_a_day_that_has_no_midnight_begins_with_its_first_instant() -> None:
    assert local_time(midnight(date(2018, 11, 4), "America/Sao_Paulo"), "America/Sao_Paulo") == (date(2018, 11, 4), 60)
    assert local_time(midnight(date(2018, 11, 4), "America/Sao_Paulo") - 1, "America/Sao_Paulo")[0].day == 3


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        midnight(date(2026, 1, 1), "Europe/Lutece")


@pytest.mark.parametrize("zone", ZONES)
@given(instant=st.integers(1_600_000_000, 2_200_000_000))
def test_the_local_time_of_an_instant_is_that_of_zoneinfo(zone: str, instant: int) -> None:
    there = datetime.fromtimestamp(instant, ZoneInfo(zone))
    assert local_time(instant, zone) == (there.date(), there.hour * 60 + there.minute)


@pytest.mark.parametrize("zone", ZONES)
@given(first=st.integers(26_000_000, 36_000_000), days=st.integers(0, 400), odd=st.integers(0, 1439))
def test_stretches_tile_the_time_and_have_one_offset_each(zone: str, first: int, days: int, odd: int) -> None:
    last, at = first + days * 1440 + odd, first
    for start, end, offset in stretches(first, last, zone):
        assert start == at < end
        for minute in (start, (start + end) // 2, end - 1):
            assert datetime.fromtimestamp(minute * 60, ZoneInfo(zone)).utcoffset() == timedelta(minutes=offset)
        at = end
    assert at == last
