"""Durations as telephone systems write them → whole seconds."""

import re
from collections.abc import Mapping
from decimal import Decimal

DAY = 86_400
MOST = 1 << 40
"""No more than this is counted: a number without end is some other mistake."""
UNREAD = -1
"""What stands for a duration that cannot be read."""
BLANKS = re.compile("[ \u00a0\u202f\u2009]")
SIGNED = re.compile(r"-\d.*")
PLAIN = re.compile(r"\d+([.,]\d+)?")
EITHER_WAY = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
SECONDS: Mapping[str, Decimal] = {"seconds": Decimal(1), "milliseconds": Decimal("0.001"), "minutes": Decimal(60)}
PATTERNS: Mapping[str, re.Pattern[str]] = {
    "h:mm:ss": re.compile(r"(?P<h>\d+):(?P<m>[0-5]?\d):(?P<s>[0-5]?\d)(?:[.,]\d+)?"),
    "[h:]mm:ss": re.compile(r"(?:(?P<h>\d+):)?(?P<m>[0-5]?\d):(?P<s>[0-5]?\d)(?:[.,]\d+)?"),
    "h:mm": re.compile(r"(?P<h>\d+):(?P<m>[0-5]?\d)"),
    "mm:ss": re.compile(r"(?P<m>\d+):(?P<s>[0-5]?\d)(?:[.,]\d+)?"),
    "h:mm'ss": re.compile(r"(?P<h>\d+):(?P<m>[0-5]?\d)['′](?P<s>[0-5]?\d)[\"″]?"),
    "m'ss": re.compile(r"(?P<m>\d+)['′](?P<s>[0-5]?\d)[\"″]?"),
}
EXAMPLES = {
    "number": "12",
    "seconds": "65",
    "milliseconds": "65000",
    "minutes": "1.5",
    "h:mm:ss": "0:01:05",
    "[h:]mm:ss": "01:05",
    "h:mm": "0:02",
    "mm:ss": "01:05",
    "h:mm'ss": "00:01'05",
    "m'ss": "1'05",
}
WIDTH = {"h": 3_600, "m": 60, "s": 1}


def seconds_of(text: str | None, form: str, decimal: str = "") -> int:
    """Return the whole seconds that a text of a form means, 0 for none, UNREAD where it cannot be read.

    ``number`` is a whole number of anything. Blanks between thousands are passed over; ``decimal`` is the sign before
    the fraction, either where it is not said: then what can be read in two ways (``1,065``) is not read at all.
    Fractions of a second are cut off.
    """
    if text is None or not text.strip():
        return 0
    if form in PATTERNS:
        found = PATTERNS[form].fullmatch(text.strip())
        read = sum(int(found[unit] or 0) * WIDTH[unit] for unit in found.groupdict()) if found else UNREAD
        return min(read, MOST)
    number = _number(BLANKS.sub("", text.strip()), decimal)
    if number is None or (form == "number" and number != int(number)):
        return UNREAD
    return min(int(number * SECONDS.get(form, Decimal(1))), MOST)


def duration_fault(text: str, form: str, decimal: str = "") -> str:
    """Return why a duration cannot be read: what it is instead, or an example of what it should be."""
    bared = BLANKS.sub("", text.strip())
    if SIGNED.fullmatch(bared):
        return "negative"
    what = "a whole number" if form == "number" else "a time"
    if form not in PATTERNS and not decimal and EITHER_WAY.fullmatch(bared):
        return f"{what} that can be read in two ways: say decimal in [duration]"
    looks = " or ".join(f'"{name}"' for name in PATTERNS if PATTERNS[name].fullmatch(bared))
    if form == "seconds" and looks:
        return f"no number of seconds (form = {looks} in [duration]?)"
    return "no number of seconds" if form == "seconds" else f"no {what.split(' ', 1)[1]} such as {EXAMPLES[form]}"


def _number(text: str, decimal: str) -> Decimal | None:
    if decimal:
        other = "," if decimal == "." else "."
        if not re.fullmatch(rf"(\d+|\d{{1,3}}(\{other}\d{{3}})+)(\{decimal}\d+)?", text):
            return None
        text = text.replace(other, "")
    elif EITHER_WAY.fullmatch(text):
        return None
    return Decimal(text.replace(",", ".")) if PLAIN.fullmatch(text) and text.isascii() else None
