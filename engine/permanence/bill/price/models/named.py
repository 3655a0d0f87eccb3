"""A named price: by the month, or per use in steps."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.due import DueTime
from ....model.event import Event
from ....model.fault import Fault
from ....model.invoice import ChargeLine
from ....model.occurrence import OCCURRENCE
from ....model.offer import Offer
from ....model.period import ONE_DAY, Period
from ....model.price import Price
from ....model.price_list import QuotedPrice, Reach
from ....model.problem import KeyPath
from ....model.quantity import is_quantity
from ....model.scalars import Words
from ....model.words.changes import Moneys
from ....model.words.lines import occurred_in_words
from ....model.words.numbers import number
from ....model.words.phrases import quoted, said
from ....model.words.tiers import by_days_in_words
from ..charge_line import monthly_line, reading
from ..limit import Limit
from ..price_changes import price_told
from ..price_model import Edge, NamedTable, PriceModel
from ..priced_month import PricedMonth
from ..quoted_price import follows_days, limit_faults, limit_prices, monthly_price
from ..stepped import by_days_faults, of_month, step_edges, step_faults, step_lines, step_prices

STEPS_TOLD = {
    ("graduated", False): (
        "{} : chaque unité est au prix de son palier.",
        "{}: each unit is charged at the price of its own step.",
    ),
    ("graduated", True): (
        "{} : au-delà de ce qui est compris, chaque unité est au prix de son palier.",
        "{}: beyond what is included, each unit is charged at the price of its own step.",
    ),
    ("volume", False): (
        "{} : toutes les unités du mois sont au prix du palier atteint.",
        "{}: all units of the month are charged at the price of the step reached.",
    ),
    ("volume", True): (
        "{} : toutes les unités au-delà de ce qui est compris sont au prix du palier atteint.",
        "{}: all units beyond what is included are charged at the price of the step reached.",
    ),
}
"""How the steps of a price are to be read, by the way that they are counted, and whether units are included."""


class NamedPrice(NamedTable):
    """`[price.<id>]`: an amount by the month, or per use, perhaps in steps."""

    def owns(self, offer: Offer, name: str) -> bool:
        """Tell whether a price is no share of others, and for days in service."""
        price = offer.prices.get(name)
        if price is None:
            return True
        alone = not price.is_share and price.most_per_call is None and not is_quantity(price.per)
        return alone and price.during == "service"

    def lines(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[ChargeLine]:
        """Yield what a named price costs: by the month, or each step of it that the count reaches."""
        price = _in_units(month.offer, name)
        if price.per:
            read = reading(decision, month.charged_facts, *filter(None, (price.per, price.for_every)))
            yield from _on_their_days(step_lines(month, read, price), tuple(_occurred(month, price)))
        elif month.billed.days:
            amount = price.ladder[0].amount
            yield monthly_line(month, decision, price.title.fr, amount, decision.rule.why, prorate=price.prorate)

    def limits(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[Limit]:
        """Yield the least and the most of a price per use, for the days that they follow."""
        price = month.offer.prices[name]
        if not price.per:
            return
        for part in month.parts if price.for_every else (month,):
            days, of_days = part.share if price.prorate else part.part
            each = of_month(part, price)
            read = reading(decision, part.charged_facts, *filter(None, (price.per, price.for_every)))
            currency = month.offer.head.currency
            yield Limit(read, price.title.fr, each.least, each.most, part.billed, days, of_days, currency)

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield a named price, or each step of it, and its least and most."""
        price = _in_units(offer, name)
        if price.per:
            one = offer.counted_in(price.for_every).one if price.for_every else None
            limits = limit_prices(offer, price.title, price.least, price.most, by_days=price.prorate)
            for each in (*step_prices(offer, price), *limits):
                past = Reach(price.per, 0 if price.fewest else (0 if price.for_every else price.included) + 1)
                yield evolve(
                    each,
                    one=one,
                    per=_per(offer, price) if each.due == "usage" else None,
                    reach=past if each.due == "most" else each.reach,
                )
        else:
            by_days = price.prorate and follows_days(offer)
            yield monthly_price(price.title, price.ladder[0].amount, "recurring", by_days=by_days)

    def due(self, offer: Offer, name: str, unit: str) -> DueTime:
        """Return when the price is due, whatever line of it."""
        price = offer.prices.get(name)
        return price.due if price else "in_arrears"

    def counts(self, offer: Offer, name: str) -> str:
        """Return the fact that the price multiplies."""
        return offer.prices[name].per

    def edges(self, offer: Offer, name: str) -> Iterator[Edge]:
        """Yield the last unit that is included, 0 where none is, and the last of each step."""
        price = offer.prices[name]
        if price.per:
            yield from step_edges(price, ("price", name))

    def faults(self, offer: Offer, name: str) -> Iterator[Fault]:
        """Yield what is wrong with a price: one amount or steps, rising, in whole lots, and limits."""
        price, path = offer.prices[name], ("price", name)
        if price.amount is not None and price.steps:
            yield Fault((*path, "steps"), '"amount" and "steps" exclude each other', "keep one of them", at_key=True)
        elif price.amount is None and not price.steps:
            what = 'missing key "amount", "steps" or "percent"'
            yield Fault((*path, "amount"), what, "a price has one of them", at_key=True)
        if price.of:
            yield Fault((*path, "of"), '"of" needs a per cent', 'write percent = "-3"', at_key=True)
        if price.included < 0:
            yield Fault((*path, "included"), '"included" is negative')
        if price.fewest < 0:
            yield Fault((*path, "fewest"), '"fewest" is negative')
        if price.for_every and is_quantity(price.per):
            what = "what is for every one of a quantity is of what is counted, not of another quantity"
            yield Fault((*path, "for_every"), what, "take it out", at_key=True)
        elif price.for_every and not (price.included or price.fewest or price.least or price.most):
            hint = "write included, fewest, least or most"
            yield Fault((*path, "for_every"), '"for_every" says for each of what something holds', hint, at_key=True)
        if price.for_each < 1:
            yield Fault((*path, "for_each"), '"for_each" is at least 1')
        if price.every < 1:
            yield Fault((*path, "every"), '"every" is at least 1')
        elif price.every > 1 and price.for_each > 1:
            yield Fault((*path, "every"), '"every" and "for_each" exclude each other', "begun lots, or parts of one")
        if not price.per:
            yield from _needing_a_count(price, path)
        yield from step_faults(price, path)
        yield from by_days_faults(price, path) if price.per else ()
        yield from limit_faults(price, path)

    def told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield how the steps, lots and limits of a named price are to be read."""
        price = offer.prices[name]
        title = quoted(price.title)
        if len(price.steps) > 1 and price.per:
            yield said(*STEPS_TOLD[price.model, bool(price.included)], title)
        yield from _quantities_told(offer, price)
        if price.by_days and follows_days(offer):
            fr = "{} : dans un mois incomplet, au prorata des jours : {}."
            en = "{}: in a partial month, by its days: {}."
            yield said(fr, en, title, by_days_in_words(price.by_days))
        if price.every > 1:
            yield said("{} : un lot commencé est dû en entier.", "{}: a lot that is begun is due in full.", title)
        if price.steps and price.steps[-1].up_to is not None and price.per:
            top = number(price.steps[-1].up_to + price.included)
            yield said("{} : jusqu'à {} par mois.", "{}: up to {} a month.", title, top)

    def differences(self, old: Offer, new: Offer, name: str) -> Iterator[Words]:
        """Yield that a price came or went, or what changed in its title, how it counts, and what it costs."""
        yield from price_told(
            (old.prices.get(name), new.prices.get(name)),
            _listed(self, old, name),
            _listed(self, new, name),
            Moneys.of(old, new),
        )


def _occurred(month: PricedMonth, price: Price) -> Iterator[Event]:
    """Yield what occurred that a price counts, by day."""
    for part in month.parts:
        yield from (one for one in part.served.occurred if price.per == f"{OCCURRENCE}{one.occurrence}")


def _on_their_days(lines: Iterator[ChargeLine], occurred: Sequence[Event]) -> Iterator[ChargeLine]:
    """Yield lines of what occurred with the days on which it did; others as they are."""
    if not occurred:
        yield from lines
        return
    told, period = occurred_in_words(occurred), Period(occurred[0].on, occurred[-1].on + ONE_DAY)
    yield from (evolve(line, sentence=line.sentence + told, period=period) for line in lines)


def _in_units(offer: Offer, name: str) -> Price:
    """Return a price with the unit of what it counts, where that has a name of the offer's own."""
    price = offer.prices[name]
    counted = offer.named_count(price.per)
    return evolve(price, unit=counted.counted_in) if counted else price


