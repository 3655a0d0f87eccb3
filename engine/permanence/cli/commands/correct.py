"""`permanence correct`."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from ...bill.ledger import corrected
from ...contracts.book import Book
from ...model.issued import Document, ToIssue
from ...model.period import Month
from ...model.problem import Place, Problem, Refused
from ...on_file import open_book
from ...read.deeds import note
from ...store.drafts import DraftInvoice, draft_month, holds_of
from ...store.kept_money import money_in
from ...store.ledger import document_of, later_invoices
from ...store.ledger import issue as issue_drafts
from ...store.results import open_billing
from ..calls_since_issue import calls_since_issue
from ..compared import compare_files
from ..console import out, print_json
from ..deed_typed import deed_typed
from ..issuing import Issuing, altered, unsealed, utc_now
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.corrected import corrected_summary, show_corrected
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import (
    TEXT,
    billing_option,
    contracts_option,
    day_asked,
    example,
    json_option,
    on_option,
    rules_option,
)
from ..upgraded import tell_upgraded


@click.command()
@click.argument("invoice")
@click.option("--why", type=TEXT, required=True, help="Why, as the customer is told (French).")
@rules_option
@contracts_option
@sellers_read_option
@billing_option
@on_option
@without_option
@json_option
@example('permanence correct F-2026-00042 --why "Deux appels reçus après la facture."')
def correct(
    invoice: str,
    why: str,
    rules: Path,
    contracts: Path,
    billing: Path,
    on: datetime | None,
    as_json: bool,
) -> None:
    """Correct an issued INVOICE: a credit note takes it back whole, and a new invoice has what its month is now.

    Bill its month again first: what the new invoice says is the draft. Where nothing is to be invoiced any more, there
    is a credit note alone.
    """
    book, document = (
        open_book(rules, contracts, plugins_in_use(), sellers=sellers_in_use()),
        document_of(billing, invoice),
    )
    month = Month.parse(document["month"])
    comparison = compare_files(billing, rules, contracts, month, book)
    if any(one.touches(document["contract"]) for one in comparison.outdated):
        raise _first(invoice, month)
    with closing(open_billing(billing, tell_upgraded, deed_typed())) as database:
        billed = draft_month(database, month)
        made_with = billed.made_with if billed else ""
        issuing = Issuing.of(book, month, day_asked(on, book.zone), comparison, made_with, money_in(database))

        def made(drafts: Sequence[DraftInvoice], documents: Sequence[Document]) -> Sequence[ToIssue]:
            if document["contract"] in unsealed(drafts):
                raise _first(invoice, month)
            if document["contract"] in altered(drafts):
                what = f"the draft of {month} is not as it was billed: somebody has changed billing.db"
                raise Refused([Problem(Place(invoice), what, f"run `permanence bill {month}`, and find out who did")])
            held = dict(holds_of(database, month))
            return corrected(
                invoice, why, [draft.says for draft in drafts], documents, issuing.ready, held, issuing.day
            )

        issued = issue_drafts(database, month, made, issuing.day, utc_now, deed_typed())
        later = later_invoices(database, document["contract"], month) if _reads_past(book, document) else ()
    note(invoice, "was corrected")
    summary = corrected_summary(document, issued, later, calls_since_issue(book, document))
    if as_json:
        print_json(summary)
    else:
        show_corrected(out(), summary)


def _first(invoice: str, month: Month) -> Refused:
    return Refused([Problem(Place(invoice), f"{month} is to be billed again first", f"run `permanence bill {month}`")])


def _reads_past(book: Book, document: Document) -> bool:
    """Tell whether later months of the contract rest on what was counted in this one."""
    return any(version in book.remembering or version in book.carrying for version in document["offers"])
