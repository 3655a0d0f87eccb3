"""`permanence log`."""

from collections.abc import Iterator
from heapq import merge
from itertools import islice
from pathlib import Path

import click

from ...model.deed import NotedDeed
from ...store.deeds_noted import deeds_noted, log_ends
from ...store.layouts import DatabaseLayout
from ...store.migrations import BILLING, CALLS, MAIL
from ...store.portal_tables import PORTAL
from ..console import out, print_json
from ..screens.log import log_summary, show_log
from ..typed import MOST, billing_option, calls_db_option, example, json_option, mail_option, portal_option

SHOWN = 20


@click.command()
@click.option(
    "--last", "count", type=click.IntRange(1, MOST), default=SHOWN, show_default=True, help="How many of the latest."
)
@click.option("--command", default="", help="Of one command alone: bill, 'calls import'.")
@billing_option
@calls_db_option
@portal_option
@mail_option
@json_option
@example("permanence log --command bill")
def log(count: int, command: str, billing: Path, calls_db: Path, portal_db: Path, mail_db: Path, as_json: bool) -> None:
    """Print who did what and when, and what came of it, the latest last, as all our databases note it.

    Every command that writes notes itself where it writes, in the same transaction; who is the machine's user, with
    the name in PERMANENCE_USER where there is one. Where each log ends is printed: keep it, `permanence verify --log`
    proves with it that no row was taken from its end.
    """
    databases = ((billing, BILLING), (calls_db, CALLS), (portal_db, PORTAL), (mail_db, MAIL))
    noted = merge(*(_noted(path, layout) for path, layout in databases), key=lambda one: -one[1].deed.at)
    wanted = (one for one in noted if command in ("", one[1].deed.command))
    summary = [log_summary(database, one) for database, one in islice(wanted, count)][::-1]
    ends = {str(path): str(end) for path, layout in databases if (end := log_ends(path, layout))}
    if as_json:
        print_json({"deeds": summary, "ends": ends})
    else:
        show_log(out(), summary, ends)


def _noted(path: Path, layout: DatabaseLayout) -> Iterator[tuple[str, NotedDeed]]:
    """Yield what a database notes, with the name of the database, the latest first."""
    for one in deeds_noted(path, layout):
        yield path.name, one
