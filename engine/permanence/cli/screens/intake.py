"""What importing calls prints: what became of each record of each file."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from ...model.words.numbers import in_thousands
from ...store.calls import ImportResult
from .output import Record, show_table, table

LISTED = 20
"""So many refused records are shown; all of them are in the table `set_aside` of calls.db."""
KNOWN = " · déjà importé, rien n'a changé"


def call_imports_summary(results: Sequence[ImportResult]) -> Record:
    """Return what became of each file's records, as plain values."""
    names = ("file", "rows", "accepted", "duplicate", "refused", "zone", "already")
    return {
        "files": [
            {
                **{name: getattr(result, name) for name in names},
                "problems": [
                    {"file": found.where.file, "line": found.where.line, "what": found.what, "hint": found.hint}
                    for found in result.problems
                ],
            }
            for result in results
        ]
    }


def show_call_imports(console: Console, results: Sequence[ImportResult]) -> None:
    """Print a line per file, then the records that were refused."""
    columns = ("Fichier", "Reçus", "Acceptés", "Doublons", "Refusés", "Horloge")
    rows = [
        (
            result.file,
            *map(in_thousands, (result.rows, result.accepted, result.duplicate, result.refused)),
            result.zone + (KNOWN if result.already else ""),
        )
        for result in results
    ]
    show_table(console, table("Appels importés", columns, rows, numbers=(1, 2, 3, 4)))
    for result in results:
        for problem in result.problems[:LISTED]:
            console.print(Text(str(problem), style="yellow"), soft_wrap=True)
        if len(result.problems) > LISTED:
            console.print(f"… et {len(result.problems) - LISTED} autres : voir la table set_aside de calls.db")
