"""What becomes of a call: each has exactly one outcome."""

from collections.abc import Mapping
from enum import IntEnum

from attrs import frozen


class Outcome(IntEnum):
    """The outcomes, by the numbers that columns of calls hold."""

    COUNTED = 0
    OUTSIDE = 1
    EXCLUDED = 2
    DUPLICATE = 3
    UNASSIGNED = 4
    REFUSED = 5

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
    Outcome.DUPLICATE: OutcomeWords("doublon", "doublons"),
    Outcome.UNASSIGNED: OutcomeWords("non attribué", "non attribués"),
    Outcome.REFUSED: OutcomeWords("refusé", "refusés"),
}
