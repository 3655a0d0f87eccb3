"""The number of what is quoted: from its day and a hash of everything else, so that the same has the same."""

import hashlib
from datetime import date
from typing import TypeVar

from attrs import evolve

from ...model.addendum import Addendum
from ...model.quote import Quote
from .earlier_words import in_fewest_words

Quoted = TypeVar("Quoted", Quote, Addendum)


def number_of(letter: str, made: date, text: str) -> str:
    """Return the number of a quote (D) or an addendum (A) that was made on a day, by its file's text without one."""
    return f"{letter}-{made:%Y%m%d}-{hashlib.sha256(text.encode()).hexdigest()[:6].upper()}"


def as_numbered(quoted: Quoted) -> Quoted:
    """Return what is quoted as its number is worked out: it says no more than once that it is in euros, nor a title.

    The digest of the offer, which is in it, stands for the titles of the mission and of options.
    """
    untitled = in_fewest_words(quoted) if isinstance(quoted, Quote) else evolve(quoted, mission_title="")
    return evolve(untitled, currency="") if quoted.currency == "EUR" else untitled
