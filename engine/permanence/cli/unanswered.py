"""What becomes of a question that nobody answers."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from ..model.problem import Place, Problem, Refused


@contextmanager
def refused_unanswered(question: str) -> Iterator[None]:
    """Raise Refused where the answers end before a question, put within the block, does; Ctrl-C goes through."""
    try:
        yield
    except click.Abort as aborted:
        if not isinstance(aborted.__context__, EOFError):
            raise
        what, hint = f'no answer to "{question}"', "answer each question, or say --yes to all that is proposed"
        raise Refused([Problem(Place("input"), what, hint)]) from aborted
