"""What is wrong with prices that are due in advance: nothing that is counted is known before its month."""

import re
from collections.abc import Iterator

from ...model.facts import COUNTED
from ...model.fault import Fault
from ...model.offer import Offer
from ...model.option import Option
from ...model.option_asked import priced_by_count
from ...model.option_failed import OptionFailed
from ...model.quantity import is_quantity
from .advance import charges_ahead

NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_-]*)+")
NOT_KNOWN = (*COUNTED, "history.")
TAKE_OUT = "take the key out: it is due with its month"


def advance_faults(offer: Offer) -> Iterator[Fault]:
    """Yield prices that cannot be due in advance, since they hang on what is counted, or on other lines."""
    ahead = charges_ahead(offer)
    for name, price in offer.prices.items():
        where = ("price", name, "due")
        if price.due == "in_arrears":
            continue
        if price.most_per_call is not None or (price.per and not is_quantity(price.per)):
            what = f'"{price.per or "most_per_call"}" is not known before the month is over'
            yield Fault(where, what, TAKE_OUT, at_key=True)
        elif price.is_share and (later := [code for code in price.of if ahead.get(code) != price.due]):
            hint = f'{", ".join(later)}: due otherwise; name only what is due = "{price.due}", or take the key out here'
            yield Fault(where, "a share is due with what it is of", hint, at_key=True)
    for name, option in offer.options.items():
        if option.due != "in_arrears" and (what := _no_monthly_price(option)):
            yield Fault(("option", name, "due"), what, TAKE_OUT, at_key=True)
    if offer.plan_rules.due != "in_arrears" and offer.plan_rules.best:
        what = "the cheapest plan is not known before the month is over"
        yield Fault(("plans", "due"), what, TAKE_OUT, at_key=True)
    for number, rule in enumerate(offer.rules):
        if rule.on == "month" and rule.then.charge in ahead:
            counted = next((name for name in _named(rule.when) if name.startswith(NOT_KNOWN)), "")
            if counted:
                what = f'"{rule.then.charge}" is due in advance, and "{counted}" is not known before the month is over'
                yield Fault(("rule", number, "when"), what, "let it read the contract alone, or charge it in arrears")


def _no_monthly_price(option: Option) -> str:
    """Return why what an option costs cannot be due before its month; empty where it can."""
    if option.price is not None and option.kind != "recurring":
        return "what is due once, or per use, is not due by the month"
    if option.percent is not None:
        return "a per cent of an option is due with what it is of"
    try:
        limited = any(one.least is not None or one.most is not None for one in priced_by_count(option))
    except OptionFailed:  # what a plugin raises is told by who asks it for its prices
        return ""
    return "a least or a most is not known before the month is over" if limited else ""


def _named(when: str) -> list[str]:
    """Return the facts that a condition names, without what stands in quotes."""
    return NAME.findall(re.sub(r"\"[^\"]*\"", "", when))
