"""What the cells of a column are: times, durations, telephone numbers, words, identities."""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import product
from typing import Literal

from attrs import evolve, frozen

from ..calls.stamp_forms import YEAR_0

Kind = Literal["empty", "stamp", "date", "hour", "duration", "phone", "word", "identity", "text"]
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y")
HOURS = ("%H:%M:%S", "%I:%M:%S %p", "%H:%M", "%I:%M%p", "%I:%M %p", "%H:%M:%S.%f")
STAMPS = tuple(f"{day}{between}{hour}" for day, between, hour in product(DAYS, (" ", "T"), HOURS))
EPOCHS = {"epoch": (1, 0), "epoch_ms": (1_000, 0), "epoch_us": (1_000_000, 0), "gregorian": (1, YEAR_0)}
"""Forms of times in figures: so many of them a second, and where 1970 is."""
EARLIEST, LATEST = 946_684_800, 4_102_444_800
"""2000 and 2100, in seconds of Unix."""
INSTANTS = {
    "iso": r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d(:?\d\d)?)",
    "rfc2822": r"\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d ([+-]\d{4}|[A-Z]{3,4})",
    "%Y-%m-%d %H:%M:%S %Z": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [A-Z]{3,4}",
}
"""Times that say themselves which instant they are, in letters."""
DURATIONS = {
    "h:mm:ss": r"\d{1,3}:[0-5]\d:[0-5]\d",
    "h:mm'ss": r"\d{1,3}:[0-5]\d'[0-5]\d\"?",
    "m'ss": r"\d{1,3}'[0-5]\d\"?",
    "h:mm": r"\d{1,3}:[0-5]\d",
    "seconds": r"\d{1,6}([.,]\d{1,3})?|\d{1,3}([ \u00a0\u202f]\d{3})+",
}
"""How durations are written; minutes and seconds look like hours and minutes, and are told by whoever drafts."""
PHONE = re.compile(r"(sip:|tel:)?\+?\(?\d[\d .()/-]{6,}\d(@\S+|;\S+)?|.*<(sip:|tel:)?\+?\d[\d ]{2,}[^>]*>")
DAY = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{2,4}")
INNER_NUMBER = re.compile(r"[^<]*<([^>]*)>")
MOST_WORDS = 12
FEW, LONG_IDENTITY = 20, 6
LONG_CALL = 5_000
"""In seconds, no usual call of anybody."""


@frozen(kw_only=True)
class Content:
    """What a column holds: its kind, how it is written (a pattern, a form), its distinct words, and what is in doubt.

    ``filled`` is the share of cells that say something, ``distinct`` that of cells which no other repeats.
    """

    kind: Kind
    form: str = ""
    words: tuple[str, ...] = ()
    filled: float = 0.0
    distinct: float = 0.0
    doubt: str = ""


def content_of(cells: Sequence[str]) -> Content:
    """Return what the cells of a column are."""
    told = [cell for cell in cells if cell]
    if not told:
        return Content(kind="empty")
    found = next(filter(None, (tell(told) for tell in (_as_time, _as_instant, _as_duration, _as_phone))), None)
    if found is None:
        words = _words(told)
        kind: Kind = "identity" if _is_identity(told) else "word" if words else "text"
        found = Content(kind=kind, words=words)
    return evolve(found, filled=len(told) / len(cells), distinct=len(set(told)) / len(told))


def _is_identity(told: Sequence[str]) -> bool:
    """Tell whether no two cells are the same; of few of them, whether they are long enough for that to be no chance."""
    least = LONG_IDENTITY if len(told) < FEW else 2
    alike = len(set(told)) < len(told)
    return not alike and len(told) > 1 and all(len(cell) >= least and "<" not in cell for cell in told)


def _as_time(told: Sequence[str]) -> Content | None:
    """Return the pattern of times, days or hours of a day."""
    kinds: tuple[tuple[Kind, Sequence[str]], ...] = (("stamp", STAMPS), ("date", DAYS), ("hour", HOURS))
    for kind, forms in kinds:
        fitting = [form for form in forms if _all_fit(told, form)]
        if fitting and not (kind == "hour" and _is_duration(told)):
            return Content(kind=kind, form=fitting[0], doubt=_which_first(fitting))
    return None


def _as_instant(told: Sequence[str]) -> Content | None:
    """Return the form of times that are no plain pattern: Unix times, ISO with an offset, RFC 2822."""
    for form, (unit, zero) in EPOCHS.items():
        if _match(told, r"\d{9,17}(\.\d+)?") and all(EARLIEST < float(cell) / unit - zero < LATEST for cell in told):
            return Content(kind="stamp", form=form)
    fitting = next((form for form, like in INSTANTS.items() if _match(told, like)), None)
    return Content(kind="stamp", form=fitting) if fitting else None


def _as_duration(told: Sequence[str]) -> Content | None:
    form = next((form for form, like in DURATIONS.items() if _match(told, like)), None)
    if form == "seconds" and _too_long(told):
        form = "milliseconds"
    return Content(kind="duration", form=form, words=_words(told)) if form else None


def _too_long(told: Sequence[str]) -> bool:
    """Tell whether figures are too great for seconds: half of those that are not zero say a call too long."""
    figures = sorted(float(cell) for cell in told if re.fullmatch(r"\d+", cell) and int(cell))
    return bool(figures) and figures[len(figures) // 2] >= LONG_CALL


def _as_phone(told: Sequence[str]) -> Content | None:
    if sum(bool(PHONE.fullmatch(cell)) and not DAY.fullmatch(cell) for cell in told) <= len(told) / 2:
        return None
    form = "<([^>]*)>" if any(INNER_NUMBER.fullmatch(cell) for cell in told) else ""
    return Content(kind="phone", form=form, words=_words(told))


def _words(told: Sequence[str]) -> tuple[str, ...]:
    """Return the distinct cells in the order they come, none where they are many."""
    words = tuple(dict.fromkeys(told))
    return words if len(words) <= MOST_WORDS else ()


def _match(told: Sequence[str], like: str) -> bool:
    return all(re.fullmatch(like, cell) for cell in told)


def _all_fit(told: Sequence[str], form: str) -> bool:
    for cell in told:
        try:
            datetime.strptime(cell, form)  # noqa: DTZ007 - only whether it fits is asked
        except ValueError:
            return False
    return True


def _is_duration(told: Sequence[str]) -> bool:
    """Tell whether cells such as 0:02 or 00:01:05 are lengths rather than hours of a day, which have two digits."""
    if any(re.search(r"[A-Za-z]", cell) for cell in told):
        return False
    return any(re.match(r"\d:", cell) for cell in told) or sum(cell.startswith("00:") for cell in told) > len(told) / 2


def _which_first(fitting: Sequence[str]) -> str:
    """Return what is in doubt where days and months could stand the other way round."""
    orders = {re.sub(r"[^dm]", "", form.replace("%M", ""))[:2] for form in fitting}
    return "day or month first? no day above the 12th tells" if {"dm", "md"} <= orders else ""
