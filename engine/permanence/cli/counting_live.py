"""The month that runs counted for a screen, and kept for who asks again."""

from datetime import datetime
from pathlib import Path

from ..contracts.book import Book
from ..read.parts import told_in, written_parts
from ..read.records_by_line import parts_by_line
from ..store.asked import version_of
from .keeping_live import keep_rows, written_if_it_can_be
from .kept_book import parts_of_book
from .kept_live import ON_FILE, KeptLive, KeptStamps, programs_loaded
from .plugins_in_use import plugins_in_use
from .running_month import CountedMonth, OnFile, counted_month
from .screens.live import live_summary, show_summary


def show_counted(kept: KeptLive, on: datetime | None, contract: str, *, as_json: bool) -> None:
    """Count the month of a contract, or of all, print it, and keep it."""
    files = OnFile.of(kept)
    plugins, before = plugins_in_use(), kept.stamps(())
    found = counted_month(files, plugins, on, contract)
    summary = live_summary(found.month, found.book.zone)
    keep_rows(kept, before, found.book.zone, summary)
    keep_for_one(kept, before, found)
    show_summary(summary, contract, as_json=as_json)


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
