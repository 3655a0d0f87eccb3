"""`permanence reconcile`."""

from pathlib import Path
from shlex import quote

import click

from ...model.period import Month
from ...model.problem import Place, Problem, Refused
from ...money.account import accounts_of
from ...money.documents_filed import files_wrong
from ...money.reconciled import reconciled
from ...read.settings import settings_in
from ...store.kept_money import money_in
from ...store.ledger import documents_of_month
from ...store.migrations import BILLING
from ...store.month_billed import calls_told, drafts_told, files_off, statements_off
from ...store.opening import reading
from ..bookkeeping import books_of
from ..console import out, print_json
from ..documents_found import issued_files
from ..screens.reconcile import reconciled_summary, show_reconciled, statement_told
from ..typed import FOLDER, MONTH, billing_option, example, json_option

WRITTEN_TO = Path("documents")
"""Where `permanence documents` writes, if nothing else is said."""


@click.command()
@click.argument("month", type=MONTH)
@click.option("--documents", type=FOLDER, default=WRITTEN_TO, show_default=True, help="Folder of PDF documents.")
@billing_option
@json_option
@example("permanence reconcile 2026-10")
def reconcile(month: Month, documents: Path, billing: Path, as_json: bool) -> None:
    """Set a MONTH's calls, drafts, invoices, documents, debits, payments and entries side by side, to the cent.

    Of each document its PDF is opened, and the amounts in it are read. What does not agree is said with what to do;
    the exit code is then 1.
    """
    with reading(billing, BILLING) as database:
        calls = calls_told(database, month) if database else None
        if database is None or calls is None:
            hint = f"run `permanence bill {month}` first"
            raise Refused([Problem(Place(str(month)), "this month was not billed", hint)])
        drafts, kept, off = drafts_told(database, month), money_in(database), files_off(database, month)
        statements = statements_off(database)
    years = sorted({claim.issued_on.year for claim in kept.claims if claim.month == str(month)})
    chart, booked = settings_in(Path()).accounts, dict[str, int]()
    for year in years:
        books = books_of(billing, year, chart)
        booked |= books.booked
        booked |= {one["number"]: one["total_cents"] + one["deposit_cents"] for one in books.left}
    files = [*issued_files(documents_of_month(billing, month), documents)]
    rows = reconciled(str(month), drafts, accounts_of(kept), files, booked)
    into = "" if documents == WRITTEN_TO else f" --into {quote(str(documents))}"
    wrong = files_wrong(files, documents.as_posix(), f"permanence documents {month}{into}")
    summary = reconciled_summary(month, calls, rows, [*wrong, *map(statement_told, statements)], off)
    if as_json:
        print_json(summary)
    else:
        show_reconciled(out(), summary)
    if summary["differences"]:
        raise click.exceptions.Exit(1)
