"""Several files into one database: each that can be used is taken in, and what is wrong with the others is told."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Protocol, TypeVar

from attrs import evolve

from ..model.problem import Place, Problem, Refused
from ..read.deeds import note
from ..store.calls import CallsDatabase, open_calls
from .databases import may_make
from .deed_typed import deed_typed
from .ended import UNUSABLE, problems_of
from .upgraded import tell_upgraded


class Taken(Protocol):
    """What became of a file: whether its bytes had been taken in before."""

    @property
    def already(self) -> bool: ...


Result = TypeVar("Result", bound=Taken)
Take = Callable[[CallsDatabase], Result]
"""What takes a file that was read into a database."""
AGAIN = "run the command again"


def files_taken(
    files: Sequence[Path], database: Path, read: Callable[[Path], Take[Result]], wrong: Sequence[Problem] = ()
) -> tuple[list[Result], list[Problem]]:
    """Return what became of each file that could be used, and what is wrong with the others.

    ``wrong`` is what was wrong with what was typed. Where the database cannot be written, no later file is taken in:
    run again, all are in it in their order. Raises Refused when no file could be used.
    """
    results: list[Result] = []
    problems = list(wrong)
    with may_make(database), ExitStack() as opened:
        base = None
        for number, file in enumerate(files, 1):
            try:
                take = read(file)
            except Refused as refused:
                problems += refused.problems
                continue
            # Opened for the first file that can be used: where there is none, nothing is made or brought up to date.
            base = base or opened.enter_context(closing(open_calls(str(database), tell_upgraded, deed_typed())))
            try:
                results.append(take(base))
            except UNUSABLE as error:
                where = Place(str(file))
                problems += (evolve(one, where=where, what=f"{database}: {one.what}") for one in problems_of(error))
                if not isinstance(error, Refused):
                    what = f"{database} could not be written before"
                    problems += (Problem(Place(str(one)), what, AGAIN) for one in files[number:])
                    break
            else:
                if not results[-1].already:
                    note(str(file), f"was taken into {database}")
    if not results:
        raise Refused(problems)
    return results, problems
