"""A package: a price with included calls, and one for each call past them."""

from collections.abc import Hashable, Iterator

from ....contracts.trial import billed_in_month
from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.due import DueTime
from ....model.facts import CARRIED, GROUP_BEYOND, GROUP_CALLS, unit_of
from ....model.fault import Fault
from ....model.invoice import ChargeLine
from ....model.money import Micros, price_of
from ....model.offer import Offer
from ....model.option import Charge
from ....model.price_list import QuotedPrice, Reach
from ....model.scalars import Words
from ....model.subscriptions import Package
from ....model.units import MONTHS
from ....model.words.advance import HOW_DUE
from ....model.words.amounts import rate
from ....model.words.carry_over import carried_sentence, lasting_in_words
from ....model.words.changes import Moneys, instead, price_instead
from ....model.words.groups import ALONE, SHARED, group_sentence
from ....model.words.lines import BEYOND_PACKAGE, free_calls_sentence, of_several, package_label, times_sentence
from ....model.words.numbers import number
from ....model.words.phrases import calls, said
from ....model.words.prices import MONTHLY, ONCE, by_mission
from ..bands import Unpriceable
from ..charge_line import charge_line, monthly_line, reading
from ..price_model import Edge, PriceModel
from ..priced_month import PricedMonth
from ..quoted_price import carry_over_faults, follows_days, mission_faults

CALLS = "usage.calls"


