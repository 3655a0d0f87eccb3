"""`permanence issue`."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from ...model.missing_days import read_days
from ...model.period import ONE_DAY, Month
from ...model.problem import Place, Problem, Refused
from ...model.words.french import month_in_words
from ...on_file import open_book
from ...read.deeds import note
from ...store.drafts import DraftMonth, draft_month, holds_of
from ...store.kept_money import money_in
from ...store.ledger import issue as issue_drafts
from ...store.results import open_billing
from ..compared import compare_files
from ..console import out, print_json
from ..deed_typed import deed_typed
from ..issuing import Issuing, utc_now
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.issued import issued_summary, show_issued
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import (
    MONTH,
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
@click.argument("month", type=MONTH)
@rules_option
@contracts_option
@sellers_read_option
@billing_option
@on_option
@click.option("--incomplete", is_flag=True, help="Issue though the month was billed without the calls of some days.")
@without_option
@json_option
@example("permanence issue 2026-10")
def issue(
    month: Month,
    rules: Path,
    contracts: Path,
    billing: Path,
    on: datetime | None,
    incomplete: bool,
    as_json: bool,
) -> None:
    """Issue the invoices of a MONTH that was billed: each gets its number, and is never changed again.

    Only what is whole is issued; what is left is listed with the reason. What the ledger then ends with is printed:
    keep it, `permanence verify --head` proves with it that nothing before was changed.
    """
    book = open_book(rules, contracts, plugins_in_use(), sellers=sellers_in_use())
    day = day_asked(on, book.zone)
    if day > day_asked(None, book.zone):
        raise Refused([Problem(Place("--on"), f"{day} is to come", "an invoice has the day on which it is issued")])
    if day < (last := month.next.first - ONE_DAY):
        what = f"{day} lies before {last}, the last day that the invoices are for"
        raise Refused([Problem(Place("--on"), what, "an invoice has the day on which it is issued")])
    comparison = compare_files(billing, rules, contracts, month, book)
    with closing(open_billing(billing, tell_upgraded, deed_typed())) as database:
        billed = _whole(draft_month(database, month), month, incomplete=incomplete)
        issuing = Issuing.of(book, month, day, comparison, billed.made_with, money_in(database))
        issued = issue_drafts(database, month, issuing.made, day, utc_now, deed_typed())
        holds = holds_of(database, month)
    if issued.entries:
        note(month_in_words(month), f"was issued: {len(issued.entries)} documents")
    summary = issued_summary(month, day, issued, issuing.left, holds)
    if as_json:
        print_json(summary)
    else:
        show_issued(out(), summary)


def _whole(billed: DraftMonth | None, month: Month, *, incomplete: bool) -> DraftMonth:
    """Return how a month was billed; raise Refused where nothing of it is whole."""
    where = Place(str(month))
    if billed is None:
        raise Refused([Problem(where, "this month was not billed", f"run `permanence bill {month}` first")])
    if billed.provisional:
        what = "it was billed before it had ended: nothing of it is whole"
        raise Refused([Problem(where, what, f"run `permanence bill {month}` once it has ended")])
    if billed.missing_days and not incomplete:
        stretches = read_days(billed.missing_days)
        days = ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in stretches)
        what = f"it was billed without the usual calls of {days}"
        raise Refused([Problem(where, what, "import them and bill again, or issue without them: --incomplete")])
    return billed
