"""The small parts of sentences, each in French and in English: amounts, counts, spans, days, hours."""

from collections.abc import Iterable, Mapping
from datetime import date

from ..period import Span, SpanUnit
from ..scalars import HOLIDAY, Days, Hours, Minutes, Words
from ..units import CALLS, DAYS, SECONDS, UNITS
from ..units import MONTHS as IN_MONTHS
from .french import day_in_words
from .numbers import number

DAY_NAMES = tuple(
    map(
        Words,
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    )
)
MONTHS = "January February March April May June July August September October November December".split()
SPANS: Mapping[SpanUnit, tuple[Words, Words]] = {
    "days": (UNITS[DAYS].one, UNITS[DAYS].several),
    "weeks": (Words("semaine", "week"), Words("semaines", "weeks")),
    "months": (UNITS[IN_MONTHS].one, UNITS[IN_MONTHS].several),
    "years": (Words("an", "year"), Words("ans", "years")),
}
AND, OR = Words("et", "and"), Words("ou", "or")
NOON, MIDNIGHT, WHOLE_DAY = Minutes(12 * 60), Minutes(24 * 60), Hours(Minutes(0), Minutes(24 * 60))


def said(fr: str, en: str, *parts: Words | int) -> Words:
    """Return a sentence in both languages, with each ``{}`` filled by a part in that language."""
    words = [number(part) if isinstance(part, int) else part for part in parts]
    return Words(fr.format(*(part.fr for part in words)), en.format(*(part.told("en") for part in words)))


def listed(parts: Iterable[Words], last: Words = AND) -> Words:
    """Return parts one after the other: ``a, b et c``."""
    found = tuple(parts)
    if len(found) < 2:
        return found[0] if found else Words("")
    *before, end = found
    return Words(
        f"{', '.join(part.fr for part in before)} {last.fr} {end.fr}",
        f"{', '.join(part.told('en') for part in before)} {last.en} {end.told('en')}",
    )


def sentence(words: Words) -> Words:
    """Return words that begin with a capital and end in a full stop."""
    return Words(*(f"{text[:1].upper()}{text[1:]}." for text in (words.fr, words.told("en"))))


def inside(words: Words) -> Words:
    """Return a sentence as it stands inside another one: with a small letter."""
    return Words(*(f"{text[:1].lower()}{text[1:]}" for text in (words.fr, words.told("en"))))


def quoted(words: Words) -> Words:
    """Return words in the quotation marks of each language."""
    return said("« {} »", "“{}”", words)


def counted(count: int, one: Words, several: Words) -> Words:
    """Return how many there are of something: ``1 appel``, ``151 appels``; in French none is one."""
    return Words(
        f"{number(count).fr} {(several if count > 1 else one).fr}",
        f"{number(count).en} {(one if count == 1 else several).told('en')}",
    )


def calls(count: int) -> Words:
    """Return ``151 appels`` and ``151 calls``."""
    return counted(count, UNITS[CALLS].one, UNITS[CALLS].several)


def seconds(count: int) -> Words:
    """Return ``1 seconde`` and ``1 second``."""
    return counted(count, UNITS[SECONDS].one, UNITS[SECONDS].several)


def span_in_words(span: Span) -> Words:
    """Return ``12 mois`` and ``12 months``."""
    return counted(span.count, *SPANS[span.unit])


def date_in_words(day: date) -> Words:
    """Return ``1er octobre 2026`` and ``1 October 2026``."""
    return Words(day_in_words(day), f"{day.day} {MONTHS[day.month - 1]} {day.year}")


def english_unit(unit: str) -> str:
    """Return what one unit of a price per use is in English; a unit of a plugin's own as it is."""
    if unit.startswith("lots de "):
        return f"lot of {unit.removeprefix('lots de ')}"
    return UNITS[unit].one.en if unit in UNITS else unit


def days_in_words(days: Days) -> Words:
    """Return ``du lundi au vendredi``, ``le samedi`` or ``tous les jours, jours fériés compris``."""
    week = [day for day in days.numbers if day != HOLIDAY]
    if len(week) == len(DAY_NAMES):
        every = Words("tous les jours", "every day")
        return every + Words(", jours fériés compris", ", public holidays included") if HOLIDAY in days else every
    runs: list[list[int]] = []
    for day in week:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    holidays = [Words("les jours fériés", "public holidays")] * (HOLIDAY in days)
    return listed([part for run in runs for part in _run(run)] + holidays)


def hours_in_words(hours: Hours) -> Words:
    """Return ``de 8 h à 19 h``, ``de 8 h 30 à 12 h`` or ``à toute heure``."""
    if hours == WHOLE_DAY:
        return Words("à toute heure", "at all hours")
    return Words(
        f"de {_french_time(hours.start)} à {_french_time(hours.end)}",
        f"{_english_time(hours.start)} to {_english_time(hours.end)}",
    )


def _run(run: list[int]) -> list[Words]:
    names = [DAY_NAMES[day] for day in run]
    if len(run) > 2:
        return [said("du {} au {}", "{} to {}", names[0], names[-1])]
    return [said("le {}", "{}", name) for name in names]


def _french_time(minutes: Minutes) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour} h {minute:02d}" if minute else f"{hour} h"


def _english_time(minutes: Minutes) -> str:
    if minutes in (0, NOON, MIDNIGHT):
        return "noon" if minutes == NOON else "midnight"
    hour, minute = divmod(minutes, 60)
    return f"{(hour - 1) % 12 + 1}{f':{minute:02d}' if minute else ''} {'am' if minutes < NOON else 'pm'}"
