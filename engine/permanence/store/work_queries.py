"""Work out of calls.db: that of a month, and the records behind an amount."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ..model.period import Month
from ..model.work import Work
from .asked import AskedDatabase

MONTH = """
SELECT id, contract, day, what, quantity FROM work WHERE day >= ? AND day < ? ORDER BY day, contract, what, identity
"""
BEHIND = """
SELECT work.day, work.what, work.quantity, coalesce(work.note, '') AS note, work_import.file, work.line
FROM work JOIN work_import ON work_import.id = work.work_import
WHERE work.contract = ? AND work.day >= ? AND work.day < ? ORDER BY work.day, work.what, work.identity
"""


def work_of_month(database: AskedDatabase, month: Month) -> tuple[Work, ...]:
    """Return the work of a month, in the order of its days."""
    rows = database.execute(MONTH, _days(month)).fetchall()
    return tuple(
        Work(row=row, contract=contract, day=date.fromisoformat(day), what=what, quantity=quantity)
        for row, contract, day, what, quantity in rows
    )


def work_behind(database: AskedDatabase, month: Month, contract: str) -> Sequence[dict[str, Any]]:
    """Return the records of a contract's work in a month, one by one, each with the file and line that it came from."""
    rows = database.execute(BEHIND, (contract, *_days(month)))
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _days(month: Month) -> tuple[str, str]:
    return month.first.isoformat(), month.next.first.isoformat()
