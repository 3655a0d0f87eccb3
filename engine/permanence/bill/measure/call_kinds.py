"""What is kept of each call of a month: whose it is, and which of few kinds, told apart by all that became of it."""

from collections.abc import Sequence

import numpy as np

from ...model.kept_calls import CallKind, KeptCalls
from ...model.outcome import Outcome
from ...model.usage import Calls, Codes, WordColumn
from .kinds import numbered
from .outcomes import Classified
from .roster import Roster


def kept_calls(calls: Calls, classified: Classified, marks: WordColumn, facts: WordColumn, roster: Roster) -> KeptCalls:
    """Return what became of each call, to be kept: ``marks`` and ``facts`` give each its words, separated by spaces.

    A call that waits with its contract is that contract's, as are those of contracts in service.
    """
    parts = (classified.outcome, classified.reason, classified.window, marks.codes, facts.codes)
    lowest = (0, 0, -1, -1, -1)
    words = (classified.windows, marks.words, facts.words)
    shape = (len(Outcome), len(classified.reasons), *(len(known) + 1 for known in words))
    kind, seen = numbered(parts, lowest, shape)
    return KeptCalls(
        contracts=(*(one.contract.id for one in roster.served), *(contract.id for contract in roster.waiting)),
        kinds=tuple(_kind(number, shape, classified, words) for number in seen.tolist()),
        call=calls.row,
        start=calls.start,
        talk=calls.talk,
        contract=_whose(classified, roster),
        kind=kind,
    )


def _kind(number: int, shape: Sequence[int], classified: Classified, words: Sequence[Sequence[str]]) -> CallKind:
    outcome, reason, *codes = (int(code) for code in np.unravel_index(number, shape))
    window, marks, facts = (known[code - 1] if code else "" for code, known in zip(codes, words, strict=True))
    return CallKind(Outcome(outcome), classified.reasons[reason], window, tuple(marks.split()), tuple(facts.split()))


def _whose(classified: Classified, roster: Roster) -> Codes:
    waits = np.flatnonzero(classified.segment >= len(roster.segments))
    if not waits.size:
        return classified.contract
    whose = classified.contract.copy()
    whose[waits] = len(roster.served) + roster.lines.waiting_of[classified.segment[waits]]
    return whose
