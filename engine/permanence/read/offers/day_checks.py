"""Days of a rule file that lie outside the years for which calendars are worked out."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ...model.period import CALENDAR
from ..toml.faults import Fault
from ..toml.located_toml import Path


def check_days(value: Any, path: Path = ()) -> Iterator[Fault]:
    """Yield a fault for each day in a table, or below it, from which nobody could count on: holidays, terms, months."""
    if isinstance(value, date) and value.year not in CALENDAR:
        what = f"{value} is not between {CALENDAR[0]} and {CALENDAR[-1]}"
        yield Fault(path, what, "calendars are worked out for these years")
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from check_days(part, (*path, key))
