"""Options: what a plugin asks for, and every price that it names."""

from collections.abc import Hashable, Iterator
from functools import reduce

from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.due import DueTime
from ....model.fault import Fault
from ....model.invoice import ChargeLine
from ....model.money import plain
from ....model.offer import Offer
from ....model.option_answers import MOST_UNITS
from ....model.option_asked import priced_by_count
from ....model.option_failed import OptionFailed
from ....model.period import Period
from ....model.price_list import QuotedPrice
from ....model.scalars import Words
from ....model.units import MONTHS
from ....model.words.lines import days_in_words
from ....model.words.prices import price_in_words
from ..charge_line import charge_line, reading
from ..limit import Limit
from ..option_changes import option_told
from ..option_charges import added, charged_days, charges_asked, charges_of
from ..option_faults import option_faults
from ..option_lines import resting
from ..option_prices import every_price, prices_by_count, told_prices
from ..option_words import option_promises, quantity_sentence
from ..price_model import Edge, PriceModel
from ..priced_month import PricedMonth, joined
from ..share import Share
from ..stepped import step_edges, step_lines

MOST_CENTS = 100 * MOST_UNITS


class OptionPrice(PriceModel):
    """`[option.<id>]`: what a plugin asks for, checked, and every price that it names."""

    kind = "option"

    def names(self, offer: Offer) -> tuple[str, ...]:
        """Return the options on sale."""
        return tuple(offer.options)

    def table(self, offer: Offer, name: str) -> object:
        """Return the option."""
        return offer.options.get(name)

    def lines(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
        """Yield what an option asks for; raise OptionFailed when its plugin raises, or asks for what is no charge."""
        option, currency = month.offer.options[name], month.offer.head.currency
        having = [part for part in month.parts if name in part.served.held]
        for asked in charges_asked(month, name):
            charge = reduce(added, (charge for _, charge in asked))
            if charge.percent is None:
                together = joined([part for part, _ in asked])
                days = days_in_words(charged_days(together, name), charge.days, charge.of_days)
                rests = resting(option, charge, together, name)
                read = reading(decision, together.charged_facts, *rests.facts)
                told = rests.sentence(decision, charge, currency) + quantity_sentence(option, charge)
                line = charge_line(read, charge, told + days)
                theirs = together if charge.of_days > 1 else joined(having)
                yield _possible(line.of_days_in(_held(theirs, name)), name)
        for price in prices_by_count(month.offer, name) if having else ():
            read = reading(decision, joined(having).charged_facts, price.per)
            span = _held(joined(having), name)
            yield from (_possible(line.of_days_in(span), name) for line in step_lines(joined(having), read, price))

    def shares(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[Share]:
        """Yield each share of other lines that an option asks for, for its days of those that they are of."""
        if name not in month.served.held:
            return
        mine, of_days = charged_days(month, name), month.days_of(month.billed)
        for charge in charges_of(month, name):
            if charge.percent and of_days:
                days, of = (month.days_of(mine), of_days) if charge.of_days > 1 else (1, 1)
                told = days_in_words(mine, days, of)
                yield Share(
                    label=charge.label,
                    percent=charge.percent,
                    of=charge.of,
                    currency=month.offer.head.currency,
                    days=days,
                    of_days=of,
                    sentence=told,
                )

    def limits(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[Limit]:
        """Yield the least and the most of what an option costs by a count."""
        for price in prices_by_count(month.offer, name) if name in month.served.held else ():
            if price.least is not None or price.most is not None:
                days, of_days = month.share if price.prorate else month.part
                currency = month.offer.head.currency
                yield Limit(decision, price.title.fr, price.least, price.most, month.billed, days, of_days, currency)

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the prices that an option names for a mission."""
        yield from (price for price in every_price(offer, name) if price.mission in ("", chosen.mission))

    def alike(self, month: PricedMonth, name: str) -> Hashable:
        """Return what the contract has settled of the option."""
        return tuple(sorted(month.offer.settings.get(name, {}).items()))

    def due(self, offer: Offer, name: str, unit: str) -> DueTime:
        """Return when what an option costs by the month is due; once or per use, it is with its month."""
        option = offer.options.get(name)
        return option.due if option and unit == MONTHS else "in_arrears"

    def counts(self, offer: Offer, name: str) -> str:
        """Return the fact that a price per use multiplies."""
        return type(offer.options[name]).counts or next((one.per for one in priced_by_count(offer.options[name])), "")

    def edges(self, offer: Offer, name: str) -> Iterator[Edge]:
        """Yield the counts at which the steps of an option's prices end."""
        for price in prices_by_count(offer, name):
            yield from step_edges(price, ("option", name))

    def faults(self, offer: Offer, name: str) -> Iterator[Fault]:
        """Yield what is wrong with steps, and with shares, whatever the plugin."""
        yield from option_faults(offer, name)

    def told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield what an option costs and promises; raise OptionFailed when its plugin raises."""
        prices, promises = tuple(told_prices(offer, name)), tuple(option_promises(offer.options[name]))
        yield from (price_in_words(price, offer.head.currency) for price in prices)
        yield from promises

    def differences(self, old: Offer, new: Offer, name: str) -> Iterator[Words]:
        """Yield that an option came or went, or what changed in its title, its prices, and its other keys."""
        yield from option_told(name, old, new)


def _possible(line: ChargeLine, name: str) -> ChargeLine:
    """Return a line of an option; raise OptionFailed where it comes to more than any month."""
    if abs(line.amount) > MOST_CENTS:
        what = f"{line.quantity} at {plain(line.unit_price)} come to more than {MOST_UNITS} ({line.label})"
        raise OptionFailed(name) from ValueError(what)
    return line


def _held(month: PricedMonth, name: str) -> Period:
    """Return the days from the first to the last on which a contract has an option and is billed, or just has it."""
    charged = charged_days(month, name)
    return charged.span if charged.periods else month.served.held[name].span
