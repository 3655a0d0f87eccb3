"""The calls of an invoice's month that came in after it was issued, one by one."""

from ..bill.calls_behind import Record, calls_behind
from ..contracts.book import Book
from ..model.clock import month_bounds
from ..model.issued import Document
from ..model.period import Month
from ..on_file import callers_of, calls_between, imported_since


def calls_since_issue(book: Book, document: Document) -> list[Record] | None:
    """Return the calls of an invoice's contract and month that were imported after those it was counted from.

    None where that cannot be told: it was counted from Parquet files, or its database of calls is not there.
    """
    read, month = document["read"], Month.parse(document["month"])
    if not read or not read["last_import"]:
        return None
    later = imported_since(read["source"], read["last_import"])
    if later is None:
        return None
    if not later:
        return []
    records = calls_between(read["source"], *month_bounds(month, book.zone)).records
    found = calls_behind(book, month, document["contract"], records, callers_of(read["source"]))
    return [call for call in found if call["call"] in later]
