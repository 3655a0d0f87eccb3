"""What customers may choose of an offer that its prices hang on: every combination that a contract can have."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from ...contracts.superfluous import covered_twice
from ...model.chosen import Chosen
from ...model.offer import Offer

MOST = 6
"""Options and windows with prices of their own, beyond which their combinations are not listed one by one."""


def choices(offer: Offer) -> Iterator[Chosen]:
    """Yield everything that a customer may choose of an offer that prices hang on: mission, plan, options, windows.

    What an example has that says nothing of it comes first. Where each month has its cheapest plan, none is chosen.
    """
    plans = [""] if offer.plan_rules.best else [*offer.plans] or [""]
    for hours in combined(offer, offer.priced_with):
        yield from (Chosen(mission, plan, hours) for mission in offer.head.mission for plan in plans)


def combined(offer: Offer, names: Iterable[str]) -> Iterator[frozenset[str]]:
    """Yield which of some options and windows one contract may have together; first all windows, and no option."""
    known = sorted(names)[:MOST]
    windows = {window.id for window in offer.coverage.windows}
    every = [frozenset(some) for size in range(len(known) + 1) for some in combinations(known, size)]
    usual = windows.intersection(known)
    for some in sorted(every, key=lambda some: len(some ^ usual)):
        options = [name for name in offer.options if name in some]
        taken = [name for name in windows if name in some or name not in known]
        if (taken or not windows) and not any(others for _, others in covered_twice(offer, options, taken)):
            yield some
