"""An impact as a table in CSV: a row for each contract's month, and for each that could not be compared."""

from typing import Any

from ..model.impact import Impact, Replayed
from ..model.spreadsheet import csv_text

Row = tuple[Any, ...]
COLUMNS = (
    "month",
    "contract",
    "customer",
    "calls",
    "before_cents",
    "after_cents",
    "change_cents",
    "band_before",
    "band_after",
    "why_before",
    "why_after",
    "mission",
    "currency",
)


def impact_table(impact: Impact) -> bytes:
    """Return each contract's month as CSV in UTF-8, by month and contract."""
    rows: list[Row] = [
        (str(one.month), one.contract, one.customer, *_figures(one), "", "", one.mission, impact.currency)
        for one in impact.bills
    ]
    for one in impact.not_compared:
        who = (str(one.month), one.contract, one.customer)
        rows.append(
            (*who, "", one.before, one.after, "", "", "", one.why_before, one.why_after, one.mission, impact.currency)
        )
    rows.sort(key=lambda row: row[:2])
    return csv_text([COLUMNS, *rows]).encode()


def _figures(bill: Replayed) -> Row:
    amounts = bill.amounts
    return (bill.calls, amounts.before, amounts.after, amounts.change, bill.band_before, bill.band_after)
