"""The sales journal as the tax office asks for it, FEC (LPF A47 A-1), and as CSV for people."""

from collections.abc import Iterator, Sequence
from datetime import date

from ..model.journal import JournalEntry, JournalLine, SalesJournal
from ..model.money import Cents
from ..model.signs import cleaned
from ..model.spreadsheet import csv_text

COLUMNS = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib"),
    *("PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate"),
    *("Montantdevise", "Idevise"),
)
"""The eighteen columns, in the order of the law."""
END = "\r\n"


def fec_name(journal: SalesJournal) -> str:
    """Return the name that the law gives the file: SIREN, FEC, last day."""
    return f"{journal.siren}FEC{journal.last_day:%Y%m%d}.txt"


def fec_text(journal: SalesJournal) -> str:
    """Return a journal as a FEC: a tab between columns, a line for each line of each entry."""
    rows = (COLUMNS, *rows_of(journal))
    return "".join("\t".join(map(_cell, row)) + END for row in rows)


def journal_csv(journal: SalesJournal) -> str:
    """Return a journal as CSV, in the same columns."""
    return csv_text((COLUMNS, *rows_of(journal)))


def rows_of(journal: SalesJournal) -> Iterator[Sequence[str]]:
    """Yield a row for each line of each entry, as texts."""
    for entry in journal.entries:
        for line in entry.lines:
            yield _row(journal, entry, line)


def _row(journal: SalesJournal, entry: JournalEntry, line: JournalLine) -> Sequence[str]:
    day = _day(entry.day)
    account = (line.account, line.account_name, line.customer, line.customer_name)
    amounts = (_amount(line.debit), _amount(line.credit))
    head = (journal.code, journal.name, str(entry.number), day)
    return (*head, *account, entry.document, day, entry.label, *amounts, "", "", day, "", "")


def _cell(text: str) -> str:
    """Return a text without what ends a column or a row."""
    return " ".join(cleaned(text, lines=True).replace("|", " ").split())


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _amount(amount: Cents) -> str:
    return f"{amount // 100},{amount % 100:02d}"
