"""How many calls of which kind: per contract, outcome, reason, window and marks."""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from itertools import chain

import numpy as np
from attrs import frozen

from ...model.facts import facts_of_mark
from ...model.outcome import Outcome
from ...model.records import CallBatch
from ...model.usage import Calls, Flags, Numbers, OutcomeCounts, UsageRow, WordColumn
from .kinds import numbered
from .outcomes import Classified, chunks
from .roster import Roster

CHUNK = 1 << 20
"""Calls counted together: so many that a count of every kind of every contract is little beside them."""


@frozen(eq=False, kw_only=True)
class Usage:
    """Calls by kind, as columns: one entry per contract × outcome × reason × window × marks that occurs.

    Sorted by contract (its number; -1 for calls of none that is in service). ``reason``, ``window`` and ``marks`` are
    codes into the words beside them; ``talk``, and what calls are ``billed`` as by their length, are in seconds.
    """

    contract: Numbers
    outcome: Numbers
    reason: Numbers
    window: Numbers
    marks: Numbers
    calls: Numbers
    talk: Numbers
    billed: Numbers
    ids: tuple[str, ...]
    reasons: tuple[str, ...]
    windows: tuple[str, ...]
    words: tuple[str, ...]

    @cached_property
    def _all_rows(self) -> tuple[UsageRow, ...]:
        outcomes = tuple(Outcome)
        ids, windows, words = (*self.ids, ""), (*self.windows, ""), (*self.words, "")
        columns = zip(
            map(ids.__getitem__, self.contract.tolist()),
            map(outcomes.__getitem__, self.outcome.tolist()),
            map(self.reasons.__getitem__, self.reason.tolist()),
            map(windows.__getitem__, self.window.tolist()),
            map(words.__getitem__, self.marks.tolist()),
            self.calls.tolist(),
            self.talk.tolist(),
            strict=True,
        )
        return tuple(map(partial(tuple.__new__, UsageRow), columns))

    @cached_property
    def _first(self) -> list[int]:
        first: list[int] = np.searchsorted(self.contract, np.arange(-1, len(self.ids) + 1)).tolist()
        return first

    def rows(self, *contracts: int) -> tuple[UsageRow, ...]:
        """Return the rows of one contract, by number; -1 for the calls of none that is in service.

        A contract that has several numbers, for the parts of its month, has one row for what they have in common.
        """
        found = [self._all_rows[self._first[number + 1] : self._first[number + 2]] for number in contracts]
        if len(found) == 1:
            return found[0]
        sums: dict[tuple[object, ...], UsageRow] = {}
        for row in chain.from_iterable(found):
            same = sums.get(row[:-2])
            more = (
                row._replace(calls=row.calls + same.calls, talk_seconds=row.talk_seconds + same.talk_seconds)
                if same
                else row
            )
            sums[row[:-2]] = more
        return tuple(sums.values())


def tally(
    calls: Calls,
    classified: Classified,
    roster: Roster,
    marks: WordColumn | None = None,
    lengths: Numbers | None = None,
) -> Usage:
    """Return the calls by kind; ``marks`` gives each call the marks that call rules set, as space-separated words.

    ``lengths`` are the seconds that calls are billed as, those of their conversations where that is None.
    """
    marks = marks or WordColumn(np.full(len(calls), -1, np.int32), ())
    shape = (len(Outcome), len(classified.reasons), len(classified.windows) + 1, len(marks.words) + 1)
    parts = (classified.outcome, classified.reason, classified.window, marks.codes)
    kind, seen = numbered(parts, (0, 0, -1, -1), shape)
    groups = (len(roster.served) + 1) * seen.size
    counts, talk, billed = (np.zeros(groups, np.int64) for _ in range(3))
    for rows in chunks(len(calls), CHUNK):
        group = kind[rows] + (classified.contract[rows] + 1) * np.int64(seen.size)
        counts += np.bincount(group, minlength=groups)
        talk += np.bincount(group, calls.talk[rows], groups).astype(np.int64)
        if lengths is not None:
            billed += np.bincount(group, lengths[rows], groups).astype(np.int64)
    found = np.flatnonzero(counts)
    outcome, reason, window, marked = np.unravel_index(seen[found % max(1, seen.size)], shape)
    return Usage(
        contract=found // max(1, seen.size) - 1,
        outcome=outcome,
        reason=reason,
        window=window - 1,
        marks=marked - 1,
        calls=counts[found],
        talk=talk[found],
        billed=(talk if lengths is None else billed)[found],
        ids=tuple(one.contract.id for one in roster.served),
        reasons=classified.reasons,
        windows=classified.windows,
        words=marks.words,
    )


def monthly_counts(usage: Usage, marks: Sequence[str] = ()) -> Mapping[str, Numbers]:
    """Return the facts ``usage.…`` that calls alone give: name → a number per contract.

    ``usage.received`` is every call of the contract's: counted, outside or excluded.
    ``usage.<mark>``, one per mark asked for, is how many of the counted calls bear it; ``usage.<mark>_talk_seconds``
    and ``usage.<mark>_billed_seconds`` are the seconds of those.
    """
    counted = usage.outcome == Outcome.COUNTED
    facts = {
        "usage.calls": _sum(usage, counted, usage.calls),
        "usage.outside": _sum(usage, usage.outcome == Outcome.OUTSIDE, usage.calls),
        "usage.excluded": _sum(usage, usage.outcome == Outcome.EXCLUDED, usage.calls),
        "usage.talk_seconds": _sum(usage, counted, usage.talk),
        "usage.billed_seconds": _sum(usage, counted, usage.billed),
    }
    facts["usage.received"] = facts["usage.calls"] + facts["usage.outside"] + facts["usage.excluded"]
    for mark in marks:
        bears = np.array([*(mark in words.split() for words in usage.words), False])
        theirs = counted & bears[usage.marks]
        for fact, column in zip(facts_of_mark(mark), (usage.calls, usage.talk, usage.billed), strict=True):
            facts[fact] = _sum(usage, theirs, column)
    return facts


def _sum(usage: Usage, rows: Flags, column: Numbers) -> Numbers:
    mine = rows & (usage.contract >= 0)
    sums = np.zeros(len(usage.ids), np.int64)
    np.add.at(sums, usage.contract[mine], column[mine])
    return sums


def outcome_counts(calls: Calls, classified: Classified, batch: CallBatch) -> OutcomeCounts:
    """Return the month's closing equations: its records with what came in twice or could not be read, and its calls."""
    by_outcome = (int(np.count_nonzero(classified.outcome == outcome)) for outcome in Outcome)
    counted, outside, excluded, unassigned, held = by_outcome
    records, refused = int(calls.records.sum(dtype=np.int64)), len(batch.refused)
    return OutcomeCounts(
        came_in=records + batch.duplicates + refused,
        duplicates=batch.duplicates,
        refused=refused,
        records=records,
        calls=len(calls),
        by_outcome=(counted, outside, excluded, unassigned, held),
    )
