"""The month that runs, opened: what is on file, its calls and those of the month before, counted up to a day."""

from datetime import datetime
from pathlib import Path

from attrs import evolve, frozen

from ..bill.live import LiveMonth, live_month
from ..bill.trials_used import trials_end_by_use
from ..contracts.book import Book
from ..contracts.waiting import contract_of
from ..model.basis import CallsStamp
from ..model.clock import month_bounds
from ..model.period import Month
from ..model.records import CallBatch, Records, Span
from ..model.usage import PastCalls, PastUse
from ..on_file import PARQUET, calls_between, calls_stamp, open_book, work_in, work_source
from ..plugin_manager import Plugins
from ..store.past_calls import past_calls, past_use
from .console import progress, step
from .kept_live import KeptLive
from .plugins_in_use import plugins_in_use
from .sellers_in_use import sellers_in_use
from .typed import day_asked


@frozen
class OnFile:
    """Where everything is that a month that runs is counted from."""

    rules: Path
    contracts: Path
    sellers: Path
    billing: Path
    calls: str

    @classmethod
    def of(cls, kept: KeptLive) -> "OnFile":
        """Return where a month is counted from that is kept."""
        return cls(kept.rules, kept.contracts, kept.sellers, kept.billing, kept.calls)


@frozen
class CountedMonth:
    """A month that runs as it was counted: from which book and records, and which imports those came with."""

    book: Book
    month: LiveMonth
    records: Records
    imports: tuple[CallsStamp, int] | None


def running_month(
    on: datetime | None, rules: Path, contracts: Path, billing: Path, calls: str
) -> tuple[Book, LiveMonth]:
    """Return what is on file, and the month of a day as it stands at its end, all contracts.

    The day is today where none is asked for.
    """
    files = OnFile(rules, contracts, sellers_in_use(), billing, calls)
    found = counted_month(files, plugins_in_use(), on)
    return found.book, found.month


def opened_book(files: OnFile, plugins: Plugins) -> Book:
    """Return what is on file."""
    with progress("contracts") as advance:
        return open_book(files.rules, files.contracts, plugins, advance, sellers=files.sellers)


def counted_month(files: OnFile, plugins: Plugins, on: datetime | None, contract: str = "") -> CountedMonth:
    """Return the month of a day as it stands at its end: of one contract, or of all.

    The day is today where none is asked for. Raises Refused for a contract that is not there or has to wait.
    """
    book = opened_book(files, plugins)
    if contract:
        contract_of(book, contract)
    day, imports = day_asked(on, book.zone), imports_of(files.calls)
    with step("calls"):
        batch = calls_of_months(book, Month.of(day), files, imports[1] if imports else None)
    with step("invoices"):
        found = live_month(book, day, batch, *past_of(book, Month.of(day), files), contract)
    return CountedMonth(book, found, batch.records, imports)


def imports_of(calls: str) -> tuple[CallsStamp, int] | None:
    """Return how a database of calls stands, and its last import; None of Parquet files, and where there is none."""
    found = None if calls.endswith(PARQUET) else calls_stamp(calls)
    return (CallsStamp.parse(found[0]), found[1]) if found else None


def calls_of_months(book: Book, month: Month, files: OnFile, up_to: int | None = None) -> CallBatch:
    """Return the calls of a month and of the one before it, of imports ``up_to`` one, with the month's work."""
    batch = calls_between(files.calls, *months_span(book, month), up_to)
    return evolve(batch, work=work_in(work_source(files.calls), month))


def months_span(book: Book, month: Month) -> Span:
    """Return the time of a month and of the one before it."""
    return month_bounds(month.before, book.zone)[0], month_bounds(month, book.zone)[1]


def past_of(book: Book, month: Month, files: OnFile) -> tuple[PastCalls, PastUse]:
    """Return what was counted in the months before, as far as an offer on file asks for it."""
    past = past_calls(files.billing, month) if book.reads_past else {}
    return past, past_use(files.billing, month) if trials_end_by_use(book) else {}
