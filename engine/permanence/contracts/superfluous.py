"""What a contract has to no effect, or pays for twice: hours that other options cover, a band or a group not read."""

from collections.abc import Iterable, Iterator, Sequence

from ..decide.decider import Decider
from ..model.contract import Contract
from ..model.coverage import CoverageWindow
from ..model.offer import Offer
from ..model.option_asked import windows_with
from ..model.option_failed import OptionFailed
from ..model.problem import Problem
from .book import Book
from .contradictions import stands
from .history import history_of

Minutes = frozenset[tuple[int, int]]
"""Minutes of each kind of day: a weekday, or a public holiday."""
Windows = tuple[CoverageWindow, ...]
Twice = tuple[tuple[str, tuple[str, ...]], ...]


def superfluous(book: Book, contract: Contract) -> Iterator[Problem]:
    """Yield, as warnings, what is to no effect in a contract, as it was signed and as its events have changed it."""
    lives = stands(history_of(book, contract)) if contract.events else iter((contract,))
    found = (problem for then in lives if then.offer in book.offers for problem in _on_days(book, then))
    yield from {problem.what: problem for problem in found}.values()


def _on_days(book: Book, contract: Contract) -> Iterator[Problem]:
    offer = book.offers[contract.offer]
    if contract.band is not None and offer.bands and offer.bands.floor == "lowest":
        what = f'contract "{contract.id}": its band, {contract.band}, is not read'
        hint = f"{offer.version} bills the band that the calls reach: take `band` out"
        yield Problem(contract.place, what, hint, warning=True)
    if contract.group and not offer.has_groups:
        what = f'contract "{contract.id}": its group, "{contract.group}", is not read'
        hint = f'take `group` out: {offer.version} has no [package] and no plan with included_for = "group"'
        yield Problem(contract.place, what, hint, warning=True)
    for first in contract.options:
        day = contract.option_period(first).start
        held = sorted(one.id for one in contract.options if day in contract.option_period(one))
        for name, others in book.once(_covered_twice, contract.offer, f"{' '.join(held)}|{' '.join(contract.windows)}"):
            what = f'contract "{contract.id}" pays for hours twice: {hours_covered(name, others)}'
            yield Problem(contract.place, what, f'leave "{name}" out', warning=True)


def _covered_twice(decider: Decider, taken: str) -> Twice:
    options, windows = (names.split() for names in taken.split("|"))
    return tuple(covered_twice(decider.offer, options, windows))


def covered_twice(
    offer: Offer, options: Sequence[str], chosen: Sequence[str] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the options among some that widen the coverage by no minute, each with the others that do, if any.

    Of the offer's windows, those that are ``chosen`` count; all where none is. An option whose plugin cannot say its
    windows is left out: `check` tells of it.
    """
    own = tuple(window for window in offer.coverage.windows if not chosen or window.id in chosen)
    try:
        widening = [name for name in offer.options if name in options and _widened(offer, own, [name]) != own]
        left = list(widening)
        for name in widening:
            others = [other for other in left if other != name]
            if _minutes(_widened(offer, own, left)) == _minutes(_widened(offer, own, others)):
                left = others
                yield name, tuple(others)
    except OptionFailed:
        return


def hours_covered(name: str, others: Sequence[str]) -> str:
    """Return by what the hours of an option are covered without it."""
    named = [f'"{other}"' for other in others] or ["the offer's own windows"]
    return f'{" and ".join(named)} {"covers" if len(others) == 1 else "cover"} those of "{name}"'


def _widened(offer: Offer, windows: Windows, options: Sequence[str]) -> Windows:
    for name, option in offer.options.items():
        windows = windows_with(option, windows) if name in options else windows
    return windows


def _minutes(windows: Iterable[CoverageWindow]) -> Minutes:
    return frozenset(
        (day, minute)
        for window in windows
        for day in window.days.numbers
        for minute in range(window.hours.start, window.hours.end)
    )
