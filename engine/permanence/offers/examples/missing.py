"""What an offer's examples do not show yet, and the examples that would show it, with what comes out of them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from attrs import evolve, frozen

from ...bill.price.bands import Unpriceable
from ...bill.price.option_charges import OptionFailed
from ...bill.price.price_list import NotQuoted
from ...model.example import Example
from ...model.offer import Offer
from ...model.problem import Place, Problem
from ...read.files import replace_file
from ...read.offers.example_text import example_lines
from .as_checked import text_to_edit
from .played import Played, Unplayable
from .player import Player
from .wanted import TRIED, Wanted, filled
from .wanted_calls import wanted_calls
from .wanted_dates import wanted_dates
from .wanted_months import wanted_months

SHOWN = 3
"""So many missing examples are told in full; more of them would bury the other problems."""
NAMED = 8
REVIEW = "# Computed by `permanence check --write-examples`: review each of these before you keep it."
UNUSABLE = (Unplayable, Unpriceable, NotQuoted, OptionFailed)


@frozen
class Missing:
    """Something that no example of an offer shows, and the smallest example that does."""

    what: str
    example: Example


def missing_examples(player: Player) -> tuple[Missing, ...]:
    """Return what the examples of a sound offer do not show, each with an example of its own.

    What no example can be found for is left out: a rule that nothing can fire is no matter of examples.
    """
    offer = player.offer
    shown = [(example, player.own(example)) for example in offer.examples]
    found: list[Missing] = []
    wanted = (wanted_months(offer, player.decider), wanted_calls(offer, player.decider))
    for one in chain(*wanted, wanted_dates(offer, player.decider)):
        if any(one.shown(example, played) for example, played in shown):
            continue
        for example, played in islice(_played(player, one), 1):
            titled = evolve(example, title=_title(example.title, [other.title for other, _ in shown]))
            found.append(Missing(one.what, titled))
            shown.append((titled, played))
    return tuple(found)


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


def _played(player: Player, one: Wanted) -> Iterator[tuple[Example, Played]]:
    """Yield the examples that show something, with what comes out of them."""
    for example in islice(one.tries, TRIED):
        try:
            played = player.play(example)
        except UNUSABLE:
            continue
        said = filled(example, played, one.stage)
        if said and one.shown(said, played):
            yield said, played


def _title(title: str, taken: Sequence[str]) -> str:
    number = 2
    found = title
    while found in taken:
        found, number = f"{title} ({number})", number + 1
    return found
