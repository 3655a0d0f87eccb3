"""What goes past what can be worked out: days outside the calendar, lists that nobody could prove in a minute."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ...model.fault import Fault
from ...model.period import CALENDAR
from ..toml.located_toml import Path

LARGEST = 2**31 - 1
"""Calls, seconds and days that are counted are never as many."""
MOST_ENTRIES = 5_000
"""Entries of one list, such as bands: `check` plays a month on both sides of each, and proves so many in a minute."""


def check_bounds(value: Any, path: Path = ()) -> Iterator[Fault]:
    """Yield a fault for each day in a table that nobody could count on from, each number and list that is too large."""
    if isinstance(value, date) and value.year not in CALENDAR:
        what = f"{value} is not between {CALENDAR[0]} and {CALENDAR[-1]}"
        yield Fault(path, what, "calendars are worked out for these years")
    if isinstance(value, int) and value > LARGEST:
        yield Fault(path, f"{value} is more than anything that is counted", f"up to {LARGEST:,} is possible")
    if isinstance(value, list) and len(value) > MOST_ENTRIES:
        what = f"a list of {len(value):,} is longer than can be proved in a minute: {MOST_ENTRIES:,} are possible"
        yield Fault(path, what, "make several offers of it, or let prices grow by themselves: `then`, `every`")
        return
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from check_bounds(part, (*path, key))
