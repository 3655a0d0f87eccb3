"""A month that is billed again: which contracts have their bill now, which wait, and what became of the others'."""

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class MonthBills:
    """What there is of a month: a digest of each contract's bill, and why those on hold wait."""

    bills: Mapping[str, str] = field(factory=dict)
    holds: Mapping[str, str] = field(factory=dict)

    def __bool__(self) -> bool:
        return bool(self.bills or self.holds)


@frozen
class BilledAgain:
    """What became of the bills of a month: of contracts that waited, and of all others, by contract."""

    released: tuple[str, ...]
    waiting: tuple[str, ...]
    new_holds: tuple[str, ...]
    unchanged: int
    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


def billed_again(before: MonthBills, after: MonthBills) -> BilledAgain:
    """Return what became of a month's bills."""
    both = before.bills.keys() & after.bills.keys()
    return BilledAgain(
        released=tuple(sorted(before.holds.keys() & after.bills.keys())),
        waiting=tuple(sorted(before.holds.keys() & after.holds.keys())),
        new_holds=tuple(sorted(after.holds.keys() - before.holds.keys())),
        unchanged=sum(before.bills[one] == after.bills[one] for one in both),
        changed=tuple(sorted(one for one in both if before.bills[one] != after.bills[one])),
        added=tuple(sorted(after.bills.keys() - before.bills.keys() - before.holds.keys())),
        removed=tuple(sorted(before.bills.keys() - after.bills.keys() - after.holds.keys())),
    )
