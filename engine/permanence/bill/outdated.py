"""What a month's bills rest on, compared with what is on file now: which contracts, offers and options differ."""

from ..contracts.book import Book
from ..model.basis import MonthBasis, Outdated
from ..model.usage import PastCalls
from .basis import basis_now


def compared(book: Book, basis: MonthBasis, past: PastCalls) -> Outdated:
    """Return what a month's bills rest on no more, but for its calls; nothing is priced nor measured.

    ``past`` is what was counted in the months before, as for a bill.
    """
    before, now = basis.contracts, basis_now(book, basis.month, past).contracts
    brought = book.plugins.registered
    options = {
        name: (brought[name].distribution if name in brought else "", distribution)
        for name, distribution in basis.options.items()
    }
    texts = {version: book.offers[version].digest for version in basis.offers if version in book.offers}
    return Outdated(
        month=basis.month,
        changed=tuple(name for name, one in now.items() if name in before and one.digest != before[name].digest),
        added=tuple(name for name in now if name not in before),
        removed=tuple(name for name in before if name not in now),
        offers=tuple(version for version, text in texts.items() if text != basis.offers[version]),
        options={name: (now, then) for name, (now, then) in options.items() if now != then},
    )
