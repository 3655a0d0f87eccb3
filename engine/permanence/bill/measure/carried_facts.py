"""The facts that calls carry: one call's numbers, words and tags, and a month's sums over counted calls."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

import numpy as np

from ...model.carried import CALL_NUMBER, CALL_TAG, CALL_WORD, SUM
from ...model.offer import Offer
from ...model.usage import Calls, Numbers, WordColumn
from .outcomes import Classified
from .roster import Roster


def carried_facts(calls: Calls, roster: Roster) -> Mapping[str, Callable[[Numbers], Numbers | WordColumn]]:
    """Return, by name, what gives the numbers, words and tags of some calls that the offers in service declare."""
    offers = _offers(roster)
    numbers = dict.fromkeys(name for offer in offers for name in offer.numbers)
    words = dict.fromkeys(name for offer in offers for name in offer.words)
    tags = dict.fromkeys(name for offer in offers for name in offer.tags)
    return {
        **{f"{CALL_NUMBER}{name}": _number(calls, name) for name in numbers},
        **{f"{CALL_WORD}{name}": _word(calls, name) for name in words},
        **{f"{CALL_TAG}{name}": _tag(calls, name) for name in tags},
    }


def carried_sums(calls: Calls, classified: Classified, roster: Roster) -> Mapping[str, Numbers]:
    """Return the sum over the counted calls of each contract of every number that the offers in service declare."""
    names = dict.fromkeys(name for offer in _offers(roster) for name in offer.numbers)
    if not names:
        return {}
    rows = np.flatnonzero(classified.counted)
    contract = classified.contract[rows]
    found = {}
    for name in names:
        sums = np.zeros(len(roster.served), np.int64)
        np.add.at(sums, contract, calls.amounts(name)[rows])
        found[f"{SUM}{name}"] = sums
    return found


def _offers(roster: Roster) -> Iterable[Offer]:
    return {id(served.offer): served.offer for served in roster.served}.values()


def _number(calls: Calls, name: str) -> Callable[[Numbers], Numbers]:
    column = cache(lambda: calls.amounts(name))
    return lambda rows: column()[rows]


def _word(calls: Calls, name: str) -> Callable[[Numbers], WordColumn]:
    column = cache(lambda: calls.words_of(name))
    return lambda rows: column().take(rows)


def _tag(calls: Calls, name: str) -> Callable[[Numbers], Numbers]:
    column = cache(lambda: calls.tagged(name).astype(np.int64))
    return lambda rows: column()[rows]
