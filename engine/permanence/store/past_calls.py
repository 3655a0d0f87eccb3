"""What was counted in months that were billed before, read back from billing.db."""

from pathlib import Path

from sqlite_utils import Database

from ..model.period import Month
from ..model.usage import PastCalls
from .schema import BILLING_TABLES, is_ours

BILLED = "SELECT contract, month, calls FROM invoice WHERE month < ? AND status <> 'provisional'"


def past_calls(path: Path, month: Month) -> PastCalls:
    """Return the calls counted in each contract's months before a month, of those that were billed whole.

    A database that is not there yet has none. Raises Refused for one that is not ours.
    """
    if not path.exists():
        return {}
    found: dict[str, dict[Month, int]] = {}
    database = Database(path)
    try:
        rows = database.execute(BILLED, (str(month),)) if is_ours(database, BILLING_TABLES) else ()
        for contract, billed, calls in rows:
            found.setdefault(contract, {})[Month.parse(billed)] = calls
    finally:
        database.close()
    return found
