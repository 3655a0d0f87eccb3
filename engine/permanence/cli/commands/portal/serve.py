"""`permanence portal serve`."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread

import click

from ....model.portal_link import LONGEST_TOKEN
from ....portal.pages import Pages
from ....store.portal_links import contract_behind
from ...collector import collector_at_work
from ...console import err, out
from ...customer_pages import CustomerPages
from ...ended import UNUSABLE, problems_of
from ...kept_month import KeptMonth
from ...month_options import month_options
from ...plugins_in_use import plugins_in_use, without_option
from ...running_month import OnFile
from ...screens.problems import show_problems
from ...sellers_in_use import sellers_in_use
from ...typed import FOLDER, example, on_option, portal_option

KEPT = "the pages show what was counted before"


@click.command()
@on_option
@month_options
@portal_option
@click.option("--documents", type=FOLDER, default=Path("documents"), show_default=True, help="Folder of PDF documents.")
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine.")
@click.option("--port", type=click.IntRange(0, 65535), default=8002, show_default=True, help="Port to listen on.")
@click.option(
    "--every", type=click.FloatRange(0.1), default=30, show_default=True, help="Seconds between two looks at files."
)
@without_option
@example("permanence portal serve")
def serve(
    on: datetime | None,
    rules: Path,
    contracts: Path,
    billing: Path,
    calls: str,
    portal_db: Path,
    documents: Path,
    host: str,
    port: int,
    every: float,
) -> None:
    """Serve customers' pages on this machine alone, until Ctrl-C; a proxy here passes requests on (docs/portal.md).

    A page is opened by a link of `permanence portal link`, and is of its contract alone. The month is counted again
    when calls, contracts, rules or bills have changed.
    """
    from ....portal.serving import serve as serve_pages

    month = KeptMonth(OnFile(rules, contracts, sellers_in_use(), billing, calls), plugins_in_use(), on)
    month()
    collector_at_work()
    pages = partial(pages_opened, month, portal_db, documents)
    over = Event()
    Thread(target=refreshed, args=(month, partial(over.wait, every)), daemon=True).start()
    try:
        serve_pages(pages, host, port, lambda address: out().print(f"{address} · Ctrl+C to stop"))
    finally:
        over.set()


def pages_opened(month: KeptMonth, portal: Path, documents: Path, token: str) -> Pages | None:
    """Return the pages that a token opens, None where its link is not there, expired or revoked."""
    link = contract_behind(portal, token[: LONGEST_TOKEN + 1], int(time.time()))
    counted = month.last
    if link is None or counted is None or not any(one.id == link.contract for one in counted.book.contracts):
        return None
    return CustomerPages(link, counted, month.files, documents, f"/c/{token}")


def refreshed(month: KeptMonth, over: Callable[[], bool]) -> None:
    """Look again and again until it is over, for which it waits.

    What keeps the month from being counted is told once, and the pages stay as they were.
    """
    told = ""
    while not over():
        try:
            month()
            told = ""
        except UNUSABLE as error:
            if told != str(error):
                show_problems(err(), problems_of(error), KEPT)
            told = str(error)
