"""Which months are to be done again, and why: the same lines at the end of every command that knows."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from ...model.basis import Outdated
from ...model.words.outdated import outdated_in_words
from ..compared import MonthsCompared
from .output import Record

NOT_COMPARED = "contracts and offers were not compared with the months billed: "


def outdated_summary(found: Iterable[Outdated]) -> list[Record]:
    """Return the months that are to be done again as plain values, each with its sentence."""
    return [_summary(one) for one in found]


def _summary(outdated: Outdated) -> Record:
    return {
        "month": str(outdated.month),
        "sentence": outdated_in_words(outdated),
        "calls": {name: count for name, count in outdated.calls.items() if count},
        "other_calls": outdated.other_calls,
        "excluded": dict(outdated.excluded),
        "work": dict(outdated.work),
        "other_work": list(outdated.other_work),
        "contracts": {
            "changed": list(outdated.changed),
            "added": list(outdated.added),
            "removed": list(outdated.removed),
        },
        "offers": list(outdated.offers),
        "options": {name: {"now": now, "then": then} for name, (now, then) in outdated.options.items()},
    }


def show_outdated(console: Console, found: Iterable[Outdated]) -> None:
    """Print a line for each month that is to be done again, with the command that does it."""
    for outdated in found:
        line = f"{outdated_in_words(outdated)} · permanence bill {outdated.month}"
        console.print(Text(line, style="yellow"), soft_wrap=True)


def show_uncompared(console: Console, comparison: MonthsCompared) -> None:
    """Print, apart from results, what kept months from being compared in full: the first of its problems."""
    for problem in comparison.problems[:1]:
        console.print(Text(f"{NOT_COMPARED}{problem.where}: {problem.what}", style="yellow"), soft_wrap=True)
