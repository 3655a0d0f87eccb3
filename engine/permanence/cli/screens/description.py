"""What `permanence describe` prints: an offer told in Markdown, and the same as plain values."""

from collections.abc import Iterator

from ...model.offer import Offer
from ...model.scalars import Language
from ...offers.tell.description import Description
from .output import Record
from .spoken import spoken


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


def _lines(told: Description, language: Language) -> Iterator[str]:
    yield f"# {spoken(told.title, language)}"
    yield ""
    yield spoken(told.sold, language)
    for answer in told.answers:
        yield ""
        yield f"## {spoken(answer.question, language)}"
        yield ""
        yield from (f"- {spoken(words, language)}" for words in answer.sentences)
