"""A price by the month for the days on which service is suspended."""

from collections.abc import Iterator

from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.facts import SUSPENDED_DAYS
from ....model.fault import Fault
from ....model.invoice import ChargeLine
from ....model.offer import Offer
from ....model.option import Charge
from ....model.price_list import QuotedPrice
from ....model.units import MONTHS
from ....model.words.lines import days_in_words
from ..charge_line import charge_line, reading
from ..priced_month import PricedMonth
from ..quoted_price import monthly_price
from .named import NamedPrice

BY_NO_MONTH = ("per", "percent", "index", "of", "steps", "most_per_call")
"""Keys that make a price something else than one by the month."""


class SuspensionPrice(NamedPrice):
    """`[price.<id>]` with `during = "suspension"`: by the days of the month on which service is suspended."""

    def owns(self, offer: Offer, name: str) -> bool:
        """Tell whether a price is for days of suspension."""
        price = offer.prices.get(name)
        return price is not None and price.during == "suspension"

    def lines(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
        """Yield what the days of suspension cost: of a month that has parts, once."""
        price, paused = month.offer.prices[name], month.served.paused
        days, of_days = int(month.facts.get(SUSPENDED_DAYS, 0)), month.of_days
        if not days:
            return
        if not price.prorate:
            days, of_days = 1, 1
        charge = Charge(
            label=price.title.fr,
            quantity=1,
            unit_price=price.ladder[0].amount,
            unit=MONTHS,
            days=min(days, of_days),
            of_days=of_days,
        )
        told = days_in_words(paused, days, of_days) if paused.periods else ""
        line = charge_line(reading(decision, month.facts, SUSPENDED_DAYS), charge, decision.rule.why + told)
        yield line.of_days_in(paused.span) if paused.periods else line

    def whole(self, offer: Offer, name: str, line: ChargeLine) -> bool:
        """Return that it is due once a month: its days are the whole month's."""
        return True

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the price of a month of suspension."""
        price = offer.prices[name]
        yield monthly_price(price.title, price.ladder[0].amount, "recurring", by_days=price.prorate)

    def faults(self, offer: Offer, name: str) -> Iterator[Fault]:
        """Yield what is wrong with a price of suspension: it is one amount by the month."""
        price, path = offer.prices[name], ("price", name)
        wrong = [key for key in BY_NO_MONTH if getattr(price, key) not in (None, "", ())]
        for key in wrong:
            what = f'a price during a suspension is by the month, without "{key}"'
            yield Fault((*path, key), what, "take it out", at_key=True)
        if price.due != "in_arrears":
            yield Fault((*path, "due"), "a suspension is not known in advance", "take the key out", at_key=True)
        if not wrong:
            yield from super().faults(offer, name)
