"""`permanence calls import`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from ....model.problem import Problem
from ....read.calls.call_files import call_files, digest_if_known
from ....read.calls.records import read_calls
from ....store.calls import CallsDatabase, ImportResult, already_imported, digests_taken, import_calls
from ...call_format_named import NamedFormats
from ...collector import collector_at_work
from ...compared import compare_files
from ...console import err, out, over_files, print_json, progress
from ...deed_typed import deed_typed
from ...files_taken import Take, files_taken
from ...latest_arrival import latest_arrival
from ...plugins_in_use import without_option
from ...product import product_version
from ...screens.call_formats import show_recognised
from ...screens.intake import call_imports_summary, show_call_imports
from ...screens.problems import show_problems
from ...screens.to_be_done_again import outdated_summary, show_outdated, show_uncompared
from ...sellers_in_use import sellers_read_option
from ...typed import FILE, FILES, billing_option, contracts_option, example, format_option, json_option, rules_option


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=FILES)
@format_option
@click.option("--calls", "database", type=FILE, default=Path("calls.db"), show_default=True, help="Database of calls.")
@billing_option
@rules_option
@contracts_option
@sellers_read_option
@without_option
@json_option
@example("permanence calls import 'cdr/*.csv.gz' --format asterisk")
def import_files(
    files: tuple[Path, ...],
    form: str | None,
    database: Path,
    billing: Path,
    rules: Path,
    contracts: Path,
    as_json: bool,
) -> None:
    """Take call records into calls.db: CSV, plain or gzip, or Parquet; files, folders, patterns.

    Without --format, the ready mapping is taken that fits the file; it is said which, and why.
    Each file is in entirely or not at all; importing it twice changes nothing. A record that cannot be used
    is listed with its line and the reason; a file that cannot be used keeps no other out. Months that are to be
    billed again stand below.
    """
    collector_at_work()
    found, wrong = call_files([str(file) for file in files])
    formats = NamedFormats.of(found, form)
    results, problems = _imported(found, formats, database, wrong)
    known = formats.recognised([result.file for result in results if not result.already])
    summary, months = call_imports_summary(results, known), compare_files(billing, rules, contracts)
    if as_json:
        print_json({**summary, "to_be_done_again": outdated_summary(months.outdated)})
    else:
        show_recognised(out(), known)
        show_call_imports(out(), results)
        show_outdated(out(), months.outdated)
    show_uncompared(err(), months)
    if problems:
        show_problems(err(), problems, "nothing of that file was taken in")
        raise click.exceptions.Exit(1)


def _imported(
    files: Sequence[Path], formats: NamedFormats, database: Path, wrong: Sequence[Problem]
) -> tuple[list[ImportResult], list[Problem]]:
    """Take files in, and return what became of each that could be used, and what is wrong with the others.

    ``wrong`` is what was wrong with what was typed. Raises Refused when there is none.
    """
    taken = digests_taken(database)
    with _shown(files) as (begin, advance):

        def read(file: Path) -> Take[ImportResult]:
            begin(str(file))
            # What was taken in before is not read again.
            digest = digest_if_known(file, set(taken.values()))
            if digest in taken:
                return lambda base: already_imported(base, str(file), digest)
            form = formats.form(file)
            calls = read_calls(file, form, latest=latest_arrival())

            def take(base: CallsDatabase) -> ImportResult:
                result = import_calls(base, calls, form.name, advance, product_version(), deed_typed())
                taken[calls.digest] = calls.size
                return result

            return take

        return files_taken(files, database, read, wrong)


@contextmanager
def _shown(files: Sequence[Path]) -> Iterator[tuple[Callable[[str], None], Callable[[int], None]]]:
    """Show how far the work is: of several files which one is at work, of a single one its records."""
    if len(files) == 1:
        with progress(files[0].name) as advance:
            yield lambda _: None, advance
    else:
        with over_files(len(files)) as begin:
            yield begin, lambda _: None
