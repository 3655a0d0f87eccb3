"""The month that runs counted for a screen, and kept for who asks again."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from ..contracts.book import Book
from ..contracts.waiting import contract_of
from ..model.problem import Refused
from ..read.parts import told_in, written_parts
from ..read.records_by_line import parts_by_line
from ..store.asked import version_of
from .console import err, out
from .keeping_live import keep_rows, written_if_it_can_be
from .kept_book import parts_of_book
from .kept_live import ON_FILE, KeptLive, KeptStamps, programs_loaded
from .kept_month import KeptMonth
from .plugins_in_use import plugins_in_use
from .running_month import CountedMonth, OnFile, counted_month
from .screens.live import live_summary, show_summary
from .screens.output import Record
from .screens.problems import show_problems

WAITING = "looking at the files again"


def show_counted(kept: KeptLive, on: datetime | None, contract: str, *, as_json: bool) -> None:
    """Count the month of a contract, or of all, print it, and keep it."""
    files = OnFile(kept.rules, kept.contracts, kept.sellers, kept.billing, kept.calls)
    plugins, before = plugins_in_use(), kept.stamps(())
    found = counted_month(files, plugins, on, contract)
    summary = live_summary(found.month, found.book.zone)
    keep_rows(kept, before, found.book.zone, summary)
    keep_for_one(kept, before, found)
    show_summary(summary, contract, as_json=as_json)


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
        before = kept.stamps(())
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
                keep_rows(kept, before, now.book.zone, summary)
                if month.anew:
                    keep_for_one(kept, before, month.anew)
                if not as_json:
                    out().clear()
                show_summary(_of(summary, contract), contract, as_json=as_json)
        wait()


def keep_for_one(kept: KeptLive, before: KeptStamps, found: CountedMonth) -> None:
    """Keep of what one contract is counted after a change: what is on file as it was ``before``, and the records.

    What is kept already is left as it is.
    """
    if found.imports is None:
        return
    (stamp, last), start = found.imports, found.records.each.start
    told = {"month": str(found.month.month), "zone": found.book.zone, "last": last, "imports": stamp.imports}
    told |= {"tables": version_of(Path(kept.calls)), "latest": int(start.max()) if len(start) else None}
    if told_in(kept.calls_path) != told:
        written_if_it_can_be(kept.calls_path, written_parts(parts_by_line(found.records), told))
    keep_book(kept, before, found.book)


def keep_book(kept: KeptLive, before: KeptStamps, book: Book) -> None:
    """Keep what is on file as it was ``before``, where nothing of it has changed since; what is kept already is left.

    Offers of several zones are not kept: which of them cuts the months hangs on all of them.
    """
    programs = programs_loaded()
    now = kept.stamps(programs)
    same = all(now[name] == before[name] for name in ON_FILE if name != "programs")
    zones = {offer.head.timezone for offer in book.offers.values()}
    stamps = {name: now[name] for name in ON_FILE}
    if same and len(zones) == 1 and told_in(kept.book_path).get("stamps") != stamps:
        told = {"stamps": stamps, "programs": programs, "zone": zones.pop(), "offers": [*book.deciders]}
        written_if_it_can_be(kept.book_path, written_parts(parts_of_book(book), told))


def _of(summary: Record, contract: str) -> Record:
    parts = ("contracts", "holds")
    mine = {part: [one for one in summary[part] if contract in ("", one["contract"])] for part in parts}
    return {**summary, **mine}
