"""What becomes of a call: each has exactly one outcome."""

from collections.abc import Mapping
from enum import IntEnum

from attrs import frozen


class Outcome(IntEnum):
    """The outcomes, by the numbers that columns of calls hold."""

    COUNTED = 0
    OUTSIDE = 1
    EXCLUDED = 2
    UNASSIGNED = 3
    HELD = 4

    @property
    def word(self) -> str:
        """Return its name in files and databases."""
        return self.name.lower()


@frozen
class OutcomeWords:
    """What staff call one call of an outcome, and several."""

    one: str
    several: str


OUTCOMES: Mapping[Outcome, OutcomeWords] = {
    Outcome.COUNTED: OutcomeWords("compté", "comptés"),
    Outcome.OUTSIDE: OutcomeWords("hors plage", "hors plage"),
    Outcome.EXCLUDED: OutcomeWords("exclu", "exclus"),
    Outcome.UNASSIGNED: OutcomeWords("non attribué", "non attribués"),
    Outcome.HELD: OutcomeWords("en attente", "en attente"),
}
SET_ASIDE: Mapping[str, OutcomeWords] = {
    "duplicate": OutcomeWords("doublon", "doublons"),
    "refused": OutcomeWords("refusé", "refusés"),
}
"""What staff call records that are part of no call; in months billed by an earlier version, further legs of a call."""
OUTCOME_WORDS: Mapping[str, OutcomeWords] = {
    **{outcome.word: words for outcome, words in OUTCOMES.items()},
    **SET_ASIDE,
}
"""All of these by the names that files and databases have."""
