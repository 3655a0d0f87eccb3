"""An offer, told in questions and answers, as one HTML page, which needs nothing else and prints on A4."""

from collections.abc import Sequence

from ..model.scalars import Language
from .page import filled


def description_page(language: Language, title: str, sold: str, answers: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Return the HTML of an offer told in one language: its title, since when it is sold, each question's sentences."""
    return filled("description.html", language=language, title=title, sold=sold, answers=answers)
