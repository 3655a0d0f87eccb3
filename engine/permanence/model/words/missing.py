"""Days on which usual calls are missing, in French."""

from ..missing_days import read_days
from .french import day_in_words


def missing_in_words(text: str) -> str:
    """Return ``du 29 au 31 octobre 2026, le 14 octobre 2026`` for stretches within a month as they are kept.

    Raises ValueError for another text.
    """
    return ", ".join(
        f"le {day_in_words(first)}" if first == last else f"du {day_in_words(first).split()[0]} au {day_in_words(last)}"
        for first, last in read_days(text)
    )
