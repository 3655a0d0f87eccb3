"""A yes that somebody at the terminal gives before a command writes what it has shown."""

import sys

import click

from ..model.problem import Place, Problem, Refused


def confirmed(question: str) -> bool:
    """Return whether somebody says yes; raise Refused where nobody sits at the input."""
    if not at_terminal():
        what = "nobody is asked here, and nothing is written without a yes"
        raise Refused([Problem(Place("input"), what, "look at what is shown, and say --yes")])
    return click.confirm(question, default=False, err=True)


def at_terminal() -> bool:
    """Tell whether somebody can type an answer."""
    return sys.stdin is not None and sys.stdin.isatty()
