"""How problems are shown: each with its place, and how many there are."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from ...model.problem import Problem, Severity

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow"}


def show_problems(console: Console, problems: Sequence[Problem], outcome: str = "nothing was done") -> None:
    """Print every problem with its place, how many there are, and what came of the command."""
    _show(console, problems, f"{_counted(problems)}; {outcome}.")


def show_findings(console: Console, problems: Sequence[Problem]) -> None:
    """Print every problem of some files with its place, and how many there are in how many files."""
    _show(console, problems, f"{_counted(problems)} in {_number(len({one.where.file for one in problems}), 'file')}")


def show_warnings(console: Console, problems: Sequence[Problem]) -> None:
    """Print what keeps nothing else from being used, each with its place."""
    for problem in problems:
        console.print(_told(problem), soft_wrap=True, highlight=False)


def _show(console: Console, problems: Sequence[Problem], ending: str) -> None:
    for problem in problems:
        console.print(_told(problem), soft_wrap=True, highlight=False)
    worst: Severity = "warning" if all(problem.warning for problem in problems) else "error"
    console.print(Text(ending, style=f"bold {COLOURS[worst]}"), soft_wrap=True)


def _told(problem: Problem) -> Text:
    """Return a problem as ``str`` does, in colours."""
    colour = COLOURS[problem.severity]
    told = Text.assemble((f"{problem.where}: ", "bold"))
    told.append("warning: " if problem.warning else "", f"bold {colour}").append(problem.what, colour)
    if problem.hint:
        told.append("; ").append(problem.hint, "cyan")
    if problem.where.excerpt:
        line, carets = problem.where.excerpt
        told.append(f"\n    {line}\n    ").append(carets, f"bold {colour}")
    return told


def _counted(problems: Sequence[Problem]) -> str:
    """Return how many problems there are, and how many warnings: ``3 problems, 1 warning``."""
    warnings = sum(problem.warning for problem in problems)
    counts = {"problem": len(problems) - warnings, "warning": warnings}
    return ", ".join(_number(count, what) for what, count in counts.items() if count) or "0 problems"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count != 1 else ''}"
