"""From which months of a contract on something changes by itself: the months that a new customer has ahead."""

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from attrs import frozen

from ...decide.decider import Decider
from ...model.facts import FactValue
from ...model.period import Span
from ...model.scalars import Words
from ...model.words.ordinals import months_in_words

MONTHS, TRIAL, RENEWED, FIRST = (f"contract.{name}" for name in ("months", "in_trial", "renewed", "first_month"))
MONTHS_OF: Mapping[str, int] = {"months": 1, "years": 12}
DAYS_OF: Mapping[str, int] = {"days": 1, "weeks": 7}
Begin = Literal["day", "month", "second"]


@frozen
class MonthAhead:
    """Whole months that are alike to an offer's rules: from one month of the contract, 1 being its first, to another.

    ``facts`` are those of the contract's life in them. ``begin`` is what they begin with: the day on which the contract
    is so old, the first month that begins with it as old, or the second month that it is served in.
    """

    first: int
    last: int | None
    facts: Mapping[str, FactValue]
    begin: Begin = "day"

    @property
    def words(self) -> Words:
        """Return which months they are; nothing where they are all there are."""
        return Words("") if self.first == 1 and self.last is None else months_in_words(self.first, self.last)


def months_ahead(decider: Decider) -> Iterator[MonthAhead]:
    """Yield the months ahead of a new customer, cut where what monthly rules read of a contract's life changes."""
    offer, read = decider.offer, set(decider.facts_needed("month"))
    term, ages = offer.term, decider.numbers_compared("month", MONTHS)
    trial, bound = _begun(term.trial), _whole(term.commitment)
    bound += 0 if term.trial_included else _whole(term.trial)
    cuts = {0, *(number for number in ages if number > 0)}
    cuts |= {trial} if TRIAL in read else set()
    cuts |= {bound} if RENEWED in read else set()
    cuts |= {1} if FIRST in read else set()
    starts = sorted(cuts)
    for start, end in zip(starts, (*starts[1:], None), strict=True):
        facts = {
            MONTHS: start,
            TRIAL: int(start < trial),
            RENEWED: int(0 < bound <= start),
            FIRST: int(FIRST in read and start == 0),
        }
        yield MonthAhead(start + 1, end, facts, _begin(start, ages, by_day=offer.billing.seniority == "by_day"))


def _begin(start: int, ages: Collection[int], *, by_day: bool) -> Begin:
    """Return what months begin with from which something changes, by what rules compare to be so old."""
    if start in (0, *ages):
        return "day" if by_day else "month"
    return "second" if start == 1 else "month"


def _whole(span: Span) -> int:
    return span.count * MONTHS_OF.get(span.unit, 0)


def _begun(span: Span) -> int:
    """Return how many months a span takes, a begun one for a whole."""
    return _whole(span) or -(-span.count * DAYS_OF.get(span.unit, 0) // 31)
