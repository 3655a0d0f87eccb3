"""What importing calls prints: what became of each record of each file."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from ...model.words.numbers import in_thousands
from ...read.formats.recognised import Likeness
from ...store.calls import ImportResult
from .output import Record, show_table, table

LISTED = 20
"""So many refused records of a file are shown; all of them are in the table `set_aside` of calls.db."""
LISTED_IN_ALL = 60
"""So many of all files together."""
ROWS = 20
"""So many files have a row of their own; of more, those with records that were refused, up to as many."""
ONE_KNOWN = "sans celui qui est déjà importé"
KNOWN = " · déjà importé, rien n'a changé"
COUNTS = ("rows", "accepted", "duplicate", "refused")


def call_imports_summary(results: Sequence[ImportResult], known: Mapping[str, Likeness]) -> Record:
    """Return what became of each file's records, and of all together, as plain values.

    The sums leave out what had been imported before: nothing of it came in now. ``known`` has what files were known
    by whose mapping nobody named.
    """
    names = ("file", *COUNTS, "zone", "already")
    return {
        "files": [
            {
                **{name: getattr(result, name) for name in names},
                **({"recognised": known[result.file].form.name} if result.file in known else {}),
                "problems": [
                    {"file": found.where.file, "line": found.where.line, "what": found.what, "hint": found.hint}
                    for found in result.problems
                ],
                **({"unnamed": result.unnamed} if result.unnamed else {}),
            }
            for result in results
        ],
        "sums": {"files": len(results), "already": sum(result.already for result in results), **_sums(results)},
    }


def show_call_imports(console: Console, results: Sequence[ImportResult]) -> None:
    """Print a line per file and their sums, then the records that were refused; of many files those that matter."""
    shown = _worth_a_row(results)
    columns = ("Fichier", "Reçus", "Acceptés", "Doublons", "Refusés", "Horloge")
    rows = [
        (
            result.file,
            *(in_thousands(getattr(result, name)) for name in COUNTS),
            result.zone + (KNOWN if result.already else ""),
        )
        for result in shown
    ]
    if others := len(results) - len(shown):
        rows.append((f"{'… et ' if shown else ''}{in_thousands(others)} fichiers", *[""] * 5))
    if len(results) > 1:
        already = sum(result.already for result in results)
        remark = "" if not already else ONE_KNOWN if already == 1 else f"sans les {in_thousands(already)} déjà importés"
        rows.append((f"Total ({in_thousands(len(results))})", *map(in_thousands, _sums(results).values()), remark))
    show_table(console, table("Enregistrements importés", columns, rows, numbers=(1, 2, 3, 4)))
    _show_refused(console, results)


def _worth_a_row(results: Sequence[ImportResult]) -> Sequence[ImportResult]:
    if len(results) <= ROWS:
        return results
    return [result for result in results if result.refused and not result.already][:ROWS]


def _sums(results: Sequence[ImportResult]) -> dict[str, int]:
    return {name: sum(getattr(result, name) for result in results if not result.already) for name in COUNTS}


def _show_refused(console: Console, results: Sequence[ImportResult]) -> None:
    left = LISTED_IN_ALL
    # Of many files, what was refused when they were imported before was shown then.
    told = [result for result in results if len(results) <= ROWS or not result.already]
    for result in told:
        for problem in result.problems[: min(LISTED, left)]:
            console.print(Text(str(problem), style="yellow"), soft_wrap=True)
        left -= min(LISTED, left, len(result.problems))
    hidden = sum(len(result.problems) + result.unnamed for result in told) - (LISTED_IN_ALL - left)
    if hidden:
        console.print(f"… et {in_thousands(hidden)} autres : voir la table set_aside de calls.db")
