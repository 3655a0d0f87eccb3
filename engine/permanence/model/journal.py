"""The sales journal: an entry for each issued document, with its lines in debit and credit."""

from datetime import date

from attrs import frozen

from .money import Cents


@frozen(kw_only=True)
class JournalLine:
    """One line of an entry: its account, that of the customer within it, and an amount on one side."""

    account: str
    account_name: str
    customer: str = ""
    customer_name: str = ""
    debit: Cents = Cents(0)
    credit: Cents = Cents(0)


@frozen(kw_only=True)
class JournalEntry:
    """What a document is in the books: ``number`` is without a gap in its year, ``document`` the piece it rests on."""

    number: int
    day: date
    document: str
    contract: str
    label: str
    lines: tuple[JournalLine, ...]


@frozen(kw_only=True)
class SalesJournal:
    """Entries of one legal entity, of a month or a year, in order; ``last_day`` is the last day of it."""

    siren: str
    code: str
    name: str
    last_day: date
    entries: tuple[JournalEntry, ...]
