"""Days, moments and cases in English, as the product team reads them in what `check` finds."""

from collections.abc import Mapping
from datetime import date

from ...decide.conflicts import in_words
from ...model.facts import FactValue, Vocabulary
from ...model.scalars import DAY_NAMES, HOLIDAY

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def day_in_english(day: date) -> str:
    """Return ``1 November 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_in_english(day: date, minute: int) -> str:
    """Return ``Sunday 1 November 2026, 10:30`` for a minute of a local day."""
    return f"{WEEKDAYS[day.weekday()]} {day_in_english(day)}, {clock(minute)}"


def clock(minute: int) -> str:
    """Return ``10:30`` for a minute of a day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def hours_in_english(start: int, end: int) -> str:
    """Return ``10:00-12:00`` for half-open minutes of a day."""
    return f"{clock(start)}-{clock(end)}"


def kinds_in_english(kinds: list[tuple[int, bool]]) -> str:
    """Return kinds of day, each a weekday (from 0) that is a public holiday or not, as windows name them."""
    plain = [DAY_NAMES[weekday] for weekday, holiday in kinds if not holiday]
    feasts = [DAY_NAMES[weekday] for weekday, holiday in kinds if holiday]
    named = DAY_NAMES[HOLIDAY] if len(feasts) == len(WEEKDAYS) else f"{DAY_NAMES[HOLIDAY]} ({','.join(feasts)})"
    return ",".join([*plain, named] if feasts else plain)


def case_in_english(facts: Mapping[str, FactValue], vocabulary: Vocabulary) -> str:
    """Return the facts of a case: ``mission complex, 0 calls, not contract.in_trial``."""
    own = {"mission": "mission {}", "usage.calls": "{} calls"}
    named = (
        own[name].format(value) if name in own else in_words(name, value, vocabulary) for name, value in facts.items()
    )
    return ", ".join(named)
