"""Plans as examples write them: ``24.95``, ``275 annual``, ``20/month``, ``trial 10d then 25``."""

import re
from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen
from permanence.model.period import Span

from .billed import MONTHLY
from .dates import SPANS, span_of
from .said import Said, UnreadError, fraction

NO_DAYS = Span(0, "days")
TRIAL = re.compile(r"trial ([0-9]+) ?(d|days?|w|weeks?|m|months?)\b,? then (.+)")
UNITS = {"d": "days", "w": "weeks", "m": "months"}


@frozen
class PlanSaid:
    """A plan: what it costs, for how long, after which trial."""

    amount: Fraction
    span: Span = MONTHLY
    trial: Span = NO_DAYS

    def a_month(self) -> Fraction:
        """Return what a month of it comes to."""
        months = self.span.count * (12 if self.span.unit == "years" else 1)
        if self.span.unit not in ("months", "years"):
            return self.amount
        return self.amount / months


def plan_in(text: str, where: str) -> PlanSaid:
    """Return the plan that a text names; raise UnreadError for one that has no price, or more than one."""
    if found := TRIAL.fullmatch(text.strip()):
        plan = plan_in(found[3], where)
        return PlanSaid(plan.amount, plan.span, Span(int(found[1]), UNITS[found[2][0]]))  # type: ignore[arg-type]
    words = [word for word in re.split(r"[\s/]+", text.strip()) if word not in ("per", "a", "each")]
    amounts = [word for word in words if re.fullmatch(r"[$€£]?[0-9][0-9.,]*", word)]
    if len(amounts) != 1:
        raise UnreadError(f'{where}: "{text}" does not say one price')
    parts = [part for word in words if word not in amounts for part in word.lower().split("-")]
    spans = [SPANS[part] for part in parts if part in SPANS]
    return PlanSaid(fraction(amounts[0], where), spans[0] if spans else MONTHLY)


def plan_said(given: Said, *names: str) -> PlanSaid:
    """Return the plan that stands under one of these words."""
    found = given.value(*names)
    where = f"{given.where}.{given.word(*names)}"
    if isinstance(found, Mapping):
        table = given.table(*names)
        span = table.text("period", "billing_period", "interval", default="monthly")
        return PlanSaid(table.amount("price", "amount"), span_of(span))
    return plan_in(str(found), where)


def plans_said(version: Said) -> Mapping[str, PlanSaid]:
    """Return the plans of one version of a catalogue, by name."""
    found = version.value("plans")
    if isinstance(found, Mapping):
        return {name: plan_in(f"{name} {amount}", version.where) for name, amount in found.items()}
    texts = [str(one) for one in found]
    return {re.sub(r"\s*[$€£]?[0-9][0-9.,]*\s*", " ", text).strip(): plan_in(text, version.where) for text in texts}
