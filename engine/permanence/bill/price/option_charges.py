"""What an option asks for in a month: its plugin asked, and what it asks for checked."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from types import MappingProxyType

from attrs import evolve

from ...model.option import Charge, OptionMonth
from ...model.option_asked import asked
from ...model.period import ServiceDays
from .charge_line import is_whole
from .priced_month import PricedMonth, joined
from .sound_charges import sound_charges


def charges_asked(month: PricedMonth, name: str) -> Iterable[Sequence[tuple[PricedMonth, Charge]]]:
    """Return each charge of an option, with that of other parts of the month that differs in days or a count alone.

    A plugin may read any fact, the mission too: it is asked once for all parts that have the same facts.
    """
    if month.parts == (month,):
        return [[(month, charge)] for charge in charges_of(month, name)]
    same_facts: dict[Hashable, list[PricedMonth]] = {}
    for part in month.parts:
        same_facts.setdefault((part.served.quantity_of(name), *part.facts.items()), []).append(part)
    found: dict[Hashable, list[tuple[PricedMonth, Charge]]] = {}
    uncounted: list[PricedMonth] = []
    for together in map(joined, same_facts.values()):
        whole = any(is_whole(charge) for asked in found.values() for _, charge in asked)
        met = Counter[Charge]()
        for charge in charges_of(together, name):
            met[alike := _alike(charge)] += 1
            if (alike, met[alike]) in found or not (whole and is_whole(charge)):
                found.setdefault((alike, met[alike]), []).append((together, charge))
        if name in together.served.held and not month.days_of(charged_days(together, name)):
            uncounted.append(together)
    for several in found.values():
        # A 31st alone has no day of thirty: nothing is due for it by itself, and it is a day of the line all the same.
        one, there = several[0][1], [id(part) for part, _ in several]
        if is_whole(one) or one.of_days > 1:
            several += [(part, evolve(one, days=0)) for part in uncounted if id(part) not in there]
    return found.values()


def charges_of(month: PricedMonth, name: str) -> tuple[Charge, ...]:
    """Return what an option asks for in a month, or a part of it.

    Raises OptionFailed when its plugin raises, or asks for what cannot be charged.
    """
    if name not in month.served.held:
        return ()
    if name not in month.asked:
        option, days = month.offer.options[name], month.days_of(charged_days(month, name))
        theirs = _option_month(month, name, days)
        month.asked[name] = asked(option, lambda: sound_charges(option, theirs))
    return month.asked[name]


def charged_days(month: PricedMonth, name: str) -> ServiceDays:
    """Return the days of a month, or a part of it, on which the contract has an option and is billed."""
    return month.served.held[name] & month.billed


def _alike(charge: Charge) -> Charge:
    """Return what charges of one price have in common: all but the days where it follows them, else all but a count."""
    follows_days = charge.of_days > 1 and not is_whole(charge)
    return evolve(charge, days=0) if follows_days else evolve(charge, quantity=0)


def added(one: Charge, other: Charge) -> Charge:
    """Return two charges of one price as one: of one that is due once a month, the higher quantity."""
    if is_whole(one):
        return max(one, other, key=lambda charge: charge.quantity)
    if one.of_days > 1:
        return evolve(one, days=one.days + other.days)
    return evolve(one, quantity=one.quantity + other.quantity)


def _option_month(month: PricedMonth, name: str, days: int) -> OptionMonth:
    return OptionMonth(
        facts=MappingProxyType(month.charged_facts),
        days=days,
        of_days=month.of_days,
        starts=month.served.starts_of(name),
        quantity=month.served.quantity_of(name),
        before=MappingProxyType(dict(month.charged_before)),
    )
