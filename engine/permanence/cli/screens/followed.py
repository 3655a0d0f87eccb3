"""What following a folder prints: a line for each thing that came in, and the sums at its end."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from ...model.words.numbers import in_thousands
from ...store.calls import ImportResult

LISTED = 20
"""So many refused records are shown of what came in at once."""


def show_taken(console: Console, at: datetime, result: ImportResult) -> None:
    """Print what came in at a moment: ``10:02:13  Master.csv : 12 reçus, 11 acceptés, 1 doublon, 0 refusé``."""
    console.print(Text(f"{at:%H:%M:%S}  {result.file} : {_counted(counts_of(result))}"), soft_wrap=True)
    for problem in result.problems[:LISTED]:
        console.print(Text(f"          {problem}", style="yellow"), soft_wrap=True)
    hidden = max(len(result.problems) - LISTED, 0) + result.unnamed
    if hidden:
        console.print(f"          … et {in_thousands(hidden)} autres")


def show_followed(console: Console, sums: Mapping[str, int], waiting: Mapping[Path, str]) -> None:
    """Print what came in altogether, and what waits still."""
    console.print(Text(f"Fin du suivi : {_counted(sums)}", style="bold"), soft_wrap=True)
    for path, why in waiting.items():
        console.print(Text(f"En attente : {path} : {why}", style="yellow"), soft_wrap=True)


def counts_of(result: ImportResult) -> Mapping[str, int]:
    """Return the counts of what came in, by name."""
    return {name: getattr(result, name) for name in ("rows", "accepted", "duplicate", "refused")}


def _counted(sums: Mapping[str, int]) -> str:
    parts = (("rows", "reçu"), ("accepted", "accepté"), ("duplicate", "doublon"), ("refused", "refusé"))
    counts = ((sums.get(name, 0), word) for name, word in parts)
    return ", ".join(f"{in_thousands(count)} {word}{'s' if count > 1 else ''}" for count, word in counts)
