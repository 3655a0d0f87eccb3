"""Decisions become charge lines: what a rule charges, at the offer's price, for the days served."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from attrs import Factory, evolve, field, frozen

from ...model.contract import Contract
from ...model.decision import Decision
from ...model.facts import FactValue, unit_of
from ...model.invoice import ChargeLine
from ...model.money import Micros, amount_of, price_of
from ...model.offer import Offer
from ...model.option import Charge, OptionMonth
from ...model.period import Month, ServiceDays, service_days
from ...model.price import Price
from ...model.problem import Place, Problem, Refused, raised
from ...model.served import Served
from ...model.words.lines import (
    BEYOND_PACKAGE,
    FLAT,
    SETUP_FEE,
    band_label,
    band_sentence,
    counted_in_words,
    days_in_words,
    flat_sentence,
    floor_sentence,
    package_label,
    tier_label,
    tier_sentence,
    times_sentence,
    unit_sold,
)
from ...plugin_manager import Plugins
from .bands import BandReached, Unpriceable, band_of, deciding_count
from .floor_memory import resting_on
from .tiers import further, tiers_of


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


@frozen(kw_only=True)
class PricedMonth:
    """Everything that the price of one contract's month, or of a part of it, depends on besides the decisions.

    ``served`` is the days in service, ``billed`` those that are billed: without a free trial (A17). ``facts`` are the
    whole month's. What is particular to a part: ``counts`` is what was counted in it, ``before`` in those before it.
    """

    served: Served
    month: Month
    billed: ServiceDays = field(converter=service_days)
    facts: Mapping[str, FactValue]
    counts: Mapping[str, FactValue] = field(default=Factory(lambda self: self.facts, takes_self=True))
    before: Mapping[str, int] = {}

    @property
    def contract(self) -> Contract:
        """Return the contract as it stands."""
        return self.served.contract

    @property
    def offer(self) -> Offer:
        """Return the offer version in force."""
        return self.served.offer

    @property
    def month_days(self) -> ServiceDays:
        """Return the days of service of the whole month."""
        return self.served.month_days

    @property
    def own_facts(self) -> Mapping[str, FactValue]:
        """Return the facts of the month, those that are counted as counted in this part."""
        return {**self.facts, **self.counts}

    @cached_property
    def calls(self) -> int:
        """Return the calls of the whole month that count: they decide the band."""
        return int(self.facts["usage.calls"])

    @property
    def mission(self) -> str:
        """Return the contract's mission."""
        return self.contract.mission

    @property
    def share(self) -> tuple[int, int]:
        """Return the days charged and out of how many, by the offer's convention for partial months (A7)."""
        return self.part if self.offer.billing.partial == "full" else (self.days_of(self.billed), self.of_days)

    @property
    def part(self) -> tuple[int, int]:
        """Return the days charged and out of how many days of service in the month, 1 of 1 where these are all."""
        whole = self.served.served == self.month_days
        return (1, 1) if whole else (self.days_of(self.billed), self.days_of(self.month_days))

    @property
    def of_days(self) -> int:
        """Return the days of the whole month, as the offer counts them."""
        return self.offer.billing.days_of(self.month.period)

    def days_of(self, days: ServiceDays) -> int:
        """Return how many days of the month these are, as the offer counts them."""
        return sum(map(self.offer.billing.days_of, days.periods))

    @cached_property
    def own_band(self) -> BandReached | None:
        """Return the band that the month reaches by itself, None for an offer without bands."""
        bands = self.offer.bands
        if bands is None:
            return None
        floor = (self.contract.band or 0) if bands.floor == "contracted" else 0
        return band_of(bands, self.mission, deciding_count(self.served, self.month, self.calls, floor))

    @cached_property
    def band(self) -> BandReached | None:
        """Return the band that is billed: the month's own, or a higher one that past months left as a floor."""
        own, floor = self.own_band, int(self.facts.get("history.floor", 0))
        if own is None or self.offer.bands is None or floor <= own.up_to:
            return own
        return band_of(self.offer.bands, self.mission, floor)


def charge_lines(month: PricedMonth, decisions: tuple[Decision, ...]) -> tuple[ChargeLine, ...]:
    """Return the lines of a month, in the order of the decisions.

    Raises Unpriceable when the offer has no price for the count, OptionFailed when a plugin raises.
    """
    return tuple(line for decision in decisions for line in _lines(month, decision))


def _lines(month: PricedMonth, decision: Decision) -> Iterator[ChargeLine]:
    kind, _, name = decision.rule.then.charge.partition(".")
    if not month.billed.days and kind in ("bands", "package"):
        return
    yield from CHARGES[kind](month, decision, name)


