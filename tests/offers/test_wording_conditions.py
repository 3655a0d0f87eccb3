"""Every fact that a rule may name, and every word of it, is told by what the offer calls it."""

import re
from pathlib import Path

import pytest
from permanence.decide.condition import Comparison
from permanence.decide.vocabulary import vocabulary
from permanence.model.facts import STAGES
from permanence.model.offer import Offer
from permanence.offers.form import read_offer
from permanence.offers.tell.condition_words import condition_in_words

from tests.installed import PLUGINS
from tests.offers.telling import EVERYTHING, FILES, ROOT, offer_of

LISTS = (*FILES, *sorted((ROOT / "tests" / "price_lists").glob("*.toml")))
A_NAME = re.compile(r"[a-z]\.[a-z]|_|« [a-z]+ » est|“[a-z]+” is")
"""How a fact is told of which nothing is known but its name."""


def comparisons(offer: Offer) -> list[Comparison]:
    """Return a comparison of each fact with each of its words, or with a number."""
    facts = {fact for stage in STAGES for fact in vocabulary(offer, stage).fields.values()}
    return [
        Comparison(fact.name, "==", literal)
        for fact in sorted(facts, key=lambda one: one.name)
        for literal in ((*fact.words, "") if fact.type == "word" and fact.words else (1,))
        if literal or fact.type != "word" or "" in fact.words
    ]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_no_rule_is_told_by_the_name_of_a_fact(path: Path) -> None:
    offer = read_offer(path, PLUGINS.options).offer
    assert offer
    for one in comparisons(offer):
        told = condition_in_words(one, offer)
        for text in (told.fr, told.told("en")):
            assert not A_NAME.search(text), text


def test_a_rule_about_the_plan_says_what_the_plan_is_called() -> None:
    offer = offer_of((ROOT / "tests" / "price_lists" / "ccflat.toml").read_text("utf-8"))
    (first, *_) = offer.plans.values()
    told = condition_in_words(Comparison("plan", "==", next(iter(offer.plans))), offer)
    assert told.fr == f"la formule est « {first.title.fr} »"


def test_a_rule_about_a_window_says_what_the_window_is_called() -> None:
    offer = offer_of(EVERYTHING.read_text("utf-8"))
    window = offer.coverage.windows[0]
    told = condition_in_words(Comparison(f"window.{window.id}", "==", 0), offer)
    assert told.told("en").startswith("the contract does not have the window “")
