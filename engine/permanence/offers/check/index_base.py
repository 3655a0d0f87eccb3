"""Indices that have no value for the first contracts of an offer: their prices could never be revised."""

from collections.abc import Iterator

from ...contracts.price_revisions import month_read
from ...model.offer import Offer
from .finding import Finding


def index_findings(offer: Offer) -> Iterator[Finding]:
    """Yield, as warnings, indices that lack the base month of a contract that begins on the offer's first day."""
    for name, price in offer.prices.items():
        series = offer.series.get(price.index)
        if series is None or str(base := month_read(offer.head.sold_from, price)) in series.values:
            continue
        what = f'the index "{price.index}" has no value of {base}, the base of a contract of {offer.head.sold_from}'
        hint = f'add "{base}" to {series.file}: at its anniversary such a contract waits for it'
        yield Finding(("price", name, "index"), what, hint, warning=True)
