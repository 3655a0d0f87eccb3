"""What an offer's examples do not show yet, and the examples that would show it, as they are written."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ...model.offer import Offer
from ...model.problem import Place, Problem
from ...read.files import replace_file
from ...read.offers.example_text import example_lines
from .as_checked import text_to_edit
from .player import Player
from .unshown import Missing, unshown

SHOWN = 3
"""So many missing examples are told in full; more of them would bury the other problems."""
NAMED = 8
REVIEW = "# Computed by `permanence check --write-examples`: review each of these before you keep it."


def missing_examples(player: Player) -> tuple[Missing, ...]:
    """Return what the examples of a sound offer do not show, each with an example of its own."""
    return unshown(player).missing


def missing_problem(offer: Offer, missing: Sequence[Missing]) -> Problem:
    """Return the problem of an offer that does not show all that it says; the hint has examples to paste."""
    named = ", ".join(one.what for one in missing[:NAMED])
    further = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
    what = f"no example shows {named}{further}"
    command = f"`permanence check {offer.file} --write-examples`"
    if len(missing) > SHOWN:
        hint = f"{command} writes {len(missing)} examples at its end, for review; the first {SHOWN} are"
    else:
        hint = f"review and paste what follows, or let {command} write it"
    where = Place(offer.file, len(offer.text.splitlines()), 1)
    return Problem(where, what, f"{hint}:\n\n{examples_text(missing[:SHOWN])}")


def write_examples(offer: Offer, missing: Sequence[Missing], contract_paths: Iterable[Path] = ()) -> None:
    """Write missing examples at the end of an offer's file, below a line that asks for a review.

    Raises LeftAlone when a contract in some files has signed its text, or when it is no longer what was checked.
    """
    before = text_to_edit(offer, contract_paths)
    end = "\r\n" if "\r\n" in before else "\n"
    gap = "" if before.endswith("\n") else "\n"
    text = f"{gap}\n{REVIEW}\n\n{examples_text(missing)}".replace("\n", end)
    replace_file(Path(offer.file), (before + text).encode())


def examples_text(missing: Sequence[Missing]) -> str:
    """Return missing examples as they stand in a rule file."""
    return "\n".join("\n".join(example_lines(one.example)) + "\n" for one in missing)
