"""`permanence documents`."""

from pathlib import Path

import click

from ...model.period import Month
from ...model.problem import Place, Problem, Refused
from ...publish.typesetter import typesetter
from ...read.file_lock import changing
from ...store.ledger import documents_of_month
from ...store.titles import titles_of_month
from ..console import out, print_json
from ..documenting import WrittenDocument, digest_of_files, documents_told, write_where_other
from ..files_noted import note_in
from ..screens.documents import documents_summary, show_documents
from ..typed import FOLDER, MONTH, billing_option, example, json_option


@click.command()
@click.argument("month", type=MONTH)
@click.option("--into", type=FOLDER, default=Path("documents"), show_default=True, help="Folder of the files.")
@billing_option
@json_option
@example("permanence documents 2026-10")
def documents(month: Month, into: Path, billing: Path, as_json: bool) -> None:
    """Write each invoice and credit note that was issued of a MONTH as PDF/A-3 with Factur-X (EN 16931) inside.

    All that they say was frozen with them: written again, they are the same, and those that are there already are left
    alone. A document that lacks what the law or machines ask for is listed with what to do.
    """
    kept = documents_of_month(billing, month)
    if not kept:
        hint = f"run `permanence issue {month}` first"
        raise Refused([Problem(Place(str(month)), "nothing is issued of this month", hint)])
    told, files, written = [], dict[str, bytes](), list[str]()
    with changing(into), typesetter() as typeset:
        for one in documents_told(kept, titles_of_month(billing, month), typeset):
            told.append(one)
            if isinstance(one, WrittenDocument):
                files[one.name] = one.content
                if write_where_other(into / one.name, one.content):
                    written.append(one.name)
    digest = digest_of_files(files)
    counted = {"files": len(files), "new": len(written)}
    note_in(billing, {"month": str(month), "into": into.as_posix(), **counted, "sha256": digest})
    summary = documents_summary(month, into, told, written, digest)
    if as_json:
        print_json(summary)
    else:
        show_documents(out(), summary)
