"""Which calls a condition holds for, as one speaks of them: « un appel urgent reçu le samedi, de 14 h à 18 h »."""

from collections.abc import Mapping

from ...decide.condition import All, Comparison, Condition, Not, negated
from ...model.offer import Offer
from ...model.scalars import Words
from ...model.words.phrases import OR, listed, said
from .condition_words import condition_in_words, one_of, window_in_words

A_CALL = Words("un appel", "a call")
URGENT = Words("un appel urgent", "an urgent call"), Words("un appel non urgent", "a non-urgent call")
COVERED = Words("dans les horaires", "within the hours"), Words("hors des horaires", "outside the hours")
LASTING = ("call.wait_seconds", "call.talk_seconds")
NONE = Words("")


def call_in_words(condition: Condition, offer: Offer) -> Words | None:
    """Return the calls that a condition holds for, nothing where it is better said as a condition.

    It can be said so where it asks whether the call is urgent, when it comes, and how long it or its wait is, each
    once and all of them at once.
    """
    parts = condition.parts if isinstance(condition, All) else (condition,)
    found: dict[str, Words] = {}
    for written in parts:
        part = negated(written.part) if isinstance(written, Not) else written
        alike = (part,) if isinstance(part, Comparison) else one_of(part)
        told = _told(alike, offer) if alike else {}
        if not told or told.keys() & found.keys():
            return None
        found |= told
    lasting = [found[fact] for fact in LASTING if fact in found]
    whose = said(" dont {}", " whose {}", listed(lasting)) if lasting else NONE
    return found.get("call", A_CALL) + found.get("received", NONE) + whose


def _told(alike: tuple[Comparison, ...], offer: Offer) -> Mapping[str, Words]:
    one = alike[0]
    turned = (one.operator == "==") != bool(one.literal)
    match one.fact:
        case "call.urgent":
            return {"call": URGENT[turned]}
        case "call.covered":
            return {"received": said(" reçu {}", " received {}", COVERED[turned])}
        case "call.window" if one.operator == "==":
            return {"received": _received([window_in_words(str(same.literal), offer) for same in alike])}
        case fact if fact in LASTING:
            clause = condition_in_words(one, offer)
            return {fact: Words(clause.fr, clause.en.removeprefix("the "))}
    return {}


def _received(windows: list[Words]) -> Words:
    """Return when calls come, with a comma behind hours that stand there bare."""
    when = listed(windows, OR)
    comma = "," if ", " in when.fr and not when.fr.endswith(")") else ""
    return said(f" reçu {{}}{comma}", f" received {{}}{comma}", when)
