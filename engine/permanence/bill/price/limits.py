"""The least and the most of a month: of each price, then of all that the month charges, its parts together."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from ...model.decision import Decision
from ...model.invoice import ChargeLine
from ...model.money import Cents, amount_of, price_of
from ...model.option import Charge
from ...model.period import ServiceDays
from ...model.scalars import Words
from ...model.words.lines import days_in_words, limit_in_words, limit_sentence
from .charge_line import charge_line, is_whole, reading
from .charges import Part, charge_lines, charged_alike
from .priced_month import PricedMonth

OF_THE_MONTH = ("least", "most")


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


def month_lines(parts: Sequence[Part]) -> tuple[ChargeLine, ...]:
    """Return the lines of a month from the parts of it in which nothing changes, in order: offer by offer.

    Parts that a rule charges at one price have one line. What brings a price, then the month, up to its least or down
    to its most, comes last, and takes together the offers that have such a limit. Raises Unpriceable when the offer has
    no price for the count, OptionFailed when a plugin raises.
    """
    by_offer: dict[str, list[ChargeLine]] = {}
    limits: dict[str, list[tuple[str, Limit]]] = {}
    whole: set[str] = set()
    for month, decision in charged_alike(parts):
        due = [line for line in charge_lines(month, (decision,)) if not (is_whole(line) and line.code in whole)]
        by_offer.setdefault(month.offer.digest, []).extend(due)
        whole.update(line.code for line in due if is_whole(line))
        if limit := _limit(month, decision):
            limits.setdefault(decision.rule.then.charge, []).append((month.offer.digest, limit))
    for code in sorted(limits, key=OF_THE_MONTH.__contains__):
        # Days of a free trial have no least nor most of their own; what falls due on them counts towards the others'.
        theirs = [limit for _, limit in limits[code] if limit.billed.days]
        offers = [*dict.fromkeys(offer for offer, _ in limits[code])]
        pool = [line for offer in offers for line in by_offer[offer] if code in (*OF_THE_MONTH, line.code)]
        by_offer[offers[-1]] += _brought(theirs, pool) if theirs else ()
    return tuple(line for lines in by_offer.values() for line in lines)


def _limit(month: PricedMonth, decision: Decision) -> Limit | None:
    kind, _, name = decision.rule.then.charge.partition(".")
    billing = month.offer.billing
    if kind in OF_THE_MONTH:
        least, most = billing.least if kind == "least" else None, billing.most if kind == "most" else None
        return Limit(decision, "", least, most, month.billed, *month.share, month.offer.head.currency)
    price = month.offer.prices[name] if kind == "price" else None
    if price is None or not price.per:
        return None
    share = month.share if price.prorate else month.part
    read = reading(decision, month.own_facts, price.per)
    return Limit(read, price.title.fr, price.least, price.most, month.billed, *share, month.offer.head.currency)


def _brought(limits: Sequence[Limit], lines: Sequence[ChargeLine]) -> Iterator[ChargeLine]:
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
    added = missing(total, Cents(least), Cents(most) if capped else None)
    if added:
        last = limits[-1]
        charge = Charge(
            label=limit_in_words(Words(last.what), added).fr, quantity=1, unit_price=price_of(added), unit="mois"
        )
        sentence = limit_sentence(last.decision.rule, last.what, total, added, last.currency)
        yield charge_line(last.decision, charge, sentence + words)


def _alike(limits: Sequence[Limit]) -> Mapping[tuple[Cents | None, Cents | None, int], list[Limit]]:
    """Return limits of one amount together, so that a month that is whole again is rounded as one."""
    alike: dict[tuple[Cents | None, Cents | None, int], list[Limit]] = {}
    for limit in limits:
        alike.setdefault((limit.least, limit.most, limit.of_days), []).append(limit)
    return alike


def missing(total: Cents, least: Cents, most: Cents | None) -> Cents:
    """Return what must be added to a total to bring it up to the least, or (below zero) down to the most."""
    if total < least:
        return Cents(least - total)
    return Cents(0) if most is None else Cents(min(0, most - total))
