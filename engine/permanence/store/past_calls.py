"""What was counted in months that were billed before, read back from billing.db."""

from pathlib import Path

from ..model.period import Month
from ..model.usage import PastCalls
from .migrations import BILLING
from .opening import reading

BILLED = "SELECT contract, month, calls FROM invoice WHERE month < ? AND status <> 'provisional'"


def past_calls(path: Path, month: Month) -> PastCalls:
    """Return the calls counted in each contract's months before a month, of those that were billed whole.

    A database that is not there yet has none. Raises Refused for one that is not ours or not up to date.
    """
    found: dict[str, dict[Month, int]] = {}
    with reading(path, BILLING) as database:
        rows = database.execute(BILLED, (str(month),)) if database else ()
        for contract, billed, calls in rows:
            found.setdefault(contract, {})[Month.parse(billed)] = calls
    return found
