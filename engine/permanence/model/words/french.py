"""Dates, and what a unit price is for, as French readers write them."""

import re
from collections.abc import Iterable
from datetime import date

from ..period import Month
from ..units import OF_SECONDS, SECONDS, TIMES, UNITS

SHORT = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split()
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
UNBROKEN = (
    (re.compile(r" (?=[:»€%])|(?<=«) "), "\u00a0"),
    (re.compile(r" (?=[;?!])"), "\u202f"),
    (re.compile(r"(?<=\d) (?=(?:h|s|mois|ans?|jours?|semaines?|appels?|secondes?)\b)|(?<=\d h) (?=\d)"), "\u00a0"),
)
"""Where a French line may not end: the spaces that are found, and what stands in their place."""


def unit_of(count: int, unit: str) -> str:
    """Return a unit as it stands behind a number: ``1 appel``, ``5 unités``; seconds by their sign, ``5 s``."""
    known = UNITS.get(unit) if unit != SECONDS else None
    return (known.several if count > 1 else known.one).fr if known else unit


def each_in_words(for_each: int, unit: str) -> str:
    """Return what a unit price is for: ``la minute`` for 60 seconds, ``les 100 appels``, ``l'unité`` for one."""
    if unit == SECONDS and for_each in OF_SECONDS:
        return OF_SECONDS[for_each].fr
    if unit == TIMES and for_each == 1:
        return "chaque fois"
    return "l'unité" if for_each == 1 else f"les {for_each} {unit_of(for_each, unit)}"


def month_in_words(month: Month) -> str:
    """Return ``octobre 2026``."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def day_in_figures(day: str) -> str:
    """Return ``16/11/2026``, of a day in ISO form."""
    return f"{date.fromisoformat(day):%d/%m/%Y}"


def of_month(month: str) -> str:
    """Return ``d'octobre 2026``, ``de mai 2027``, of what `month_in_words` says."""
    return f"d'{month}" if month[0] in "ao" else f"de {month}"


def from_to(first: Month, last: Month) -> str:
    """Return ``d'octobre 2026 à mai 2027``; ``octobre 2026`` where both are that month."""
    start, end = month_in_words(first), month_in_words(last)
    return end if first == last else f"{of_month(start)} à {end}"


def months_in_words(months: Iterable[Month]) -> str:
    """Return some months, those in a row by the first and the last: ``nov. 2025 à janv. 2026, oct. 2026``."""
    rows: list[list[Month]] = []
    for month in sorted(set(months)):
        if rows and rows[-1][-1].next == month:
            rows[-1].append(month)
        else:
            rows.append([month])
    return ", ".join(" à ".join(_short(month) for month in dict.fromkeys((row[0], row[-1]))) for row in rows)


def _short(month: Month) -> str:
    return f"{SHORT[month.month - 1]}\u00a0{month.year}"


def day_in_words(day: date) -> str:
    """Return ``1er octobre 2026``."""
    return f"{'1er' if day.day == 1 else day.day} {month_in_words(Month.of(day))}"


def from_day_to_day(first: date, last: date) -> str:
    """Return ``le 3 mars 2026``, ``du 3 au 11 mars 2026`` or ``du 28 mars au 2 avril 2026``; both are included."""
    if first == last:
        return f"le {day_in_words(last)}"
    start = day_in_words(first).removesuffix(f" {last.year}")
    if (first.year, first.month) == (last.year, last.month):
        start = start.split()[0]
    return f"du {start} au {day_in_words(last)}"


def days_of_line(first: str | None, last: str | None, month: Month) -> str:
    """Return the days that a line of an invoice is for, by ISO dates; empty where they lie in the invoice's month."""
    if not first or not last:
        return ""
    days = date.fromisoformat(first), date.fromisoformat(last)
    return "" if all(day in month.period for day in days) else from_day_to_day(*days)


def typeset(french: str) -> str:
    """Return a French sentence with no-break spaces where a line may not end: before « : » and « € », in numbers."""
    for pattern, space in UNBROKEN:
        french = pattern.sub(space, french)
    return french
