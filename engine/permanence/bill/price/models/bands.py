"""Bands: the price of the band that a month's calls reach."""

from collections.abc import Hashable, Iterator
from itertools import pairwise

from ....model.chosen import Chosen
from ....model.coverage_priced import names_in
from ....model.decision import Decision
from ....model.due import DueTime
from ....model.fault import Fault
from ....model.invoice import ChargeLine
from ....model.money import Cents, price_of
from ....model.offer import Offer
from ....model.price_list import QuotedPrice, Reach
from ....model.problem import KeyPath
from ....model.scalars import Words
from ....model.subscriptions import BandPrices, Bands
from ....model.words.advance import bands_ahead
from ....model.words.hours import with_hours
from ....model.words.lines import band_label, band_sentence, floor_sentence, of_several
from ....model.words.phrases import calls, inside, said
from ....model.words.prices import MONTHLY, by_mission
from ..band_changes import bands_told
from ..bands import Unpriceable, band_of
from ..charge_line import monthly_line, reading
from ..coverage_faults import coverage_faults
from ..floor_memory import resting_on
from ..price_model import Edge, PriceModel
from ..priced_month import PricedMonth
from ..quoted_price import follows_days, mission_faults

CALLS = "usage.calls"
FIRST = "The first plan includes {}: {}."


