"""How a contract ends, for the rules of its last month."""

from datetime import date

from attrs import frozen

from .scalars import Words

NOT_RENEWED = "not_renewed"
WAYS = {
    "trial_end": Words("l'essai", "the trial"),
    "term_end": Words("le terme en cours", "the current term"),
    "next_term_end": Words("le terme suivant", "the next term"),
    "notice_end": Words("le préavis", "the notice"),
    "notice_day": Words("le jour du préavis", "the day of the notice"),
    NOT_RENEWED: Words("l'absence de reconduction", "not being renewed"),
}
"""What ends a contract: what the rule on its notice says, or that its term is not renewed."""


@frozen
class Ending:
    """The first day without a contract, what ends it there, and whether that is before the end of its commitment."""

    day: date
    by: str
    early: bool
