"""Which months were billed, and what that made; in which months calls and work came in."""

from collections.abc import Mapping
from pathlib import Path

from sqlite_utils import Database

from ..model.clock import local_time, month_bounds
from ..model.deed import CameOf
from ..model.month_state import CurrencySums, MonthTotals
from ..model.period import Month
from .migrations import BILLING, CALLS
from .opening import reading

TOTALS = """
SELECT run.id, provisional, EXISTS (SELECT 1 FROM basis WHERE basis.month = run.id),
    (SELECT count(*) FROM invoice WHERE invoice.month = run.id), (SELECT count(*) FROM hold WHERE hold.month = run.id),
    coalesce(missing_days, ''), (
        SELECT count(*) FROM issued WHERE issued.month = run.id AND issued.kind = 'invoice'
        AND issued.id NOT IN (SELECT corrects FROM issued WHERE corrects IS NOT NULL)
    )
FROM run ORDER BY run.id
"""
SUMS = """
SELECT month, currency, sum(net_cents), sum(total_cents) FROM invoice GROUP BY month, currency ORDER BY month, currency
"""
BILLED = """
SELECT currency, count(*), sum(calls), sum(net_cents) FROM invoice WHERE month = ? GROUP BY currency ORDER BY currency
"""
ENDS = "SELECT min(start), max(start) FROM call"
WORK = "SELECT substr(day, 1, 7) AS month, count(*) FROM work GROUP BY month ORDER BY month"
IN_MONTH = "SELECT count(*) FROM call WHERE start >= ? AND start < ?"


def month_sums(database: Database, month: Month) -> CameOf | None:
    """Return what a month comes to as it is billed: invoices, holds, calls, net cents by currency; None for none."""
    (there,) = database.execute("SELECT count(*) FROM run WHERE id = ?", (str(month),)).fetchone()
    if not there:
        return None
    rows = database.execute(BILLED, (str(month),)).fetchall()
    (holds,) = database.execute("SELECT count(*) FROM hold WHERE month = ?", (str(month),)).fetchone()
    return {
        "invoices": sum(row[1] for row in rows),
        "holds": holds,
        "calls": sum(row[2] for row in rows),
        "net_cents": {row[0]: row[3] for row in rows},
    }


def month_totals(path: Path) -> Mapping[Month, MonthTotals]:
    """Return what billing each month made, in order.

    A database that is not there yet has none. Raises Refused for one that is not ours or not up to date.
    """
    with reading(path, BILLING) as database:
        rows = database.execute(TOTALS).fetchall() if database else ()
        sums = database.execute(SUMS).fetchall() if database else ()
    return {
        Month.parse(month): MonthTotals(
            provisional=bool(provisional),
            compared=bool(compared),
            invoices=invoices,
            holds=holds,
            sums=tuple(CurrencySums(*one) for of, *one in sums if of == month),
            missing_days=missing,
            issued=issued,
        )
        for month, provisional, compared, invoices, holds, missing, issued in rows
    }


def records_by_month(path: Path, zone: str) -> Mapping[Month, int]:
    """Return how many records of calls a calls.db has of each month of a zone, from the first to the last, in order.

    A database that is not there yet has none. Raises Refused for one that is not ours or not up to date.
    """
    with reading(path, CALLS) as database:
        first, last = database.execute(ENDS).fetchone() if database else (None, None)
        if database is None or first is None or last is None:
            return {}
        start, end = (Month.of(local_time(instant, zone)[0]) for instant in (first, last))
        months = start.until(end.next.first)
        return {month: database.execute(IN_MONTH, month_bounds(month, zone)).fetchone()[0] for month in months}


def work_by_month(path: Path) -> Mapping[Month, int]:
    """Return how many records of work a calls.db has of each month, in order.

    A database that is not there yet has none. Raises Refused for one that is not ours or not up to date.
    """
    with reading(path, CALLS) as database:
        rows = database.execute(WORK).fetchall() if database else ()
    return {Month.parse(month): count for month, count in rows}