class BandPrice(PriceModel):
    """`[bands]`: a price for the month by the band that its count reaches."""

    kind = "bands"
    by_mission = True

    def names(self, offer: Offer) -> tuple[str, ...]:
        """Return one empty name where the offer has bands."""
        return ("",) if offer.bands else ()

    def table(self, offer: Offer, name: str) -> object:
        """Return the bands."""
        return offer.bands

    def called(self, name: str) -> Words:
        """Return that what was charged alike is cut otherwise."""
        return Words("découpage des tranches", "how the bands are cut")

    def lines(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
        """Yield what the month's band costs, for the days that are billed."""
        if not month.billed.days:
            return
        own, band = month.own_band, month.band
        if own is None or band is None:
            raise Unpriceable(f"{month.offer.version} has no bands")
        label = band_label(month.offer, band.up_to, month.mission, _hours(month))
        read = reading(decision, month.facts, CALLS, *month.trial_facts, "mission")
        where = of_several(month.offer, month.mission).fr
        sentence = band_sentence(decision.rule, month.calls, month.free_calls, own.up_to, where, month.month)
        if band != own and (floor := month.served.floor):
            read = resting_on(read, floor)
            sentence += floor_sentence(floor.decision.rule, band.up_to)
        yield monthly_line(month, read, label, price_of(band.price), sentence)

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the price of each band of a mission, and what each further one adds."""
        if offer.bands is None:
            return
        by_days, first, mission = follows_days(offer), 0, chosen.mission
        bands, hours = offer.bands.for_hours(chosen.hours), offer.bands.priced_with & chosen.hours
        for step in bands.steps:
            yield QuotedPrice(
                label=band_label(offer, step.up_to, mission, hours),
                unit_price=price_of(step.prices[mission]),
                unit="mois",
                due="recurring",
                by_days=by_days,
                first=first,
                last=step.up_to,
                reach=_reach(offer, first, step.up_to),
            )
            first = step.up_to + 1
        if growth := bands.then:
            further = f"chaque tranche de {growth.every} appels de plus"
            yield QuotedPrice(
                label=f"{offer.head.title.fr}, {further}{with_hours(offer, hours).fr}",
                unit_price=price_of(growth.prices[mission]),
                unit="mois",
                due="recurring",
                by_days=by_days,
                first=first,
                every=growth.every,
                reach=_reach(offer, first, None),
            )

    def due(self, offer: Offer, name: str, unit: str) -> DueTime:
        """Return when the band is due that a month has without a call; another one takes its place with its month."""
        return offer.bands.due if offer.bands else "in_arrears"

    def paid(self, offer: Offer, name: str, price: QuotedPrice) -> DueTime:
        """Return when the price of a band is due: only the lowest is known to be billed before its month."""
        lowest = offer.bands and offer.bands.floor == "lowest" and price.first == 0
        return self.due(offer, name, price.unit) if lowest else "in_arrears"

    def alike(self, month: PricedMonth, name: str) -> Hashable:
        """Return the mission and the hours: each has prices of its own."""
        return month.mission, month.served.chosen.hours

    def edges(self, offer: Offer, name: str) -> Iterator[Edge]:
        """Yield the last call of each band, rising, and of the first band past the listed ones; for all hours."""
        if offer.bands:
            for hours, path, table in _tables(offer.bands):
                yield from _edges(table, path, hours, offer.bands.priced_with)

    def faults(self, offer: Offer, name: str) -> Iterator[Fault]:
        """Yield what is wrong with bands: they rise, and each has a price for every mission and no other."""
        if offer.bands:
            for _, path, table in _tables(offer.bands):
                yield from _faults(offer, table, path)
            yield from coverage_faults(offer, offer.bands.others, ("bands", "with"))

    def told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield what each band costs, and what comes above the last."""
        if offer.bands:
            for hours, _, table in _tables(offer.bands):
                yield from (_for(offer, hours, told) for told in _told(offer, table))
        yield from bands_ahead(offer)

    def more_told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield that the whole month moves up a band, and what the first call past the lowest one leads to."""
        for hours, _, table in _tables(offer.bands) if offer.bands else ():
            top = table.steps[0].up_to
            try:
                dearer = by_mission(offer, lambda mission: price_of(band_of(table, mission, top + 1).price))  # noqa: B023
            except Unpriceable:
                told = said("L'offre s'arrête à {} par mois.", "The offer ends at {} a month.", calls(top))
                yield _for(offer, hours, told)
                continue
            if not hours:
                yield Words(
                    "Le mois entier passe à la formule qui correspond à ses appels, sans rien demander.",
                    "The whole month moves to the plan that fits its calls, without your asking.",
                )
            told = said("Avec {} dans le mois : {}.", "With {} in a month: {}.", calls(top + 1), dearer)
            yield _for(offer, hours, told)

    def differences(self, old: Offer, new: Offer, name: str) -> Iterator[Words]:
        """Yield for which counts a month costs more, or less, than it did."""
        yield from bands_told(old, new)


def _reach(offer: Offer, first: int, last: int | None) -> Reach | None:
    """Return which counts of a month are billed in a band, None where more than the month's own count may decide."""
    floor = offer.rules_on("history") or (offer.bands and offer.bands.floor == "contracted")
    free = offer.term.trial.count and not offer.term.trial_billed
    return None if floor or free or offer.billing.partial == "prorate_price_and_bands" else Reach(CALLS, first, last)


def _tables(bands: Bands) -> Iterator[tuple[frozenset[str], KeyPath, BandPrices]]:
    """Yield each table of bands: for which options and windows, at which path; first that of all others."""
    yield frozenset(), ("bands",), bands
    for name, table in bands.others.items():
        yield names_in((name,)), ("bands", "with", name), table


def _for(offer: Offer, hours: frozenset[str], told: Words) -> Words:
    """Return a sentence for those who have some hours: ``Avec « Permanence 24 h/24 » : …``."""
    if not hours:
        return told
    having = with_hours(offer, hours)
    fr, en = (text.removeprefix(", ") for text in (having.fr, having.told("en")))
    return Words(
        f"{fr[:1].upper()}{fr[1:]} : {inside(told).fr}", f"{en[:1].upper()}{en[1:]}: {inside(told).told('en')}"
    )


def _hours(month: PricedMonth) -> frozenset[str]:
    bands = month.offer.bands
    return month.served.chosen.hours & bands.priced_with if bands else frozenset()


def _edges(bands: BandPrices, path: KeyPath, hours: frozenset[str], among: frozenset[str]) -> Iterator[Edge]:
    further = (*path, "then") if bands.then else None
    keys = [(*path, "steps", number) for number in range(len(bands.steps))]
    for step, (_, above) in zip(bands.steps, pairwise(keys), strict=False):
        yield Edge(CALLS, step.up_to, above, above, by_mission=True, hours=hours, among=among)
    last = bands.steps[-1].up_to
    yield Edge(CALLS, last, keys[-1], further, by_mission=True, hours=hours, among=among)
    if bands.then and further:
        yield Edge(CALLS, last + bands.then.every, further, further, by_mission=True, hours=hours, among=among)


def _faults(offer: Offer, bands: BandPrices, path: KeyPath) -> Iterator[Fault]:
    if not bands.steps:
        yield Fault((*path, "steps"), "there is no band")
    for number, (before, step) in enumerate(pairwise(bands.steps), 1):
        if step.up_to <= before.up_to:
            yield Fault((*path, "steps", number, "up_to"), f"bands rise, and {step.up_to} comes after {before.up_to}")
    for number, step in enumerate(bands.steps):
        if step.up_to < 0:
            yield Fault((*path, "steps", number, "up_to"), '"up_to" is negative')
        yield from mission_faults(offer, step.prices, (*path, "steps", number))
    if bands.then:
        if bands.then.every < 1:
            yield Fault((*path, "then", "every"), '"every" is at least 1')
        yield from mission_faults(offer, bands.then.prices, (*path, "then"))


def _told(offer: Offer, bands: BandPrices) -> Iterator[Words]:
    first = 0
    for step in bands.steps:
        price = by_mission(offer, lambda mission, step=step: price_of(step.prices[mission]), MONTHLY)  # type: ignore[misc]
        if not first:
            yield said("La première formule comprend {} : {}.", FIRST, calls(step.up_to), price)
        else:
            yield said("De {} à {} : {}.", "{} to {}: {}.", first, calls(step.up_to), price)
        first = step.up_to + 1
    yield _above(offer, bands)


def _above(offer: Offer, bands: BandPrices) -> Words:
    """Return what comes above the last step."""
    last, growth = calls(bands.steps[-1].up_to), bands.then
    if growth is None:
        return said("L'offre va jusqu'à {} par mois.", "The offer goes up to {} a month.", last)
    added = by_mission(offer, lambda mission: price_of(Cents(growth.prices[mission])), MONTHLY)
    return said(
        "Au-delà de {}, chaque tranche de {} ajoute {}.",
        "Beyond {}, each further {} add {}.",
        last,
        calls(growth.every),
        added,
    )
