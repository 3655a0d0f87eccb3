"""The small values that TOML texts become: times of day, days of the week, words in two languages."""

import re
from typing import Literal, NewType

from attrs import frozen

Language = Literal["fr", "en"]

Minutes = NewType("Minutes", int)
"""A time of day, in minutes from midnight, local wall clock: 0 … 1440."""

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAY = 7
"""The number of the eighth kind of day, a public holiday, after Monday (0) … Sunday (6)."""
DAY_NAMES = (*WEEK, "holiday")


@frozen
class Hours:
    """A half-open stretch of a day: 08:00-19:00 has 08:00:00 in it and 19:00:00 not."""

    start: Minutes
    end: Minutes

    @classmethod
    def parse(cls, text: str) -> "Hours":
        """Return the hours that ``08:00-19:00`` names; the end may be 24:00.

        Raises ValueError for another form, and for hours that end before they begin.
        """
        found = re.fullmatch(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)", text)
        if not found:
            raise ValueError(f'"{text}" is not a stretch of hours such as "08:00-19:00"')
        start, end = (int(found[i]) * 60 + int(found[i + 1]) for i in (1, 3))
        if end > 24 * 60:
            raise ValueError(f'"{text}" goes past 24:00')
        if end <= start:
            raise ValueError(f'"{text}" ends before it begins; write a window up to 24:00 and one from 00:00')
        return cls(Minutes(start), Minutes(end))

    def __str__(self) -> str:
        return "-".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in (self.start, self.end))


@frozen
class Days:
    """Kinds of day, as sorted numbers: Monday 0 … Sunday 6, public holiday 7."""

    numbers: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> "Days":
        """Return the days that ``mon-fri``, ``sat`` or ``mon-sun,holiday`` name; raise ValueError otherwise."""
        numbers: set[int] = set()
        for part in text.replace(" ", "").split(","):
            first, _, last = part.partition("-")
            if first not in DAY_NAMES or (last or first) not in DAY_NAMES:
                raise ValueError(f'"{part}" is not a day; write {", ".join(DAY_NAMES)} or a range such as "mon-fri"')
            start, end = DAY_NAMES.index(first), DAY_NAMES.index(last or first)
            if end < start:
                raise ValueError(f'"{part}" runs backwards')
            numbers.update(range(start, end + 1))
        return cls(tuple(sorted(numbers)))

    def __contains__(self, number: int) -> bool:
        return number in self.numbers

    def __str__(self) -> str:
        return ",".join(DAY_NAMES[number] for number in self.numbers)


@frozen
class Words:
    """One text in French, and in English where somebody needs it."""

    fr: str
    en: str = ""

    def told(self, language: Language) -> str:
        """Return the text in a language; in French where there is no English."""
        return self.en or self.fr if language == "en" else self.fr

    def __add__(self, more: "Words") -> "Words":
        """Return both texts in one, each in both languages."""
        return Words(self.fr + more.fr, self.told("en") + more.told("en"))

    def __str__(self) -> str:
        return self.fr