class PackagePrice(PriceModel):
    """`[package]`: a monthly price that includes calls, and a price for each further call."""

    kind = "package"
    by_mission = True

    def names(self, offer: Offer) -> tuple[str, ...]:
        """Return one empty name where the offer has a package."""
        return ("",) if offer.package else ()

    def table(self, offer: Offer, name: str) -> object:
        """Return the package."""
        return offer.package

    def lines(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
        """Yield what the package costs of days that are billed, and the calls past it in a month that has such days."""
        if not month.billed.days and (month.is_alone or not billed_in_month(month.served).days):
            return
        package = month.offer.package
        if package is None:
            raise Unpriceable(f"{month.offer.version} has no package")
        label = package_label(month.offer, package.included, month.mission)
        read = reading(decision, month.facts, *month.trial_facts, "mission")
        carried = month.served.carried
        if package.carry_over:
            read = reading(read, {CARRIED.name: carried.calls}, CARRIED.name)
        sentence = decision.rule.why + free_calls_sentence(month.free_calls)
        if GROUP_CALLS.name in month.facts:
            read = reading(read, month.facts, GROUP_CALLS.name)
            together = int(month.facts[GROUP_CALLS.name])
            sentence += group_sentence(month.contract.group, package.included, together)
        sentence += carried_sentence(carried, package.included, month.calls - month.free_calls, month.month)
        if month.billed.days:
            yield monthly_line(month, read, label, price_of(package.prices[month.mission]), sentence)
        yield from _calls_beyond(month, read, package.included + carried.calls, package.overage[month.mission])

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the price of the package for a mission, and of each call past it."""
        if (package := offer.package) is None:
            return
        yield QuotedPrice(
            label=package_label(offer, package.included, chosen.mission),
            unit_price=price_of(package.prices[chosen.mission]),
            unit="mois",
            due="recurring",
            by_days=follows_days(offer),
        )
        yield QuotedPrice(
            label=BEYOND_PACKAGE.fr,
            english=BEYOND_PACKAGE.en,
            unit_price=package.overage[chosen.mission],
            unit="appels",
            due="usage",
            included=package.included,
            reach=Reach(CALLS, package.included + 1),
        )

    def due(self, offer: Offer, name: str, unit: str) -> DueTime:
        """Return when the package is due; calls past it are with their month."""
        return offer.package.due if offer.package and unit == MONTHS else "in_arrears"

    def alike(self, month: PricedMonth, name: str) -> Hashable:
        """Return the mission: each has prices of its own."""
        return month.mission

    def edges(self, offer: Offer, name: str) -> Iterator[Edge]:
        """Yield the last call of the package."""
        if offer.package:
            key = ("package", "per_call")
            yield Edge(CALLS, offer.package.included, key, key, by_mission=True)

    def faults(self, offer: Offer, name: str) -> Iterator[Fault]:
        """Yield what is wrong with a package: each mission has both prices, and there is no other."""
        if (package := offer.package) is None:
            return
        if package.included < 0:
            yield Fault(("package", "included"), '"included" is negative')
        if package.carry_over:
            yield from carry_over_faults(package.carry_over, ("package", "carry_over"))
        if package.carry_over and package.included_for == "group":
            what = "what a group shares is not carried over"
            yield Fault(("package", "carry_over"), what, "leave it out, or `included_for`", at_key=True)
        yield from mission_faults(offer, package.prices, ("package", "price"))
        yield from mission_faults(offer, package.overage, ("package", "per_call"))

    def told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield what the package costs and includes, and what each further call costs."""
        if (package := offer.package) is None:
            return
        price = by_mission(offer, lambda mission: price_of(package.prices[mission]), MONTHLY)
        yield said("L'abonnement comprend {} : {}.", "The package includes {}: {}.", calls(package.included), price)
        if package.due != "in_arrears":
            yield said("Abonnement {}.", "The package is {}.", HOW_DUE[package.due])
        beyond = by_mission(offer, package.overage.__getitem__)
        yield said("Chaque appel de plus : {}.", "Each further call: {}.", beyond)
        if package.included_for == "group":
            yield SHARED

    def more_told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield that calls past the package are charged one by one."""
        if package := offer.package:
            yield said(
                "L'abonnement ne change pas ; chaque appel au-delà des {} compris coûte {}.",
                "The package stays the same; each call beyond the {} included costs {}.",
                package.included,
                by_mission(offer, package.overage.__getitem__),
            )

    def differences(self, old: Offer, new: Offer, name: str) -> Iterator[Words]:
        """Yield that the package came or went, or what changed in what it includes and in its prices by mission."""
        before, after = old.package, new.package
        if before is None or after is None:
            if before != after:
                came = Words("Il y a désormais un abonnement.", "There is a package now.")
                yield came if after else Words("Il n'y a plus d'abonnement.", "There is no package any more.")
            before = None
        elif before.included != after.included:
            yield instead(Words("Appels compris", "Calls included"), number(after.included), number(before.included))
        if after is None:
            return
        if before and before.due != after.due:
            yield instead(Words("Abonnement", "Package"), HOW_DUE[after.due], HOW_DUE[before.due])
        if before is not None and before.included_for != after.included_for:
            yield SHARED if after.included_for == "group" else ALONE
        if before is not None and before.carry_over != after.carry_over:
            now, was = lasting_in_words(after.carry_over), lasting_in_words(before.carry_over)
            yield instead(Words("Report des appels non utilisés", "Calls carried over"), now, was)
        for mission in new.head.mission:
            known = before if mission in old.head.mission else None
            yield from _mission_told(known, after, mission, of_several(new, mission), Moneys.of(old, new))


def _calls_beyond(month: PricedMonth, decision: Decision, included: int, price: Micros) -> Iterator[ChargeLine]:
    beyond = sum(_beyond(part, included) for part in month.parts)
    read = (CALLS, GROUP_BEYOND.name) if GROUP_BEYOND.name in month.counts else (CALLS,)
    if beyond:
        charge = Charge(label=BEYOND_PACKAGE.fr, quantity=beyond, unit_price=price, unit=unit_of(CALLS))
        free = sum(int(month.counts.get(fact, 0)) for fact in month.trial_facts)
        included_calls = int(month.counts[CALLS]) - free - beyond
        sentence = times_sentence(decision.rule, charge, included_calls, month.offer.head.currency)
        yield charge_line(reading(decision, month.own_facts, *read), charge, sentence)


def _beyond(part: PricedMonth, included: int) -> int:
    """Return how many calls of a part of a month are not included: those of a free trial come before all others.

    Where a group shares what is included, it is what the part has of what is beyond.
    """
    if GROUP_BEYOND.name in part.counts:
        return int(part.counts[GROUP_BEYOND.name])
    before, past = part.before.get(CALLS, 0), part.free_calls + included
    return max(0, before + int(part.counts[CALLS]) - past) - max(0, before - past)


def _mission_told(old: Package | None, new: Package, mission: str, where: Words, money: Moneys) -> Iterator[Words]:
    month = said("Abonnement{}", "Package{}", where)
    call = said("Chaque appel de plus{}", "Each further call{}", where)
    for what, per, before, after in (
        (month, MONTHLY, price_of(old.prices[mission]) if old else None, price_of(new.prices[mission])),
        (call, ONCE, old.overage[mission] if old else None, new.overage[mission]),
    ):
        if before is None:
            yield said("{} : {}{}.", "{}: {}{}.", what, rate(after, money.new), per)
        elif before != after:
            yield price_instead(what, after, before, per, money)
