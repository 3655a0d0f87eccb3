"""What an option can be asked besides measuring calls: each question by the method that answers it."""

from collections.abc import Callable, Mapping
from functools import partial

from ...bill.price.sound_charges import sound_charges
from ...model.offer import Offer
from ...model.option import Option
from ...model.option_asked import asked, priced_by_count, prices_of, promised, windows_with
from .calls_asked import months_asked

Questions = Mapping[str, Callable[[], object]]


def questions_to(offer: Offer, option: Option) -> Questions:
    """Return the questions to an option of an offer, in the order in which they are asked."""
    months = tuple(months_asked(offer, option))
    return {
        "prices()": lambda: prices_of(option),
        "priced()": lambda: priced_by_count(option),
        "promises()": lambda: promised(option),
        "widen()": lambda: windows_with(option, offer.coverage.windows),
        "charge()": lambda: [asked(option, partial(sound_charges, option, month)) for month in months],
    }
