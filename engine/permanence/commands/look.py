"""`permanence explain` and `permanence browse`."""

from pathlib import Path
from typing import Any

import click

from ..book import Book
from ..calls_behind import calls_behind
from ..model.period import Month
from ..opening import open_book
from ..plugin_manager import Plugins
from ..screens.explanation import show_calls, show_explanation
from ..screens.output import as_json as to_json
from ..store.explanations import explain as explain_invoice
from .shared import FILE, billing_option, contracts_option, err, example, json_option, out, rules_option


def serve(*arguments: Any) -> None:
    """Serve the pages. Datasette takes half a second to load, and no other command needs it: it is loaded here."""
    from ..staff.application import serve as serve_pages

    serve_pages(*arguments)


calls_db_option = click.option(
    "--calls-db", type=FILE, default=Path("calls.db"), show_default=True, help="Database of calls."
)


@click.command()
@click.argument("invoice")
@click.option("--calls", "list_calls", is_flag=True, help="List the calls behind it, one by one.")
@billing_option
@calls_db_option
@rules_option
@contracts_option
@json_option
@example("permanence explain 2026-10-C0001 --calls")
def explain(
    invoice: str, list_calls: bool, billing: Path, calls_db: Path, rules: Path, contracts: Path, as_json: bool
) -> None:
    """Say why an INVOICE says what it says: for each amount the sentence, the rule, the facts, the calls.

    Everything is as it stood when the month was billed; only the list of calls is made anew.
    """
    record = explain_invoice(billing, invoice)
    if list_calls:
        book = open_book(rules, contracts, Plugins.installed())
        if record["offer"] not in _offer_texts(book, record["contract"]):
            err().print("The offer has changed since this month was billed: the list follows the present one.")
        record["calls_behind"] = calls_behind(book, Month.parse(record["month"]), record["contract"], calls_db)
    if as_json:
        click.echo(to_json(record))
        return
    show_explanation(out(), record)
    if list_calls:
        show_calls(out(), record["calls_behind"])


def _offer_texts(book: Book, contract: str) -> set[str]:
    """Return the digest of the offer text that a contract on file names now; nothing when there is none."""
    named = (book.offers.get(signed.offer) for signed in book.contracts if signed.id == contract)
    return {offer.digest for offer in named if offer}


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
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open a browser window.")
@example("permanence browse --open")
def browse(billing: Path, calls_db: Path, impact: Path, host: str, port: int, open_browser: bool) -> None:
    """Browse bills and calls in French, and the impact of a new version, on this machine only, until Ctrl+C."""
    serve(
        billing, calls_db, impact, host, port, open_browser, lambda address: out().print(f"{address} · Ctrl+C to stop")
    )
