"""What is on file read anew, where a file of it has changed, for one contract's count; and kept again for the next."""

from collections.abc import Collection, Iterable, Mapping

from attrs import evolve, frozen

from ..bill.live import with_groups
from ..contracts.book import Book
from ..model.contract import Contract
from .counting_live import keep_book
from .kept_book import lines_of
from .kept_live import KeptLive
from .plugins_in_use import plugins_in_use
from .running_month import OnFile, opened_book


@frozen(eq=False)
class OpenedBook:
    """What is on file, all of it, asked for what one contract's month hangs on."""

    book: Book

    @property
    def zone(self) -> str:
        """Return the zone of the wall clock."""
        return self.book.zone

    def with_group(self, contract: str) -> Mapping[str, Contract]:
        """Return a contract with those of its group, by number; nothing where it is not there."""
        return self.contracts(with_groups(self.book, [contract]))

    def contracts(self, names: Iterable[str]) -> Mapping[str, Contract]:
        """Return those of some contracts that are there, by number, in the order in which they are on file."""
        wanted = frozenset(names)
        return {one.id: one for one in self.book.contracts if one.id in wanted}

    def holders(self, lines: Iterable[str]) -> Collection[str]:
        """Return the contracts that hold some lines, or held them at some time."""
        wanted = frozenset(lines)
        return {one.id for one in self.book.contracts if not wanted.isdisjoint(lines_of([one]))}

    def of(self, contracts: Collection[Contract]) -> Book:
        """Return a book of some contracts and all offers."""
        return evolve(self.book, contracts=tuple(contracts))


def opened_for_one(kept: KeptLive) -> OpenedBook:
    """Return what is on file, read anew, and keep it; raise Refused with every problem of every file."""
    before = kept.stamps(())
    files = OnFile.of(kept)
    book = opened_book(files, plugins_in_use())
    keep_book(kept, before, book)
    return OpenedBook(book)
