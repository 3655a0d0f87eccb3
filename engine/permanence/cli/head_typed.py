"""The end of a ledger as somebody types it who kept what an earlier issue printed."""

import click

from ..model.issued import LedgerHead
from ..model.problem import Place, Problem, Refused

head_option = click.option(
    "--head", "printed", metavar="HEAD", help="What an earlier `permanence issue` printed as the ledger's end."
)


def head_typed(text: str | None) -> LedgerHead | None:
    """Return the head that was typed, None where none was; raise Refused for what is none."""
    if text is None:
        return None
    position, _, digest = text.partition(":")
    if not position.isdigit() or len(digest) != 64:
        hint = "type what `permanence issue` printed: 42:9f86…"
        raise Refused([Problem(Place("--head"), f'"{text}" is no head', hint)])
    return LedgerHead(int(position), digest)
