"""What the conversations of counted calls are billed as: free seconds, then started increments, call by call."""

import numpy as np

from ...model.offer import DurationRules
from ...model.usage import Calls, Codes, Numbers
from .outcomes import Classified, chunks
from .roster import Roster

CHUNK = 1 << 20
"""Calls added up together: so few that their seconds are whole numbers in a float too."""


def billed_lengths(rules: DurationRules, talk: Codes) -> Numbers:
    """Return the seconds that each conversation, in seconds too, is billed as; none is billed for no billable second.

    The free seconds come off first. What is left is billed as the first increment, then by started further ones.
    """
    left = talk.astype(np.int64) - rules.free
    further = -(-np.maximum(left - rules.first, 0) // rules.further)
    return np.where(left > 0, rules.first + further * rules.further, 0)


def billed_seconds(calls: Calls, classified: Classified, roster: Roster, talk_seconds: Numbers) -> Numbers:
    """Return the billed seconds of each contract's counted calls; as they were, where the offer has no `[duration]`."""
    of_contract = [one.offer.duration for one in roster.served]
    seconds = talk_seconds
    for rules in dict.fromkeys(filter(None, of_contract)):
        theirs = np.array([*(other == rules for other in of_contract), False])
        rows = np.flatnonzero(classified.counted & theirs[classified.contract])
        seconds = np.where(theirs[:-1], 0, seconds)
        for some in chunks(rows.size, CHUNK):
            billed = billed_lengths(rules, calls.talk[rows[some]])
            seconds += np.bincount(classified.contract[rows[some]], billed, seconds.size).astype(np.int64)
    return seconds
