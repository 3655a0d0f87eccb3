"""Work that is no call, such as letters typed or appointments made: its records, on their way to a bill."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from .keys import key
from .problem import Problem
from .scalars import Words
from .units import InUnits

WORK = "work."
"""How the facts of a month begin that count work: ``work.letters``."""
BARE_NAME = re.compile(r"[a-z][a-z0-9_]*")
"""What work, and what a call carries, is named by: a word that conditions can have."""
MOST = 10**9
"""No record is of more: a longer number is another column's."""
LETTERS = {"letters": {"title": {"fr": "Lettres", "en": "Letters"}}}


@frozen(kw_only=True)
class WorkKind(InUnits):
    """`[work.<name>]`: work that is no call, which prices, options and rules may count as `work.<name>`."""

    title: Words = key("What it is, as customers read it.", example={"fr": "Lettres", "en": "Letters"})


@frozen(kw_only=True)
class Work:
    """What was done for a contract on a day: so many of something, less than none where it takes earlier work back.

    ``row`` is its number in the database, 0 where it is in none.
    """

    contract: str
    day: date
    what: str
    quantity: int
    row: int = 0

    @property
    def fact(self) -> str:
        """Return the fact of a month that counts it."""
        return WORK + self.what


@frozen(kw_only=True)
class WorkRecord:
    """A record of work in a file: its line, the id that the file gives it or "", the work, and a note."""

    line: int
    id: str
    work: Work
    note: str

    @property
    def content(self) -> tuple[str, str, str, int, str]:
        """Return all that a record says but for its id."""
        return self.work.contract, self.work.day.isoformat(), self.work.what, self.work.quantity, self.note


@frozen(kw_only=True)
class RefusedWork:
    """A record that cannot be used, with the reason, and what it says: telephone numbers are masked."""

    problem: Problem
    text: str


@frozen(kw_only=True)
class WorkFile:
    """What one file of work holds: ``rows`` records, the refused ones included; ``digest`` is that of its bytes."""

    file: str
    digest: str
    rows: int
    records: tuple[WorkRecord, ...]
    refused: tuple[RefusedWork, ...]


@frozen(kw_only=True)
class WorkDone:
    """How much of one kind a contract's records come to, and how many records: the work behind an amount."""

    contract: str
    what: str
    quantity: int
    records: int


def summed(work: Iterable[Work]) -> tuple[WorkDone, ...]:
    """Return work by contract and kind, in the order of their names."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for one in work:
        quantity, records = found.get((one.contract, one.what), (0, 0))
        found[one.contract, one.what] = quantity + one.quantity, records + 1
    return tuple(
        WorkDone(contract=contract, what=what, quantity=quantity, records=records)
        for (contract, what), (quantity, records) in sorted(found.items())
    )


@frozen(kw_only=True)
class MonthWork:
    """What became of a month's work: counted, held with the contracts on hold, or nobody's.

    ``unpriced`` is counted work that no price, option or rule of its contract's offer counts.
    """

    counted: tuple[WorkDone, ...] = ()
    held: tuple[WorkDone, ...] = ()
    unassigned: tuple[WorkDone, ...] = ()
    unpriced: tuple[WorkDone, ...] = ()

    @property
    def by_outcome(self) -> Mapping[str, tuple[WorkDone, ...]]:
        """Return the work by what became of it."""
        return {"counted": self.counted, "held": self.held, "unassigned": self.unassigned}
