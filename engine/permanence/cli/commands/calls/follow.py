"""`permanence calls follow`."""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from time import sleep

import click

from ....model.problem import Place, Problem, Refused
from ....read.deeds import note
from ....store.calls import ImportResult, import_calls, open_calls
from ...call_format_named import NamedFormat, format_known, format_named
from ...compared import compare_files
from ...console import err, out
from ...databases import may_make
from ...deed_typed import deed_typed
from ...following import Follower
from ...latest_arrival import latest_arrival
from ...plugins_in_use import without_option
from ...product import product_version
from ...screens.call_formats import show_recognised
from ...screens.followed import show_followed, show_taken
from ...screens.problems import show_findings
from ...screens.to_be_done_again import show_outdated, show_uncompared
from ...sellers_in_use import sellers_read_option
from ...typed import FILE, FOLDER, billing_option, contracts_option, example, format_option, rules_option
from ...upgraded import tell_upgraded

SECONDS = 10.0


@click.command()
@click.argument("folder", type=FOLDER)
@format_option
@click.option("--calls", "database", type=FILE, default=Path("calls.db"), show_default=True, help="Database of calls.")
@click.option(
    "--interval",
    type=click.FloatRange(0.1, 3600),
    default=SECONDS,
    show_default=True,
    help="Seconds from one look into the folder to the next.",
)
@billing_option
@rules_option
@contracts_option
@sellers_read_option
@without_option
@example("permanence calls follow /var/log/asterisk/cdr-csv --format asterisk")
def follow(
    folder: Path, form: str | None, database: Path, interval: float, billing: Path, rules: Path, contracts: Path
) -> None:
    """Take in the calls of a folder as they are written: new files, and what files grow by. Ctrl-C ends it.

    A line that is not ended waits for its end; a packed file is taken when it is complete. Without --format, each file
    is read with the ready mapping that fits it; one that none fits waits. What was taken stays taken, whatever happens,
    and nothing is taken twice: start it again at any time.
    """
    if not folder.is_dir():
        raise Refused([Problem(Place(str(folder)), "there is no such folder", "name the one with the call files")])
    named = format_named(folder, form) if form else None
    with may_make(database), closing(open_calls(str(database), tell_upgraded, deed_typed())) as base:
        follower = Follower(
            folder=folder,
            named=lambda path: named or format_known(path),
            database=database,
            take=lambda calls, mapping: import_calls(
                base, calls, mapping.name, product=product_version(), deed=deed_typed()
            ),
            latest=latest_arrival,
            knew=_tell_known,
            took=lambda result: _tell(result, database),
            tell=lambda problem: show_findings(err(), [problem]),
        )
        try:
            while True:
                follower.look()
                sleep(interval)
        except KeyboardInterrupt:
            show_followed(out(), follower.sums, follower.waiting)
    months = compare_files(billing, rules, contracts)
    show_outdated(out(), months.outdated)
    show_uncompared(err(), months)


def _tell_known(path: Path, named: NamedFormat) -> None:
    if named.known_by is not None:
        show_recognised(out(), {str(path): named.known_by})


def _tell(result: ImportResult, database: Path) -> None:
    note(result.file, f"was taken into {database}")
    show_taken(out(), datetime.now().astimezone(), result)
