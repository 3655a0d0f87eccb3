"""The least and the most of lines: what brings them up to it, or down to it."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from ...model.decision import Decision
from ...model.invoice import ChargeLine
from ...model.money import Cents, amount_of, price_of
from ...model.option import Charge
from ...model.period import ServiceDays
from ...model.scalars import Words
from ...model.words.lines import days_in_words, limit_in_words, limit_sentence
from .charge_line import charge_line


@frozen
class Limit:
    """The least and the most of a whole month, and the days of one for which they hold: ``days`` of ``of_days``.

    ``what`` is empty for all that the month charges.
    """

    decision: Decision
    what: str
    least: Cents | None
    most: Cents | None
    billed: ServiceDays
    days: int
    of_days: int
    currency: str
    of_month: bool = False


def brought(limits: Sequence[Limit], lines: Sequence[ChargeLine]) -> Iterator[ChargeLine]:
    """Yield the line that brings lines up to their least or down to their most: the sums of those of the parts."""
    least = most = 0
    words = ""
    for (one_least, one_most, of_days), some in _alike(limits).items():
        days = sum(limit.days for limit in some)
        least += amount_of(1, price_of(one_least or Cents(0)), days, of_days)
        most += amount_of(1, price_of(one_most or Cents(0)), days, of_days)
        words += days_in_words(ServiceDays.of(*(one for limit in some for one in limit.billed.periods)), days, of_days)
    # A most of no day, as a 31st alone is where months have thirty, is none.
    capped = most > 0 and all(limit.most is not None for limit in limits)
    total = Cents(sum(line.amount for line in lines))
    # Without a least of its own, a price may come to less than nothing: a credit for each use does.
    raised = any(limit.least is not None for limit in limits)
    added = missing(total, Cents(least) if raised else None, Cents(most) if capped else None)
    if added:
        last = limits[-1]
        charge = Charge(
            label=limit_in_words(Words(last.what), added).fr, quantity=1, unit_price=price_of(added), unit="mois"
        )
        sentence = limit_sentence(last.decision.rule, last.what, total, added, last.currency) + words
        yield evolve(
            charge_line(last.decision, charge, sentence), base=tuple(dict.fromkeys(line.code for line in lines))
        )


def _alike(limits: Sequence[Limit]) -> Mapping[tuple[Cents | None, Cents | None, int], list[Limit]]:
    """Return limits of one amount together, so that a month that is whole again is rounded as one."""
    alike: dict[tuple[Cents | None, Cents | None, int], list[Limit]] = {}
    for limit in limits:
        alike.setdefault((limit.least, limit.most, limit.of_days), []).append(limit)
    return alike


def missing(total: Cents, least: Cents | None, most: Cents | None) -> Cents:
    """Return what must be added to a total to bring it up to the least, or (below zero) down to the most."""
    if least is not None and total < least:
        return Cents(least - total)
    return Cents(0) if most is None else Cents(min(0, most - total))
