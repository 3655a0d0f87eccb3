"""What the rules decided, and the facts that they read."""

from attrs import frozen

from .facts import FactValue
from .offer import Rule
from .period import Month


@frozen
class Decision:
    """A rule that holds, with the facts that its condition read, in the order it names them.

    ``digest`` is that of the rule file in which the rule stands. ``floor`` is what past months left to this one,
    where it is what the amount rests on besides the rule.
    """

    rule: Rule
    facts: tuple[tuple[str, FactValue], ...]
    digest: str = ""
    floor: "HeldFloor | None" = None


@frozen
class HeldFloor:
    """The lowest band that is billed, by its highest count; since which month, and the decision that set it."""

    up_to: int
    since: Month
    decision: Decision
