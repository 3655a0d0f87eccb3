"""Calls that two marks would bill by two lengths."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from ...decide.condition import ParsedRule, facts_read
from ...decide.vocabulary import vocabulary
from ...model.offer import Offer
from .finding import Finding
from .finding_words import case_in_english
from .rule_holes import Facts, Walked


def two_lengths(offer: Offer, groups: Sequence[Walked]) -> Iterator[Finding]:
    """Yield each two marks that one call can bear and that `[duration.of.…]` bills otherwise, with such a call."""
    lengths = offer.duration.of if offer.duration else {}
    calls = [walked for walked in groups if walked.stage == "call"]
    for one, other in combinations(lengths, 2):
        case = None if lengths[one] == lengths[other] else _with_both(calls, one, other)
        if case is not None:
            told = case_in_english(case, vocabulary(offer, "call")) or "any call"
            what = f'a call can bear "{one}" and "{other}", which are billed by two lengths: {told}'
            yield Finding(("duration", "of", other), what, "let the rule of one mark leave out the calls of the other")


def _with_both(calls: Sequence[Walked], one: str, other: str) -> Facts | None:
    """Return the facts of a call that bears two marks, None where there is none: groups share no fact."""
    together = {one, other}
    for walked in calls:
        for facts, fired in walked.cases:
            if _counts(fired) and together <= _marks(fired):
                return _read(facts, fired)
    first, second = (_first_with(calls, mark) for mark in (one, other))
    if first and second and first[0] is not second[0]:
        return {**first[1], **second[1]}
    return None


def _first_with(calls: Sequence[Walked], mark: str) -> tuple[Walked, Facts] | None:
    found = (
        (walked, _read(facts, fired))
        for walked in calls
        for facts, fired in walked.cases
        if _counts(fired) and mark in _marks(fired)
    )
    return next(found, None)


def _counts(fired: Sequence[ParsedRule]) -> bool:
    return not any(parsed.rule.then.exclude for parsed in fired)


def _marks(fired: Sequence[ParsedRule]) -> set[str]:
    return {parsed.rule.then.mark for parsed in fired}


def _read(facts: Facts, fired: Sequence[ParsedRule]) -> Facts:
    names = dict.fromkeys(name for parsed in fired for name in facts_read(parsed.condition))
    return {name: facts[name] for name in names}
