"""What a call is billed as by its length: the conversation, the work after it, and increments."""

from collections.abc import Mapping

from attrs import frozen

from .carried import CALL_NUMBER
from .keys import key

OF_THE_CALL = CALL_NUMBER.removeprefix("call.")
"""How `after_call` names a number that the call carries: ``number.wrapup``."""


@frozen(kw_only=True)
class CallLength:
    """`[duration.of.<mark>]`: what a call that bears a mark is billed as, in place of what `[duration]` says."""

    after_call: int | str = key(
        "Seconds of work after each call that are billed with it: so many, or a number that the call carries.",
        default=0,
        example="number.wrapup",
    )
    after_call_most: int | None = key("Most seconds of it that are billed of one call.", default=None, example=120)
    free: int = key("Seconds at the start of each call that are not billed.", default=0)
    least: int = key("Least seconds of each counted call, one without a conversation too.", default=0, example=30)
    first: int = key("First increment, in seconds: a shorter call is billed as so many.", default=1, example=30)
    further: int = key("Increments after the first, in seconds: a started one is billed whole.", default=1, example=6)

    @property
    def number_after(self) -> str:
        """Return the name of the number of the call that says how long the work after it takes, "" for none."""
        return self.after_call.removeprefix(OF_THE_CALL) if isinstance(self.after_call, str) else ""

    @property
    def is_plain(self) -> bool:
        """Tell whether a call without a conversation is billed as nothing, as is nothing but the conversation."""
        return not (self.after_call or self.least)


@frozen(kw_only=True)
class DurationRules(CallLength):
    """`[duration]`: what each counted call is billed as, for prices per `usage.billed_seconds`."""

    of: Mapping[str, CallLength] = key(
        "Calls that bear a mark, billed otherwise: a table per mark.",
        factory=dict,
        example={"mobile": {"first": 60, "further": 60}},
    )
    free_marked: Mapping[str, int] = key(
        "How many calls of a mark are billed as nothing: the first ones of each contract's month.",
        factory=dict,
        example={"short": 30},
    )

    def length_of(self, marks: str) -> CallLength:
        """Return the rules of a call that bears some marks, separated by spaces."""
        borne = marks.split()
        return next((rules for mark, rules in self.of.items() if mark in borne), self)

    @property
    def lengths(self) -> tuple[CallLength, ...]:
        """Return every set of rules: those of all calls, then those of calls that bear a mark."""
        return (self, *self.of.values())
