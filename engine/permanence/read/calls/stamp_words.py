"""The words in times: months and days of the week in French and English, halves of the day, zones' abbreviations."""

import re
from collections.abc import Mapping

MONTHS: Mapping[str, tuple[str, ...]] = {
    "Jan": ("january", "jan", "janvier", "janv"),
    "Feb": ("february", "feb", "février", "fevrier", "févr", "fevr", "fév", "fev"),
    "Mar": ("march", "mar", "mars"),
    "Apr": ("april", "apr", "avril", "avr"),
    "May": ("may", "mai"),
    "Jun": ("june", "jun", "juin"),
    "Jul": ("july", "jul", "juillet", "juil"),
    "Aug": ("august", "aug", "août", "aout", "aoû", "aou"),
    "Sep": ("september", "sep", "sept", "septembre"),
    "Oct": ("october", "oct", "octobre"),
    "Nov": ("november", "nov", "novembre"),
    "Dec": ("december", "dec", "décembre", "decembre", "déc"),
}
DAYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"),
    *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    *("lun", "mer", "jeu", "ven", "sam", "dim"),
)
OFFSETS: Mapping[str, int] = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "WET": 0,
    "WEST": 3_600,
    "CET": 3_600,
    "CEST": 7_200,
    "EET": 7_200,
    "EEST": 10_800,
}
"""Seconds before UTC, of the abbreviations that mean one zone only: not ``IST``, ``BST`` or ``EST``."""
SAYS = {word: month for month, words in MONTHS.items() for word in words}
WORD = re.compile(r"[^\W\d_]+\.?")
A_DAY = "Mon"
"""The day of the week tells nothing that the date does not: whatever it is, it is read as one."""
ABBREVIATION = re.compile(r"\s*\(?(?<![A-Z])(?P<zone>[A-Z]{1,5})\)?(?=\s|$)")
HALF = re.compile(r"(?i)\b([ap])\.?\s?m\.?(?=\s|$)|(?<=\d)([ap])\.?m\.?(?=\s|$)")


def in_english(text: str, pattern: str) -> str:
    """Return a time whose months, days and halves of the day are words that %b, %a and %p of a pattern read."""
    text = HALF.sub(lambda found: f"{(found[1] or found[2]).upper()}M", text)
    # `mar` is a Tuesday or a March: the first word, where the pattern begins with the day of the week.
    if "%a" in pattern and not -1 < pattern.find("%b") < pattern.index("%a"):
        text = WORD.sub(_day, text, count=1)
    return " ".join(WORD.sub(_word, text).split())


def offset_of(text: str) -> tuple[str, int]:
    """Return a time without the abbreviation of its zone, and the seconds by which that is before UTC.

    Raises ValueError where there is none, or one that means several zones.
    """
    for found in ABBREVIATION.finditer(text):
        if found["zone"] in OFFSETS:
            without = f"{text[: found.start()]} {text[found.end() :]}"
            return " ".join(without.split()), OFFSETS[found["zone"]]
    raise ValueError("no zone")


def _day(found: re.Match[str]) -> str:
    return A_DAY if found[0].rstrip(".").lower() in (*DAYS, "mar") else found[0]


def _word(found: re.Match[str]) -> str:
    word = found[0].rstrip(".").lower()
    if word in SAYS:
        return SAYS[word]
    return A_DAY if word in DAYS else found[0]
