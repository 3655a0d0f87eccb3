"""What becomes of a notice after the trial, for each kind of customer: does the offer ask for its notice period?"""

from collections.abc import Iterator, Mapping

from attrs import frozen

from ..decide.decider import Decider
from ..model.customer_kind import CustomerKind
from ..model.facts import FactValue
from ..model.offer import Rule
from .renewal_cases import lifetime


@frozen
class NoticeCase:
    """A notice that is received after the trial, and the rule that answers it, if any.

    Where the contract then has a term, the notice comes too late for its end.
    """

    facts: Mapping[str, FactValue]
    rule: Rule | None

    @property
    def in_term(self) -> bool:
        """Tell whether the contract has a term when the notice is received."""
        return not self.facts["notice.in_time"]

    @property
    def is_notice_asked(self) -> bool:
        """Tell whether the contract lasts a notice period longer, or to an end that the notice is in time for.

        Where no rule answers, nothing says otherwise.
        """
        end = self.rule.then.end if self.rule else "next_term_end"
        return end in ("next_term_end", "notice_end") or (end == "term_end" and not self.in_term)


def notice_cases(decider: Decider, kind: CustomerKind) -> Iterator[NoticeCase]:
    """Yield a notice in the first term of one kind of customer's contract, and one after its renewal, as there are."""
    life = lifetime(decider, kind)
    commitment = decider.offer.term.commitment.count
    if commitment or not life.is_renewed:
        yield _case(decider, kind, renewed=False, late=bool(commitment))
    if life.is_renewed:
        yield _case(decider, kind, renewed=True, late=life.has_renewed_term)


def _case(decider: Decider, kind: CustomerKind, *, renewed: bool, late: bool) -> NoticeCase:
    facts: Mapping[str, FactValue] = {
        "notice.received": 1,
        "contract.in_trial": 0,
        "contract.renewed": int(renewed),
        "notice.in_time": int(not late),
        "notice.not_reminded": 0,
        "customer.kind": kind,
    }
    rules = (rule for rule in decider.decide("notice", facts) if rule.then.end)
    return NoticeCase(facts, next(rules, None))
