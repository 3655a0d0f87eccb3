"""What offers' count rules say of calls, looked up by the words that the calls bear."""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from ...model.count_rules import CountRules
from ...model.reason import Reason
from ...model.usage import Calls, Codes, Flags, Numbers
from .line_holders import ReasonCodes


@frozen(eq=False)
class CountTables:
    """Count rules, numbered, as tables over the words of some calls; a call without a word has the first entry.

    ``said`` [rule, direction, status] is the reason that direction and status give, ``barred`` [rule, tags]
    whether a tag excludes the call, ``shortest`` [rule] the least seconds of talk.
    """

    calls: Calls
    said: ReasonCodes
    barred: Flags
    shortest: Numbers

    @classmethod
    def of(cls, calls: Calls, rules: Sequence[CountRules]) -> "CountTables":
        """Return the tables of these rules, one or more, over the words of these calls."""
        directions, statuses, tags = (("", *column.words) for column in (calls.direction, calls.status, calls.tags))
        said = [[[_said(rule, direction, status) for status in statuses] for direction in directions] for rule in rules]
        barred = [[not set(rule.exclude_tags).isdisjoint(words.split()) for words in tags] for rule in rules]
        shortest = [rule.min_talk_seconds for rule in rules]
        return cls(calls, np.array(said, np.int16), np.array(barred), np.array(shortest, np.int64))

    def reasons(self, rule: Codes, rows: slice) -> ReasonCodes:
        """Return why each call of some rows does not count under its rule, given by number; 0 when it counts.

        Of several reasons the first holds: direction, status, length, tags.
        """
        _, directions, statuses = self.said.shape
        kind = (rule * directions + self.calls.direction.codes[rows] + 1) * statuses + self.calls.status.codes[rows] + 1
        reason: ReasonCodes = self.said.reshape(-1).take(kind)
        reason[(reason == Reason.NONE) & (self.calls.talk[rows] < self.shortest.take(rule))] = Reason.TOO_SHORT
        tags = self.calls.tags.codes[rows]
        tagged = np.flatnonzero((tags >= 0) & (reason == Reason.NONE))
        reason[tagged[self.barred[rule[tagged], tags[tagged] + 1]]] = Reason.TAG
        return reason


def _said(rule: CountRules, direction: str, status: str) -> Reason:
    if rule.direction not in ("any", direction):
        return Reason.DIRECTION
    return Reason.NONE if rule.status in ("any", status) else Reason.STATUS
