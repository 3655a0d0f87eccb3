"""Debits asked for, with the bytes of their files, in one transaction; and back: claims, debits, files."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from attrs import frozen
from sqlite_utils import Database

from ..model.debit import DebitMessage, message_id
from ..model.deed import Deed
from ..model.money import Cents
from ..model.money_kept import MoneyKept
from ..model.period import Month
from .audit import note_deed
from .kept_money import money_in
from .opening import statements_of, writing

FILES = (
    "SELECT id, seller, form, asked_at, debits, amount_cents, content FROM debit_message WHERE month = ? ORDER BY id"
)
PUT_FILE = """
INSERT INTO debit_message (id, month, seller, form, asked_at, debits, amount_cents, sha256, content)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
PUT_DEBIT = """
INSERT INTO debit (id, file, batch, contract, holder, iban, former_iban, mandate, signed, scheme, sequence, collect_on,
    amount_cents)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
PUT_PART = "INSERT INTO debit_part (document, time, debit, amount_cents) VALUES (?, ?, ?, ?)"


@frozen
class DebitFile:
    """A file of debits as it is kept: its number, its seller, when it was asked for, and its bytes."""

    number: int
    seller: str
    month: str
    form: str
    asked_at: int
    debits: int
    amount: Cents
    content: bytes

    @property
    def name(self) -> str:
        """Return the name of the file: its seller's, the month's, and that of the message."""
        return f"{self.seller}-{self.month}-{message_id(self.number)}.xml"


AskedDatabase = Callable[[MoneyKept, int], Iterable[tuple[DebitMessage, bytes]]]
"""Makes the messages that are to be kept, numbered from the next number, each with its bytes."""


def ask(database: Database, asked: AskedDatabase, deed: Deed | None = None) -> None:
    """Keep what is asked for of what is issued and not asked for yet, with its bytes, in one transaction.

    Nobody issues or asks meanwhile. The ``deed`` is noted where something is asked for.
    """
    with writing(database):
        (last,) = database.execute("SELECT coalesce(max(id), 0) FROM debit_message").fetchone()
        found = tuple(asked(money_in(database), last + 1))
        for message, content in found:
            _put(database, message, content)
        if found:
            messages = [message.id for message, _ in found]
            came_of = {
                "month": found[0][0].month,
                "messages": messages,
                "debits": sum(len(message.debits) for message, _ in found),
                "amount_cents": sum(message.amount for message, _ in found),
            }
            note_deed(statements_of(database), deed, came_of)


def debit_files(database: Database, month: Month) -> Iterator[DebitFile]:
    """Yield the files in which a month's debits were asked for, in order."""
    for number, seller, form, at, debits, amount, content in database.execute(FILES, (str(month),)).fetchall():
        yield DebitFile(number, seller, str(month), form, at, debits, Cents(amount), content.encode())


def _put(database: Database, message: DebitMessage, content: bytes) -> None:
    text, counted = content.decode(), (len(message.debits), message.amount)
    head = (message.number, message.month, message.creditor.seller, message.form, message.made_at)
    database.execute(PUT_FILE, (*head, *counted, sha256(content).hexdigest(), text))
    for batch in message.batches:
        for one in batch.debits:
            days = (one.signed.isoformat(), one.scheme, one.sequence, one.collect_on.isoformat(), one.amount)
            whose = (one.contract, one.holder, one.iban, one.former_iban, one.mandate)
            database.execute(PUT_DEBIT, (one.reference, message.number, batch.id, *whose, *days))
            rows = ((part.document, part.time, one.reference, part.amount) for part in one.parts)
            database.conn.executemany(PUT_PART, rows)
