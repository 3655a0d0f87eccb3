"""Decisions become charge lines: what a rule charges, at the offer's price, for the days served."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from attrs import frozen

from ..model.contract import Contract, OptionTaken
from ..model.decision import Decision
from ..model.facts import MONTH_FACTS, FactValue
from ..model.invoice import ChargeLine
from ..model.money import Micros, amount_of, price_of
from ..model.offer import Offer
from ..model.option import Charge, OptionMonth
from ..model.period import Month, Period
from .bands import BandReached, Unpriceable, band_of, calls_for_band
from .wording import band_sentence, days_in_words, mission_in_words, times_sentence


class OptionFailed(Exception):  # noqa: N818 - named after what happened
    """An option's plugin raised while it charged; the cause is chained."""

    def __init__(self, option: str) -> None:
        self.option = option
        super().__init__(option)


@frozen(kw_only=True)
class PricedMonth:
    """Everything that the price of one contract's month depends on, besides the decisions.

    ``served`` is the days in service within the month, ``billed`` those that are billed: without a free trial (A17).
    """

    contract: Contract
    offer: Offer
    month: Month
    served: Period
    billed: Period
    facts: Mapping[str, FactValue]

    @cached_property
    def calls(self) -> int:
        """Return the calls that count."""
        return int(self.facts["usage.calls"])

    @property
    def mission(self) -> str:
        """Return the contract's mission."""
        return self.contract.mission

    @property
    def share(self) -> tuple[int, int]:
        """Return the days charged and out of how many, by the offer's convention for partial months (A7)."""
        return (1, 1) if self.offer.billing.partial == "full" else (self.billed.days, self.month.days)

    @cached_property
    def band(self) -> BandReached | None:
        """Return the band that the month reaches, None for an offer without bands."""
        bands = self.offer.bands
        if bands is None:
            return None
        floor = (self.contract.band or 0) if bands.floor == "contracted" else 0
        by_days = self.offer.billing.partial == "prorate_price_and_bands"
        days, of_days = (self.served.days, self.month.days) if by_days else (1, 1)
        return band_of(bands, self.mission, calls_for_band(self.calls, floor, days, of_days))


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
    band = month.band
    if band is None:
        raise Unpriceable(f"{month.offer.version} has no bands")
    label = f"{month.offer.head.title.fr}, jusqu'à {band.up_to} appels, {mission_in_words(month.mission)}"
    sentence = band_sentence(decision.rule, month.calls, band.up_to, month.mission, month.month)
    yield _monthly(month, _reading(month, decision, "usage.calls", "mission"), label, price_of(band.price), sentence)


def _package(month: PricedMonth, decision: Decision, _name: str) -> Iterator[ChargeLine]:
    package = month.offer.package
    if package is None:
        raise Unpriceable(f"{month.offer.version} has no package")
    label = f"{month.offer.head.title.fr}, {package.included} appels compris, {mission_in_words(month.mission)}"
    reading = _reading(month, decision, "mission")
    yield _monthly(month, reading, label, price_of(package.prices[month.mission]), decision.rule.why)
    yield from _per_use(
        month, reading, "Appels au-delà du forfait", "usage.calls", package.included, package.overage[month.mission]
    )


def _price(month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
    price = month.offer.prices[name]
    if price.per:
        yield from _per_use(
            month, decision, price.title.fr, price.per, price.included, price.amount, for_each=price.for_each
        )
    elif month.billed.days:
        yield _monthly(month, decision, price.title.fr, price.amount, decision.rule.why, prorate=price.prorate)


def _setup_fee(month: PricedMonth, decision: Decision, _name: str) -> Iterator[ChargeLine]:
    fee = Charge(label="Frais de mise en service", quantity=1, unit_price=price_of(month.offer.term.setup_fee))
    yield _line(decision, fee, decision.rule.why)


def _option(month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
    option = month.offer.options[name]
    for taken in month.contract.options:
        period = month.contract.option_period(taken) & month.served
        if taken.id != name or not period.days:
            continue
        try:
            charges = tuple(map(_sound, option.charge(_option_month(month, taken, period))))
        except Exception as error:
            raise OptionFailed(name) from error
        reading = _reading(month, decision, *(fact.name for fact in type(option).facts))
        for charge in charges:
            yield _line(reading, charge, decision.rule.why + days_in_words(period, charge.days, charge.of_days))


def _sound(charge: object) -> Charge:
    """Return what an option asks for; raise TypeError when it is no charge that can be computed."""
    if not isinstance(charge, Charge):
        raise TypeError(f"charge() yielded {charge!r}")
    numbers = (charge.quantity, charge.unit_price, charge.for_each, charge.days, charge.of_days)
    if not all(isinstance(number, int) for number in numbers) or charge.of_days < 1 or charge.for_each < 1:
        raise TypeError(f"charge() yielded {charge!r}: whole numbers, please, and at least one day and one unit")
    return charge


def _option_month(month: PricedMonth, taken: OptionTaken, period: Period) -> OptionMonth:
    return OptionMonth(
        facts=month.facts,
        days=(period & month.billed).days,
        of_days=month.month.days,
        starts=month.contract.option_period(taken).start == period.start,
    )


def _per_use(
    month: PricedMonth, decision: Decision, label: str, fact: str, included: int, price: Micros, *, for_each: int = 1
) -> Iterator[ChargeLine]:
    count = int(month.facts.get(fact, 0))
    unit = MONTH_FACTS[fact].unit if fact in MONTH_FACTS else "appels"
    if count > included:
        charge = Charge(label=label, quantity=count - included, unit_price=price, unit=unit, for_each=for_each)
        yield _line(_reading(month, decision, fact), charge, times_sentence(decision.rule, charge, included))


def _monthly(
    month: PricedMonth, decision: Decision, label: str, unit_price: Micros, sentence: str, *, prorate: bool = True
) -> ChargeLine:
    days, of_days = month.share if prorate else (1, 1)
    charge = Charge(label=label, quantity=1, unit_price=unit_price, unit="mois", days=days, of_days=of_days)
    return _line(decision, charge, sentence + days_in_words(month.served, days, of_days))


def _reading(month: PricedMonth, decision: Decision, *names: str) -> Decision:
    """Return a decision with the facts that its price reads besides those that its condition read."""
    known = dict(decision.facts)
    more = [(name, month.facts.get(name, 0)) for name in names if name not in known]
    return Decision(decision.rule, (*decision.facts, *more)) if more else decision


def _line(decision: Decision, charge: Charge, sentence: str) -> ChargeLine:
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
