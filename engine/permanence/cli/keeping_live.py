"""Rows of the month that runs written beside the bills, for who asks again before anything has changed."""

from contextlib import suppress
from datetime import date
from pathlib import Path

from ..read.deeds import forget
from ..read.files import replace_file
from .kept_live import KeptLive, KeptStamps, kept_content, programs_loaded, rows_kept
from .screens.live import told_of
from .screens.output import Record


def keep_rows(kept: KeptLive, before: KeptStamps, zone: str, summary: Record) -> None:
    """Keep what was counted, where nothing has changed since ``before``; it is no loss where that cannot be done.

    Rows that are kept already, and hold, stand beside it.
    """
    rows = {row["contract"]: {"row": row, "told": told_of(summary, row)} for row in summary["contracts"]}
    if not rows or kept.stamps(()) != before:
        return
    day = date.fromisoformat(summary["day"])
    programs_then, rows_then = rows_kept(kept, day)
    programs = list(dict.fromkeys([*programs_loaded(), *programs_then]))
    known = {name: value for name, value in summary.items() if name not in ("contracts", "holds")}
    content = kept_content(day, zone, known, kept.stamps(programs), programs, {**rows_then, **rows})
    written_if_it_can_be(kept.path, content)


def written_if_it_can_be(path: Path, content: bytes) -> None:
    """Write a file that may be missing: where it cannot be written, it is as it was."""
    with suppress(OSError):
        replace_file(path, content)
        forget(str(path))
