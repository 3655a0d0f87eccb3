"""A customer's instructions: what an agent does with his calls, each in one sentence, with its days."""

from collections.abc import Hashable
from datetime import date

from attrs import frozen

from .keys import key
from .line import one_spelling
from .own_terms import reason

LONGEST = 300
"""So many signs an instruction has at most: an agent reads it while the telephone rings."""


@frozen(kw_only=True)
class Instruction:
    """`[[contract.instruction]]`: what the agent is to do, as the customer wishes; no price rests on it."""

    text: str = key(
        f"What the agent does, in one sentence (French), {LONGEST} signs at most.",
        example="Transférez les urgences au gérant.",
    )
    option: str = key(
        "The option of the offer that it is for; about any call when absent.",
        name="for",
        default="",
        example="transfer",
    )
    number: str = key(
        "The number to which calls are put through, where it is about that.", default="", example="+33199000042"
    )
    window: str = key(
        "The offer's coverage window in which it holds; at all hours when absent.", default="", example="weekdays"
    )
    since: date | None = key(
        "First day; the first day of service when absent.", name="from", default=None, example="2026-03-10"
    )
    until: date | None = key("First day without it; for good when absent.", default=None, example="2026-09-01")

    @property
    def subject(self) -> str:
        """Return its sentence, as it is compared: by that an event ends it."""
        return reason(self.text)

    @property
    def said(self) -> Hashable:
        """Return what it says, besides what it is for and its days."""
        return self.subject, one_spelling(self.number)

    def excludes(self, other: "Instruction") -> bool:
        """Tell whether both cannot hold on one day: one sentence twice, or two numbers for one option and window."""
        if (self.option, self.window) != (other.option, other.window):
            return False
        numbers = {one_spelling(one.number) for one in (self, other) if one.number}
        return self.subject == other.subject or bool(self.option and len(numbers) > 1)
