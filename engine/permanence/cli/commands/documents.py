"""`permanence documents`."""

from pathlib import Path

import click

from ...model.period import Month
from ...model.problem import Place, Problem, Refused
from ...on_file import open_book
from ...publish.typesetter import typesetter
from ...read.file_lock import changing
from ...store.ledger import documents_of_month
from ...store.titles import titles_of_month
from ..console import out, print_json
from ..documenting import DocumentFolder, documents_told
from ..documenting_calls import call_lists
from ..files_noted import note_in
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.documents import documents_summary, show_documents
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import (
    FOLDER,
    MONTH,
    billing_option,
    calls_db_option,
    contracts_option,
    example,
    json_option,
    rules_option,
)


@click.command()
@click.argument("month", type=MONTH)
@click.option("--into", type=FOLDER, default=Path("documents"), show_default=True, help="Folder of the files.")
@click.option("--calls", "list_calls", is_flag=True, help="Write the calls behind each invoice too, one by one.")
@billing_option
@calls_db_option
@rules_option
@contracts_option
@sellers_read_option
@without_option
@json_option
@example("permanence documents 2026-10")
def documents(
    month: Month,
    into: Path,
    list_calls: bool,
    billing: Path,
    calls_db: Path,
    rules: Path,
    contracts: Path,
    as_json: bool,
) -> None:
    """Write each invoice and credit note that was issued of a MONTH as PDF/A-3 with Factur-X (EN 16931) inside.

    All that they say was frozen with them: written again, they are the same, and those that are there already are left
    alone. A document that lacks what the law or machines ask for is listed with what to do.
    """
    kept = documents_of_month(billing, month)
    if not kept:
        hint = f"run `permanence issue {month}` first"
        raise Refused([Problem(Place(str(month)), "nothing is issued of this month", hint)])
    titles = titles_of_month(billing, month)
    book = open_book(rules, contracts, plugins_in_use(), sellers=sellers_in_use()) if list_calls else None
    folder = DocumentFolder(into)
    with changing(into), typesetter() as typeset:
        for one in documents_told(kept, titles, typeset):
            folder.take(one)
        if book:
            documents = [one.document for one in folder.files]
            for one in call_lists(month, documents, book, calls_db, titles, typeset):
                folder.take(one)
    new = sum(one.is_new for one in folder.files)
    came_of = {"month": str(month), "into": into.as_posix(), "files": len(folder.files), "new": new}
    note_in(billing, {**came_of, "sha256": folder.sha256})
    summary = documents_summary(month, folder)
    if as_json:
        print_json(summary)
    else:
        show_documents(out(), summary)
