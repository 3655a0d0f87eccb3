"""The calls of an invoice's month that came in after it was issued, or were excluded since, one by one."""

from collections.abc import Mapping, Set

from ..bill.calls_behind import Record, calls_behind
from ..contracts.book import Book
from ..model.clock import month_bounds
from ..model.exclusion import Exclusion
from ..model.issued import Document
from ..model.period import Month
from ..model.records import Records
from ..on_file import callers_of, calls_between, excluded_since, imported_since
from .exclusion_told import exclusion_told


def calls_since_issue(book: Book, document: Document) -> list[Record] | None:
    """Return the calls of an invoice's contract and month that were imported after those it was counted from.

    With them come those that were excluded since, or counted again: ``excluded`` says by whom, when and why. None where
    that cannot be told: it was counted from Parquet files, or its database of calls is not there.
    """
    read, month = document["read"], Month.parse(document["month"])
    if not read or not read["last_import"]:
        return None
    source = read["source"]
    later, otherwise = imported_since(source, read["last_import"]), excluded_since(source, read["stamp"])
    if later is None or otherwise is None:
        return None
    if not (later or otherwise):
        return []
    records = calls_between(source, *month_bounds(month, book.zone)).records
    found = calls_behind(book, month, document["contract"], records, callers_of(source))
    entries = _by_call(records, otherwise, {call["call"] for call in found})
    told = ({**call, "excluded": exclusion_told(entries.get(call["call"]), book.zone)} for call in found)
    return [call for call in told if call["call"] in later or call["excluded"]]


def _by_call(records: Records, entries: Mapping[int, Exclusion], calls: Set[int]) -> Mapping[int, Exclusion]:
    """Return entries by the number of the call that has their record: its own, or that of the first of several."""
    return {number if number in calls else records.first_row_of(number): entry for number, entry in entries.items()}
