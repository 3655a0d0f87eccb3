"""The set-up fee: due once, on the first day of service."""

from collections.abc import Iterator

from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.invoice import ChargeLine
from ....model.money import price_of
from ....model.offer import Offer
from ....model.option import Charge
from ....model.period import ONE_DAY, Period
from ....model.price_list import QuotedPrice
from ....model.words.lines import SETUP_FEE
from ..charge_line import charge_line
from ..price_model import PriceModel
from ..priced_month import PricedMonth


class SetupFee(PriceModel):
    """`term.setup_fee`: due once; the offer has a rule of its own for it."""

    kind = "setup_fee"
    is_table = False

    def names(self, offer: Offer) -> tuple[str, ...]:
        """Return none: no rule that is written charges it."""
        return ()

    def lines(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
        """Yield the set-up fee in the part of the month in which service begins."""
        if month.served.served.start != month.month_days.start:
            return
        fee = Charge(label=SETUP_FEE.fr, quantity=1, unit_price=price_of(month.offer.term.setup_fee))
        first = month.month_days.start
        yield charge_line(decision, fee, decision.rule.why).of_days_in(Period(first, first + ONE_DAY))

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the set-up fee."""
        fee = price_of(offer.term.setup_fee)
        yield QuotedPrice(label=SETUP_FEE.fr, english=SETUP_FEE.en, unit_price=fee, due="one_off")
