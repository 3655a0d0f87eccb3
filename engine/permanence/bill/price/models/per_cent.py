"""A named price that is so many per cent of others: a supplement, or a discount below zero."""

from collections.abc import Iterator

from ....model.charged import ALL, SUMS, chargeable
from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.due import DueTime
from ....model.fault import Fault
from ....model.money import WHOLE, Micros
from ....model.offer import Offer
from ....model.price_list import PERCENT, QuotedPrice
from ....model.problem import did_you_mean
from ....model.scalars import Words
from ....model.words.amounts import percent_in_words
from ....model.words.changes import instead
from ....model.words.lines import share_of_in_words
from ....model.words.phrases import quoted, said
from ..price_changes import priced, renamed
from ..price_model import NamedTable
from ..priced_month import PricedMonth
from ..share import Share, circle_of, shares_of

CALLS = "usage.calls"
PATHS = ("amount", "steps", "per", "least", "most")


class PerCentPrice(NamedTable):
    """`[price.<id>]` with `percent`: so many per cent of other lines of the month."""

    def owns(self, offer: Offer, name: str) -> bool:
        """Tell whether a price is a share of others."""
        return name in offer.prices and offer.prices[name].percent is not None

    def shares(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[Share]:
        """Yield the share that the price is."""
        price = month.offer.prices[name]
        if price.percent:
            yield Share(label=price.title.fr, percent=price.percent, of=price.of, currency=month.offer.head.currency)

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the per cent, and what it is of."""
        price = offer.prices[name]
        yield QuotedPrice(
            label=price.title.fr,
            english=price.title.told("en"),
            unit_price=Micros(0),
            unit=PERCENT,
            due="share",
            percent=price.percent,
            of=share_of_in_words(offer, price.of),
            base=price.of,
        )

    def counts(self, offer: Offer, name: str) -> str:
        """Return a fact that a price multiplies which this is a share of."""
        named = (
            offer.prices[code.removeprefix("price.")] for code in offer.prices[name].of if code.startswith("price.")
        )
        return next((price.per for price in named if price.per), "usage.calls")

    def due(self, offer: Offer, name: str, unit: str) -> DueTime:
        """Return when the share is due."""
        return offer.prices[name].due

    def faults(self, offer: Offer, name: str) -> Iterator[Fault]:
        """Yield what is wrong with a share: it is of something that the offer charges, never of itself."""
        price, path = offer.prices[name], ("price", name)
        written = {key: getattr(price, key) for key in PATHS}
        for key in (key for key, value in written.items() if value not in (None, (), "")):
            yield Fault((*path, key), f'"percent" and "{key}" exclude each other', "keep one of them", at_key=True)
        if not price.percent:
            yield Fault((*path, "percent"), "nothing per cent is no price", "take it out, or write how many")
        elif price.percent < -WHOLE:
            yield Fault((*path, "percent"), "it takes off more than the whole", "-100 at the most")
        if not price.of:
            hint = 'write of = ["subscription"], ["price.<id>"] … or ["all"]'
            yield Fault((*path, "of"), "a per cent is of something", hint, at_key=not price.of)
        known = (*SUMS, ALL, *chargeable(offer))
        for number, code in enumerate(price.of):
            if code not in known:
                what = f'"{code}" is nothing that the offer charges'
                yield Fault((*path, "of", number), what, did_you_mean(code, known))
        if circle := circle_of(shares_of(offer), f"price.{name}"):
            what = f"per cents of each other: {' of '.join(circle)}"
            yield Fault((*path, "of"), what, "let one of them be of something else")

    def differences(self, old: Offer, new: Offer, name: str) -> Iterator[Words]:
        """Yield that a share came or went, or what changed in it."""
        before, after = (offer.prices[name] if self.owns(offer, name) else None for offer in (old, new))
        if after is None:
            if before and name not in new.prices:
                yield said("Le prix {} disparaît.", "The price {} goes.", quoted(before.title))
            return
        [now] = self.prices(new, Chosen(new.head.mission[0]), name)
        if before is None:
            yield said("Nouveau prix : {}.", "New price: {}.", priced(now, new.head.currency))
            return
        if before.title != after.title:
            yield renamed(Words("Le prix", "The price"), before.title, after.title)
        if before.percent != after.percent and before.percent is not None and after.percent is not None:
            yield instead(quoted(after.title), percent_in_words(after.percent), percent_in_words(before.percent))
        if before.of != after.of:
            yield said(
                "{} : calculé sur autre chose qu'avant.", "{}: of something else than before.", quoted(after.title)
            )
