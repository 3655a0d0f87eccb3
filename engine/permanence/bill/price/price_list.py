"""An offer's tariff: every price that its rules and options could ever put on an invoice, for one mission."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from attrs import evolve, frozen

from ...decide.decider import Decider
from ...model.invoice import ChargeLine
from ...model.money import Cents, Micros, price_of
from ...model.offer import Offer
from ...model.price import Tier
from ...model.price_list import Due, QuotedPrice
from ...model.scalars import Words
from ...model.words.lines import (
    BEYOND_PACKAGE,
    FLAT,
    SETUP_FEE,
    band_label,
    limit_in_words,
    package_label,
    tier_label,
    unit_sold,
)

LIMITS = ("least", "most")
Key = tuple[str, str, Micros, int]


class NotQuoted(Exception):  # noqa: N818 - named after what happened
    """A line that is not in the tariff: its price was in no quote (R8)."""

    def __init__(self, line: ChargeLine) -> None:
        self.line = line
        super().__init__(f"{line.label}: {line.unit_price}")


@frozen
class Tariff:
    """The prices of an offer for one mission, in the order in which invoices have them."""

    prices: tuple[QuotedPrice, ...]

    def quotes(self, line: ChargeLine) -> bool:
        """Tell whether an invoice line has a code and unit price of the tariff; that of an option, its label too."""
        if _key(line) in self._keys:
            return True
        growing = any(
            price.code == line.code and line.for_each == 1 and _is_further(line.unit_price, base, price.unit_price)
            for price, base in self._growing
        )
        return growing or any(_brings_to(price, line) for price in self.prices if price.due in LIMITS)

    @cached_property
    def _keys(self) -> frozenset[Key]:
        return frozenset(_key(price) for price in self.prices if not price.every and price.due not in LIMITS)

    @cached_property
    def _growing(self) -> tuple[tuple[QuotedPrice, Micros], ...]:
        """Return what is added without a top, each with the price of the range before it."""
        ends = {(price.code, price.last): price.unit_price for price in self.prices if price.last is not None}
        return tuple((price, ends[price.code, price.first - 1]) for price in self.prices if price.every and price.first)


def tariff_of(decider: Decider, mission: str) -> Tariff:
    """Return every price that the offer of a decider could ever charge for a mission, but for VAT."""
    return tariff(decider.offer, mission)


def tariff(offer: Offer, mission: str) -> Tariff:
    """Return every price that an offer could ever charge for a mission, but for VAT."""
    charged = dict.fromkeys(rule.then.charge for rule in offer.rules_on("month"))
    return Tariff(tuple(price for code in charged for price in _prices(offer, mission, code)))


def check_quoted(lines: Iterable[ChargeLine], tariffs: Sequence[Tariff]) -> None:
    """Raise NotQuoted for the first line that is in none of these tariffs."""
    for line in lines:
        if not any(quoted.quotes(line) for quoted in tariffs):
            raise NotQuoted(line)


def _key(price: QuotedPrice | ChargeLine) -> Key:
    # The two set-up prices of an option may cost the same: its label tells which one a line is.
    label = price.label if price.code.startswith("option.") else ""
    return price.code, label, price.unit_price, price.for_each


def _is_further(price: Micros, base: Micros, step: Micros) -> bool:
    return step > 0 and price > base and (price - base) % step == 0


def _brings_to(limit: QuotedPrice, line: ChargeLine) -> bool:
    """Tell whether a line brings something up to a least, or down to a most: what is missing, never more than it."""
    same = (limit.code, limit.label) == (line.code, line.label)
    return same and (0 < line.unit_price <= limit.unit_price if limit.due == "least" else line.unit_price < 0)


def _prices(offer: Offer, mission: str, code: str) -> Iterator[QuotedPrice]:
    kind, _, name = code.partition(".")
    for price in TARIFFS[kind](offer, mission, name):
        yield evolve(price, code=code)


def _bands(offer: Offer, mission: str, _name: str) -> Iterator[QuotedPrice]:
    if offer.bands is None:
        return
    by_days, first = _by_days(offer), 0
    for step in offer.bands.steps:
        yield QuotedPrice(
            label=band_label(offer, step.up_to, mission),
            unit_price=price_of(step.prices[mission]),
            unit="mois",
            due="recurring",
            by_days=by_days,
            first=first,
            last=step.up_to,
        )
        first = step.up_to + 1
    if growth := offer.bands.then:
        yield QuotedPrice(
            label=f"{offer.head.title.fr}, chaque tranche de {growth.every} appels de plus",
            unit_price=price_of(growth.prices[mission]),
            unit="mois",
            due="recurring",
            by_days=by_days,
            first=first,
            every=growth.every,
        )


def _package(offer: Offer, mission: str, _name: str) -> Iterator[QuotedPrice]:
    package = offer.package
    if package is None:
        return
    yield QuotedPrice(
        label=package_label(offer, package.included, mission),
        unit_price=price_of(package.prices[mission]),
        unit="mois",
        due="recurring",
        by_days=_by_days(offer),
    )
    yield QuotedPrice(
        label=BEYOND_PACKAGE.fr,
        english=BEYOND_PACKAGE.en,
        unit_price=package.overage[mission],
        unit="appels",
        due="usage",
        included=package.included,
    )


def _price(offer: Offer, _mission: str, name: str) -> Iterator[QuotedPrice]:
    price = offer.prices[name]
    if not price.per:
        by_days, amount = price.prorate and _by_days(offer), price.ladder[0].amount
        yield _monthly(price.title, amount, "recurring", by_days=by_days)
        return
    above = 0
    for step in price.ladder:
        label = tier_label(price, Tier(step, above, 0, 0))
        if step.amount or not price.steps:
            yield QuotedPrice(
                label=label.fr,
                english=label.en,
                unit_price=step.amount,
                unit=unit_sold(price),
                for_each=price.for_each,
                due="usage",
                included=price.included,
            )
        if step.flat:
            flat = _monthly(label + FLAT, price_of(step.flat), "recurring", by_days=False)
            yield evolve(flat, unit="forfait")
        above = step.up_to or above
    yield from _limits(offer, price.title, price.least, price.most, by_days=price.prorate)


def _limits(
    offer: Offer, what: Words, least: Cents | None, most: Cents | None, *, by_days: bool = True
) -> Iterator[QuotedPrice]:
    by_days = by_days and _by_days(offer)
    if least:
        yield _monthly(limit_in_words(what, least), price_of(least), "least", by_days=by_days)
    if most is not None:
        yield _monthly(limit_in_words(what, Cents(-1)), price_of(most), "most", by_days=by_days)


def _monthly(label: Words, amount: Micros, due: Due, *, by_days: bool) -> QuotedPrice:
    return QuotedPrice(
        label=label.fr, english=label.told("en"), unit_price=amount, unit="mois", due=due, by_days=by_days
    )


def _month_least(offer: Offer, _mission: str, _name: str) -> Iterator[QuotedPrice]:
    yield from _limits(offer, Words(""), offer.billing.least, None)


def _month_most(offer: Offer, _mission: str, _name: str) -> Iterator[QuotedPrice]:
    yield from _limits(offer, Words(""), None, offer.billing.most)


def _setup_fee(offer: Offer, _mission: str, _name: str) -> Iterator[QuotedPrice]:
    fee = price_of(offer.term.setup_fee)
    yield QuotedPrice(label=SETUP_FEE.fr, english=SETUP_FEE.en, unit_price=fee, due="one_off")


def _option(offer: Offer, _mission: str, name: str) -> Iterator[QuotedPrice]:
    yield from offer.options[name].prices()


def _by_days(offer: Offer) -> bool:
    return offer.billing.partial != "full"


TARIFFS: Mapping[str, Callable[[Offer, str, str], Iterator[QuotedPrice]]] = {
    "bands": _bands,
    "package": _package,
    "price": _price,
    "option": _option,
    "setup_fee": _setup_fee,
    "least": _month_least,
    "most": _month_most,
}
