"""Contracts on hold, read back from billing.db: why, and since when; and a month's bills as they can be compared."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

from attrs import frozen
from sqlite_utils import Database

from ..model.billed_again import MonthBills
from ..model.period import Month
from .migrations import BILLING
from .opening import reading

HOLDS = """
SELECT hold.month, hold.contract, contract.customer, hold.reason, hold.calls, run.ran_at
FROM hold JOIN contract ON contract.id = hold.contract JOIN run ON run.id = hold.month
ORDER BY hold.month DESC, hold.contract
"""
MONTHS = "SELECT id FROM run ORDER BY id"
INVOICES = "SELECT * FROM invoice WHERE id >= :first AND id < :last ORDER BY id"
LINES = "SELECT * FROM line WHERE id >= :first AND id < :last ORDER BY invoice, position"


@frozen(kw_only=True)
class HeldBill:
    """A contract's month on hold: why, with how many calls, billed at which second (UTC), on hold since which month."""

    month: Month
    contract: str
    customer: str
    reason: str
    calls: int
    billed_at: int
    since: Month


def held_bills(path: Path, month: Month | None = None) -> tuple[HeldBill, ...]:
    """Return the contracts on hold in a month, or in any: the latest month first, then by contract.

    A contract is on hold since the first of the months, one after another, of which each was billed without it. A
    database that is not there yet has none. Raises Refused for one that is not ours or not up to date.
    """
    with reading(path, BILLING) as database:
        if database is None:
            return ()
        rows = database.execute(HOLDS).fetchall()
        billed = [Month.parse(name) for (name,) in database.execute(MONTHS)]
    held: Mapping[str, set[Month]] = defaultdict(set)
    for name, contract, *_ in rows:
        held[contract].add(Month.parse(name))
    found = (
        HeldBill(
            month=(of := Month.parse(name)),
            contract=contract,
            customer=customer,
            reason=reason,
            calls=calls,
            billed_at=billed_at,
            since=_since(of, held[contract], billed),
        )
        for name, contract, customer, reason, calls, billed_at in rows
    )
    return tuple(one for one in found if month in (None, one.month))


def _since(month: Month, held: set[Month], billed: Sequence[Month]) -> Month:
    """Return the first month of an unbroken row of billed months on hold that ends with a month."""
    first = month
    for earlier in reversed(billed[: billed.index(month)]):
        if earlier not in held:
            break
        first = earlier
    return first


def bills_of(database: Database, month: Month) -> MonthBills:
    """Return a digest of each contract's bill of a month, lines and all, and why those on hold wait."""
    asked = {"first": f"{month}-", "last": f"{month}."}
    digests: dict[str, blake2b] = {}
    contracts: dict[str, str] = {}
    for row in database.execute(INVOICES, asked):
        contracts[row[0]] = row[1]
        digests[row[0]] = blake2b(repr(row).encode(), digest_size=16)
    for row in database.execute(LINES, asked):
        digests[row[1]].update(repr(row).encode())
    holds = database.execute("SELECT contract, reason FROM hold WHERE month = ?", [str(month)])
    return MonthBills({contracts[key]: digest.hexdigest() for key, digest in digests.items()}, dict(holds.fetchall()))
