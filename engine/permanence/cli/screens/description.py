"""What `permanence describe` prints: an offer told in Markdown, and the same as one HTML page."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template

from ...model.offer import Offer
from ...model.scalars import Language
from ...offers.tell.description import Description
from .output import Record
from .spoken import spoken

PAGE = Path(__file__).with_name("description.html")


def description_summary(offer: Offer, told: Description, language: Language) -> Record:
    """Return an offer told in one language as plain values."""
    return {
        "offer": offer.version,
        "title": spoken(told.title, language),
        "answers": [
            {
                "question": spoken(answer.question, language),
                "sentences": [spoken(words, language) for words in answer.sentences],
            }
            for answer in told.answers
        ],
    }


def description_text(told: Description, language: Language) -> str:
    """Return an offer told in one language, in Markdown."""
    return "\n".join(_lines(told, language))


def description_page(told: Description, language: Language) -> str:
    """Return an offer told in one language as HTML, which needs nothing else and prints on A4."""
    return Template(PAGE.read_text(encoding="utf-8")).substitute(
        language=language,
        title=escape(spoken(told.title, language)),
        sold=escape(spoken(told.sold, language)),
        answers="".join(_answers(told, language)),
    )


def _lines(told: Description, language: Language) -> Iterator[str]:
    yield f"# {spoken(told.title, language)}"
    yield ""
    yield spoken(told.sold, language)
    for answer in told.answers:
        yield ""
        yield f"## {spoken(answer.question, language)}"
        yield ""
        yield from (f"- {spoken(words, language)}" for words in answer.sentences)


def _answers(told: Description, language: Language) -> Iterator[str]:
    for answer in told.answers:
        yield f"<h2>{escape(spoken(answer.question, language))}</h2>\n<ul>\n"
        yield from (f"<li>{escape(spoken(words, language))}</li>\n" for words in answer.sentences)
        yield "</ul>\n"
