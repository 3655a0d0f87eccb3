"""`permanence usage import`."""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from attrs import evolve

from ...model.period import ONE_DAY
from ...model.problem import Place, Problem, Refused
from ...read.calls.work_records import read_work
from ...read.deeds import note
from ...store.calls import open_calls
from ...store.work_imports import WorkImport, import_work
from ..compared import compare_files
from ..console import err, out, print_json, step
from ..databases import may_make
from ..ended import UNUSABLE, Commands, problems_of
from ..product import product_version
from ..screens.problems import show_problems
from ..screens.to_be_done_again import outdated_summary, show_outdated, show_uncompared
from ..screens.work_told import show_work_imports, work_imports_summary
from ..typed import FILE, billing_option, contracts_option, example, json_option, rules_option
from ..upgraded import tell_upgraded

WORKING_ZONE = ZoneInfo("Europe/Paris")


@click.group(cls=Commands)
def usage() -> None:
    """Bring work in that is no call: letters, appointments, e-mails."""


@usage.command("import", short_help="Take records of work into calls.db.")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--calls", "database", type=FILE, default=Path("calls.db"), show_default=True, help="Database of calls.")
@billing_option
@rules_option
@contracts_option
@json_option
@example("permanence usage import travaux-2026-10.csv")
def import_work_files(
    files: tuple[Path, ...], database: Path, billing: Path, rules: Path, contracts: Path, as_json: bool
) -> None:
    """Take records of work into calls.db: CSV with the columns contract, day, what, quantity, note, and id.

    Each file is in entirely or not at all; importing it twice changes nothing. A record that cannot be used is listed
    with its line and the reason. Months that are to be billed again stand below.
    """
    results, problems = _imported(files, database)
    summary, months = work_imports_summary(results), compare_files(billing, rules, contracts)
    if as_json:
        print_json({**summary, "to_be_done_again": outdated_summary(months.outdated)})
    else:
        show_work_imports(out(), results)
        show_outdated(out(), months.outdated)
    show_uncompared(err(), months)
    if problems:
        show_problems(err(), problems, "nothing of that file was taken in")
        raise click.exceptions.Exit(1)


def _imported(files: Sequence[Path], database: Path) -> tuple[list[WorkImport], list[Problem]]:
    """Take files in, and return what became of each that could be used, and what is wrong with the others.

    Raises Refused when there is none.
    """
    results: list[WorkImport] = []
    problems: list[Problem] = []
    latest = datetime.now(UTC).astimezone(WORKING_ZONE).date() + ONE_DAY
    with may_make(database), ExitStack() as opened:
        base = None
        for file in files:
            try:
                with step(file.name):
                    work = read_work(file, latest)
            except Refused as refused:
                problems += refused.problems
                continue
            # Opened for the first file that can be used: where there is none, nothing is made or brought up to date.
            base = base or opened.enter_context(closing(open_calls(str(database), tell_upgraded)))
            try:
                results.append(import_work(base, work, product_version()))
            except UNUSABLE as error:
                where = Place(str(file))
                problems += (evolve(one, where=where, what=f"{database}: {one.what}") for one in problems_of(error))
            else:
                if not results[-1].already:
                    note(str(file), f"was taken into {database}")
    if not results:
        raise Refused(problems)
    return results, problems
