"""Options: what a plugin asks for, checked, and every price that it names."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import reduce

from attrs import evolve

from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.invoice import ChargeLine
from ....model.offer import Offer
from ....model.option import Charge, OptionMonth
from ....model.period import ServiceDays
from ....model.price_list import QuotedPrice
from ....model.problem import Place, Problem, Refused, raised
from ....model.scalars import Words
from ....model.words.lines import days_in_words
from ....model.words.prices import price_in_words
from ....plugin_manager import Plugins
from ..charge_line import charge_line, is_whole, reading
from ..option_changes import option_told
from ..option_words import option_prices, option_promises
from ..price_model import PriceModel
from ..priced_month import PricedMonth, joined


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


class OptionPrice(PriceModel):
    """`[option.<id>]`: what a plugin asks for, checked, and every price that it names."""

    kind = "option"

    def names(self, offer: Offer) -> tuple[str, ...]:
        """Return the options on sale."""
        return tuple(offer.options)

    def table(self, offer: Offer, name: str) -> object:
        """Return the option."""
        return offer.options.get(name)

    def lines(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
        """Yield what an option asks for; raise OptionFailed when its plugin raises, or asks for what is no charge."""
        option = type(month.offer.options[name])
        measured = dict.fromkeys([*(fact.name for fact in option.facts), *([option.counts] if option.counts else [])])
        for asked in _asked(month, name):
            together = joined([part for part, _ in asked])
            charge = reduce(_added, (charge for _, charge in asked))
            charged = _charged_days(together, name)
            read = reading(decision, together.own_facts, *measured)
            yield charge_line(read, charge, decision.rule.why + days_in_words(charged, charge.days, charge.of_days))

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the prices that an option names."""
        yield from offer.options[name].quoted()

    def counts(self, offer: Offer, name: str) -> str:
        """Return the fact that a price per use multiplies."""
        return type(offer.options[name]).counts

    def told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield what an option costs and promises; raise OptionFailed when its plugin raises."""
        try:
            prices, promises = tuple(option_prices(offer.options[name])), tuple(option_promises(offer.options[name]))
        except Exception as error:
            raise OptionFailed(name) from error
        yield from (price_in_words(price, offer.head.currency) for price in prices)
        yield from promises

    def differences(self, old: Offer, new: Offer, name: str) -> Iterator[Words]:
        """Yield that an option came or went, or what changed in its title, its prices, and its other keys."""
        yield from option_told(name, old, new)


def _asked(month: PricedMonth, name: str) -> Iterable[Sequence[tuple[PricedMonth, Charge]]]:
    """Return each charge of an option, with that of other parts of the month that differs in days or a count alone.

    A plugin may read any fact, the mission too: it is asked once for all parts that have the same facts.
    """
    if month.parts == (month,):
        return [[(month, charge)] for charge in _charges(month, name)]
    same_facts: dict[Hashable, list[PricedMonth]] = {}
    for part in month.parts:
        same_facts.setdefault(tuple(part.facts.items()), []).append(part)
    found: dict[Hashable, list[tuple[PricedMonth, Charge]]] = {}
    uncounted: list[PricedMonth] = []
    for together in map(joined, same_facts.values()):
        whole = any(is_whole(charge) for asked in found.values() for _, charge in asked)
        met = Counter[Charge]()
        for charge in _charges(together, name):
            met[alike := _alike(charge)] += 1
            if (alike, met[alike]) in found or not (whole and is_whole(charge)):
                found.setdefault((alike, met[alike]), []).append((together, charge))
        if name in together.served.held and not month.days_of(_charged_days(together, name)):
            uncounted.append(together)
    for asked in found.values():
        # A 31st alone has no day of thirty: nothing is due for it by itself, and it is a day of the line all the same.
        one, there = asked[0][1], [id(part) for part, _ in asked]
        if is_whole(one) or one.of_days > 1:
            asked += [(part, evolve(one, days=0)) for part in uncounted if id(part) not in there]
    return found.values()


def _charges(month: PricedMonth, name: str) -> tuple[Charge, ...]:
    if name not in month.served.held:
        return ()
    asked = _option_month(month, name, month.days_of(_charged_days(month, name)))
    try:
        return tuple(map(_sound, month.offer.options[name].charge(asked)))
    except Exception as error:
        raise OptionFailed(name) from error


def _charged_days(month: PricedMonth, name: str) -> ServiceDays:
    return month.served.held[name] & month.billed


def _alike(charge: Charge) -> Charge:
    """Return what charges of one price have in common: all but the days where it follows them, else all but a count."""
    if is_whole(charge):
        return charge
    return evolve(charge, days=0) if charge.of_days > 1 else evolve(charge, quantity=0)


def _added(one: Charge, other: Charge) -> Charge:
    """Return two charges of one price as one."""
    if is_whole(one):
        return one
    if one.of_days > 1:
        return evolve(one, days=one.days + other.days)
    return evolve(one, quantity=one.quantity + other.quantity)


def _sound(charge: object) -> Charge:
    """Return what an option asks for; raise TypeError when it is no charge that can be computed."""
    if not isinstance(charge, Charge):
        raise TypeError(f"charge() yielded {charge!r}")
    numbers = (charge.quantity, charge.unit_price, charge.for_each, charge.days, charge.of_days)
    if not all(isinstance(number, int) for number in numbers) or charge.of_days < 1 or charge.for_each < 1:
        raise TypeError(f"charge() yielded {charge!r}: whole numbers, please, and at least one day and one unit")
    return charge


def _option_month(month: PricedMonth, name: str, days: int) -> OptionMonth:
    return OptionMonth(
        facts=month.own_facts,
        days=days,
        of_days=month.of_days,
        starts=month.served.starts_of(name),
    )
