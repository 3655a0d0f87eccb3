"""Lines at a price that was agreed with the customer: they say so, and what the offer asks."""

from collections.abc import Iterable

from attrs import evolve

from ...model.decision import Decision
from ...model.invoice import ChargeLine
from ...model.own_terms import AgreedPrice
from ...model.words.agreed import agreed_in_words
from .bands import Unpriceable
from .priced_month import PricedMonth
from .registry import model_of


def agreed_for(month: PricedMonth, charge: str) -> tuple[AgreedPrice, ...]:
    """Return the agreed prices on which what a rule charges hangs: its own, and those of prices that it is of."""
    kind, _, name = charge.partition(".")
    price = month.served.offer.prices.get(name) if kind == "price" else None
    of = (charge, *price.of) if price else (charge,)
    return tuple(one for one in month.served.agreed if one.charge in of)


def told_as_agreed(
    lines: tuple[ChargeLine, ...], month: PricedMonth, decision: Decision, charge: str
) -> Iterable[ChargeLine]:
    """Return lines, those at another price than the offer's with that and the reason."""
    agreed = [one for one in agreed_for(month, charge) if one.charge == charge]
    if not agreed:
        return lines
    listed = _listed(month, decision, charge)
    if len(listed) != len(lines):
        told = agreed_in_words(agreed[0].why, None, month.offer.head.currency)
        return tuple(evolve(line, sentence=line.sentence + told) for line in lines)
    currency = month.offer.head.currency
    return tuple(_told(line, other, agreed, currency) for line, other in zip(lines, listed, strict=True))


def _listed(month: PricedMonth, decision: Decision, charge: str) -> tuple[ChargeLine, ...]:
    model, name = model_of(month.served.offer, charge)
    try:
        return tuple(model.lines(month.as_listed, decision, name))
    except Unpriceable:
        return ()


def _told(line: ChargeLine, listed: ChargeLine, agreed: Iterable[AgreedPrice], currency: str) -> ChargeLine:
    whys = (one.why for one in agreed if one.amount == line.unit_price)
    if line.unit_price == listed.unit_price or (why := next(whys, None)) is None:
        return line
    return evolve(line, sentence=line.sentence + agreed_in_words(why, listed.unit_price, currency))
