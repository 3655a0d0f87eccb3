"""What `permanence contracts amend` prints, in French: who has a version from when, by which rule, and who has not."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from ...contracts.amendments import Amendment, Letter
from ...model.decision import Decision
from ...model.words.french import day_in_words
from .output import Record, show_sentence, show_table, table

READING = "A27"
"""From when a new version holds: at a renewal, announced in time; where no rule says so, by convention."""


def amendments_summary(letter: Letter, found: Iterable[Amendment], written: Iterable[Path] = ()) -> Record:
    """Return what an announcement comes to as plain values, and the files into which its events were written."""
    amendments = list(found)
    return {
        "offer": letter.offer,
        "announced": letter.on.isoformat(),
        "changes": [_change(one) for one in amendments if one.outcome == "changes"],
        "left_out": [
            {**_who(one), "outcome": one.outcome, "reason": one.reason}
            for one in amendments
            if one.outcome != "changes"
        ],
        "files": [path.as_posix() for path in written],
    }


def show_amendments(console: Console, summary: Record) -> None:
    """Print each event that is to be written, the rules that say from when they hold, and who has none, and why."""
    changes, left_out = summary["changes"], summary["left_out"]
    if changes:
        title = f"Passage à {summary['offer']}, annoncé le {_words(summary['announced'])}"
        rows = [(row["contract"], row["customer"], _words(row["from"]), _basis(row)) for row in changes]
        _show(console, title, ("Contrat", "Client", "À compter du", "D'après"), rows)
        for sentence in dict.fromkeys(_sentences(changes)):
            show_sentence(console, sentence)
    if left_out:
        reasons = [(row["contract"], row["customer"], row["reason"]) for row in left_out]
        _show(console, f"Sans passage à {summary['offer']}", ("Contrat", "Client", "Motif"), reasons)


def _show(console: Console, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table below a title that may be wider than it."""
    console.print(Text(title, style="bold"), soft_wrap=True)
    show_table(console, table("", columns, rows))


def written_in_words(summary: Record) -> str:
    """Return how many events were written, into which files, and how many contracts cannot change, as a sentence."""
    count, files = len(summary["changes"]), summary["files"]
    plural = "s" if count > 1 else ""
    where = files[0] if len(files) == 1 else f"{len(files)} fichiers : {', '.join(files)}"
    told = f"{count} événement{plural} écrit{plural} dans {where}" if count else "Aucun événement à écrire"
    impossible = sum(row["outcome"] == "impossible" for row in summary["left_out"])
    if not impossible:
        return f"{told}."
    return f"{told} ; {impossible} contrat{'s ne peuvent' if impossible > 1 else ' ne peut'} pas changer."


def _who(one: Amendment) -> Record:
    return {"contract": one.stands.id, "customer": one.stands.customer.name}


def _change(one: Amendment) -> Record:
    since = one.settled and one.settled.since
    decision = one.settled and one.settled.decision
    return {
        **_who(one),
        "offer": one.stands.offer,
        "from": since and since.isoformat(),
        "rule": decision and _rule(decision),
    }


def _rule(decision: Decision) -> Record:
    rule = decision.rule
    return {"id": rule.id, "place": f"{rule.place.file}:{rule.place.line}", "effect": rule.then.effect, "why": rule.why}


def _basis(row: Record) -> str:
    rule = row["rule"]
    if rule is None:
        return READING
    return f"{rule['id']} · {READING}" if rule["effect"] == "announced_term" else str(rule["id"])


def _sentences(changes: Sequence[Record]) -> Iterator[str]:
    for rule in (row["rule"] for row in changes):
        if rule:
            yield f"{rule['id']}, {rule['place']} : {rule['why']}"


def _words(day: str) -> str:
    return day_in_words(date.fromisoformat(day))
