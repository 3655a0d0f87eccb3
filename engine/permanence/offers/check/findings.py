"""What walking through an offer finds, at its places in the rule file."""

from collections.abc import Iterable, Iterator
from itertools import chain

from ...decide.decider import Decider
from ...model.offer import Offer
from ...model.problem import Place, Problem
from .asked_again import asked_again
from .asked_once import asked_once
from .below_zero import below_zero
from .countable import countable_findings
from .coverage_cases import windows_sold
from .coverage_holes import coverage_findings
from .finding import Finding
from .first_month import first_month_findings
from .idle_keys import idle_findings, idle_names
from .index_base import index_findings
from .keys_unread import keys_unread
from .option_fees import option_fees
from .price_sense import price_findings
from .reminder_holes import reminder_findings
from .rule_holes import left_to_count, rule_findings, walk
from .term_against_rules import contradicted_terms
from .term_sense import term_findings
from .two_lengths import two_lengths
from .untitled import untitled_names


def offer_findings(offer: Offer, decider: Decider) -> tuple[Problem, ...]:
    """Return the holes of an offer, and as warnings what makes no sense in it, in the order of its file.

    Each rule of the offer is understood; its examples may not come out.
    """
    groups = walk(decider, windows_sold(offer))
    found = chain(
        coverage_findings(offer, decider),
        rule_findings(offer, groups),
        countable_findings(offer, left_to_count(offer, groups)),
        two_lengths(offer, groups),
        first_month_findings(offer, decider, groups),
        option_fees(offer),
        price_findings(offer, decider),
        below_zero(offer, decider, groups),
        asked_once(offer),
        asked_again(offer),
        term_findings(offer, decider),
        reminder_findings(offer, decider),
        contradicted_terms(offer, decider),
        index_findings(offer),
        idle_findings(offer),
        idle_names(offer, decider),
        keys_unread(offer),
        untitled_names(offer),
    )
    return tuple(sorted(_placed(offer, found), key=lambda problem: (problem.where.line, problem.where.column)))


def _placed(offer: Offer, found: Iterable[Finding]) -> Iterator[Problem]:
    for one in found:
        where = one.where if isinstance(one.where, Place) else offer.places.key_place(one.where)
        yield Problem(where, one.what, one.hint, one.warning)
