"""Months that come to less than nothing: a credit, or a discount, above all that it is taken from."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from ...bill.price.bands import Unpriceable
from ...bill.price.choices import choices
from ...bill.price.price_list import LIMITS, tariff
from ...decide.condition import ParsedRule
from ...decide.decider import Decider
from ...decide.vocabulary import vocabulary
from ...model.chosen import Chosen
from ...model.example import Example
from ...model.facts import FactValue
from ...model.offer import Offer
from ...model.option_failed import OptionFailed
from ...model.words.amounts import in_money
from ..examples.choosing import facts_of
from ..examples.played import Played, played_month
from .finding import Finding
from .finding_words import case_in_english
from .price_sense import edges
from .rule_holes import Facts, Walked

OPTION = "option."
MOST_PLAYED = 2_000
"""Months of one rule that are looked at: each case in which it holds, with each count at which its price changes."""


def below_zero(offer: Offer, decider: Decider, groups: Sequence[Walked]) -> Iterator[Finding]:
    """Yield, once for a rule that charges less than nothing, a month that comes to less than nothing by it."""
    for walked in (one for one in groups if one.stage == "month"):
        for parsed in walked.rules:
            cases = [walked.cases[number][0] for number in sorted(walked.fires_in(parsed))]
            yield from islice(_months(offer, decider, parsed, cases), 1)


def _months(offer: Offer, decider: Decider, parsed: ParsedRule, cases: Sequence[Facts]) -> Iterator[Finding]:
    charge, currency = parsed.rule.then.charge, offer.head.currency
    for chosen in choices(offer):
        if not _may_credit(offer, chosen, charge):
            continue
        own = facts_of(offer, chosen)
        here = [facts for facts in cases if all(facts.get(name, value) == value for name, value in own.items())]
        tried = product(here, _counts(offer, decider, charge, chosen))
        for case, counts in islice(tried, MOST_PLAYED):
            facts = {**own, **case, **counts}
            played = _played(offer, decider, facts)
            if played and played.total < 0:
                told = case_in_english(_said(facts), vocabulary(offer, "month"))
                lines = " + ".join(f"{line.label} {in_money(line.amount, currency)}" for line in played.lines)
                total = in_money(played.total, currency)
                what = f'the rule "{parsed.rule.id}" can bring a month below zero, to {total}: {told}'
                yield Finding(parsed.rule.when_place, what, f"{lines}; is it meant?", warning=True)


def _may_credit(offer: Offer, chosen: Chosen, charge: str) -> bool:
    """Tell whether what a rule charges has a price below zero; an option's is told by itself."""
    prices = tariff(offer, chosen).prices
    theirs = (price for price in prices if price.code == charge and price.due not in LIMITS)
    return not charge.startswith(OPTION) and any(price.unit_price < 0 or (price.percent or 0) < 0 for price in theirs)


def _counts(offer: Offer, decider: Decider, charge: str, chosen: Chosen) -> Sequence[Mapping[str, FactValue]]:
    """Return the counts with which a price is looked at: those at which it changes, or no call at all."""
    price = offer.prices.get(charge.removeprefix("price."))
    if price is None or not price.per:
        return [{}]
    return [{price.per: count} for count in sorted(edges(offer, decider, price.per, chosen))]


def _played(offer: Offer, decider: Decider, facts: Facts) -> Played | None:
    options = tuple(name.removeprefix(OPTION) for name, value in facts.items() if value and name.startswith(OPTION))
    given = {name: value for name, value in facts.items() if not name.startswith(OPTION)}
    try:
        return played_month(offer, decider, Example(title="", given=given, options=options))
    except (Unpriceable, OptionFailed):
        return None


def _said(facts: Facts) -> Facts:
    return {name: value for name, value in facts.items() if name != "contract.active"}
