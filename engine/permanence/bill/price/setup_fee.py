"""The set-up fee: due once, on the first day of service."""

from collections.abc import Iterator

from ...model.decision import Decision
from ...model.invoice import ChargeLine
from ...model.money import price_of
from ...model.offer import Offer
from ...model.option import Charge
from ...model.price_list import QuotedPrice
from ...model.words.lines import SETUP_FEE
from .charge_line import charge_line
from .priced_month import PricedMonth


def setup_fee_lines(month: PricedMonth, decision: Decision, _name: str) -> Iterator[ChargeLine]:
    """Yield the set-up fee in the part of the month in which service begins."""
    if month.served.served.start != month.month_days.start:
        return
    fee = Charge(label=SETUP_FEE.fr, quantity=1, unit_price=price_of(month.offer.term.setup_fee))
    yield charge_line(decision, fee, decision.rule.why)


def setup_fee_prices(offer: Offer, _mission: str, _name: str) -> Iterator[QuotedPrice]:
    """Yield the set-up fee."""
    fee = price_of(offer.term.setup_fee)
    yield QuotedPrice(label=SETUP_FEE.fr, english=SETUP_FEE.en, unit_price=fee, due="one_off")
