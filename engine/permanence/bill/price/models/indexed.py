"""A named price that revises others by an index, at each anniversary of the contract."""

from collections.abc import Hashable, Iterator

from ....contracts.price_revisions import revision_on
from ....model.chosen import Chosen
from ....model.decision import Decision
from ....model.fault import Fault
from ....model.money import WHOLE, Micros, PerCent
from ....model.offer import Offer
from ....model.price import Price
from ....model.price_index import INDEX, Revision
from ....model.price_list import QuotedPrice
from ....model.scalars import Words
from ....model.words.amounts import percent_in_words
from ....model.words.changes import instead
from ....model.words.phrases import quoted, said
from ....model.words.price_index import index_in_words, revised_in_words, revision_label, revision_told
from ..priced_month import PricedMonth
from ..share import IndexShare, Share
from ..share_table import ShareTable

LONGEST_LAG = 12


class IndexedPrice(ShareTable):
    """`[price.<id>]` with `index`: what an index revises other lines of the month by."""

    key = "index"
    beside = ("amount", "steps", "per", "least", "most", "percent", "most_per_call", "by_days")
    of_something = "an index revises something"

    def owns(self, offer: Offer, name: str) -> bool:
        """Tell whether a price follows an index."""
        return name in offer.prices and bool(offer.prices[name].index)

    def alike(self, month: PricedMonth, name: str) -> Hashable:
        """Return the revision in force: days before and after an anniversary are revised apart."""
        return _revision(month, name)

    def shares(self, month: PricedMonth, decision: Decision, name: str) -> Iterator[Share]:
        """Yield what the index revises by; nothing before the first anniversary, or where it stands as it stood."""
        price, revision = month.offer.prices[name], _revision(month, name)
        if revision is None or not revision.change:
            return
        series = month.offer.series[price.index]
        yield IndexShare(
            label=revision_label(price, series, revision),
            percent=PerCent(0),
            of=price.of,
            currency=month.offer.head.currency,
            price=price,
            series=series,
            revision=revision,
        )

    def prices(self, offer: Offer, chosen: Chosen, name: str) -> Iterator[QuotedPrice]:
        """Yield the index, what it revises, and when."""
        price = offer.prices[name]
        yield QuotedPrice(
            label=price.title.fr,
            english=price.title.told("en"),
            unit_price=Micros(0),
            unit=INDEX,
            due="share",
            index=index_in_words(offer, price),
            of=revised_in_words(offer, price),
        )

    def counts(self, offer: Offer, name: str) -> str:
        """Return nothing: what it revises hangs on counts, and it on none."""
        return ""

    def own_faults(self, price: Price, name: str) -> Iterator[Fault]:
        """Yield that its lag or its cap is out of bounds."""
        if not 0 <= price.index_lag <= LONGEST_LAG:
            yield Fault(("price", name, "index_lag"), f'"index_lag" is 0 to {LONGEST_LAG} months')
        if price.most_percent is not None and not 0 < price.most_percent <= WHOLE:
            hint = "leave it out where there is no cap"
            what = "a year brings more than 0 and at most 100 per cent"
            yield Fault(("price", name, "most_percent"), what, hint)

    def told(self, offer: Offer, name: str) -> Iterator[Words]:
        """Yield how prices are revised."""
        yield revision_told(offer, offer.prices[name])

    def changes(self, old: tuple[Offer, Price], new: tuple[Offer, Price]) -> Iterator[Words]:
        """Yield what changed in how an index revises prices."""
        (old_offer, before), (new_offer, after) = old, new
        if before.index != after.index:
            yield instead(quoted(after.title), index_in_words(new_offer, after), index_in_words(old_offer, before))
        if before.most_percent != after.most_percent:
            caps = (
                Words("sans plafond", "without a cap")
                if most is None
                else said("plafond de {} par an", "a cap of {} a year", percent_in_words(most))
                for most in (after.most_percent, before.most_percent)
            )
            yield instead(quoted(after.title), *caps)
        if (before.of, before.anniversary_of, before.index_lag) != (after.of, after.anniversary_of, after.index_lag):
            what = (
                "{} : révisé sur autre chose, ou à d'autres dates, qu'avant.",
                "{}: of something else, or other days.",
            )
            yield said(*what, quoted(after.title))


def _revision(month: PricedMonth, name: str) -> Revision | None:
    """Return the revision in force: within days that are priced as one nothing of it changes."""
    return revision_on(month.served.offer, month.contract, name, month.parts[0].served.served.start)
