"""What became of a month's bills when it was billed again: of those that waited, and of all others."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from ...model.billed_again import BilledAgain
from ...model.words.numbers import in_thousands
from .output import Record

NAMED = 10
"""So many contracts are named; JSON has all of them."""


def again_summary(again: BilledAgain) -> Record:
    """Return what became of a month's bills as plain values."""
    return {
        "released": list(again.released),
        "still_waiting": list(again.waiting),
        "new_holds": list(again.new_holds),
        "unchanged": again.unchanged,
        "changed": list(again.changed),
        "added": list(again.added),
        "removed": list(again.removed),
    }


def show_billed_again(console: Console, again: BilledAgain) -> None:
    """Print who was on hold and is billed now, and whether the other bills are as they were."""
    if again.released:
        one = len(again.released) == 1
        what = "n'est plus en attente, et a sa facture" if one else "ne sont plus en attente, et ont leur facture"
        console.print(Text(f"{_contracts(again.released)} {what}."), soft_wrap=True)
    others = [
        f"{_several(len(names), what)} ({_named(names)})"
        for what, names in (
            (("changée", "changées"), again.changed),
            (("de plus", "de plus"), again.added),
            (("de moins", "de moins"), again.removed),
            (("mise en attente", "mises en attente"), again.new_holds),
        )
        if names
    ]
    if again.released or again.waiting or others:
        rest = "Autres factures du mois" if again.released else "Par rapport à la facturation précédente"
        told = ", ".join([_several(again.unchanged, ("inchangée", "inchangées")), *others])
        console.print(Text(f"{rest} : {told}."), soft_wrap=True)


def _contracts(names: Sequence[str]) -> str:
    return f"{'Le contrat' if len(names) == 1 else 'Les contrats'} {_named(names)}"


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")


def _several(count: int, what: tuple[str, str]) -> str:
    return f"{in_thousands(count)} {what[count > 1]}"
