"""The days of a contract from which an index revises its prices, as a calendar tells them."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import dropwhile, takewhile

from attrs import evolve, frozen

from ..model.history import Folded
from ..model.period import Month
from ..model.price_index import IndexSeries, Revision, Unpublished
from ..model.problem import Place
from .book import Book
from .price_revisions import anniversaries, revision_on


@frozen
class RevisionDay:
    """A day from which an index revises prices: by how much, or the month whose value is still to be published."""

    day: date
    series: IndexSeries
    revised: Revision | Month
    place: Place


RevisionDays = Callable[[date, date], Iterator[RevisionDay]]
"""What gives the days from one to another, both included, in any order."""


def revision_days(book: Book, folded: Folded, end: date | None) -> RevisionDays:
    """Return what gives the days on which a contract's prices are revised, under the offer that it has on each."""

    def between(first: date, last: date) -> Iterator[RevisionDay]:
        for stretch in folded.stretches:
            # What a calendar tells of an index is published, whatever else of the contract is supposed.
            contract, offer = evolve(stretch.contract, supposed=False), book.offers.get(stretch.contract.offer)
            for name, price in offer.prices.items() if offer else ():
                if offer is None or not price.index:
                    continue
                days = dropwhile(lambda day: day < first, anniversaries(offer, contract, price))
                for day in takewhile(lambda day: day <= last, days):
                    if day in stretch.period and (end is None or day < end):
                        place = offer.places.key_place(("price", name, "index"))
                        series = offer.series[price.index]
                        try:
                            revised = revision_on(offer, contract, name, day)
                        except Unpublished as missing:
                            yield RevisionDay(day, series, missing.month, place)
                        else:
                            assert revised is not None
                            yield RevisionDay(day, series, revised, place)

    return between
