"""How problems are shown: each with its place, and how many there are."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from ..model.problem import Problem


def show_problems(console: Console, problems: Sequence[Problem], outcome: str = "nothing was changed") -> None:
    """Print every problem with its place, how many there are, and what came of the command."""
    for problem in problems:
        where, *rest = str(problem).split(": ", 1)
        console.print(Text(f"{where}: ", style="bold") + Text("".join(rest)), soft_wrap=True, highlight=False)
    count = len(problems)
    console.print(Text(f"{count} problem{'s' if count > 1 else ''}; {outcome}.", style="red"))
