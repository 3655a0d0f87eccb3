"""Dates, and what a unit price is for, as French readers write them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from ..event import Event, EventKind
from ..period import Month

SHORT = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split()
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
REASON_FR = {
    "direction": "pas un appel entrant",
    "status": "sans réponse",
    "too_short": "trop court",
    "tag": "étiquette exclue",
    "unknown_line": "ligne inconnue",
    "not_in_service": "hors service ce jour-là",
    "ambiguous": "deux contrats pour une ligne",
    "other_leg": "autre branche d'un appel compté",
}
"""Why a call is not counted; a reason that an offer's own call rule gives is in its own words."""
UNBROKEN = (
    (re.compile(r" (?=[:»€%])|(?<=«) "), "\u00a0"),
    (re.compile(r" (?=[;?!])"), "\u202f"),
    (re.compile(r"(?<=\d) (?=(?:h|s|mois|ans?|jours?|semaines?|appels?|secondes?)\b)|(?<=\d h) (?=\d)"), "\u00a0"),
)
"""Where a French line may not end: the spaces that are found, and what stands in their place."""
OF_SECONDS = {1: "la seconde", 60: "la minute", 3600: "l'heure"}


def each_in_words(for_each: int, unit: str) -> str:
    """Return what a unit price is for: ``la minute`` for 60 seconds, ``les 100 appels``, ``l'unité`` for one."""
    if unit == "s" and for_each in OF_SECONDS:
        return OF_SECONDS[for_each]
    return "l'unité" if for_each == 1 else f"les {for_each} {unit}"


def month_in_words(month: Month) -> str:
    """Return ``octobre 2026``."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def from_to(first: Month, last: Month) -> str:
    """Return ``d'octobre 2026 à mai 2027``; ``octobre 2026`` where both are that month."""
    start, end = month_in_words(first), month_in_words(last)
    of = "d'" if start[0] in "ao" else "de "
    return end if first == last else f"{of}{start} à {end}"


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


MISSIONS = {"simple": "mission simple", "complex": "mission complexe"}
EVENTS: Mapping[EventKind, str] = {
    "go_live": "Mise en service",
    "option_added": "Ajout d'une option",
    "option_removed": "Retrait d'une option",
    "mission_changed": "Changement de mission",
    "line_added": "Ajout d'une ligne",
    "line_removed": "Retrait d'une ligne",
    "offer_changed": "Changement d'offre",
    "region_moved": "Changement de région",
    "suspended": "Suspension",
    "resumed": "Reprise du service",
    "notice_received": "Préavis",
    "notice_withdrawn": "Retrait du préavis",
    "reminder_sent": "Rappel de la reconduction envoyé",
    "quality_call": "Appel qualité",
}
"""What staff call each event."""


def mission_in_words(mission: str) -> str:
    """Return the mission as customers read it."""
    return MISSIONS.get(mission, f"mission {mission}")


def event_in_words(event: Event) -> str:
    """Return what happened, and to what: ``Ajout d'une option : svi``."""
    name = mission_in_words(event.mission).removeprefix("mission ") if event.mission else event.name
    return f"{EVENTS[event.what]} : {name}" if name else EVENTS[event.what]


def typeset(french: str) -> str:
    """Return a French sentence with no-break spaces where a line may not end: before « : » and « € », in numbers."""
    for pattern, space in UNBROKEN:
        french = pattern.sub(space, french)
    return french
