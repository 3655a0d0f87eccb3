"""Options that cost once what their offer promises not to charge: a fee for being set up, by the name that it has."""

from collections.abc import Iterator
from contextlib import suppress

from ...bill.price.option_prices import every_price
from ...model.offer import Offer
from ...model.option_failed import OptionFailed
from ...model.price_list import QuotedPrice
from .finding import Finding

FEES = ("frais", "dossier", "ouverture", "mise en service", "activation")
"""What customers take for the fee that is promised not to be; an installation is none, nor is a work done once (R7)."""


def option_fees(offer: Offer) -> Iterator[Finding]:
    """Yield as a warning each option with a set-up fee by that name, where the offer promises no set-up fees (R9)."""
    if not offer.head.no_setup_fees:
        return
    for name in offer.options:
        for label in dict.fromkeys(price.label for price in _prices(offer, name) if _is_a_fee(price)):
            what = f'the offer promises no set-up fees, and its option "{name}" has one: "{label}"'
            hint = "name it for what is done, such as an installation, or take no_setup_fees out of [offer]"
            yield Finding(("option", name), what, hint, warning=True)


def _prices(offer: Offer, name: str) -> tuple[QuotedPrice, ...]:
    with suppress(OptionFailed):
        return tuple(every_price(offer, name))
    return ()


def _is_a_fee(price: QuotedPrice) -> bool:
    return price.due == "one_off" and any(fee in price.label.lower() for fee in FEES)
