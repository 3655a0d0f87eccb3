"""Stamps over both clock changes, against zoneinfo asked call by call."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.model.usage import Numbers
from permanence.read.calls.clock_survey import clock_of
from permanence.read.calls.stamps import UNREADABLE, parse_stamps
from permanence.read.calls.zones import NO_EPOCH, Instants, ZoneContradictedError, to_utc

PARIS = ZoneInfo("Europe/Paris")
AUTUMN = int(datetime(2026, 10, 25, 1, tzinfo=UTC).timestamp())
YEAR = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
instants = st.one_of(st.integers(YEAR, YEAR + 366 * 86_400), st.integers(AUTUMN - 7_200, AUTUMN + 7_200))


def wall(instant: int, zone: ZoneInfo = PARIS) -> int:
    """Return what a wall clock shows, as if it were UTC."""
    return int(datetime.fromtimestamp(instant, zone).replace(tzinfo=UTC).timestamp())


def of_whole_file(walls: Numbers, epochs: Numbers, stated: str) -> Instants:
    return to_utc(walls, epochs, clock_of(walls, epochs, stated))


def read(walls: list[int], epochs: list[int], zone: str) -> tuple[list[int], str]:
    found = of_whole_file(np.array(walls, dtype=np.int64), np.array(epochs, dtype=np.int64), zone)
    assert not found.skipped.any()
    assert not found.doubtful.any()
    return found.start.tolist(), str(found.zone)


@given(st.lists(instants, min_size=1, max_size=30), st.sampled_from(["Europe/Paris", "UTC", "America/New_York"]))
def test_unix_times_in_ids_give_the_instant_back_whatever_the_zone(calls: list[int], zone: str) -> None:
    found, _ = read([wall(call, ZoneInfo(zone)) for call in calls], calls, zone)
    assert found == calls


@given(st.lists(instants, min_size=1, max_size=30))
def test_the_zone_is_found_from_unix_times_for_paris(calls: list[int]) -> None:
    assert read([wall(call) for call in calls], calls, "from_uniqueid") == (calls, "Europe/Paris")


@given(
    st.lists(instants, min_size=1, max_size=30), st.integers(-48, 56).filter(lambda quarters: quarters not in (0, 4, 8))
)
def test_a_constant_offset_is_found_from_unix_times(calls: list[int], quarters: int) -> None:
    found, _ = read([call + quarters * 900 for call in calls], calls, "from_uniqueid")
    assert found == calls


@given(st.sets(st.integers(AUTUMN - 10_800, AUTUMN + 10_800), max_size=30))
def test_without_ids_the_order_of_the_file_tells_the_repeated_hour_or_the_first_is_taken(calls: set[int]) -> None:
    quiet = {AUTUMN + hour * 3_600 for hour in (-9, -8, -7, -6, 6, 7, 8, 9)}
    for order in (sorted(calls | quiet), sorted(calls | quiet, reverse=True)):
        walls = np.array([wall(call) for call in order], dtype=np.int64)
        found = of_whole_file(walls, np.full(len(order), NO_EPOCH), "Europe/Paris")
        late = np.array(order) - found.start
        assert set(late.tolist()) <= {0, 3600}
        assert found.doubtful[late != 0].all()
        repeated = [wall(call) for call in sorted(calls) if AUTUMN - 3600 <= call < AUTUMN + 3600]
        if any(after - before <= -1800 for before, after in pairwise(repeated)):
            assert not found.doubtful.any()


def test_calls_of_both_passes_of_the_repeated_hour_keep_their_order() -> None:
    calls = [AUTUMN - 3600 + 600, AUTUMN - 600, AUTUMN + 600, AUTUMN + 3000]
    found, _ = read([wall(call) for call in calls], [NO_EPOCH] * 4, "Europe/Paris")
    assert found == calls


def test_a_stamp_in_the_skipped_hour_is_flagged_with_its_neighbours_kept() -> None:
    walls = [int(datetime(2026, 3, 29, *time, tzinfo=UTC).timestamp()) for time in ((1, 59), (2, 0), (2, 59), (3, 0))]
    found = of_whole_file(np.array(walls), np.full(4, NO_EPOCH), "Europe/Paris")
    assert found.skipped.tolist() == [False, True, True, False]
    assert found.start[3] - found.start[0] == 60


def test_a_stated_zone_is_held_against_the_ids() -> None:
    call = AUTUMN - 30 * 86_400
    with pytest.raises(ZoneContradictedError, match=r"not in Europe/Paris: .* they are in UTC\+05:00"):
        read([call + 5 * 3600], [call], "Europe/Paris")


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("2026-10-02T08:00:02+02:00", "iso", 1_790_920_802),
        ("2026-10-02T06:00:02.999Z", "iso", 1_790_920_802),
        ("2026-02-30T08:00:02Z", "iso", UNREADABLE),
        ("Fri, 02 Oct 2026 06:00:02 +0000", "%a, %d %b %Y %H:%M:%S %z", 1_790_920_802),
        ("1790920802.75", "epoch", 1_790_920_802),
        ("then", "epoch", UNREADABLE),
        ("2026-10-02 06:00:02", "%Y-%m-%d %H:%M:%S", 1_790_920_802),
        ("2/10/2026 6:00:02", "%d/%m/%Y %H:%M:%S", 1_790_920_802),
        ("2026-02-31 06:00:02", "%Y-%m-%d %H:%M:%S", UNREADABLE),
        ("2026-10-02 24:00:00", "%Y-%m-%d %H:%M:%S", UNREADABLE),
        ("2026-10-02 06:00:02 or so", "%Y-%m-%d %H:%M:%S", UNREADABLE),
        (None, "iso", UNREADABLE),
        (None, "%Y", UNREADABLE),
    ],
)
def test_a_stamp_is_read_strictly(text: str | None, form: str, expected: int) -> None:
    assert parse_stamps(pa.array([text], pa.string()), form).seconds.tolist() == [expected]