def _bands(month: PricedMonth, decision: Decision, _name: str) -> Iterator[ChargeLine]:
    own, band = month.own_band, month.band
    if own is None or band is None:
        raise Unpriceable(f"{month.offer.version} has no bands")
    label = band_label(month.offer, band.up_to, month.mission)
    read = reading(decision, month.facts, "usage.calls", "mission")
    sentence = band_sentence(decision.rule, month.calls, own.up_to, month.mission, month.month)
    if band != own and (floor := month.served.floor):
        read = resting_on(read, floor)
        sentence += floor_sentence(floor.decision.rule, band.up_to)
    yield _monthly(month, read, label, price_of(band.price), sentence)


def _package(month: PricedMonth, decision: Decision, _name: str) -> Iterator[ChargeLine]:
    package = month.offer.package
    if package is None:
        raise Unpriceable(f"{month.offer.version} has no package")
    label = package_label(month.offer, package.included, month.mission)
    read = reading(decision, month.facts, "mission")
    yield _monthly(month, read, label, price_of(package.prices[month.mission]), decision.rule.why)
    yield from _per_use(month, read, BEYOND_PACKAGE.fr, "usage.calls", package.included, package.overage[month.mission])


def _price(month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
    price = month.offer.prices[name]
    if price.per:
        yield from _tiers(month, reading(decision, month.own_facts, price.per), price)
    elif month.billed.days:
        amount = price.ladder[0].amount
        yield _monthly(month, decision, price.title.fr, amount, decision.rule.why, prorate=price.prorate)


def _tiers(month: PricedMonth, decision: Decision, price: Price) -> Iterator[ChargeLine]:
    whole, before = int(month.facts.get(price.per, 0)), month.before.get(price.per, 0)
    count, left = int(month.counts.get(price.per, 0)), max(0, price.included - before)
    earlier = tiers_of(price, before, whole) if month.before else ()
    counted = counted_in_words(count, min(count, left), unit_of(price.per))
    for tier in further(tiers_of(price, before + count, whole), earlier):
        label = tier_label(price, tier).fr
        if tier.lots and (tier.step.amount or not price.steps):
            amount = tier.step.amount
            charge = Charge(
                label=label, quantity=tier.lots, unit_price=amount, unit=unit_sold(price), for_each=price.for_each
            )
            yield charge_line(decision, charge, tier_sentence(decision.rule, price, tier, charge, counted))
        if tier.step.flat and tier.opens:
            flat = Charge(label=f"{label}{FLAT.fr}", quantity=1, unit_price=price_of(tier.step.flat), unit="forfait")
            yield charge_line(decision, flat, flat_sentence(decision.rule, price, tier, counted))


def _setup_fee(month: PricedMonth, decision: Decision, _name: str) -> Iterator[ChargeLine]:
    if month.served.served.start != month.month_days.start:
        return
    fee = Charge(label=SETUP_FEE.fr, quantity=1, unit_price=price_of(month.offer.term.setup_fee))
    yield charge_line(decision, fee, decision.rule.why)


def _option(month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
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


def _per_use(
    month: PricedMonth, decision: Decision, label: str, fact: str, included: int, price: Micros
) -> Iterator[ChargeLine]:
    count, left = int(month.counts.get(fact, 0)), max(0, included - month.before.get(fact, 0))
    if count > left:
        charge = Charge(label=label, quantity=count - left, unit_price=price, unit=unit_of(fact))
        yield charge_line(reading(decision, month.own_facts, fact), charge, times_sentence(decision.rule, charge, left))


def _monthly(
    month: PricedMonth, decision: Decision, label: str, unit_price: Micros, sentence: str, *, prorate: bool = True
) -> ChargeLine:
    days, of_days = month.share if prorate else (1, 1)
    charge = Charge(label=label, quantity=1, unit_price=unit_price, unit="mois", days=days, of_days=of_days)
    return charge_line(decision, charge, sentence + days_in_words(month.billed, days, of_days))


def reading(decision: Decision, facts: Mapping[str, FactValue], *names: str) -> Decision:
    """Return a decision with the facts that its price reads besides those that its condition read."""
    known = dict(decision.facts)
    more = [(name, facts.get(name, 0)) for name in names if name not in known]
    return evolve(decision, facts=(*decision.facts, *more)) if more else decision


def charge_line(decision: Decision, charge: Charge, sentence: str) -> ChargeLine:
    """Return a charge as a line of the invoice, its amount rounded once."""
    return ChargeLine(
        code=decision.rule.then.charge,
        label=charge.label,
        quantity=charge.quantity,
        unit=charge.unit,
        unit_price=charge.unit_price,
        for_each=charge.for_each,
        days=charge.days,
        of_days=charge.of_days,
        amount=amount_of(charge.quantity, charge.unit_price, charge.days, charge.of_days, charge.for_each),
        decision=decision,
        sentence=sentence,
    )


CHARGES: Mapping[str, Callable[[PricedMonth, Decision, str], Iterator[ChargeLine]]] = {
    "bands": _bands,
    "package": _package,
    "price": _price,
    "option": _option,
    "setup_fee": _setup_fee,
}
