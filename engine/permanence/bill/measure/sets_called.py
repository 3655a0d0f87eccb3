"""Which of an offer's sets of numbers each call goes to."""

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np

from ...model.called_numbers import CALLED, by_prefix, set_called
from ...model.offer import Offer
from ...model.usage import Calls, Numbers, WordColumn


def called_facts(calls: Calls, offer: Offer) -> Mapping[str, Callable[[Numbers], WordColumn]]:
    """Return what gives the set that some calls go to, where an offer has such sets: each number is looked up once."""
    if not offer.called:
        return {}
    column = cache(lambda: _column(calls, offer))
    return {CALLED: lambda rows: column().take(rows)}


def _column(calls: Calls, offer: Offer) -> WordColumn:
    sets = by_prefix(offer.called)
    lengths = tuple(sorted({len(prefix) for prefix in sets}, reverse=True))
    words = tuple(offer.called)
    code = {name: number for number, name in enumerate(words)} | {"": -1}
    table = np.array([*(code[set_called(number, sets, lengths)] for number in calls.number.words), -1], np.int32)
    return WordColumn(table[calls.number.codes], words)
