"""`permanence usage import`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from ...model.period import ONE_DAY
from ...model.problem import Problem
from ...read.calls.work_records import read_work
from ...store.work_imports import WorkImport, import_work
from ..compared import compare_files
from ..console import err, out, print_json, step
from ..deed_typed import deed_typed
from ..ended import Commands
from ..files_taken import Take, files_taken
from ..plugins_in_use import without_option
from ..product import product_version
from ..screens.problems import show_problems
from ..screens.to_be_done_again import outdated_summary, show_outdated, show_uncompared
from ..screens.work_told import show_work_imports, work_imports_summary
from ..sellers_in_use import sellers_read_option
from ..typed import FILE, billing_option, contracts_option, example, json_option, rules_option

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
@sellers_read_option
@without_option
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
    latest = datetime.now(UTC).astimezone(WORKING_ZONE).date() + ONE_DAY

    def read(file: Path) -> Take[WorkImport]:
        with step(file.name):
            work = read_work(file, latest)
        return lambda base: import_work(base, work, product_version(), deed_typed())

    return files_taken(files, database, read)
