"""What became of a contract's events: from when each holds, and what the contract was between them."""

from datetime import date
from typing import Literal

from attrs import frozen

from .contract import Contract
from .decision import Decision
from .event import Event
from .period import Period

Contradicts = Literal[
    "before_signature",
    "same_day",
    "live_already",
    "held_already",
    "not_held",
    "no_discount",
    "no_instruction",
    "unchanged",
    "last_line",
    "not_in_service",
    "suspended_already",
    "not_suspended",
    "no_notice",
    "no_trial",
    "trial_over_already",
    "refused",
    "after_end",
    "unanswered",
    "not_sold",
    "other_currency",
    "no_price",
    "no_bill",
]


@frozen
class Settled:
    """An event, the first day from which it holds (None: never), and the decision that says so.

    Without one it holds by the convention that docs/terms.md gives for its kind.
    """

    event: Event
    since: date | None
    decision: Decision | None


@frozen
class Stretch:
    """Days in which a contract's offer, mission, region, plan and windows stay the same, and the contract of then."""

    period: Period
    contract: Contract

    def overlaps(self, period: Period) -> bool:
        """Tell whether a period has a day in common with the stretch."""
        shared = self.period & period
        return shared.end is None or shared.days > 0


@frozen
class Contradiction:
    """An event that cannot be, given the others: ``day`` is what it runs up against, ``why`` a rule's own words."""

    event: Event
    kind: Contradicts
    day: date | None = None
    why: str = ""


@frozen(kw_only=True)
class Folded:
    """A contract with its events told: as it stands with all of them, stretch by stretch, and what contradicts."""

    contract: Contract
    stretches: tuple[Stretch, ...]
    suspended: tuple[Period, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
