"""An offer's own examples, executed: what must come out does, or the offer does not load."""

from collections.abc import Iterator, Mapping
from datetime import date

from ..decide.decider import Decider
from ..model.contract import Contract, Customer, OptionTaken
from ..model.decision import Decision
from ..model.facts import FactValue
from ..model.invoice import ChargeLine
from ..model.money import Cents, euros
from ..model.offer import Example, Offer
from ..model.period import Month
from ..model.problem import Problem
from ..model.served import Served
from ..rate.bands import Unpriceable
from ..rate.limits import month_lines
from ..rate.month_facts import month_facts
from ..rate.price import OptionFailed, PricedMonth
from ..rate.tariff import NotQuoted, check_quoted, tariff

MONTH = Month(2023, 6)
BEFORE, INSIDE = date(2020, 1, 1), date(2023, 6, 1)
"""An example's month has thirty days; its contract began long before, or on its first day."""


def example_problems(offer: Offer, decider: Decider) -> Iterator[Problem]:
    """Yield a problem for each example of an offer whose total is not what the offer's rules make of it."""
    for example in offer.examples:
        try:
            lines = example_lines(offer, decider, example)
        except Unpriceable as error:
            yield Problem(example.place, f'the example "{example.title}" cannot be priced: {error}')
            continue
        except NotQuoted as error:
            what = f'the example "{example.title}" charges "{error.line.label}", which no quote would list'
            yield Problem(example.place, what, "name each price in prices() of the option's plugin")
            continue
        except OptionFailed as error:
            yield Problem(example.place, f'the option "{error.option}" failed: {error.__cause__}', "mend its plugin")
            continue
        total = sum(line.amount for line in lines)
        if total != example.total:
            sums = " + ".join(f"{line.label} {euros(line.amount)}" for line in lines) or "no line at all"
            expected, made = euros(example.total), euros(Cents(total))
            what = f'the example "{example.title}" expects {expected}, but the rules make {made}'
            yield Problem(example.place, what, sums)


def example_lines(offer: Offer, decider: Decider, example: Example) -> tuple[ChargeLine, ...]:
    """Return the lines that an offer's rules make of an example, for one whole month of thirty days.

    What the example does not give is that of a quiet month of an old contract without options.
    """
    given = {name: int(value) if isinstance(value, bool) else value for name, value in example.given.items()}
    served = _served(offer, example, given)
    counts = {name: 0 for name in decider.facts_needed("month") if name.startswith("usage.")}
    facts = {**month_facts(served, MONTH, {"usage.calls": 0, **counts}), **given}
    decisions = tuple(
        Decision(rule, tuple((name, facts[name]) for name in decider.facts_read(rule)), offer.digest)
        for rule in decider.decide("month", facts)
    )
    month = PricedMonth(served=served, month=MONTH, billed=served.served, facts=facts)
    lines = month_lines([(month, decisions)])
    check_quoted(lines, [tariff(offer, served.contract.mission)])
    return lines


def _served(offer: Offer, example: Example, given: Mapping[str, FactValue]) -> Served:
    contract = Contract(
        id="example",
        customer=Customer(
            name="",
            kind=given.get("customer.kind", "professional"),  # type: ignore[arg-type]
            region=str(given.get("customer.region", "FR")),
        ),
        offer=offer.version,
        mission=str(given.get("mission", offer.head.mission[0])),
        lines=(),
        signed=INSIDE if given.get("contract.first_month") else BEFORE,
        options=tuple(OptionTaken(id=name) for name in example.options),
    )
    return Served(contract, offer, MONTH.period)
