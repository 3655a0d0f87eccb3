"""`permanence upgrade`."""

from pathlib import Path

import click
from attrs import evolve

from ...model.problem import Place, Problem, Refused
from ...read.deeds import note
from ...store.migrations import LAYOUTS
from ...store.opening import Upgraded
from ...store.opening import upgrade as bring_up_to_date
from ..console import err, out, print_json, step
from ..deed_typed import deed_typed
from ..ended import UNUSABLE, problems_of
from ..screens.problems import show_problems
from ..screens.upgrades import show_upgrades, upgrades_summary
from ..typed import FILE, example, json_option

HERE = tuple(Path(f"{layout.name}.db") for layout in LAYOUTS)


@click.command()
@click.argument("databases", nargs=-1, type=FILE)
@json_option
@example("permanence upgrade billing.db calls.db")
def upgrade(databases: tuple[Path, ...], as_json: bool) -> None:
    """Bring DATABASES that an earlier version made up to date: those that are here, or those that are named.

    A copy of each is kept beside it as it was. A database that cannot be brought up to date is left as it is, and
    keeps no other out.
    """
    found, problems = _upgraded(databases or _here())
    if as_json:
        print_json(upgrades_summary(found))
    else:
        show_upgrades(out(), found)
    if problems:
        show_problems(err(), problems, "nothing was done to what they name")
        raise click.exceptions.Exit(1)


def _here() -> tuple[Path, ...]:
    found = tuple(path for path in HERE if path.is_file())
    if not found:
        hint = "name one: permanence upgrade FOLDER/billing.db"
        raise Refused([Problem(Place("."), "there is no database of ours here", hint)])
    return found


def _upgraded(paths: tuple[Path, ...]) -> tuple[dict[Path, Upgraded | None], list[Problem]]:
    """Bring databases up to date, and return what became of each that could be, and what is wrong with the others.

    Raises Refused when there is none.
    """
    found: dict[Path, Upgraded | None] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            with step(path.name):
                found[path] = bring_up_to_date(path, deed_typed())
            if found[path]:
                note(str(path), "was brought up to date")
        except UNUSABLE as error:
            problems += (evolve(one, where=Place(str(path))) for one in problems_of(error))
    if not found:
        raise Refused(problems)
    return found, problems
