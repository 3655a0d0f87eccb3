"""`permanence calls import`."""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import click
from attrs import evolve

from ...model.problem import Place, Problem, Refused
from ...read.calls.mapping import CallFormat
from ...read.calls.mapping_file import load_format
from ...read.calls.records import read_calls
from ...read.deeds import note
from ...store.calls import ImportResult, import_calls, open_calls
from ..collector import collector_at_work
from ..compared import compare_files
from ..console import err, out, print_json, progress, step
from ..databases import may_make
from ..ended import UNUSABLE, Commands, problems_of
from ..product import product_version
from ..screens.intake import call_imports_summary, show_call_imports
from ..screens.problems import show_problems
from ..screens.to_be_done_again import outdated_summary, show_outdated, show_uncompared
from ..typed import FILE, billing_option, contracts_option, example, json_option, rules_option
from ..upgraded import tell_upgraded


@click.group(cls=Commands)
def calls() -> None:
    """Bring call records in."""


@calls.command("import", short_help="Take call records into calls.db.")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--format", "form", required=True, help="asterisk, generic, or the path of a mapping of your own.")
@click.option("--calls", "database", type=FILE, default=Path("calls.db"), show_default=True, help="Database of calls.")
@billing_option
@rules_option
@contracts_option
@json_option
@example("permanence calls import cdr-2026-10.csv.gz --format asterisk")
def import_call_files(
    files: tuple[Path, ...], form: str, database: Path, billing: Path, rules: Path, contracts: Path, as_json: bool
) -> None:
    """Take call records into calls.db: CSV, plain or gzip, or Parquet.

    Each file is in entirely or not at all; importing it twice changes nothing. A record that cannot be used
    is listed with its line and the reason; a file that cannot be used keeps no other out. Months that are to be
    billed again stand below.
    """
    collector_at_work()
    results, problems = _imported(files, load_format(form), database)
    summary, months = call_imports_summary(results), compare_files(billing, rules, contracts)
    if as_json:
        print_json({**summary, "to_be_done_again": outdated_summary(months.outdated)})
    else:
        show_call_imports(out(), results)
        show_outdated(out(), months.outdated)
    show_uncompared(err(), months)
    if problems:
        show_problems(err(), problems, "nothing of that file was taken in")
        raise click.exceptions.Exit(1)


def _imported(files: Sequence[Path], mapping: CallFormat, database: Path) -> tuple[list[ImportResult], list[Problem]]:
    """Take files in, and return what became of each that could be used, and what is wrong with the others.

    Raises Refused when there is none.
    """
    results: list[ImportResult] = []
    problems: list[Problem] = []
    with may_make(database), ExitStack() as opened:
        base = None
        for file in files:
            try:
                with step(file.name):
                    calls = read_calls(file, mapping)
            except Refused as refused:
                problems += refused.problems
                continue
            # Opened for the first file that can be used: where there is none, nothing is made or brought up to date.
            base = base or opened.enter_context(closing(open_calls(str(database), tell_upgraded)))
            try:
                with progress(file.name) as advance:
                    results.append(import_calls(base, calls, mapping.name, advance, product_version()))
            except UNUSABLE as error:
                where = Place(str(file))
                problems += (evolve(one, where=where, what=f"{database}: {one.what}") for one in problems_of(error))
            else:
                if not results[-1].already:
                    note(str(file), f"was taken into {database}")
    if not results:
        raise Refused(problems)
    return results, problems
