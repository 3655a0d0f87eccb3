"""The month that runs, opened: what is on file, its calls and those of the month before, counted up to a day."""

from datetime import datetime
from pathlib import Path

from attrs import evolve

from ..bill.live import LiveMonth, live_month
from ..bill.trials_used import trials_end_by_use
from ..contracts.book import Book
from ..contracts.waiting import contract_of
from ..model.clock import month_bounds
from ..model.period import Month
from ..on_file import calls_between, open_book, work_in, work_source
from ..store.past_calls import past_calls, past_use
from .console import progress, step
from .plugins_in_use import plugins_in_use
from .sellers_in_use import sellers_in_use
from .typed import day_asked


def running_month(
    on: datetime | None, rules: Path, contracts: Path, billing: Path, calls: str, contract: str = ""
) -> tuple[Book, LiveMonth]:
    """Return what is on file, and the month of a day as it stands at its end: of one contract, or of all.

    The day is today where none is asked for. Raises Refused for a contract that is not there or has to wait.
    """
    with progress("contracts") as advance:
        book = open_book(rules, contracts, plugins_in_use(), advance, sellers=sellers_in_use())
    if contract:
        contract_of(book, contract)
    day = day_asked(on, book.zone)
    month = Month.of(day)
    with step("calls"):
        batch = calls_between(calls, month_bounds(month.before, book.zone)[0], month_bounds(month, book.zone)[1])
        batch = evolve(batch, work=work_in(work_source(calls), month))
    with step("invoices"):
        past = past_calls(billing, month) if book.reads_past else {}
        used = past_use(billing, month) if trials_end_by_use(book) else {}
        return book, live_month(book, day, batch, past, used, contract)
