"""The forms of times that a mapping may name: which there are, what a pattern must have, and an example of each."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

INSTANTS = ("iso", "epoch", "epoch_ms", "epoch_us", "gregorian", "rfc2822")
"""Forms that say themselves which instant is meant; ``iso`` does where it has an offset."""
PER_SECOND: Mapping[str, int] = {"epoch": 1, "epoch_ms": 1_000, "epoch_us": 1_000_000, "gregorian": 1}
"""How many of its units a second has, by the form."""
YEAR_0 = 62_167_219_200
"""Seconds from the beginning of the year 0 to that of 1970."""
SHORT: Mapping[str, str] = {"%T": "%H:%M:%S", "%R": "%H:%M", "%F": "%Y-%m-%d", "%D": "%m/%d/%y", "%e": "%d"}
DIRECTIVES = frozenset("YymdjHIMSpfzZaAbB%")
DIRECTIVE = re.compile("%(.?)", re.DOTALL)
EXAMPLE = datetime(2026, 10, 2, 8, 0, 2, tzinfo=UTC)
EXAMPLES = {
    "iso": "2026-10-02T08:00:02+02:00",
    "epoch": "1790920802",
    "epoch_ms": "1790920802000",
    "epoch_us": "1790920802000000",
    "gregorian": "63958140002",
    "rfc2822": "Fri, 02 Oct 2026 06:00:02 +0000",
}


def spelt_out(pattern: str) -> str:
    """Return a pattern in which ``%T`` and its like are written as what they stand for."""
    return DIRECTIVE.sub(lambda found: SHORT.get(found[0], found[0]), pattern)


def example_of(form: str) -> str:
    """Return a time as a form writes it."""
    return EXAMPLES.get(form) or EXAMPLE.strftime(spelt_out(form)).replace("%Z", "UTC")


def stamp_fault(form: str) -> tuple[str, str] | None:
    """Return what is wrong with a form of times, and what to do; None when nothing is."""
    if form in INSTANTS:
        return None
    if "%" not in form:
        return f'"{form}" is no form of times', f"write {', '.join(INSTANTS)}, or a pattern such as %Y-%m-%d %H:%M:%S"
    found = set(DIRECTIVE.findall(spelt_out(form)))
    if unknown := sorted(found - DIRECTIVES):
        known = " ".join(f"%{one}" for one in sorted(DIRECTIVES - {"%"}))
        return f'"%{unknown[0]}" in the stamp is no part of a time', f"known: {known}"
    return _incomplete(form, found)


def _incomplete(form: str, found: set[str]) -> tuple[str, str] | None:
    """Return what a pattern leaves open, and what to do."""
    if "I" in found and "p" not in found:
        return f'the stamp "{form}" has a 12-hour clock and does not say which half of the day', "add %p, or write %H"
    if not found & {"H", "I"}:
        hint = 'add %H:%M; where another column has the hour, write start = ["their date", "their hour"]'
        return f'the stamp "{form}" has no hour', hint
    if not (found & {"Y", "y"} and ("j" in found or ("d" in found and found & {"m", "b", "B"}))):
        return f'the stamp "{form}" does not say which day', "a day needs %d, %m (or %b, %B) and %Y (or %y)"
    return None
