"""Options and windows with prices of their own, as customers read them."""

from collections.abc import Iterable

from ..coverage import CoverageWindow
from ..offer import Offer
from ..scalars import Words
from .phrases import days_in_words, hours_in_words, listed, quoted, said


def hours_title(offer: Offer, name: str) -> Words:
    """Return what an option, or a window, is called."""
    if name in offer.options:
        return offer.options[name].words
    return window_title(offer, name)


def window_title(offer: Offer, name: str) -> Words:
    """Return what a window is called: its title, or its days and hours; the name of one that the offer has not."""
    window = next((window for window in offer.coverage.windows if window.id == name), None)
    return Words(name) if window is None else titled(window)


def titled(window: CoverageWindow) -> Words:
    """Return what a window is called: its title, or its days and hours."""
    return window.title or said("{}, {}", "{}, {}", days_in_words(window.days), hours_in_words(window.hours))


def with_hours(offer: Offer, hours: Iterable[str]) -> Words:
    """Return ``, avec « Permanence 24 h/24 »``; nothing for who has nothing with prices of its own."""
    titles = [quoted(hours_title(offer, name)) for name in sorted(hours)]
    return said(", avec {}", ", with {}", listed(titles)) if titles else Words("")
