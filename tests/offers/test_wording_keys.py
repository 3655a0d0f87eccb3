"""Every key of an offer: what changes when it does is told, or it is on a list that says why not."""

from collections.abc import Mapping

import pytest
from permanence.model.offer import Offer
from permanence.model.problem import Refused
from permanence.offers.tell.difference import Difference, difference

from tests.offers.every_key import changed_offers, keys_of, option_keys, single_choices
from tests.offers.telling import FILES, offer_of, told

UNSEEN: Mapping[str, str] = {
    "offer.id": "both versions are named above the sentences",
    "offer.sold_from": "both versions are named above the sentences",
    "coverage.window.id": "what counts is the days and hours; only rules name a window",
    "rule.id": "a name for staff; the rule says the same",
    "rule.why": "a text, told below the sentences",
    **{path: "examples bind nobody" for path in keys_of(Offer) if path.startswith("example.")},
}
OFFERS = [offer_of(file.read_text("utf-8")) for file in FILES]


def differences() -> Mapping[str, list[Difference]]:
    """Return, for each key that some offer has, what its changes are told as."""
    found: dict[str, list[Difference]] = {}
    for offer in OFFERS:
        for path, changed in changed_offers(offer):
            try:
                told_as = difference(offer, changed)
            except Refused:
                continue
            found.setdefault(path, []).append(told_as)
    return found


DIFFERENCES = differences()
KEYS = {*keys_of(Offer), *option_keys()}


def test_the_offers_have_every_key_that_a_rule_file_can_have() -> None:
    assert KEYS - single_choices() - set(DIFFERENCES) == set()
    assert set(DIFFERENCES) <= KEYS


@pytest.mark.parametrize("path", sorted(set(DIFFERENCES) - set(UNSEEN)))
def test_a_key_that_changes_is_told_in_a_sentence(path: str) -> None:
    assert any(found.noticed for found in DIFFERENCES[path])


@pytest.mark.parametrize("path", sorted(UNSEEN))
def test_a_key_that_no_customer_sees_is_told_below_or_not_at_all(path: str) -> None:
    assert all(found.noticed == () for found in DIFFERENCES[path]), DIFFERENCES[path]


def test_no_change_is_passed_over_in_silence() -> None:
    silent = {path for path, found in DIFFERENCES.items() for one in found if not one.noticed and not one.unnoticed}
    assert silent == set()


def test_every_sentence_is_in_both_languages_and_ends_as_one() -> None:
    for found in DIFFERENCES.values():
        for words in (sentence for one in found for sentence in one.noticed):
            assert words.en
            assert words.fr.endswith(".")
            assert words.en.endswith(".")
            assert "  " not in words.fr
            assert "{" not in words.fr + words.en


def test_an_unchanged_offer_has_no_difference() -> None:
    for offer in OFFERS:
        assert difference(offer, offer) == Difference((), ())


def test_an_offer_with_any_key_put_otherwise_can_be_told() -> None:
    odd = {"rule.then.charge", "rule.on", "option", "offer.mission", "rule.then.mark", "coverage.window.id", "rule.id"}
    texts = 0
    for path, changed in changed_offers(OFFERS[-1]):
        if path not in odd:
            assert all("\n## " in told(changed, language) for language in ("fr", "en"))
            texts += 1
    assert texts > 100
