"""What one customer has besides the offer: the rules of his discounts, the offer as agreed, and every price of both."""

from collections.abc import Iterator

from attrs import frozen

from ...contracts.book import Book
from ...decide.decider import Decider
from ...model.chosen import Chosen
from ...model.decision import Decision
from ...model.offer import Offer, Rule, Then
from ...model.own_terms import AgreedPrice, Discount
from ...model.served import Served
from ...model.words.agreed import as_sentence
from .agreed import as_agreed
from .models.discount import KIND, discount_price
from .price_list import Tariff, tariff, tariff_of


@frozen
class OwnTerms:
    """What prices hang on besides an offer: what was chosen, what was agreed, and discounts with their numbers."""

    chosen: Chosen
    agreed: tuple[AgreedPrice, ...]
    discounts: tuple[tuple[int, Discount], ...]


def agreed_offer(book: Book, served: Served) -> Offer | None:
    """Return the offer with the prices that were agreed with a customer for these days; None where none were."""
    agreed = served.agreed if served.contract.agreed else ()
    return book.once(_as_agreed, served.offer.edition, agreed) if agreed else None


def tariff_for(book: Book, served: Served) -> Tariff:
    """Return every price that may be charged for these days: the offer's, as agreed, and the customer's discounts."""
    contract, edition = served.contract, served.offer.edition
    if not (contract.agreed or contract.discounts):
        return book.once(tariff_of, edition, served.chosen)
    own = OwnTerms(served.chosen, served.agreed, tuple(_numbered(served)))
    return book.once(own_tariff, edition, own)


def own_decisions(served: Served) -> Iterator[Decision]:
    """Yield that each discount holds which a customer has in these days: its rule is the contract's own."""
    contract = served.contract
    for number, discount in _numbered(served) if contract.discounts else ():
        rule = Rule(
            id=f"{contract.id}-{KIND}-{number}",
            on="month",
            when="contract.active",
            then=Then(charge=f"{KIND}.{number}"),
            why=as_sentence(discount.why),
            place=contract.place,
            when_place=contract.place,
        )
        yield Decision(rule, (), served.offer.digest)


def _numbered(served: Served) -> Iterator[tuple[int, Discount]]:
    held = served.discounts
    return ((number, one) for number, one in enumerate(served.contract.discounts, 1) if one in held)


def _as_agreed(decider: Decider, agreed: tuple[AgreedPrice, ...]) -> Offer:
    return as_agreed(decider.offer, agreed)


def own_tariff(decider: Decider, own: OwnTerms) -> Tariff:
    """Return every price of an offer as it was agreed with one customer, and what his discounts take off."""
    offer = as_agreed(decider.offer, own.agreed)
    prices = tariff(offer, own.chosen).prices
    discounts = (discount_price(offer, discount, number) for number, discount in own.discounts)
    return Tariff((*prices, *discounts))
