"""Sentences in the language that was asked for, as they are printed."""

from ...model.scalars import Language, Words
from ...model.words.french import typeset


def spoken(words: Words, language: Language) -> str:
    """Return words in a language, French ones with their no-break spaces; French where there is no English."""
    if language == "en" and words.en:
        return words.en
    return typeset(words.fr)
