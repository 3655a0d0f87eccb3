"""What a new version of an offer would have billed instead: each contract's month both ways, and their sums."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from attrs import field, frozen

from .money import Cents, round_half_up
from .period import Month

Charged = tuple[str, str, str]
"""What was charged, by which rule, and what the invoice says: ``("bands", "subscription", "Essentielle, jusqu'à …")``.

Where the new version writes another line in the old one's place, both stand there: ``"Forfait → Forfait long"``.
"""


@frozen
class Amounts:
    """An amount excluding VAT: by the version that was in force, and by the new one in its place."""

    before: Cents = Cents(0)
    after: Cents = Cents(0)

    @property
    def change(self) -> Cents:
        """Return what the new version adds, less than 0 where it takes away."""
        return Cents(self.after - self.before)

    @property
    def change_bp(self) -> int | None:
        """Return the change in hundredths of a per cent of what it was; None where nothing was billed."""
        return round_half_up(self.change * 10_000, self.before) if self.before > 0 else None

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(Cents(self.before + other.before), Cents(self.after + other.after))


@frozen(kw_only=True)
class Replayed:
    """One contract's month, billed both ways: amounts by what was charged, and the bands that were billed.

    ``mission`` is that of the end of the month.
    """

    contract: str
    customer: str
    mission: str
    month: Month
    calls: int
    charged: Mapping[Charged, Amounts]
    band_before: int | None
    band_after: int | None
    amounts: Amounts = field(init=False)

    @amounts.default
    def _amounts(self) -> Amounts:
        return sum(self.charged.values(), Amounts())

    @property
    def moved(self) -> int:
        """Return 1 for a month that moves to a higher band, -1 to a lower one; a band is named by its highest count."""
        if self.band_before is None or self.band_after is None:
            return 0
        return (self.band_after > self.band_before) - (self.band_after < self.band_before)


@frozen(kw_only=True)
class NotCompared:
    """One contract's month that could not be billed one way or the other, or both: the reasons, "" for none.

    What could be billed stands in cents, excluding VAT; it is in no sum.
    """

    contract: str
    customer: str
    mission: str
    month: Month
    why_before: str
    why_after: str
    before: Cents | None
    after: Cents | None


@frozen
class LineTotal:
    """What one line of the invoices comes to in all months together, and in how many bills it changes."""

    amounts: Amounts
    bills: int


@frozen(kw_only=True)
class Total:
    """Some replayed months together: how many, their calls, their amounts, and how many moved a band."""

    customer: str
    bills: int
    calls: int
    amounts: Amounts
    up: int
    down: int

    @classmethod
    def of(cls, bills: Iterable[Replayed]) -> "Total":
        """Return the sums of some months; the customer is that of the last."""
        found = tuple(bills)
        return cls(
            customer=found[-1].customer if found else "",
            bills=len(found),
            calls=sum(bill.calls for bill in found),
            amounts=sum((bill.amounts for bill in found), Amounts()),
            up=sum(bill.moved > 0 for bill in found),
            down=sum(bill.moved < 0 for bill in found),
        )


@frozen(kw_only=True)
class Impact:
    """Every month of every contract that the old version billed, both ways, in the order of months and contracts.

    ``measured_again`` names the tables for which calls had to be measured again; without one they were measured once.
    ``whys`` are the sentences of the rules that have one, by their ids.
    """

    against: str
    version: str
    file: str
    currency: str
    measured_again: tuple[str, ...]
    whys: Mapping[str, str]
    months: tuple[Month, ...]
    bills: tuple[Replayed, ...]
    not_compared: tuple[NotCompared, ...]

    @cached_property
    def total(self) -> Total:
        """Return the sums of all months."""
        return Total.of(self.bills)

    @cached_property
    def by_month(self) -> Mapping[Month, Total]:
        """Return the sums of each month, in order; a month without a bill is there too."""
        found = {month: Total.of(bills) for month, bills in groupby(self.bills, attrgetter("month"))}
        return {month: found.get(month, Total.of(())) for month in self.months}

    @cached_property
    def by_contract(self) -> Mapping[str, Total]:
        """Return the sums of each contract, by its number."""
        ordered = sorted(self.bills, key=attrgetter("contract"))
        return {name: Total.of(bills) for name, bills in groupby(ordered, attrgetter("contract"))}

    @cached_property
    def by_rule(self) -> Mapping[str, Amounts]:
        """Return what each rule charged, in all months together; the largest change comes first."""
        found: dict[str, Amounts] = {}
        for (_, rule, _), amounts in self._sums.items():
            found[rule] = found.get(rule, Amounts()) + amounts
        return dict(sorted(found.items(), key=lambda one: (-abs(one[1].change), one[0])))

    @cached_property
    def by_line(self) -> Mapping[Charged, LineTotal]:
        """Return what stands on the invoices, in all months together: the rules in order, the largest changes first."""
        places = {rule: place for place, rule in enumerate(self.by_rule)}
        bills = Counter(name for bill in self.bills for name, amounts in bill.charged.items() if amounts.change)
        ordered = sorted(self._sums.items(), key=lambda one: (places[one[0][1]], -abs(one[1].change), one[0]))
        return {name: LineTotal(amounts, bills[name]) for name, amounts in ordered}

    @cached_property
    def _sums(self) -> Mapping[Charged, Amounts]:
        found: dict[Charged, Amounts] = {}
        for bill in self.bills:
            for name, amounts in bill.charged.items():
                found[name] = found.get(name, Amounts()) + amounts
        return found

    @cached_property
    def left_out(self) -> tuple[int, int]:
        """Return how many contracts could not be compared in any month, and how many only in some."""
        names = {one.contract for one in self.not_compared}
        at_times = len(names & self.by_contract.keys())
        return len(names) - at_times, at_times

    @property
    def changes(self) -> tuple[Cents, ...]:
        """Return the change of each contract over all months."""
        return tuple(total.amounts.change for total in self.by_contract.values())

    def rises(self, most: int) -> tuple[tuple[str, Total], ...]:
        """Return the contracts that would have paid more, the largest rise first, and at most so many."""
        ordered = sorted(self.by_contract.items(), key=lambda one: -one[1].amounts.change)
        return tuple(one for one in ordered[:most] if one[1].amounts.change > 0)

    def falls(self, most: int) -> tuple[tuple[str, Total], ...]:
        """Return the contracts that would have paid less, the largest fall first, and at most so many."""
        ordered = sorted(self.by_contract.items(), key=lambda one: one[1].amounts.change)
        return tuple(one for one in ordered[:most] if one[1].amounts.change < 0)
