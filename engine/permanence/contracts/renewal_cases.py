"""What becomes of each kind of customer's contract at its renewals, one after the other, by the offer's rules."""

from attrs import frozen

from ..decide.decider import Decider
from ..model.customer_kind import CustomerKind
from ..model.offer import Renewal
from .history import renewals_of
from .renewals import as_counted, as_written


@frozen
class Lifetime:
    """How many terms follow the first one, None for always another; and what becomes of the contract then."""

    renewed_terms: int | None
    then: Renewal

    @property
    def has_renewed_term(self) -> bool:
        """Tell whether a term follows the first one."""
        return self.renewed_terms != 0

    @property
    def is_renewed(self) -> bool:
        """Tell whether the contract goes on after its first term, for another one or without any."""
        return self.has_renewed_term or self.then == "open_ended"


def lifetime(decider: Decider, kind: CustomerKind) -> Lifetime:
    """Return what an offer makes of the renewals of one kind of customer: its rules, or `[term]` where none answers."""
    rules = decider.offer.term
    renewals = renewals_of(decider, kind) or as_written(rules)
    for number, (renewal, _) in enumerate(renewals.answers):
        if (then := as_counted(renewal, rules)) != "period":
            return Lifetime(number, then)
    return Lifetime(None, "period")
