"""Answers as people type them, French ways included, turned into the notation of rule files.

Each function returns the answer as a rule file has it, and raises ValueError, with an example, for what it cannot read.
"""

import re
from collections.abc import Callable
from datetime import date

from ...model.currency import SIGNS
from ...model.money import AMOUNT, micros, plain
from ...model.period import Span
from ...model.scalars import Hours
from .draft import NONE, OPEN_ENDED, PRICED

Reading = Callable[[str], str]
NONES = {NONE, "no", "non", "aucun", "aucune", "sans", "closed", "fermé", "-"}
IN_FRENCH = {
    "tranches": "bands",
    "formules": "plans",
    "formules_en_minutes": "minute_plans",
    "plans_of_minutes": "minute_plans",
    "forfait": "package",
    "abonnement": "package",
    "à_l_appel": "per_call",
    "à_la_minute": "per_minute",
}
"""What else people call the ways of pricing."""
OPEN = {OPEN_ENDED, "open-ended", "open ended", "indéterminée", "durée indéterminée"}
TIME = r"([0-9]{1,2})\s*(?:[h:]\s*([0-9]{2})?)?"
STRETCH = re.compile(rf"(?:de\s+)?{TIME}\s*(?:-|–|à|to)\s*{TIME}", re.IGNORECASE)
BETWEEN = re.compile(r"\s*[,;]\s*|\s+(?:et|and)\s+")
LENGTH = re.compile(r"([0-9]{1,5})\s*([^\W\d_]+)")
UNITS = {
    word: unit
    for unit, words in {
        "days": "day days jour jours",
        "weeks": "week weeks semaine semaines",
        "months": "month months mois",
        "years": "year years an ans année années",
    }.items()
    for word in words.split()
}
SIGN = re.compile("|".join(map(re.escape, SIGNS)))
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}(\1[0-9]{3})*")
"""Groups of three digits: thousands in one country, and three decimals in another where there is one group alone."""
BOTH_SIGNS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,6}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,6}")
"""Thousands and decimals, each with a sign of its own: the last one is that of the decimals."""
DAY = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def as_typed(text: str) -> str:
    """Return an answer as it is."""
    return text


def as_code(text: str) -> str:
    """Return the code of a country or of a currency as it is written: ``CH`` for ``ch``."""
    return text.upper()


def as_model(text: str) -> str:
    """Return the way of pricing that ``per call``, ``tranches`` or ``à la minute`` names."""
    known = {**{name: name for name in PRICED}, **IN_FRENCH}
    word = re.sub(r"[\s'’-]+", "_", text.lower())
    if word not in known:
        raise ValueError(f'"{text}" is none of {", ".join(PRICED)}')
    return known[word]


def as_id_or_none(text: str) -> str:
    """Return a short name, or ``none``."""
    return NONE if text.lower() in NONES else text


def as_names(text: str) -> str:
    """Return names with commas between them, for ``simple et complex`` too."""
    found = [name for name in re.split(r"[,;\s]+", text) if name and name.lower() not in ("et", "and")]
    return NONE if len(found) == 1 and found[0].lower() in NONES else ", ".join(found)


def as_hours(text: str) -> str:
    """Return ``08:00-19:00`` for ``8h-19h``, ``8-19`` and ``de 8 h à 19 h``; several with commas, ``none`` for none."""
    return NONE if text.lower() in NONES else ", ".join(map(_stretch, BETWEEN.split(text)))


def as_holidays(text: str) -> str:
    """Return ``as_sunday`` for ``as Sunday``, ``closed`` for ``none``."""
    return "closed" if text.lower() in NONES else re.sub(r"[\s-]+", "_", text.lower())


def as_span(text: str) -> str:
    """Return ``3 months`` for ``3 mois``, ``1 year`` for ``1 an``, ``0 days`` for ``none``."""
    if text == "0" or text.lower() in NONES:
        return "0 days"
    if text.isdecimal():
        raise ValueError(f'"{text}" has no unit: write {text} months or {text} days')
    found = LENGTH.fullmatch(text)
    if not found or found[2].lower() not in UNITS:
        raise ValueError(f'"{text}" is no length of time such as 3 months or 14 days')
    return str(Span.parse(f"{found[1]} {UNITS[found[2].lower()]}"))


def as_renewal(text: str) -> str:
    """Return the length of a renewed term, or ``open_ended``."""
    return OPEN_ENDED if text.lower() in OPEN else as_span(text)


def as_day(text: str) -> str:
    """Return ``2026-12-01`` for ``01/12/2026``."""
    found = DAY.fullmatch(text)
    written = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else text
    if not ISO_DAY.fullmatch(written):
        raise ValueError(f'"{text}" is not a day such as 2026-12-01 or 01/12/2026')
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        raise ValueError(f"the calendar has no day {text}") from None


def as_calls(text: str) -> str:
    """Return ``1500`` for ``1 500`` and ``1,500``."""
    number = "".join(text.split())
    number = re.sub("[.,]", "", number) if THOUSANDS.fullmatch(number) else number
    if not re.fullmatch(r"[0-9]{1,9}", number):
        raise ValueError(f'"{text}" is not a number of calls such as 50')
    return str(int(number))


def as_calls_or_none(text: str) -> str:
    """Return a number of calls, or ``none``."""
    return NONE if text.lower() in NONES else as_calls(text)


def as_amount(text: str) -> str:
    """Return ``59.00`` for ``59``, ``59,00`` and ``59.00 €``, ``1249.90`` for ``1,249.90`` and ``1.249,90``.

    ``1,050`` is refused: it may be a thousand and fifty, or one and five hundredths.
    """
    bare = "".join(SIGN.sub("", text).split())
    if found := THOUSANDS.fullmatch(bare):
        grouped, bare = bare, re.sub("[.,]", "", bare)
        if grouped.count(found[1]) == 1:
            small = plain(micros(grouped.replace(",", ".")))
            raise ValueError(f'"{text}" can be read in two ways: write {bare}.00 or {small}')
    elif BOTH_SIGNS.fullmatch(bare):
        bare = bare.replace(min(",.", key=bare.index), "")
    bare = bare.replace(",", ".")
    if not AMOUNT.fullmatch(bare):
        raise ValueError(f'"{text}" is not an amount such as 59.00')
    if bare.startswith("-"):
        raise ValueError(f'"{text}" is negative; an amount is such as 59.00')
    return plain(micros(bare))


def as_amount_or_none(text: str) -> str:
    """Return an amount, ``0.00`` for ``none``."""
    return "0.00" if text.lower() in NONES else as_amount(text)


def _stretch(text: str) -> str:
    found = STRETCH.fullmatch(text)
    if not found:
        raise ValueError(f'"{text}" is no stretch of hours such as 08:00-19:00 or 8h-19h; put commas between several')
    start, to, end, until = found.groups(default="00")
    return str(Hours.parse(f"{int(start):02d}:{to}-{int(end):02d}:{until}"))
