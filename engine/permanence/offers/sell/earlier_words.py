"""What quotes say that earlier versions said in fewer words: neither their number nor their signature hangs on it."""

from typing import Any

from attrs import evolve

from ...model.quote import Quote
from ...model.words.terms import NO_FEE_BUT_OF_OPTIONS, NO_SETUP_FEE


def in_fewest_words(quote: Quote) -> Quote:
    """Return a quote without the titles that the digest of its offer stands for, and with the shortest sentences."""
    shortest = {NO_FEE_BUT_OF_OPTIONS.fr: NO_SETUP_FEE.fr}
    terms = tuple(shortest.get(sentence, sentence) for sentence in quote.terms)
    return evolve(quote, mission_title="", option_titles={}, terms=terms)


def as_said_in(saved: Quote, made: Quote) -> Quote:
    """Return a quote as it is made today, in the words of a saved one where an earlier version has made that."""
    fewest = in_fewest_words(made)
    fewer: dict[str, Any] = {}
    if not saved.mission_title:
        fewer["mission_title"] = ""
    if not saved.option_titles:
        fewer["option_titles"] = {}
    if saved.terms == fewest.terms:
        fewer["terms"] = fewest.terms
    return evolve(made, **fewer)
