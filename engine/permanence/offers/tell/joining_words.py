"""Whether joining costs anything, and what is said where it does not: of the contract, and of what its options cost."""

from collections.abc import Iterator
from contextlib import suppress

from ...bill.price.due_once import is_an_option_s, is_due_once, opening_fees
from ...bill.price.option_prices import every_price
from ...model.offer import Offer
from ...model.option_failed import OptionFailed
from ...model.scalars import Words
from ...model.words.terms import NO_FEE_BUT_OF_OPTIONS, NO_SETUP_FEE


def is_free_to_join(offer: Offer) -> bool:
    """Tell whether nothing is due for joining: the offer promises it, which `check` proves, or charges nothing (R9)."""
    return not offer.term.setup_fee and (offer.head.no_setup_fees or not opening_fees(offer))


def no_fee_told(offer: Offer) -> Iterator[Words]:
    """Yield that joining costs nothing, where that is so; of the contract alone, where an option costs something once.

    A quote lists those of all options (R8): who reads both must not take the one for the other.
    """
    if is_free_to_join(offer):
        yield NO_FEE_BUT_OF_OPTIONS if _an_option_costs_once(offer) else NO_SETUP_FEE


def _an_option_costs_once(offer: Offer) -> bool:
    for charge in {rule.then.charge for rule in offer.rules_on("month")}:
        kind, _, name = charge.partition(".")
        if kind == "option":
            with suppress(OptionFailed):
                if any(price.due == "one_off" for price in every_price(offer, name)):
                    return True
        elif is_due_once(offer, charge) and is_an_option_s(offer, charge):
            return True
    return False
