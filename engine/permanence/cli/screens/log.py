"""What `permanence log` prints: who did what and when, and what came of it, the latest last."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.console import Console

from ...model.deed import NotedDeed
from ...model.money import Cents
from ...model.outcome import OUTCOMES, Outcome
from ...model.period import Month
from ...model.words.amounts import in_money
from ...model.words.french import month_in_words
from ...model.words.numbers import in_thousands
from .output import Record, show_table, table

NOTHING = "Rien n'est encore noté : ni facturation, ni import."
RECORDS = {
    "rows": ("enregistrement", "enregistrements"),
    "accepted": ("accepté", "acceptés"),
    "duplicate": ("doublon", "doublons"),
    "refused": ("refusé", "refusés"),
}
WAITING = OUTCOMES[Outcome.HELD]
BILLED = {
    "invoices": ("facture", "factures"),
    "holds": (WAITING.one, WAITING.several),
    "calls": ("appel", "appels"),
}
"""What is counted, one of it and several."""


def log_summary(database: str, noted: NotedDeed) -> Record:
    """Return a deed as plain values, with the database that notes it."""
    deed = noted.deed
    return {
        "at": datetime.fromtimestamp(deed.at, UTC).isoformat(),
        "who": deed.who,
        "command": deed.command,
        "arguments": deed.arguments,
        "product": deed.product,
        "came_of": dict(noted.came_of),
        "database": database,
        "number": noted.number,
    }


def show_log(console: Console, summary: Sequence[Record]) -> None:
    """Print a line for each deed; times are those of this machine's zone."""
    if not summary:
        console.print(NOTHING, soft_wrap=True)
        return
    rows = [
        (
            datetime.fromisoformat(one["at"]).astimezone().isoformat(" "),
            one["who"],
            f"{one['command']} {one['arguments']}".strip(),
            " · ".join(_told(one["came_of"])),
        )
        for one in summary
    ]
    show_table(console, table("Journal", ("Quand", "Qui", "Commande", "Ce qui en est résulté"), rows))


def _told(came_of: Record) -> Iterator[str]:
    """Yield what came of a deed, in French; what has no words of ours is told as it is."""
    rest = dict(came_of)
    if upgraded := rest.pop("upgraded", None):
        yield f"tables mises à jour, de la version {upgraded['before']} à la version {upgraded['now']}"
    if written := rest.pop("written", None):
        yield f"écrit : {', '.join(written)}"
    if month := rest.pop("month", None):
        yield month_in_words(Month.parse(month))
    if "after" in rest:
        before, after = rest.pop("before", None), rest.pop("after")
        yield _billed(after) + (f" (avant : {'identique' if before == after else _billed(before)})" if before else "")
    if "documents" in rest:
        many, first, last = (rest.pop(name) for name in ("documents", "first", "last"))
        documents = "1 document" if many == 1 else f"{in_thousands(many)} documents"
        yield f"{documents}, {first}" if many == 1 else f"{documents}, de {first} à {last}"
    if file := rest.pop("file", None):
        yield f"{file} : {', '.join(_counted(rest, RECORDS))}"
    if head := rest.pop("head", None):
        yield f"fin du registre {head}"
    if backup := rest.pop("backup", None):
        yield f"sauvegarde {backup}, empreinte {rest.pop('digest', None)}"
    for name, value in rest.items():
        if name not in RECORDS:
            yield f"{name} {value}"


def _billed(came_to: Record) -> str:
    nets = (in_money(Cents(cents), currency) for currency, cents in came_to["net_cents"].items())
    return ", ".join([*_counted(came_to, BILLED), f"{' + '.join(nets) or '0'} HT"])


def _counted(counts: Record, words: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Yield each count that is there with its word; the first one though it is nothing."""
    first = next(iter(words))
    for name, (one, several) in words.items():
        value: Any = counts.get(name)
        if value or (value is not None and name == first):
            yield f"{in_thousands(value)} {several if value > 1 else one}"
