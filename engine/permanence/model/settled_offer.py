"""An offer with its options as one contract has settled them."""

from collections.abc import Mapping

from attrs import evolve

from .offer import Offer
from .option_settings import Setting, settled


def with_settings(offer: Offer, settings: Mapping[str, Mapping[str, Setting]]) -> Offer:
    """Return the offer with its options as a contract has settled them, by name; raise OptionFailed.

    It is another edition of the offer, so that what was worked out of one is not taken for the other's.
    """
    mine = {name: values for name, values in settings.items() if values and name in offer.options}
    if not mine:
        return offer
    options = {name: settled(offer.options[name], values) for name, values in mine.items()}
    return evolve(offer, options={**offer.options, **options}, settings=mine)
