"""What becomes of a notice after the trial, for each kind of customer: does the offer ask for its notice period?"""

from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import frozen

from ..decide.decider import Decider
from ..model.customer_kind import CustomerKind
from ..model.facts import FactValue
from ..model.offer import Rule
from .renewal_cases import lifetime

TermState = Literal["first_term", "renewed_term", "open_ended"]
"""Where a contract stands when a notice is received: in its first term, in a later one, or without any."""


@frozen
class NoticeCase:
    """A notice that is received after the trial, too late for the end of a term, and the rule that answers it, if any.

    A contract without a term is in time on any day.
    """

    state: TermState
    facts: Mapping[str, FactValue]
    rule: Rule | None

    @property
    def is_notice_asked(self) -> bool:
        """Tell whether the contract lasts a notice period longer, or to an end that the notice is in time for.

        Where no rule answers, nothing says otherwise.
        """
        end = self.rule.then.end if self.rule else "next_term_end"
        return end in ("next_term_end", "notice_end") or (end == "term_end" and self.state == "open_ended")


def notice_cases(decider: Decider, kind: CustomerKind) -> Iterator[NoticeCase]:
    """Yield a notice in each state that one kind of customer's contract comes to, in their order."""
    life = lifetime(decider, kind)
    if decider.offer.term.commitment.count or not life.is_renewed:
        yield _case(decider, kind, "first_term")
    if life.has_renewed_term:
        yield _case(decider, kind, "renewed_term")
    if life.then == "open_ended":
        yield _case(decider, kind, "open_ended")


def _case(decider: Decider, kind: CustomerKind, state: TermState) -> NoticeCase:
    facts: Mapping[str, FactValue] = {
        "notice.received": 1,
        "contract.in_trial": 0,
        "contract.renewed": int(state != "first_term"),
        "notice.in_time": int(state == "open_ended"),
        "notice.not_reminded": 0,
        "customer.kind": kind,
    }
    rules = (rule for rule in decider.decide("notice", facts) if rule.then.end)
    return NoticeCase(state, facts, next(rules, None))
