"""What occurred and has a price, counted: the facts of each part of a contract's month."""

from attrs import evolve

from ...model.occurrence import OCCURRENCE
from .counts import Counted
from .roster import Roster


def with_occurrences(counted: Counted, roster: Roster) -> Counted:
    """Return what was counted, with how many times each thing occurred that an offer of the month has a price for."""
    if not any(one.occurred for one in roster.served):
        return counted
    names = dict.fromkeys(event.occurrence for one in roster.served for event in one.occurred)
    rows = [
        {**theirs, **{f"{OCCURRENCE}{name}": one.times(name) for name in names}}
        for theirs, one in zip(counted.facts, roster.served, strict=True)
    ]
    return evolve(counted, facts=rows)
