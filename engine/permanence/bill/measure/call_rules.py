"""Calls under their offers' call rules: classified, marked or excluded, and counted."""

from collections.abc import Callable, Mapping

import numpy as np
from attrs import frozen

from ...decide.decider import Decider
from ...model.offer import Rule
from ...model.usage import Calls, Codes, Flags, Numbers, WordColumn, looked_up
from .carried_facts import carried_facts
from .line_holders import ALWAYS
from .outcomes import Classified, classify, exclude, excluded_afterwards
from .roster import Roster
from .sets_called import called_facts

Rows = Numbers
CHUNK = 1 << 18
"""Calls put to the rules together: their facts are made for so many at a time, not for millions."""


@frozen(eq=False)
class Judged:
    """What became of each call, and the marks that call rules set on the counted ones."""

    classified: Classified
    marks: WordColumn


def judge(calls: Calls, roster: Roster, deciders: Mapping[str, Decider], since: int = ALWAYS) -> Judged:
    """Return what becomes of each call: by its contract and window, then by its offer's call rules.

    A call that somebody excluded afterwards is so before any rule is asked. Rules decide on counted calls only.
    Of calls that arrived before ``since``, the answer decides whose they are.
    """
    classified = classify(calls, roster, since)
    if calls.excluded.words:
        classified = excluded_afterwards(classified, calls.excluded)
    words: dict[str, int] = {}
    codes = np.full(len(calls), -1, np.int16)
    excluded: dict[str, Flags] = {}
    facts = call_facts(calls, classified, roster)
    versions = [served.offer.version for served in roster.served]
    for version in dict.fromkeys(versions):
        decider = deciders[version]
        if not decider.facts_needed("call"):
            continue
        theirs = np.array([*(other == version for other in versions), False])
        rows = np.flatnonzero(classified.counted & looked_up(theirs, classified.contract))
        told = {**facts, **called_facts(calls, decider.offer)}
        for first in range(0, len(rows), CHUNK):
            some = rows[first : first + CHUNK]
            columns = {name: told[name](some) for name in decider.facts_needed("call")}
            numbers, table = decider.decide_columns("call", columns, len(some))
            codes[some] = _mark_codes(table, words)[numbers]
            for reason, flags in _exclusions(table).items():
                excluded.setdefault(reason, np.zeros(len(calls), np.bool_))[some] = flags[numbers]
    for reason, flags in excluded.items():
        classified = exclude(classified, flags, reason)
    if words:
        codes[~classified.counted] = -1
    return Judged(classified, WordColumn(codes, tuple(words)))


def call_facts(
    calls: Calls, classified: Classified, roster: Roster
) -> Mapping[str, Callable[[Rows], Numbers | WordColumn]]:
    """Return, by name, what gives the facts of some calls: a column for their rows.

    The set of the number called is not among them: each offer has its own.
    """
    urgent = [words for words in calls.tags.words if "urgent" in words.split()]
    missions = WordColumn.of([served.contract.mission for served in roster.served])
    return {
        "call.wait_seconds": lambda rows: calls.wait[rows].astype(np.int64),
        "call.talk_seconds": lambda rows: calls.talk[rows].astype(np.int64),
        "call.urgent": lambda rows: calls.tags.take(rows).is_in(urgent).astype(np.int64),
        "call.covered": lambda rows: (classified.window[rows] >= 0).astype(np.int64),
        "call.window": lambda rows: WordColumn(classified.window[rows].astype(np.int32), classified.windows),
        "call.direction": calls.direction.take,
        "call.language": calls.language.take,
        "mission": lambda rows: missions.take(classified.contract[rows].astype(np.int64)),
        **carried_facts(calls, roster),
    }


def _mark_codes(table: tuple[tuple[Rule, ...], ...], words: dict[str, int]) -> Codes:
    """Return, for each decision, the code of the marks that it sets, in one word with spaces; -1 for none."""
    codes = []
    for rules in table:
        marks = " ".join(sorted({rule.then.mark for rule in rules if rule.then.mark}))
        codes.append(words.setdefault(marks, len(words)) if marks else -1)
    return np.array(codes, np.int32)


def _exclusions(table: tuple[tuple[Rule, ...], ...]) -> Mapping[str, Flags]:
    reasons = dict.fromkeys(rule.then.exclude for rules in table for rule in rules if rule.then.exclude)
    return {
        reason: np.array([any(rule.then.exclude == reason for rule in rules) for rules in table]) for reason in reasons
    }
