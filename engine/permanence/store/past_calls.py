"""What was counted in months that were billed before, read back from billing.db."""

from pathlib import Path

from ..model.period import Month
from ..model.usage import PastCalls, PastUse
from .migrations import BILLING
from .opening import reading

BILLED = "SELECT contract, month, calls FROM invoice WHERE month < ? AND status <> 'provisional'"

USED = """
SELECT invoice.contract, invoice.month, SUM(usage.calls), SUM(usage.talk_seconds)
FROM invoice JOIN usage ON usage.invoice = invoice.id AND usage.outcome = 'counted'
WHERE invoice.month < ? AND invoice.status <> 'provisional' GROUP BY invoice.id
"""


def past_use(path: Path, month: Month) -> PastUse:
    """Return the calls counted in each contract's months before a month, and their seconds of conversation.

    They are those of months that were billed whole; a database that is not there yet has none. Raises Refused for one
    that is not ours or not up to date.
    """
    found: dict[str, dict[Month, tuple[int, int]]] = {}
    with reading(path, BILLING) as database:
        for contract, billed, _ in database.execute(BILLED, (str(month),)) if database else ():
            found.setdefault(contract, {})[Month.parse(billed)] = (0, 0)
        for contract, billed, calls, talked in database.execute(USED, (str(month),)) if database else ():
            found[contract][Month.parse(billed)] = (calls, talked)
    return found


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
