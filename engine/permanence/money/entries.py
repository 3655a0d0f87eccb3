"""What is issued, entered in the books: an entry for each document, by the chart of accounts."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ..model.chart_of_accounts import ChartOfAccounts
from ..model.issued import KINDS_ISSUED, Document
from ..model.journal import JournalEntry, JournalLine
from ..model.money import Cents

OPTION = "option."
Owed = Mapping[str, int]
"""By account what is owed to it, below zero what it is owed."""


def entries_of(documents: Iterable[Document], chart: ChartOfAccounts) -> Iterator[JournalEntry]:
    """Yield the entries of a year's documents, in the order of the ledger, numbered from 1.

    One that charges nothing is in no book.
    """
    names, number = dict(reversed(list(chart.names()))), 0
    for document in documents:
        if lines := tuple(_lines(document, chart, names)):
            number += 1
            kind, whose = KINDS_ISSUED[document["kind"]].capitalize(), document["customer"]["name"]
            yield JournalEntry(
                number=number,
                day=date.fromisoformat(document["issued_on"]),
                document=document["number"],
                contract=document["contract"],
                label=f"{kind} {document['number']} {whose}",
                lines=lines,
            )


def _lines(document: Document, chart: ChartOfAccounts, names: Mapping[str, str]) -> Iterator[JournalLine]:
    due = document["total_cents"] + document["deposit_cents"]
    whose = {"customer": document["contract"], "customer_name": document["customer"]["name"]}
    if due:
        yield _line(chart.customers, names, -due, **whose)
    for account, amount in _owed(document, chart).items():
        if amount:
            yield _line(account, names, amount)


def _owed(document: Document, chart: ChartOfAccounts) -> Owed:
    """Return what a document owes to each account: sales, VAT, deposits."""
    found: dict[str, int] = {}
    offer = document["offer"]["version"].partition("@")[0]
    for line in document["lines"]:
        option = line["code"].removeprefix(OPTION) if line["code"].startswith(OPTION) else ""
        account = chart.deposits if line["apart"] else chart.of_sale(offer, option)
        found[account] = found.get(account, 0) + line["amount_cents"]
    for vat in document["vat"]:
        account = chart.of_vat(vat["rate_bp"])
        found[account] = found.get(account, 0) + vat["amount_cents"]
    return found


def _line(account: str, names: Mapping[str, str], owed: int, **whose: str) -> JournalLine:
    debit, credit = Cents(max(-owed, 0)), Cents(max(owed, 0))
    return JournalLine(account=account, account_name=names[account], debit=debit, credit=credit, **whose)


def entries_wrong(entries: Iterable[JournalEntry], documents: Iterable[Document], customers: str) -> Iterator[str]:
    """Yield what keeps entries from being those of a year's documents: balance, numbers, days, and sums."""
    booked: dict[str, int] = {}
    before, last = 0, date.min
    for entry in entries:
        debit, credit = (sum(getattr(line, side) for line in entry.lines) for side in ("debit", "credit"))
        if debit != credit:
            yield f"{entry.document}: {debit} cents in debit, {credit} in credit"
        if entry.number != before + 1:
            yield f"{entry.document}: entry {entry.number} comes after entry {before}"
        if entry.day < last:
            yield f"{entry.document}: {entry.day} comes after {last}"
        before, last = entry.number, entry.day
        theirs = (line for line in entry.lines if line.account == customers and line.customer)
        booked[entry.document] = sum(line.debit - line.credit for line in theirs)
    for document in documents:
        due, number = document["total_cents"] + document["deposit_cents"], document["number"]
        if booked.pop(number, 0) != due:
            yield f"{number}: {due} cents are due, and the books have others"
    yield from (f"{number}: it is in the books, and not in the ledger" for number in booked)
