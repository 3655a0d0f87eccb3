"""What a line of an option rests on, and what it says of what is included, by the price that the option names."""

from collections.abc import Sequence
from contextlib import suppress

from attrs import frozen

from ...model.decision import Decision
from ...model.option import Charge, Option
from ...model.option_asked import prices_of
from ...model.option_failed import OptionFailed
from ...model.price_list import QuotedPrice
from ...model.words.lines import times_sentence
from .priced_month import PricedMonth


@frozen
class Resting:
    """Which facts a charge of an option rests on, and how many of a price per use are included in it."""

    facts: tuple[str, ...]
    included: int = 0

    def sentence(self, decision: Decision, charge: Charge, currency: str) -> str:
        """Return the rule's own sentence, behind how many there were where some of them are included."""
        if not self.included:
            return decision.rule.why
        return times_sentence(decision.rule, charge, self.included, currency)


def resting(option: Option, charge: Charge, month: PricedMonth, name: str) -> Resting:
    """Return what a charge rests on: what is due by the month, or once, on no count; a price per use on its own.

    What an option works out in another way than its prices say may rest on anything that it measures.
    """
    kind = type(option)
    measured = tuple(dict.fromkeys([*(fact.name for fact in kind.facts), *([kind.counts] if kind.counts else [])]))
    for price in _alike(option, charge, month.mission):
        if price.due != "usage":
            owed = month.served.quantity_of(name) if price.due == "recurring" else month.served.starts_of(name)
            if charge.quantity == owed:
                return Resting(())
        elif counted := price.counts or kind.counts:
            left = max(0, price.included - month.charged_before.get(counted, 0))
            if charge.quantity == max(0, int(month.charged_facts.get(counted, 0)) - left):
                return Resting((counted,), left)
    return Resting(measured)


def _alike(option: Option, charge: Charge, mission: str) -> Sequence[QuotedPrice]:
    with suppress(OptionFailed):
        return [
            price
            for price in prices_of(option)
            if (price.label, price.unit_price, price.for_each) == (charge.label, charge.unit_price, charge.for_each)
            and price.mission in ("", mission)
        ]
    return ()
