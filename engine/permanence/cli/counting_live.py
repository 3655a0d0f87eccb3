"""The month that runs counted for a screen, and kept for who asks again."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from ..bill.live import LiveMonth
from ..contracts.book import Book
from ..contracts.waiting import contract_of
from ..model.problem import Refused
from ..read.deeds import forget
from ..read.files import replace_file
from .console import err, out, print_json
from .kept_live import KeptLive, kept_content, programs_loaded, rows_kept
from .kept_month import KeptMonth
from .plugins_in_use import plugins_in_use
from .running_month import OnFile, running_month
from .screens.live import live_summary, show_live, told_of
from .screens.output import Record
from .screens.problems import show_problems

WAITING = "looking at the files again"


def show_counted(kept: KeptLive, on: datetime | None, contract: str, *, as_json: bool) -> None:
    """Count the month of a contract, or of all, print it, and keep it."""
    plugins_in_use()
    before = kept.stamp(())
    book, found = running_month(on, kept.rules, kept.contracts, kept.billing, kept.calls, contract)
    summary = live_summary(found, book.zone)
    keep(kept, before, book, summary, found)
    _show(summary, contract, as_json=as_json)


def watch_counted(
    kept: KeptLive, on: datetime | None, contract: str, wait: Callable[[], object], *, as_json: bool
) -> None:
    """Print the month of a contract, or of all, and again whenever a file or a database has changed; until it ends.

    What cannot be counted is told, and looked at again. On a terminal each screen takes the place of the one before;
    for scripts there is a value after the other.
    """
    files = OnFile(kept.rules, kept.contracts, kept.sellers, kept.billing, kept.calls)
    month, shown, told = KeptMonth(files, plugins_in_use(), on), None, ""
    while True:
        before = kept.stamp(())
        try:
            now = month()
            if contract:
                contract_of(now.book, contract)
        except Refused as refused:
            if told != (told := str(refused)):
                show_problems(err(), refused.problems, WAITING)
        else:
            told = ""
            if now is not shown:
                shown, summary = now, live_summary(now.month, now.book.zone)
                keep(kept, before, now.book, summary, now.month)
                if not as_json:
                    out().clear()
                _show(_of(summary, contract), contract, as_json=as_json)
        wait()


def keep(kept: KeptLive, before: str, book: Book, summary: Record, found: LiveMonth) -> None:
    """Keep what was counted, where nothing has changed since ``before``; it is no loss where that cannot be done."""
    rows = {row["contract"]: {"row": row, "told": told_of(summary, row)} for row in summary["contracts"]}
    programs = programs_loaded()
    if not rows or kept.stamp(()) != before:
        return
    stamp = kept.stamp(programs)
    known = {name: value for name, value in summary.items() if name not in ("contracts", "holds")}
    rows = {**rows_kept(kept.path, stamp, found.day), **rows}
    with suppress(OSError):
        replace_file(kept.path, kept_content(found.day, book.zone, known, stamp, programs, rows))
        forget(str(kept.path))


def _of(summary: Record, contract: str) -> Record:
    parts = ("contracts", "holds")
    mine = {part: [one for one in summary[part] if contract in ("", one["contract"])] for part in parts}
    return {**summary, **mine}


def _show(summary: Record, contract: str, *, as_json: bool) -> None:
    if as_json:
        print_json(summary)
    else:
        show_live(out(), summary, contract)
