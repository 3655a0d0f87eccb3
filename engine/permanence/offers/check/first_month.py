"""What is charged in a contract's first month, or in its trial, alone: a set-up fee, whatever it is called (R9)."""

from collections.abc import Iterator, Mapping, Sequence

from ...bill.price.due_once import FIRST_MONTH, is_an_option_s
from ...decide.condition import ParsedRule
from ...decide.decider import Decider
from ...decide.vocabulary import vocabulary
from ...model.facts import FactValue
from ...model.offer import Offer, Rule
from ...model.quantity import is_quantity
from .finding import Finding
from .finding_words import case_in_english
from .rule_holes import Facts, Walked, monthly_rules

MONTHS, TRIAL = "contract.months", "contract.in_trial"
NEVER_A_FEE = ("option", "setup_fee", "least", "most")
"""What is charged under a name of its own: options and their installation (R7), the set-up fee, limits of a month."""


def first_month_findings(offer: Offer, decider: Decider, groups: Sequence[Walked]) -> Iterator[Finding]:
    """Yield the set-up fees of an offer that promises none (R9), and those that may fall due in two months.

    What takes the place of a price of later months is none: it is that month's price.
    """
    breaks = decider.numbers_compared("month", MONTHS)
    for walked in (one for one in groups if one.stage == "month"):
        for parsed in walked.rules:
            charge = parsed.rule.then.charge
            cases = [walked.cases[number][0] for number in sorted(walked.fires_in(parsed))]
            if charge.partition(".")[0] in NEVER_A_FEE or not all(_is_first(facts, breaks) for facts in cases):
                continue
            fees = [facts for facts in cases if not _is_in_place(offer, walked, parsed, facts)]
            if fees and offer.head.no_setup_fees and not is_an_option_s(offer, charge):
                yield _fee(offer, parsed.rule, fees[0])
            elif fees and not all(facts.get(FIRST_MONTH) for facts in cases) and _may_be_whole_twice(offer, charge):
                yield _twice(offer, parsed.rule, fees[0])


def _fee(offer: Offer, rule: Rule, facts: Facts) -> Finding:
    when = "in the trial alone" if facts.get(TRIAL) and not facts.get(FIRST_MONTH) else "in the first month alone"
    fee = f'the rule "{rule.id}" charges "{rule.then.charge}" {when}'
    hint = f"with {_told(offer, facts)}: take the rule out, or no_setup_fees out of [offer]"
    return Finding(rule.when_place, f"the offer promises no set-up fees, and {fee}", hint)


def _twice(offer: Offer, rule: Rule, facts: Facts) -> Finding:
    what = f'the rule "{rule.id}" may charge "{rule.then.charge}" in two months'
    two = f"a contract that begins inside a month has two of them; read {FIRST_MONTH} for one"
    return Finding(rule.when_place, what, f"with {_told(offer, facts)}: {two}", warning=True)


def _may_be_whole_twice(offer: Offer, charge: str) -> bool:
    """Tell whether the two invoices on which a contract's first month of service may stand each have a price as it is.

    By the day, what follows the days, and what is counted in them, is that of one month, however many invoices have it.
    """
    if offer.billing.seniority == "by_month":
        return True
    kind, _, name = charge.partition(".")
    price = offer.prices[name] if kind == "price" else None
    whole = offer.billing.partial == "full" or (price is not None and not price.prorate)
    used = price is not None and price.per and not is_quantity(price.per)
    counted = price and used and price.least is None and not price.fewest and not any(step.flat for step in price.steps)
    return whole and not counted


def _told(offer: Offer, facts: Facts) -> str:
    read = {name: value for name, value in facts.items() if name in (FIRST_MONTH, MONTHS, TRIAL)}
    return case_in_english(read, vocabulary(offer, "month"))


def _is_first(facts: Facts, breaks: Sequence[int]) -> bool:
    """Tell whether a case is one of the first month, of the trial, or of no whole month of service."""
    if facts.get(FIRST_MONTH) or facts.get(TRIAL):
        return True
    months = facts.get(MONTHS)
    return months is not None and next((number for number in breaks if number > int(months)), 2) == 1


def _is_in_place(offer: Offer, walked: Walked, parsed: ParsedRule, facts: Facts) -> bool:
    """Tell whether another monthly price is charged in the later months that are like a first one in all else."""
    monthly = monthly_rules(offer, walked)
    later = [(other, fired) for other, fired in walked.cases if _rest(other) == _rest(facts) and parsed not in fired]
    here = next(fired for other, fired in walked.cases if other == facts)
    return any(one not in here and one in monthly for _, fired in later for one in fired)


def _rest(facts: Facts) -> Mapping[str, FactValue]:
    return {name: value for name, value in facts.items() if name not in (FIRST_MONTH, MONTHS, TRIAL)}
