"""What `permanence log` prints: who did what and when, and what came of it, the latest last."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from rich.console import Console

from ...model.deed import NotedDeed
from ...model.words.deeds import came_of_in_words
from .output import Record, show_table, table

NOTHING = "Rien n'est encore noté : ni facturation, ni import."


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


def show_log(console: Console, summary: Sequence[Record], ends: Mapping[str, str]) -> None:
    """Print a line for each deed, and where the log of each database ends; times are those of this machine's zone."""
    if not summary:
        console.print(NOTHING, soft_wrap=True)
        return
    rows = [
        (
            datetime.fromisoformat(one["at"]).astimezone().isoformat(" "),
            one["who"],
            f"{one['command']} {one['arguments']}".strip(),
            came_of_in_words(one["came_of"]),
        )
        for one in summary
    ]
    show_table(console, table("Journal", ("Quand", "Qui", "Commande", "Ce qui en est résulté"), rows))
    for database, end in ends.items():
        console.print(f"Fin du journal : {database}:{end}", soft_wrap=True)
