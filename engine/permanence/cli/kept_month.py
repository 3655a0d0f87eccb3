"""The month that runs, kept while pages are served or a screen is watched: counted again when something has changed."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from attrs import frozen

from ..bill.live import LiveMonth
from ..contracts.book import Book
from ..on_file import CALLS_DB, parquet_files
from ..plugin_manager import Plugins
from ..read.offers.index_series import index_files
from .running_month import OnFile, counted_month, opened_book
from .typed import day_asked
from .watching import Stamps, stamps

LOGS = ("", "-wal")
"""What a database's changes are seen by: the file, and the log in which they stand first."""


@frozen
class MonthNow:
    """What is on file, and the month as it was counted from it, all contracts."""

    book: Book
    month: LiveMonth


class KeptMonth:
    """The month of a day, all contracts, as often as it is asked for; read again when a file or a database changes."""

    def __init__(self, files: OnFile, plugins: Plugins, on: datetime | None = None) -> None:
        self.files = files
        self._plugins, self._on = plugins, on
        self._lock = Lock()
        self._seen: tuple[Stamps, Stamps, date] | None = None
        self._found: MonthNow | None = None

    def __call__(self) -> MonthNow:
        """Return the month as it stands now; of two who ask at once, one waits for the other.

        Raises Refused and OSError where what is on file cannot be used; `last` is what was counted before.
        """
        with self._lock:
            on_file, stored = self.stamps()
            known = self._found and self._seen and self._seen[0] == on_file
            book = self._found.book if known and self._found else opened_book(self.files, self._plugins)
            day = day_asked(self._on, book.zone)
            if self._found is None or self._seen != (on_file, stored, day):
                self._found = MonthNow(book, counted_month(book, day, self.files))
                self._seen = on_file, stored, day
            return self._found

    @property
    def last(self) -> MonthNow | None:
        """Return the month as it was counted last, without a look at any file."""
        return self._found

    def stamps(self) -> tuple[Stamps, Stamps]:
        """Return the stamps of the files that say what is sold to whom, and those of calls and bills."""
        files = self.files
        folders = (path for folder in (files.rules, files.contracts, files.sellers) for path in folder.glob("*.toml"))
        return stamps([*folders, *index_files(files.rules)]), stamps(_stored(files))


def _stored(files: OnFile) -> Iterable[Path]:
    databases = {files.billing, Path(CALLS_DB if files.calls.endswith(".parquet") else files.calls)}
    yield from (Path(f"{path}{log}") for path in databases for log in LOGS)
    if files.calls.endswith(".parquet"):
        yield from parquet_files(files.calls)
