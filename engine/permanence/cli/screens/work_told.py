"""Work that is no call, printed: what became of each record of a file, of a month's work, and what lies behind."""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from ...model.invoice import MonthRun
from ...model.outcome import OUTCOMES, Outcome
from ...model.words.numbers import in_thousands
from ...model.work import WorkDone
from ...store.work_imports import WorkImport
from .output import Record, show_table, table

LISTED = 20
"""So many refused records, and kinds of work, are shown; all of them are in the databases and in JSON."""
KNOWN = "déjà importé, rien n'a changé"
IN_FRENCH = {
    "counted": OUTCOMES[Outcome.COUNTED].one,
    "held": "contrat en attente",
    "unassigned": OUTCOMES[Outcome.UNASSIGNED].one,
}
"""What staff call work by what became of it."""
NOBODYS = "Travaux non attribués : {} : ce contrat n'existe pas, ou n'était pas en service ce jour-là"
UNPRICED = "Travaux sans prix : {} : aucun prix, aucune option ni règle de l'offre ne les compte"

DIFFER = "La facture a compté : {}. La base d'appels n'a pas ces travaux, ou en a d'autres : facturez de nouveau."


def work_imports_summary(results: Sequence[WorkImport]) -> Record:
    """Return what became of each file's records, as plain values."""
    names = ("file", "rows", "accepted", "duplicate", "refused", "already")
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


def show_work_imports(console: Console, results: Sequence[WorkImport]) -> None:
    """Print a line per file, then the records that were refused."""
    columns = ("Fichier", "Reçus", "Acceptés", "Doublons", "Refusés", "Remarque")
    rows = [
        (
            result.file,
            *map(in_thousands, (result.rows, result.accepted, result.duplicate, result.refused)),
            KNOWN if result.already else "",
        )
        for result in results
    ]
    show_table(console, table("Travaux importés", columns, rows, numbers=(1, 2, 3, 4)))
    for result in results:
        for problem in result.problems[:LISTED]:
            console.print(Text(str(problem), style="yellow"), soft_wrap=True)
        if len(result.problems) > LISTED:
            console.print(f"… et {len(result.problems) - LISTED} autres : voir la table work_set_aside de calls.db")


def month_work_summary(run: MonthRun) -> Record:
    """Return what became of a month's work, as plain values; each kind with what an offer on file calls it."""
    work, every = run.work, (one for titles in run.titles.values() for one in titles)
    titles = {one.name: one.title for one in every if one.kind == "work"}
    return {
        **{outcome: _plain(found, titles) for outcome, found in work.by_outcome.items()},
        "unpriced": _plain(work.unpriced, titles),
        "records": sum(one.records for found in work.by_outcome.values() for one in found),
    }


def _plain(found: Iterable[WorkDone], titles: Mapping[str, str]) -> list[Record]:
    return [
        {
            "contract": one.contract,
            "what": one.what,
            "title": titles.get(one.what, one.what),
            "quantity": one.quantity,
            "records": one.records,
        }
        for one in found
    ]


def show_month_work(console: Console, summary: Record) -> None:
    """Print what became of a month's work, and what nobody will pay for; nothing where there is none."""
    if not summary["records"]:
        return
    rows = [
        (name, in_thousands(sum(one["records"] for one in summary[outcome]))) for outcome, name in IN_FRENCH.items()
    ]
    rows.append(("travaux acceptés", in_thousands(summary["records"])))
    show_table(console, table("Travaux par issue", ("Issue", "Enregistrements"), rows, numbers=(1,)))
    for outcome, sentence in (("unassigned", NOBODYS), ("unpriced", UNPRICED)):
        for one in summary[outcome][:LISTED]:
            done = f"{one['contract']}, {one['title']}, {in_thousands(one['quantity'])}"
            console.print(Text(sentence.format(done), style="yellow"), soft_wrap=True)
        if len(summary[outcome]) > LISTED:
            console.print(f"… et {len(summary[outcome]) - LISTED} autres : voir la table work_done de billing.db")


def show_work(console: Console, record: Record) -> None:
    """Print the work behind an invoice, each record by its day; or why they are not listed; nothing where none is."""
    if not record["work"]:
        return
    console.print()
    if record["work_behind"] is None:
        billed = ", ".join(f"{one['title']} : {in_thousands(one['quantity'])}" for one in record["work"])
        console.print(Text(DIFFER.format(billed), style="yellow"), soft_wrap=True)
        return
    titles = {one["what"]: one["title"] for one in record["work"]}
    columns = ("Jour", "Travail", "Quantité", "Note", "Fichier", "Ligne")
    rows = [
        (one["day"], titles[one["what"]], in_thousands(one["quantity"]), one["note"], one["file"], str(one["line"]))
        for one in record["work_behind"]
    ]
    show_table(console, table("Travaux du mois", columns, rows, numbers=(2, 5)))
