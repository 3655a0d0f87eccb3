"""The end of a ledger, or of a log, as somebody types it who kept what was printed earlier."""

from collections.abc import Mapping
from pathlib import Path

import click

from ..model.issued import LedgerHead
from ..model.problem import Place, Problem, Refused

head_option = click.option(
    "--head", "printed", metavar="HEAD", help="What an earlier `permanence issue` printed as the ledger's end."
)
log_option = click.option(
    "--log",
    "log_ends",
    metavar="END",
    multiple=True,
    help="What an earlier `permanence log` printed as the end of a database's log; more than once for several.",
)


def head_typed(text: str | None) -> LedgerHead | None:
    """Return the head that was typed, None where none was; raise Refused for what is none."""
    return None if text is None else _head("--head", text, "type what `permanence issue` printed: 42:9f86…")


def log_ends_typed(texts: tuple[str, ...]) -> Mapping[Path, LedgerHead]:
    """Return the ends of logs that were typed, by database; raise Refused for what is none."""
    hint = "type what `permanence log` printed: billing.db:42:9f86…"
    parts = (text.rsplit(":", 2) for text in texts)
    return {Path(name): _head("--log", ":".join(rest), hint) for name, *rest in parts}


def _head(option: str, text: str, hint: str) -> LedgerHead:
    found = LedgerHead.parse(text)
    if found is None:
        raise Refused([Problem(Place(option), f'"{text}" is no end that was printed', hint)])
    return found
