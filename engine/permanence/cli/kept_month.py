"""The month that runs, kept while pages are served or a screen is watched: counted again when something has changed."""

import gc
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from attrs import evolve, frozen

from ..bill.live import LiveMonth, live_month
from ..bill.live_again import live_again
from ..contracts.book import Book
from ..model.basis import CallsStamp
from ..model.clock import month_bounds
from ..model.period import Month
from ..model.records import Records, span_around
from ..on_file import (
    CALLS_DB,
    PARQUET,
    imports_digest,
    parquet_files,
    records_after,
    work_in,
    work_source,
)
from ..plugin_manager import Plugins
from ..read.offers.index_series import index_files
from .running_month import CountedMonth, OnFile, calls_of_months, imports_of, months_span, opened_book, past_of
from .typed import day_asked
from .watching import Stamps, stamps, with_logs


@frozen
class MonthNow:
    """What is on file, and the month as it was counted from it, all contracts."""

    book: Book
    month: LiveMonth


@frozen
class _Counted:
    """How a month was counted: from which records, up to which import, with what work and past, at which stamps."""

    now: MonthNow
    stamps: tuple[Stamps, Stamps]
    lots: tuple[Records, ...]
    imports: tuple[CallsStamp, int] | None
    beside: tuple[object, ...]


class KeptMonth:
    """The month of a day, all contracts, as often as it is asked for; read again when a file or a database changes.

    Where only calls came in, those contracts alone are counted again that they are of.
    """

    def __init__(self, files: OnFile, plugins: Plugins, on: datetime | None = None) -> None:
        self.files = files
        self._plugins, self._on = plugins, on
        self._lock = Lock()
        self._known: _Counted | None = None

    def __call__(self) -> MonthNow:
        """Return the month as it stands now; of two who ask at once, one waits for the other.

        Raises Refused and OSError where what is on file cannot be used; `last` is what was counted before.
        """
        with self._lock:
            known, seen = self._known, self.stamps()
            same = known and known.stamps[0] == seen[0]
            book = known.now.book if known and same else opened_book(self.files, self._plugins)
            day = day_asked(self._on, book.zone)
            if known is None or known.stamps != seen or known.now.month.day != day:
                further = self._further(known, seen) if known and same and known.now.month.day == day else None
                self._known = further or self._anew(book, day, seen)
            assert self._known
            return self._known.now

    @property
    def last(self) -> MonthNow | None:
        """Return the month as it was counted last, without a look at any file."""
        return self._known.now if self._known else None

    @property
    def anew(self) -> CountedMonth | None:
        """Return how the month was counted last, where all of it was counted anew."""
        known = self._known
        if known is None or len(known.lots) > 1:
            return None
        return CountedMonth(known.now.book, known.now.month, known.lots[0], known.imports)

    def stamps(self) -> tuple[Stamps, Stamps]:
        """Return the stamps of the files that say what is sold to whom, and those of calls and bills."""
        files = self.files
        folders = (path for folder in (files.rules, files.contracts, files.sellers) for path in folder.glob("*.toml"))
        return stamps([*folders, *index_files(files.rules)]), stamps(_stored(files))

    def _anew(self, book: Book, day: date, seen: tuple[Stamps, Stamps]) -> _Counted:
        month, imports = Month.of(day), imports_of(self.files.calls)
        up_to, past = imports[1] if imports else None, past_of(book, month, self.files)
        batch = calls_of_months(book, month, self.files, up_to)
        now = MonthNow(book, live_month(book, day, batch, *past))
        _settled()
        return _Counted(now, seen, (batch.records,), imports, (batch.work, past))

    def _further(self, known: _Counted, seen: tuple[Stamps, Stamps]) -> _Counted | None:
        """Return the month with the calls that came in since; None where anything else has changed, too."""
        book, before, imports = known.now.book, known.now.month, imports_of(self.files.calls)
        past = past_of(book, before.month, self.files)
        work = work_in(work_source(self.files.calls), before.month)
        if known.imports is None or imports is None or known.beside != (work, past):
            return None
        (was, last), (now, _) = known.imports, imports
        if was == now:
            return evolve(known, stamps=seen)
        if imports_digest(self.files.calls, last) != (last, was.imports):
            return None
        if (was.exclusions, was.excluded) != (now.exclusions, now.excluded):
            return None
        after = (last, imports[1])
        records = records_after(self.files.calls, after, span_around(months_span(book, before.month)))
        if records is None or (len(records) and records.each.start.min() < month_bounds(before.month, book.zone)[0]):
            return None
        lots = (*known.lots, records)
        again = live_again(book, before, lots, work, *past)
        return _Counted(MonthNow(book, again), seen, lots, imports, known.beside)


def _stored(files: OnFile) -> Iterable[Path]:
    yield from with_logs({files.billing, Path(CALLS_DB if files.calls.endswith(PARQUET) else files.calls)})
    if files.calls.endswith(PARQUET):
        yield from parquet_files(files.calls)


def _settled() -> None:
    """Let the search for garbage leave alone what is kept: each look at millions of values takes most of a second."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
