"""What `permanence report` prints: how many mails of a day were written, and who gets none."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from attrs import asdict
from rich.console import Console
from rich.text import Text

from ...model.words.french import day_in_words
from ...model.words.numbers import in_thousands
from ..correspondence import NotReported
from .output import Record

NOBODY_WAITS = " : aucun client n'en reçoit le lendemain matin (days et empty de [report], ou contrats hors service)"


def report_summary(day: date, paths: Sequence[Path], left: Sequence[NotReported]) -> Record:
    """Return the mails of a day as plain values: their files, and who gets none, why, and what to do."""
    return {"day": str(day), "files": [str(path) for path in paths], "left": [asdict(one) for one in left]}


def show_report(console: Console, summary: Record) -> None:
    """Print how many mails were written, and a line for each customer who gets none."""
    count, day = len(summary["files"]), day_in_words(date.fromisoformat(summary["day"]))
    mails = f"{in_thousands(count)} comptes rendus écrits" if count > 1 else f"{count or 'aucun'} compte rendu écrit"
    into = f" dans {Path(summary['files'][0]).parent}/" if count else ""
    why = "" if count or summary["left"] else NOBODY_WAITS
    console.print(Text(f"{day} : {mails}{into}{why}."), soft_wrap=True)
    show_left(console, summary)


def show_left(console: Console, summary: Record) -> None:
    """Print a line for each customer who gets no mail: why, and what to do."""
    for one in summary["left"]:
        told = f"Pas écrit : {one['contract']} ({one['customer']}) : {one['why']} · {one['to_do']}"
        console.print(Text(told, style="yellow"), soft_wrap=True)
