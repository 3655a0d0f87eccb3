"""When the usual month of a quote becomes another one: with the contract's age, and on days that were agreed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from ...model.facts import FactValue
from ...model.offer import Offer
from ...model.period import ONE_DAY, ONE_MONTH, Month
from ...model.scalars import Words
from ...model.words.french import day_in_words
from ...model.words.ordinals import months_in_words
from ...model.words.phrases import date_in_words, said
from ..tell.months_ahead import Begin, MonthAhead


@frozen
class Begun:
    """The first day of service from which months are counted; ``known`` tells that it was asked for, not supposed."""

    offer: Offer
    day: date
    known: bool

    def day_of(self, month: int, begin: Begin) -> date:
        """Return the first day of a month of the contract, 1 being its first, by what such months begin with."""
        if month == 1:
            return self.day
        if begin == "second":
            return Month.of(self.day).next.first
        day = ONE_MONTH.after(self.day, month - 1, self.offer.term.month_end)
        return day if begin == "day" or day.day == 1 else Month.of(day).next.first

    def months(self, first: int, last: int | None) -> Words:
        """Return which months of the contract some are, as rules on its age count them, with their days if known."""
        begin: Begin = "day" if self.offer.billing.seniority == "by_day" else "month"
        after = None if last is None else self.day_of(last + 1, begin)
        return months_in_words(first, last) + self.days(self.day_of(first, begin), after)

    def days(self, first: date, after: date | None) -> Words:
        """Return ``(du 12 juin 2026 au 11 mars 2027)``, up to the day before ``after``; nothing of what is supposed."""
        if not self.known or (first == self.day and after is None):
            return Words("")
        if after is None:
            return said(" (à compter du {})", " (from {} on)", date_in_words(first))
        last = date_in_words(after - ONE_DAY)
        if first == self.day:
            return said(" (jusqu'au {})", " (until {})", last)
        return said(" (du {} au {})", " (from {} to {})", date_in_words(first), last)


@frozen
class MonthFrom:
    """A day from which months may be others: which month of the contract it is, 1 being its first, and its facts.

    ``agreed`` tells that the day itself was agreed; else it follows from the contract's age alone.
    """

    day: date
    month: int
    facts: Mapping[str, FactValue]
    agreed: bool = False


def turns(ahead: Iterable[MonthAhead], begun: Begun, made: date, agreed: Iterable[date]) -> Iterator[MonthFrom]:
    """Yield the turns that lie ahead on the day of a quote, in their order."""
    by_age = [MonthFrom(begun.day_of(one.first, one.begin), one.first, one.facts) for one in ahead]
    dated = [
        MonthFrom(day, _last(by_age, day).month, _last(by_age, day).facts, agreed=True) for day in sorted({*agreed})
    ]
    later = (one for one in dated if one.day > max(made, begun.day))
    yield from sorted((*by_age, *later), key=lambda one: (one.day, one.agreed))


def _last(found: Sequence[MonthFrom], day: date) -> MonthFrom:
    """Return the last turn up to a day; of a day before all, the first."""
    return next((one for one in reversed(found) if one.day <= day), found[0])


def from_turn_to_turn(turn: MonthFrom, then: MonthFrom | None, begun: Begun) -> str:
    """Return which months those between two turns are, in French; nothing where they are all there are."""
    if turn.agreed:
        return f"à compter du {day_in_words(turn.day)}"
    if turn.month == 1 and (then is None or then.agreed):
        return f"jusqu'au {day_in_words(then.day - ONE_DAY)}" if then else ""
    last = None if then is None or then.agreed else then.month - 1
    return months_in_words(turn.month, last).fr + begun.days(turn.day, then.day if then else None).fr
