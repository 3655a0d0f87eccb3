"""What a contract signed, told as its quote would tell it: every price, its hours, its terms."""

from attrs import evolve

from ...contracts.book import Book
from ...model.contract import HOW_MANY, Contract
from ...model.problem import Refused
from ...model.quote import Quote
from .expected import Asked
from .quoting import make_quote


def quoted_as_signed(book: Book, contract: Contract) -> Quote:
    """Return the quote of what a contract of a book signed, on the day of its signature; later events are left out.

    Raises Refused, at the contract's place, where its offer would not be quoted so.
    """
    signed = [one for one in contract.options if not one.of]
    begins = contract.live or contract.signed
    asked = Asked(
        customer=contract.customer,
        mission=contract.mission,
        plan=contract.plan,
        services=contract.services,
        calls=contract.band or 0,
        options=tuple(one.id for one in signed),
        options_from={one.id: one.since for one in signed if one.since and one.since > begins},
        settings={
            one.id: {**one.settings, **({HOW_MANY: one.quantity} if one.quantity is not None else {})}
            for one in signed
            if one.settings or one.quantity is not None
        },
        windows=contract.windows,
        quantities=contract.quantities,
        discounts=contract.discounts,
        agreed=contract.agreed,
        made=contract.signed,
        valid_until=contract.signed,
        live=contract.live,
        sellers=book.sellers,
    )
    try:
        return make_quote(book.deciders[contract.offer], asked, book.plugins)
    except Refused as refused:
        raise Refused(evolve(one, where=contract.place) for one in refused.problems) from refused
