"""What a command asks of a month's customers: messages for banks, made within the transaction that keeps them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from attrs import define

from ..contracts.book import Book
from ..model.debit import DebitForm, DebitMessage
from ..model.money_kept import MoneyKept
from ..model.payment_terms import DebitTerms
from ..model.period import Month
from ..model.seller import Seller
from ..money.account import accounts_of
from ..money.demands import DemandsOf, NotAsked, demanded
from ..money.messages import debit_messages
from ..publish.sepa import pain_008
from ..read.file_lock import changing
from ..read.files import keep_file
from ..read.parties.identifiers import iban_fault
from ..store.debits import DebitFile


@define
class Asking:
    """What is on file on the day, and what is ``left`` once a month's accounts were gone through."""

    of: DemandsOf
    form: DebitForm
    at: datetime
    left: tuple[NotAsked, ...] = ()
    messages: tuple[DebitMessage, ...] = ()

    @classmethod
    def on(
        cls,
        day: date,
        at: datetime,
        month: Month,
        book: Book,
        sellers: Sequence[Seller],
        terms: DebitTerms,
        form: DebitForm,
        *,
        again: bool,
    ) -> "Asking":
        """Return what is on file on a day; ``at`` is the instant at which it is asked."""
        of = DemandsOf(
            month=month,
            on=day,
            contracts={one.id: one for one in book.contracts},
            sellers={one.id: one.as_of(day) for one in sellers},
            terms=terms,
            again=again,
            fault_of=iban_fault,
        )
        return cls(of, form, at)

    def asked(self, kept: MoneyKept, first: int) -> Iterator[tuple[DebitMessage, bytes]]:
        """Yield the messages of what is to be asked for, numbered from the first; what is left is kept."""
        found = demanded(accounts_of(kept).values(), self.of)
        self.left = found.left
        self.messages = tuple(debit_messages(found.debits, self.of.month, first, int(self.at.timestamp()), self.form))
        for message in self.messages:
            yield message, pain_008(message)


def write_debit_files(folder: Path, files: Sequence[DebitFile]) -> tuple[Path, ...]:
    """Return the files in a folder that have the bytes which are kept, written where they are not so already."""
    paths = tuple(folder / one.name for one in files)
    if paths:
        with changing(folder):
            for path, one in zip(paths, files, strict=True):
                keep_file(path, one.content)
    return paths
