"""What `permanence live` prints of sentences that are there: with next to nothing loaded."""

from collections.abc import Iterable

from rich.console import Console

from .output import Record, show_sentence

UNKNOWN = "Aucun appel n'est encore connu."


def known_until(moment: str) -> str:
    """Return up to which moment calls are known, of what ``moment_in_words`` says."""
    return f"Appels connus jusqu'au {moment.removeprefix('le ')}."


def show_sentences(console: Console, told: Iterable[str]) -> None:
    """Print a contract's running month."""
    for sentence in told:
        show_sentence(console, sentence)


def show_known(console: Console, summary: Record) -> None:
    """Print up to when calls are known."""
    known = summary["known_until_told"]
    show_sentence(console, known_until(known) if known else UNKNOWN)
