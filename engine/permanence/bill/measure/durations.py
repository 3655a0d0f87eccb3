"""What counted calls are billed as: conversation and work after it, free seconds, started increments, call by call."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from ...model.duration import CallLength, DurationRules
from ...model.usage import Calls, Codes, Numbers, WordColumn, looked_up
from .first_ones import first_ones
from .outcomes import Classified, chunks
from .roster import Roster

CHUNK = 1 << 20
"""Calls looked at together: what is worked out on the way is made for so many at a time."""
Carried = Callable[[str], Numbers]
"""Gives the numbers of a name that calls carry, one per call."""


def billed_lengths(rules: CallLength, talk: Codes | Numbers, after: Numbers | int = 0) -> Numbers:
    """Return the seconds that each call is billed as, from those of its conversation and of the work ``after`` it.

    The free seconds come off first; what is left is at least the least. Where anything is left it is billed as the
    first increment, then by started further ones.
    """
    worked = np.minimum(after, rules.after_call_most) if rules.after_call_most is not None else after
    left = np.maximum(talk.astype(np.int64) + worked - rules.free, rules.least)
    further = -(-np.maximum(left - rules.first, 0) // rules.further)
    return np.where(left > 0, rules.first + further * rules.further, 0)


def plain_length(rules: CallLength, talk: int) -> int:
    """Return the seconds that a call of so many is billed as which bears no mark, and carries no number."""
    after = 0 if rules.number_after else int(rules.after_call or 0)
    return int(billed_lengths(rules, np.array([talk], np.int64), after)[0])


def call_lengths(calls: Calls, classified: Classified, marks: WordColumn, roster: Roster) -> Numbers | None:
    """Return the seconds that each counted call is billed as; None where no offer in service has a `[duration]`.

    Calls that do not count, and those of offers that have none, have the seconds of their conversation.
    """
    of_contract = [one.offer.duration for one in roster.served]
    distinct = {id(rules): rules for rules in of_contract if rules}
    if not distinct:
        return None
    seconds = calls.talk.astype(np.int64)
    known: dict[str, Numbers] = {}

    def carried(name: str) -> Numbers:
        if name not in known:
            known[name] = calls.amounts(name)
        return known[name]

    for rules in distinct.values():
        theirs = np.array([*(other is rules for other in of_contract), False])
        rows = np.flatnonzero(classified.counted & looked_up(theirs, classified.contract))
        for some in chunks(rows.size, CHUNK):
            for length, mine in _by_length(rules, marks, rows[some]):
                after = carried(length.number_after)[mine] if length.number_after else int(length.after_call or 0)
                seconds[mine] = billed_lengths(length, calls.talk[mine], after)
    if any(rules.free_marked for rules in distinct.values()):
        free = first_ones(calls, classified, marks, roster, _free_marked(roster), seconds)
        seconds[free] = 0
    return seconds


def _by_length(rules: DurationRules, marks: WordColumn, rows: Numbers) -> Iterator[tuple[CallLength, Numbers]]:
    """Yield the rules of some calls, each with those that it is for."""
    if not rules.of:
        yield rules, rows
        return
    lengths = rules.lengths
    place = {id(one): number for number, one in enumerate(lengths)}
    of_word = np.array([*(place[id(rules.length_of(word))] for word in marks.words), 0], np.int16)
    found = of_word[marks.codes[rows]]
    for number, length in enumerate(lengths):
        mine = rows[found == number]
        if mine.size:
            yield length, mine


def _free_marked(roster: Roster) -> tuple[Mapping[str, int], ...]:
    nothing: Mapping[str, int] = {}
    return tuple(one.offer.duration.free_marked if one.offer.duration else nothing for one in roster.served)
