"""One rule by itself: the cases in which it holds."""

from collections.abc import Iterator, Mapping

from ..model.facts import FactValue
from ..model.offer import Offer, Rule
from .cases import group
from .condition import ParsedRule, holds
from .condition_text import parse
from .vocabulary import vocabulary


def cases_of(offer: Offer, rule: Rule) -> Iterator[Mapping[str, FactValue]]:
    """Yield each case in which a rule of an offer holds, with the facts that its condition reads.

    Raises Refused when the condition cannot be understood.
    """
    known = vocabulary(offer, rule.on)
    parsed = ParsedRule(rule, parse(rule, known), 0)
    alone = group([parsed], known)
    for case in alone.all_cases():
        facts = alone.representative(case)
        if holds(parsed.condition, facts):
            yield facts
