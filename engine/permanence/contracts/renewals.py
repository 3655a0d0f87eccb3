"""What becomes of a contract at each renewal: by its offer's rules, or as `[term]` says."""

from functools import cached_property

from attrs import frozen

from ..model.decision import Decision
from ..model.offer import Renewal
from ..model.period import Span
from ..model.term_rules import TermRules


@frozen
class Renewals:
    """What becomes of a contract at its first renewal, its second …, and why; then always as at the last."""

    answers: tuple[tuple[Renewal, Decision | None], ...]

    def at(self, number: int) -> tuple[Renewal, Decision | None]:
        """Return what becomes of the contract at its renewal of this number, from 1 up."""
        return self.answers[min(number, len(self.answers)) - 1]

    @cached_property
    def may_end(self) -> bool:
        """Tell whether some renewal is none."""
        return any(renewal == "end" for renewal, _ in self.answers)


def as_written(rules: TermRules) -> Renewals:
    """Return what ``[term]`` says of every renewal, where no rule says otherwise."""
    if rules.renewal == "express":
        return ALWAYS_ENDS
    return ALWAYS_OPEN if rules.renewal_period == "open_ended" else ALWAYS_AGAIN


def leads_to(rules: TermRules, renewals: Renewals, number: int) -> tuple[Renewal, Decision | None]:
    """Return what becomes of a contract at a renewal; one for no time at all is none, and has no term."""
    renewal, decision = renewals.at(number)
    return as_counted(renewal, rules), decision


def as_counted(renewal: Renewal, rules: TermRules) -> Renewal:
    """Return what a renewal leads to: without a period that it could be for, to a contract without a term."""
    counted = isinstance(rules.renewal_period, Span) and rules.renewal_period.count
    return renewal if renewal != "period" or counted else "open_ended"


ALWAYS_ENDS, ALWAYS_OPEN, ALWAYS_AGAIN = (
    Renewals((("end", None),)),
    Renewals((("open_ended", None),)),
    Renewals((("period", None),)),
)
