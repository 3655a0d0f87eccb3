"""The books of each legal entity, worked out of the ledger and checked against it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from ..model.chart_of_accounts import ChartOfAccounts
from ..model.currency import EURO
from ..model.issued import Document
from ..model.journal import JournalEntry, SalesJournal
from ..model.problem import Place, Problem, Refused
from ..money.entries import entries_of, entries_wrong
from ..store.ledger import documents_of_year


@frozen
class Books:
    """The entries of a year, by the SIREN of who sells, and the documents that are in another currency than euros."""

    entries: Mapping[str, tuple[JournalEntry, ...]]
    left: tuple[Document, ...]

    @property
    def booked(self) -> Mapping[str, int]:
        """Return what customers owe by each document as it is in the books, in cents."""
        return {
            entry.document: sum(line.debit - line.credit for line in entry.lines if line.customer)
            for entries in self.entries.values()
            for entry in entries
        }

    def journals(self, chart: ChartOfAccounts, first: date, last: date) -> Iterator[SalesJournal]:
        """Yield the journal of each entity that has entries from one day to another, both included."""
        for siren, entries in self.entries.items():
            found = tuple(entry for entry in entries if first <= entry.day <= last)
            if found:
                yield SalesJournal(
                    siren=siren, code=chart.journal, name=chart.journal_name, last_day=last, entries=found
                )


def books_of(billing: Path, year: int, chart: ChartOfAccounts) -> Books:
    """Return the books of a year; raise Refused where they are not those of the ledger."""
    by_siren: dict[str, list[Document]] = {}
    left = list[Document]()
    for document in documents_of_year(billing, year):
        if document["currency"] != EURO:
            left.append(document)
            continue
        seller = document["seller"]
        by_siren.setdefault(seller["siren"] or seller["id"], []).append(document)
    return Books({siren: _checked(siren, found, chart) for siren, found in by_siren.items()}, tuple(left))


def _checked(siren: str, documents: Sequence[Document], chart: ChartOfAccounts) -> tuple[JournalEntry, ...]:
    entries = tuple(entries_of(documents, chart))
    found = entries_wrong(entries, documents, chart.customers)
    problems = [Problem(Place(f"journal of {siren}"), what, "run `permanence verify`") for what in found]
    if problems:
        raise Refused(problems)
    return entries
