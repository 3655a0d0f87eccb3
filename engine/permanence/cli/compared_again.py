"""The months compared again while pages are served: only when a file or a database has changed since."""

from pathlib import Path
from threading import Lock

from ..contracts.book import Book
from ..contracts.instructions import InstructionsOn, instructions_on
from ..model.basis import MonthsOutdated
from ..on_file import open_book
from ..plugin_manager import Plugins
from ..read.offers.index_series import index_files
from .compared import compare_files
from .typed import day_asked
from .watching import Stamps, stamps

LOGS = ("", "-wal")
"""What a database's changes are seen by: the file, and the log in which they stand first."""


class ComparedAgain:
    """Tells which months are to be done again, as often as it is called; what is on file is read when it changes."""

    def __init__(
        self, billing: Path, calls_db: Path, rules: Path, contracts: Path, plugins: Plugins, sellers: Path
    ) -> None:
        self._plugins = plugins
        self._billing, self._databases = billing, (billing, calls_db)
        self._rules, self._contracts, self._sellers = rules, contracts, sellers
        self._lock = Lock()
        self._seen: tuple[Stamps, Stamps] | None = None
        self._book: Book | None = None
        self._found = MonthsOutdated()

    def __call__(self) -> MonthsOutdated:
        """Return the months that are to be done again; of two pages that ask at once, one waits for the other."""
        with self._lock:
            folders = (
                path for folder in (self._rules, self._contracts, self._sellers) for path in folder.glob("*.toml")
            )
            on_file = stamps([*folders, *index_files(self._rules)])
            stored = stamps(Path(f"{path}{log}") for path in self._databases for log in LOGS)
            if self._seen != (on_file, stored):
                kept = self._book if self._seen and self._seen[0] == on_file else None
                compared = compare_files(
                    self._billing,
                    self._rules,
                    self._contracts,
                    book=kept,
                    plugins=self._plugins,
                    sellers=self._sellers,
                )
                self._seen, self._book = (on_file, stored), compared.book
                self._found = MonthsOutdated(compared.outdated, in_full=not compared.problems)
            return self._found

    def instructions(self, contract: str) -> InstructionsOn | None:
        """Return the instructions of a contract on this day; None where it is not on file.

        Raises Refused where what is on file cannot be read.
        """
        self()
        book = self._book or open_book(self._rules, self._contracts, self._plugins, sellers=self._sellers)
        found = next((one for one in book.contracts if one.id == contract), None)
        return instructions_on(book, found, day_asked(None, book.zone)) if found else None
