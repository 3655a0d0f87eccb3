"""The running month of one contract from what is kept, and the calls that came in since; no other one's are read.

What is on file has to be as it was when it was kept. What then is counted is what would be counted of everything.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING

from attrs import frozen

from ..bill.invented_calls import NO_CALLS
from ..bill.live import LiveMonth, live_month
from ..bill.live_again import naming
from ..bill.trials_used import trials_end_by_use
from ..contracts.book import Book
from ..contracts.waiting import why_it_waits
from ..model.clock import midnight, month_bounds
from ..model.contract import Contract
from ..model.exclusion import excluded_by
from ..model.line import one_spelling
from ..model.period import ONE_DAY, Month
from ..model.problem import Refused
from ..model.records import CallBatch, Records, Span, span_around, span_needed
from ..model.usage import PastCalls, PastUse
from ..read.parts import Parts
from ..read.records_by_line import RecordsByLine
from ..store.asked import AskedDatabase, asked_plainly
from ..store.call_queries import imports_up_to, records_since
from ..store.excluded_calls import exclusions
from ..store.import_days import stored_packs
from ..store.later_calls import joined_to_earlier
from ..store.work_queries import work_of_month
from .keeping_live import keep_rows
from .kept_book import FiledBook, KeptBook, lines_of
from .kept_live import ON_FILE, KeptLive
from .plugins_in_use import plugins_when_needed
from .screens.live import live_summary, show_summary
from .typed import day_asked

if TYPE_CHECKING:
    from ..plugin_manager import Plugins

MOST = 300_000
"""So many records that came in since are looked through for one contract; of more, all is kept anew."""


@frozen
class OneCounted:
    """A contract's running month, and the book of what it hangs on."""

    book: Book
    month: LiveMonth


@frozen
class _Kept:
    """The records that are kept, of a month and of the one before it."""

    parts: Parts
    zone: str
    month: Month

    @property
    def span(self) -> Span:
        """Return the time of the month and of the one before it."""
        return month_bounds(self.month.before, self.zone)[0], month_bounds(self.month, self.zone)[1]


def one_counted(kept: KeptLive, plugins: "Plugins", on: datetime | None, contract: str) -> OneCounted | None:
    """Return a contract's running month; None where what is kept will not do for it, or where it has to wait."""
    called = Parts.at(kept.calls_path)
    zone: str = called.told["zone"]
    day = day_asked(on, zone)
    known = _Kept(called, zone, Month.of(day))
    with asked_plainly(Path(kept.calls), called.told["tables"]) as database:
        later = _later(known, database) if database and called.told["month"] == str(known.month) else None
        if database is None or later is None:
            return None
        filed = _filed(kept, plugins)
        theirs = filed.with_group(contract)
        records = _records(known, later, lines_of(theirs.values()), database)
        work = work_of_month(database, known.month)
    book = _book(filed, theirs, records)
    if contract not in theirs or filed.zone != zone or why_it_waits(book, theirs[contract]):
        return None
    batch, past = CallBatch(records=records, work=work), _past(book, known.month, kept.billing)
    return OneCounted(book, live_month(book, day, batch, *past, contract, _latest(known, later, day)))


def _filed(kept: KeptLive, plugins: "Plugins") -> FiledBook:
    """Return what is on file: as it was kept, read anew where a file of it has changed."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        filed = Parts.at(kept.book_path)
        now, then = kept.stamps(filed.told["programs"]), filed.told["stamps"]
        if all(now[name] == then[name] for name in ON_FILE):
            return KeptBook(filed, plugins)
    # Loaded only here: it reads and proves files.
    from .opened_for_one import opened_for_one

    return opened_for_one(kept)


def _later(known: _Kept, database: AskedDatabase) -> Records | None:
    """Return the records that came in since others were kept; None where they cannot be told from these."""
    then = known.parts.told["last"], known.parts.told["imports"]
    last, _ = imports_up_to(database)
    if imports_up_to(database, then[0]) != then or records_since(database, then[0]) > MOST:
        return None
    if last == then[0]:
        return NO_CALLS.records
    if joined_to_earlier(database, then[0]):
        return None
    # Loaded only now: where no call came in, it is not needed.
    from ..read.calls.month_packed import read_packed_records

    span = span_around(known.span)
    found = read_packed_records(stored_packs(database, *span, last, then[0]), span, known.span).records
    return found if span_needed(found, span, known.span) == span else None


def _records(known: _Kept, later: Records, lines: Collection[str], database: AskedDatabase) -> Records:
    """Return the records that name some lines, those that came in since among them, and which of them are excluded."""
    records = Records.joined([RecordsByLine(known.parts).of(lines), naming(later, lines)])
    reasons = {call: entry.why for call, entry in excluded_by(exclusions(database)).items()}
    return records.excluding(reasons) if reasons else records


def _book(kept: FiledBook, theirs: Mapping[str, Contract], records: Records) -> Book:
    """Return a book of some contracts, and of those beside them who hold a line that one of their calls names."""
    words = (word for column in (records.each.account, records.each.number) for word in column.words)
    others = kept.holders(map(one_spelling, words))
    return kept.of(kept.contracts([*theirs, *others]).values())


def _past(book: Book, month: Month, billing: Path) -> tuple[PastCalls, PastUse]:
    """Return what was counted in the months before, as far as an offer asks for it."""
    if not (book.reads_past or trials_end_by_use(book)):
        return {}, {}
    # Most contracts ask for nothing, and it takes a while to load.
    from ..store.past_calls import past_calls, past_use

    past = past_calls(billing, month) if book.reads_past else {}
    return past, past_use(billing, month) if trials_end_by_use(book) else {}


def _latest(known: _Kept, later: Records, day: date) -> int | None:
    """Return when the last call of all arrived that had arrived by the end of a day, in UTC seconds."""
    end, last = midnight(day + ONE_DAY, known.zone), known.parts.told["latest"]
    before = later.each.start[later.each.start < end]
    found = [last if last is None or last < end else RecordsByLine(known.parts).last_before(end)]
    return max((one for one in (*found, *before.tolist()) if one is not None), default=None)


def counted_alone(kept: KeptLive, on: datetime | None, contract: str) -> OneCounted | None:
    """Return a contract's running month; None where nothing is kept, or that will not do, and all is to be counted."""
    try:
        return one_counted(kept, plugins_when_needed(), on, contract)
    except (OSError, ValueError, LookupError, TypeError, UnpicklingError, Refused):
        return None


def show_one(kept: KeptLive, on: datetime | None, contract: str, *, as_json: bool) -> bool:
    """Print the running month of one contract, and tell whether that could be done from what is kept."""
    before = kept.stamps(())
    found = counted_alone(kept, on, contract)
    if found:
        summary = live_summary(found.month, found.book.zone)
        keep_rows(kept, before, found.book.zone, summary)
        show_summary(summary, contract, as_json=as_json)
    return found is not None
