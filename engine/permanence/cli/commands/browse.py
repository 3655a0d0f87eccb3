"""`permanence browse`."""

from pathlib import Path
from typing import Any

import click

from ..collector import collector_at_work
from ..compared_again import ComparedAgain
from ..console import out
from ..plugins_in_use import plugins_in_use, without_option
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import FILE, billing_option, calls_db_option, contracts_option, example, mail_option, rules_option


def serve(*arguments: Any) -> None:
    """Serve the pages. Datasette takes half a second to load, and no other command needs it: it is loaded here."""
    from ...staff.application import serve as serve_pages

    collector_at_work()
    serve_pages(*arguments)


@click.command()
@billing_option
@calls_db_option
@click.option(
    "--impact",
    type=FILE,
    default=Path("impact.db"),
    show_default=True,
    help="Database that `permanence impact` wrote, if any.",
)
@mail_option
@rules_option
@contracts_option
@sellers_read_option
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open a browser window.")
@without_option
@example("permanence browse --open")
def browse(
    billing: Path,
    calls_db: Path,
    impact: Path,
    mail_db: Path,
    rules: Path,
    contracts: Path,
    host: str,
    port: int,
    open_browser: bool,
) -> None:
    """Browse bills and calls in French, and the impact of a new version, on this machine only, until Ctrl+C.

    Each page tells which months are to be billed again.
    """
    # Pages are made in threads of their own, which know nothing of this command line.
    compare = ComparedAgain(billing, calls_db, rules, contracts, plugins_in_use(), sellers_in_use())
    serve(
        billing,
        calls_db,
        impact,
        host,
        port,
        open_browser,
        compare,
        lambda address: out().print(f"{address} · Ctrl+C to stop"),
        mail_db,
        compare.instructions,
    )
