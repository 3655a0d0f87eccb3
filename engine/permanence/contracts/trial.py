"""A free trial: which days of service are billed, and whose calls decide the band and the package (A17)."""

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve

from ..model.facts import USED, FactValue
from ..model.period import Period, ServiceDays
from ..model.served import Served
from .term import Term


def billed_days(served: Served) -> ServiceDays:
    """Return the days of service that are billed: all, or those after the trial where it is free (A17)."""
    return served.served if served.trial_rules.trial_billed else served.served & _after(served)


def billed_in_month(served: Served) -> ServiceDays:
    """Return the days of service of the whole month that are billed."""
    return served.month_days if served.trial_rules.trial_billed else served.month_days & _after(served)


def deciding_days(served: Served) -> ServiceDays:
    """Return the days of the whole month whose calls decide its band: without a free trial, unless its calls count."""
    return served.month_days & _after(served) if served.trial_rules.calls_apart else served.month_days


def using_days(served: Served) -> ServiceDays:
    """Return the days of the whole month whose uses are charged: without a trial that is free of them too (A17)."""
    return served.month_days & _after(served) if served.trial_rules.usage_free else served.month_days


def is_free_of_use(served: Served) -> bool:
    """Tell whether nothing that is used on some days of service is charged: they are of a trial free of that (A17)."""
    return served.trial_rules.usage_free and not billed_days(served).days


def unused(counts: Mapping[str, FactValue]) -> Mapping[str, FactValue]:
    """Return what was counted with nothing of what was used; what occurred stays."""
    return {name: 0 if name.startswith(USED) else count for name, count in counts.items()}


def free_apart(served: Served) -> Iterator[Served]:
    """Yield days of service in parts of which each is billed or free as a whole."""
    if served.trial_rules.trial_billed:
        yield served
        return
    after = _after(served)
    for side in (Period(date.min, after.start), after):
        if (days := served.served & side).days:
            yield evolve(served, served=days, month_days=served.month_days)


def _after(served: Served) -> Period:
    return Period(Term(served.contract, served.trial_rules).trial_end)