def _per(offer: Offer, price: Price) -> Words | None:
    """Return what a price is for in the offer's own words: ``par lettre``; None where it has none."""
    counted = offer.named_count(price.per)
    if counted is None or counted.own_unit is None:
        return None
    if price.every > 1:
        return said("par lot de {} {}", "per lot of {} {}", price.every, counted.own_unit.several)
    if price.for_each > 1:
        return said("les {} {}", "per {} {}", price.for_each, counted.own_unit.several)
    return said("par {}", "per {}", counted.own_unit.one)


def _for_every(offer: Offer, price: Price) -> Words:
    """Return for each of what something holds, empty where it holds once."""
    return said(" par {}", " per {}", offer.counted_in(price.for_every).one) if price.for_every else Words("")


def _quantities_told(offer: Offer, price: Price) -> Iterator[Words]:
    """Yield how many are included and charged at least for each of a quantity, and what counts where it changes."""
    each = _for_every(offer, price)
    title = quoted(price.title)
    if price.included and price.for_every:
        yield said("{} : {} compris{}.", "{}: {} included{}.", title, price.included, each)
    if price.fewest:
        fr, en = "{} : au moins {} facturés chaque mois{}.", "{}: at least {} are charged each month{}."
        yield said(fr, en, title, price.fewest, each)
    if is_quantity(price.per) and not price.prorate:
        yield said(
            "{} : le nombre le plus élevé du mois est facturé, en entier.",
            "{}: the highest number of the month is charged, in full.",
            title,
        )


def _listed(model: PriceModel, offer: Offer, name: str) -> tuple[QuotedPrice, ...]:
    if name not in model.names(offer):
        return ()
    return tuple(model.prices(offer, Chosen(offer.head.mission[0]), name))


def _needing_a_count(price: Price, path: KeyPath) -> Iterator[Fault]:
    if price.for_each > 1:
        hint = 'say of what with per, such as per = "usage.billed_seconds"'
        yield Fault((*path, "for_each"), "a monthly price is for one month", hint)
    written = {
        "included": price.included > 0,
        "steps": bool(price.steps),
        "every": price.every != 1,
        "fewest": price.fewest > 0,
        "for_every": bool(price.for_every),
        "least": price.least is not None,
        "most": price.most is not None,
        "by_days": bool(price.by_days),
    }
    for key, there in written.items():
        if there:
            what = f'"{key}" needs a counted fact to go by'
            yield Fault((*path, key), what, 'name it: per = "usage.calls"', at_key=True)
