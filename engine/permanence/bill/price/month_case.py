"""What the price of a whole month hangs on besides its facts: contracts that have that in common are priced once."""

from collections.abc import Hashable
from operator import attrgetter

from ...contracts.price_revisions import revision_case
from ...contracts.trial import billed_days
from ...model.contract import Contract, OptionTaken
from ...model.period import Month
from ...model.served import Served
from .line_memory import PRICED

OF_CONTRACT = attrgetter(*PRICED[Contract])
OF_OPTION = attrgetter(*(name for name in PRICED[OptionTaken] if name != "settings"))


def month_case(served: Served, month: Month) -> Hashable | None:
    """Return all that a month of one piece hangs on besides the rules that hold and the facts that these read.

    None where it is worked out by itself: in parts, after months that left a floor, or with what occurred and days of
    suspension, which lines name.
    """
    contract, days, rules = served.contract, served.served, served.trial_rules
    if days != served.month_days or served.floor:
        return None
    if served.occurred or served.paused.periods:
        return None
    return (
        served.offer.edition,
        served.taxed_in,
        None if days.periods == (month.period,) else days,
        (rules.trial_billed, rules.trial_calls, rules.trial_usage),
        None if rules.trial_billed else billed_days(served),
        revision_case(served.offer, contract) if served.offer.series else (),
        served.carried,
        OF_CONTRACT(contract),
        tuple([_option(served, one) for one in contract.options]) if contract.options else (),
    )


def _option(served: Served, one: OptionTaken) -> Hashable:
    """Return what the price hangs on of an option: when it began and ends only where that is not around the month."""
    period, days = served.contract.option_period(one), served.month_days.periods
    around = period.start < days[0].start and (period.end is None or (days[-1].end or period.end) < period.end)
    settled = tuple(sorted(one.settings.items())) if one.settings else ()
    return one.id, OF_OPTION(one), settled, None if around else period
