"""What becomes of each call: counted, outside, excluded, nobody's, or of a contract on hold."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from ...model.count_rules import CountRules
from ...model.outcome import Outcome
from ...model.reason import REASONS, Reason
from ...model.usage import Calls, Codes, Flags, WordColumn
from .count_rules import CountTables
from .coverage import WindowCodes
from .line_holders import ALWAYS, ReasonCodes
from .roster import Roster

OutcomeCodes = NDArray[np.int8]

CHUNK = 1 << 15
"""Calls looked at together: few enough that what is worked out on the way stays in the processor's cache."""


@frozen(eq=False, kw_only=True)
class Classified:
    """Per call: contract in service and segment by number (-1 for none), Outcome, reason and window.

    ``reason`` is a code into ``reasons``; ``window`` one into ``windows``, -1 outside all windows. The window of
    an excluded call is the one that it would have counted in.
    """

    contract: Codes
    segment: Codes
    outcome: OutcomeCodes
    reason: ReasonCodes
    window: WindowCodes
    reasons: tuple[str, ...]
    windows: tuple[str, ...]

    @property
    def counted(self) -> Flags:
        """Return, per call, whether it is counted."""
        counted: Flags = self.outcome == Outcome.COUNTED
        return counted

    @property
    def received(self) -> Flags:
        """Return, per call, whether it is some contract's that is billed: counted, outside or excluded."""
        received: Flags = self.outcome <= Outcome.EXCLUDED
        return received


def classify(calls: Calls, roster: Roster, since: int = ALWAYS) -> Classified:
    """Return what becomes of each call.

    A call that is no contract's is unassigned, one of a contract on hold is held; else what the offer's count rules
    leave out is excluded, for the first reason of direction, status, length and tags; else it is outside when it falls
    in no window, unless the offer counts such calls; else it is counted (A1–A4). The start of a call decides whose it
    is; of one that arrived before ``since``, in UTC seconds, the answer does.
    """
    size = len(calls)
    classified = Classified(
        contract=np.empty(size, np.int32),
        segment=np.empty(size, np.int32),
        outcome=np.empty(size, np.int8),
        reason=np.empty(size, np.int16),
        window=np.empty(size, np.int16),
        reasons=REASONS,
        windows=roster.coverage.words,
    )
    account, number = roster.lines.numbers(calls.account), roster.lines.numbers(calls.number)
    rules = tuple(dict.fromkeys(profile.count for profile in roster.profiles)) or (CountRules(),)
    tables = CountTables.of(calls, rules)
    rule_of = per_segment(roster, [rules.index(profile.count) for profile in roster.profiles], 0)
    delay = np.array([rule.instant == "answer" for rule in rules], np.int64)
    open_anyway = np.array([rule.outside == "count" for rule in rules])
    for rows in chunks(size, CHUNK):
        start = calls.start[rows]
        known = start if (start >= since).all() else np.where(start < since, start + calls.wait[rows], start)
        segment, reason = roster.lines.segments(
            account.take(calls.account.codes[rows]), number.take(calls.number.codes[rows]), known
        )
        rule = rule_of.take(segment)
        met = start + delay.take(rule) * calls.wait[rows] if delay.any() else start
        window = roster.coverage.look_up(roster.profile_of.take(segment), met)
        reason = np.where(segment >= 0, tables.reasons(rule, rows), reason)
        outcome = np.where((window >= 0) | open_anyway.take(rule), np.int8(Outcome.COUNTED), np.int8(Outcome.OUTSIDE))
        outcome = np.where(reason > 0, np.int8(Outcome.EXCLUDED), outcome)
        outcome = np.where(segment < 0, np.int8(Outcome.UNASSIGNED), outcome)
        waits = segment >= len(roster.segments)
        if waits.any():
            outcome[waits], reason[waits] = Outcome.HELD, Reason.NONE
        classified.contract[rows] = roster.lines.contract_of.take(segment)
        classified.segment[rows], classified.window[rows] = segment, window
        classified.outcome[rows], classified.reason[rows] = outcome, reason
    return classified


def per_segment(roster: Roster, of_profile: Sequence[int], of_none: int) -> Codes:
    """Return for each segment what its profile has, and for those without a profile another number."""
    return np.array([*of_profile, of_none], np.int32)[roster.profile_of]


def exclude(classified: Classified, flags: Flags, reason: str) -> Classified:
    """Return the calls classified anew: the flagged ones that are counted are excluded, for a reason in one word."""
    reasons = classified.reasons if reason in classified.reasons else (*classified.reasons, reason)
    gone = flags & classified.counted
    return _changed(evolve(classified, reasons=reasons), gone, Outcome.EXCLUDED, reasons.index(reason))


def excluded_afterwards(classified: Classified, why: WordColumn) -> Classified:
    """Return the calls classified anew: those of a contract for which there is a reason in words are excluded."""
    reasons = tuple(dict.fromkeys((*classified.reasons, *why.words)))
    codes = np.array([*map(reasons.index, why.words), 0], np.int16)[why.codes]
    gone = (codes > 0) & ((classified.outcome == Outcome.COUNTED) | (classified.outcome == Outcome.OUTSIDE))
    return evolve(
        classified,
        reasons=reasons,
        outcome=np.where(gone, np.int8(Outcome.EXCLUDED), classified.outcome),
        reason=np.where(gone, codes, classified.reason),
    )


def held(classified: Classified, contracts: Collection[int]) -> Classified:
    """Return the calls classified anew: those of some contracts in service, by number, are held."""
    if not contracts:
        return classified
    waits = np.isin(classified.contract, list(contracts))
    return _changed(classified, waits, Outcome.HELD, Reason.NONE)


def _changed(classified: Classified, rows: Flags, outcome: Outcome, reason: int) -> Classified:
    return evolve(
        classified,
        outcome=np.where(rows, np.int8(outcome), classified.outcome),
        reason=np.where(rows, np.int16(reason), classified.reason),
    )


def chunks(size: int, length: int) -> Iterator[slice]:
    """Yield slices of a length, the last one shorter, that together are all rows of a size."""
    for start in range(0, size, length):
        yield slice(start, min(start + length, size))
