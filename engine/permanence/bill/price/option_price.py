"""Options: what a plugin asks for, checked, and every price that it names."""

from collections.abc import Iterator

from ...model.decision import Decision
from ...model.invoice import ChargeLine
from ...model.offer import Offer
from ...model.option import Charge, OptionMonth
from ...model.price_list import QuotedPrice
from ...model.problem import Place, Problem, Refused, raised
from ...model.words.lines import (
    days_in_words,
)
from ...plugin_manager import Plugins
from .charge_line import charge_line, reading
from .priced_month import PricedMonth


class OptionFailed(Exception):  # noqa: N818 - named after what happened
    """An option's plugin raised while it charged; the cause is chained."""

    def __init__(self, option: str) -> None:
        self.option = option
        super().__init__(option)

    def __str__(self) -> str:
        return f'the option "{self.option}" failed: {self.__cause__}'

    def refused(self, plugins: Plugins) -> Refused:
        """Return the refusal of what was asked: it says whose option failed, and what its plugin raised."""
        what = f"the {plugins.blame(self.option)} failed: {raised(self.__cause__)}"
        return Refused([Problem(Place("plugins"), what)])


def option_lines(month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
    """Yield what an option asks for; raise OptionFailed when its plugin raises, or asks for what is no charge."""
    option, held = month.offer.options[name], month.served.held.get(name)
    if held is None:
        return
    charged = held & month.billed
    try:
        charges = tuple(map(_sound, option.charge(_option_month(month, name, month.days_of(charged)))))
    except Exception as error:
        raise OptionFailed(name) from error
    read = reading(decision, month.own_facts, *(fact.name for fact in type(option).facts))
    for charge in charges:
        yield charge_line(read, charge, decision.rule.why + days_in_words(charged, charge.days, charge.of_days))


def _sound(charge: object) -> Charge:
    """Return what an option asks for; raise TypeError when it is no charge that can be computed."""
    if not isinstance(charge, Charge):
        raise TypeError(f"charge() yielded {charge!r}")
    numbers = (charge.quantity, charge.unit_price, charge.for_each, charge.days, charge.of_days)
    if not all(isinstance(number, int) for number in numbers) or charge.of_days < 1 or charge.for_each < 1:
        raise TypeError(f"charge() yielded {charge!r}: whole numbers, please, and at least one day and one unit")
    return charge


def _option_month(month: PricedMonth, name: str, days: int) -> OptionMonth:
    taken = (month.contract.option_period(one) for one in month.contract.options if one.id == name)
    return OptionMonth(
        facts=month.own_facts,
        days=days,
        of_days=month.of_days,
        starts=any(period.start in month.served.served for period in taken),
    )


def option_prices(offer: Offer, _mission: str, name: str) -> Iterator[QuotedPrice]:
    """Yield the prices that an option names."""
    yield from offer.options[name].prices()
