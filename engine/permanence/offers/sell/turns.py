"""When the usual month of a quote becomes another one: with the contract's age, and on days that were agreed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from ...model.facts import FactValue
from ...model.period import ONE_DAY, Span
from ...model.words.french import day_in_words
from ...model.words.ordinals import months_in_words
from ..tell.months_ahead import MonthAhead


@frozen
class MonthFrom:
    """A day from which months may be others: which month of the contract it is, 1 being its first, and its facts.

    ``agreed`` tells that the day itself was agreed; else it follows from the contract's age alone.
    """

    day: date
    month: int
    facts: Mapping[str, FactValue]
    agreed: bool = False


def turns(ahead: Iterable[MonthAhead], made: date, agreed: Iterable[date]) -> Iterator[MonthFrom]:
    """Yield the turns that lie ahead on the day of a quote, in their order: as if service began on that day."""
    by_age = [MonthFrom(Span(one.first - 1, "months").after(made), one.first, one.facts) for one in ahead]
    dated = [
        MonthFrom(day, _last(by_age, day).month, _last(by_age, day).facts, agreed=True) for day in sorted({*agreed})
    ]
    yield from sorted((*by_age, *(one for one in dated if one.day > made)), key=lambda one: (one.day, one.agreed))


def _last(found: Sequence[MonthFrom], day: date) -> MonthFrom:
    """Return the last turn up to a day; of a day before all, the first."""
    return next((one for one in reversed(found) if one.day <= day), found[0])


def from_turn_to_turn(turn: MonthFrom, then: MonthFrom | None) -> str:
    """Return which months those between two turns are, in French; nothing where they are all there are."""
    if turn.agreed:
        return f"à compter du {day_in_words(turn.day)}"
    if then is None or then.agreed:
        if turn.month > 1:
            return months_in_words(turn.month, None).fr
        return f"jusqu'au {day_in_words(then.day - ONE_DAY)}" if then else ""
    return months_in_words(turn.month, then.month - 1).fr
