"""What an offer charges in a contract's first month alone, or in its last alone, falls due once (R9)."""

from ...decide.alone import cases_of
from ...model.offer import Offer, Rule

FIRST_MONTH = "contract.first_month"
LAST_MONTH = ("contract.last_month", "contract.ended_early")
BY_THEMSELVES = ("setup_fee", "option")
"""What says by itself when it falls due, and is no price of a rule."""


def is_due_once(offer: Offer, charge: str) -> bool:
    """Tell whether every rule that charges something holds in the first month alone, or in the last."""
    return _only_in(offer, charge, FIRST_MONTH) or any(_only_in(offer, charge, fact) for fact in LAST_MONTH)


def _only_in(offer: Offer, charge: str, month: str) -> bool:
    if charge.partition(".")[0] in BY_THEMSELVES:
        return False
    rules = [rule for rule in offer.rules_on("month") if rule.then.charge == charge]
    return bool(rules) and all(_always(offer, rule, month) for rule in rules)


def opening_fees(offer: Offer) -> tuple[str, ...]:
    """Return what is charged in the first month alone, whatever options a contract has."""
    charged = dict.fromkeys(rule.then.charge for rule in offer.rules_on("month"))
    once = (charge for charge in charged if _only_in(offer, charge, FIRST_MONTH))
    return tuple(charge for charge in once if not is_an_option_s(offer, charge))


def is_an_option_s(offer: Offer, charge: str) -> bool:
    """Tell whether something is charged to contracts with one option alone, as its installation is (R7)."""
    rules = [rule for rule in offer.rules_on("month") if rule.then.charge == charge]
    return any(all(_always(offer, rule, f"option.{name}") for rule in rules) for name in offer.options)


def _always(offer: Offer, rule: Rule, fact: str) -> bool:
    """Tell whether a yes/no is yes in each case in which a rule holds."""
    return fact in rule.when and all(facts[fact] for facts in cases_of(offer, rule))
