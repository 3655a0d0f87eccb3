"""What a contract chose and agreed besides its offer, as rows of billing.db."""

from collections.abc import Iterator

from ..model.contract import Contract
from ..model.offer import Offer
from ..model.words.terms_agreed import own_terms_told
from .bases import Row


def contract_term_rows(contract: Contract, offer: Offer | None) -> Iterator[Row]:
    """Yield a row for each thing that a contract chose or agreed; without its offer, things go by their names."""
    currency = offer.head.currency if offer else ""
    for number, one in enumerate(own_terms_told(contract, offer, currency), 1):
        since, until = (day and day.isoformat() for day in (one.since, one.until))
        yield (contract.id, number, one.kind, one.name, one.said, since, until, one.why)
