"""What a contract's past months left of its included calls: each of them walked through, in order."""

from collections.abc import Mapping, Sequence

from attrs import define, evolve

from ..contracts.book import Book
from ..contracts.history import History, served_in
from ..contracts.trial import deciding_days
from ..model.carried_over import NOTHING_CARRIED, CarriedOver
from ..model.period import Month
from ..model.plan import Plan
from ..model.served import Served
from ..model.subscriptions import Package
from ..model.usage import PastCalls


def with_carried(
    book: Book, month: Month, served: Sequence[Served], past: PastCalls, histories: Mapping[str, History]
) -> tuple[Served, ...]:
    """Return the contracts in service in a month, each with what its past months left of included calls.

    Nothing is left where the offer does not carry over. A contract of which a past month is not known has that month as
    ``missing``.
    """
    numbers: dict[str, list[int]] = {}
    for number, one in enumerate(served) if book.carrying else ():
        numbers.setdefault(one.contract.id, []).append(number)
    found = list(served)
    for name, mine in numbers.items():
        if book.carrying.isdisjoint(found[number].offer.version for number in mine):
            continue
        walk = _Walk(book, past.get(name, {}))
        for earlier in Month.of(histories[name].contract.start).until(month.first):
            parts = tuple(served_in(book, histories[name], earlier))
            if parts:
                for part in parts:
                    walk.enter(part, earlier)
                walk.go_past(parts[-1], earlier)
        for number in mine:
            walk.enter(found[number], month)
            missing = found[number].missing or walk.missing
            found[number] = evolve(found[number], carried=walk.carried, missing=missing)
    return tuple(found)


def carrying_table(served: Served) -> Package | Plan | None:
    """Return the package or the plan whose included calls a contract carries over; None where nothing is."""
    tables = (served.offer.package, served.offer.plans.get(served.contract.plan))
    return next((table for table in tables if table and table.carry_over), None)


@define
class _Walk:
    """What is left of a contract's months so far; ``missing`` is the first that is not known and would count."""

    book: Book
    past: Mapping[Month, int]
    carried: CarriedOver = NOTHING_CARRIED
    offer: str = ""
    missing: Month | None = None

    def enter(self, part: Served, month: Month) -> None:
        """Come to a month: what was left for too long is lost; another offer begins anew."""
        if self.offer != part.offer.head.id:
            self.carried, self.missing, self.offer = NOTHING_CARRIED, None, part.offer.head.id
        table = carrying_table(part)
        self.carried = self.carried.into(month, table.carry_over) if table and table.carry_over else NOTHING_CARRIED

    def go_past(self, last: Served, month: Month) -> None:
        """Go past a month: what it used is taken off, and what it included beyond that is left.

        A month with days of a free trial leaves nothing, and uses nothing (A17).
        """
        table = carrying_table(last)
        if table is None or deciding_days(last) != last.month_days:
            return
        if month not in self.past:
            self.missing = self.missing or month
        self.carried = self.carried.after(month, table.included, self.past.get(month, 0))
