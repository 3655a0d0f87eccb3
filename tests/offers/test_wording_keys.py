"""Every key of an offer: what changes when it does is told, or it is on a list that says why not."""

import os
from collections.abc import Mapping

from permanence.model.offer import Offer
from permanence.model.problem import Refused
from permanence.offers.tell.difference import Difference, difference

from tests.offers.every_key import changed_offers, keys_of, option_keys, single_choices
from tests.offers.telling import FILES, offer_of, told

GRANTED = (
    *("example.event.discount.", "example.event.agreed.", "example.event.instruction.", "example.event.legal."),
    "example.event.sent",
)
"""What is granted, or came by post, is noted and never asked for: no example of a request has it."""
KEYS = {key for key in (*keys_of(Offer), *option_keys()) if not key.startswith(GRANTED)}
UNSEEN: Mapping[str, str] = {
    "offer.id": "both versions are named above the sentences",
    "offer.sold_from": "both versions are named above the sentences",
    "coverage.window.id": "what counts is the days and hours; only rules name a window",
    "rule.id": "a name for staff; the rule says the same",
    "rule.why": "a text, told below the sentences",
    **{path: "examples bind nobody" for path in KEYS if path.startswith("example.")},
}
OFFERS = [offer_of(file.read_text("utf-8")) for file in FILES]
SOAK = "SOAK" in os.environ
EVERY = 1 if SOAK else 20
"""So many of the offers with a key put otherwise are passed over for each that is told in full; SOAK=1: none."""


def differences() -> Mapping[str, list[Difference]]:
    """Return, for each key that some offer has, what its changes are told as; SOAK=1: those of every offer."""
    found: dict[str, list[Difference]] = {}
    for offer in OFFERS:
        for path, changed in changed_offers(offer):
            known = found.get(path, ())
            if not SOAK and (any(one.noticed for one in known) or (known and path in UNSEEN)):
                continue
            try:
                told_as = difference(offer, changed)
            except Refused:
                continue
            found.setdefault(path, []).append(told_as)
    return found


def test_every_key_that_changes_is_told_in_sentences_of_both_languages_or_the_list_says_why_not() -> None:
    # One test of one process: what changes each key comes to takes half a minute to work out.
    told_as = differences()
    assert KEYS - single_choices() - set(told_as) == set()
    assert set(told_as) <= KEYS
    assert set(UNSEEN) <= set(told_as)
    for path, found in told_as.items():
        if path in UNSEEN:
            assert all(one.noticed == () for one in found), path
        else:
            assert any(one.noticed for one in found), path
        assert all(one.noticed or one.unnoticed for one in found), path
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
    changed = [(path, offer) for path, offer in changed_offers(OFFERS[-1]) if path not in odd]
    assert len(changed) > 100
    for path, offer in changed[::EVERY]:
        assert all("\n## " in told(offer, language) for language in ("fr", "en")), path
