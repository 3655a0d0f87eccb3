"""What became of each call of a month as it was billed: few kinds, and a kind for each of many calls."""

from collections.abc import Iterable

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from .facts import BILLED_SECONDS, facts_of_mark
from .outcome import Outcome
from .usage import Codes, Numbers, Places, Rows, SmallCodes

OF_OUTCOME = {
    Outcome.COUNTED: frozenset({"usage.calls", "usage.trial_calls", "usage.received"}),
    Outcome.OUTSIDE: frozenset({"usage.outside", "usage.received"}),
    Outcome.EXCLUDED: frozenset({"usage.excluded", "usage.received"}),
}
"""The facts that calls of an outcome are counted in; calls that are nobody's, or held, are in none."""


@frozen
class CallKind:
    """What calls of one kind have in common; ``reason`` and ``window`` are words, empty where there is none.

    ``facts`` names what options counted these calls in, and the billed seconds of calls without a conversation;
    ``marks`` what call rules set on them.
    """

    outcome: Outcome
    reason: str = ""
    window: str = ""
    marks: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    def adds_to(self, talk: int) -> frozenset[str]:
        """Return the facts of the month that a call of this kind adds to; its conversation has so many seconds."""
        facts = OF_OUTCOME.get(self.outcome)
        if facts is None:
            return frozenset()
        if self.outcome == Outcome.COUNTED:
            of_marks = [facts_of_mark(mark) for mark in self.marks]
            facts = facts.union(calls for calls, _, _ in of_marks)
            if talk:
                facts = facts.union(("usage.talk_seconds",), (talked for _, talked, _ in of_marks))
            if talk or BILLED_SECONDS in self.facts:
                facts = facts.union((BILLED_SECONDS,), (billed for _, _, billed in of_marks))
        return facts.union(self.facts)

    def is_behind(self, read: Iterable[str], talk: int) -> bool:
        """Tell whether a call of this kind is behind an invoice line whose rule and price ``read`` these facts."""
        return not self.adds_to(talk).isdisjoint(read)


@frozen(kw_only=True)
class KeptCall:
    """One call as it was billed.

    ``call`` is the place of its first record in what was read: in calls.db that record's number. ``start`` is in UTC
    seconds, ``talk`` in seconds. ``contract`` is empty where the call is nobody's.
    """

    month: str
    call: int
    start: int
    talk: int
    contract: str
    kind: CallKind


@frozen(eq=False, kw_only=True)
class KeptCalls:
    """All calls of a month as columns: ``contract`` is a place in ``contracts``, -1 for a call that is nobody's.

    ``kind`` is a place in ``kinds``; the other columns are those of a `KeptCall`.
    """

    contracts: tuple[str, ...]
    kinds: tuple[CallKind, ...]
    call: Places
    start: Numbers
    talk: Codes
    contract: Codes
    kind: SmallCodes | NDArray[np.unsignedinteger]

    def __len__(self) -> int:
        return len(self.call)

    def take(self, rows: Rows) -> "KeptCalls":
        """Return some of the calls; of a slice nothing is copied."""
        return KeptCalls(
            contracts=self.contracts,
            kinds=self.kinds,
            call=self.call[rows],
            start=self.start[rows],
            talk=self.talk[rows],
            contract=self.contract[rows],
            kind=self.kind[rows],
        )
