"""`permanence deadlines`."""

from datetime import datetime
from pathlib import Path

import click

from ...contracts.deadlines import deadlines as find_deadlines
from ...model.period import Span
from ...on_file import open_book
from ..compared import compare_book
from ..console import err, out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.deadlines import deadlines_summary, show_deadlines
from ..screens.to_be_done_again import outdated_summary, show_outdated, show_uncompared
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import SpanType, billing_option, contracts_option, day_asked, example, json_option, on_option, rules_option


@click.command()
@click.option(
    "--within", type=SpanType("--within"), default="30 days", show_default=True, help="How far to look ahead."
)
@on_option
@rules_option
@contracts_option
@sellers_read_option
@billing_option
@without_option
@json_option
@example('permanence deadlines --within "30 days"')
def deadlines(within: Span, on: datetime | None, rules: Path, contracts: Path, billing: Path, as_json: bool) -> None:
    """List what is due over all contracts, and what is overdue: go-lives, reminders owed by law, quality calls.

    Months that are to be billed again stand below.
    """
    book = open_book(rules, contracts, plugins_in_use(), sellers=sellers_in_use())
    day = day_asked(on, book.zone)
    found, waiting = find_deadlines(book, day, within)
    names = {contract.id: contract.customer.name for contract in book.contracts}
    summary, months = deadlines_summary(found, waiting, names, day), compare_book(billing, book)
    if as_json:
        again = outdated_summary(months.outdated)
        print_json({"on": day.isoformat(), "within": str(within), **summary, "to_be_done_again": again})
    else:
        show_deadlines(out(), summary, day, within.after(day))
        show_outdated(out(), months.outdated)
    show_uncompared(err(), months)
