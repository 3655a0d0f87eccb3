"""`permanence months`."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from ...model.money_kept import MoneyKept
from ...model.month_state import MonthStanding
from ...model.period import ONE_DAY, Month
from ...money.account import accounts_of
from ...on_file import open_book
from ...store.kept_money import anything_moved, money_of
from ...store.month_totals import month_totals, records_by_month, work_by_month
from ..compared import compare_book
from ..console import err, out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.months import months_summary, show_months
from ..screens.to_be_done_again import show_uncompared
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import (
    billing_option,
    calls_db_option,
    contracts_option,
    day_asked,
    example,
    json_option,
    on_option,
    rules_option,
)


@click.command()
@billing_option
@calls_db_option
@on_option
@rules_option
@contracts_option
@sellers_read_option
@without_option
@json_option
@example("permanence months")
def months(billing: Path, calls_db: Path, on: datetime | None, rules: Path, contracts: Path, as_json: bool) -> None:
    """List the months with their state: not billed, provisional, draft, issued, settled, or to be done again, and why.

    A month is to be done again when its calls, its contracts, the offers' texts or the options' plugins are not those
    that it was billed with. The list goes from the first month with calls, work or bills to the last that has ended.
    """
    book = open_book(rules, contracts, plugins_in_use(), sellers=sellers_in_use())
    today = day_asked(on, book.zone)
    billed, called, worked = month_totals(billing), records_by_month(calls_db, book.zone), work_by_month(calls_db)
    comparison = compare_book(billing, book)
    outdated = {one.month: one for one in comparison.outdated}
    known = {*billed, *called, *worked}
    ended = Month.of(Month.of(today).first - ONE_DAY)
    listed = min(known, key=str).until(max(*known, ended, key=str).next.first) if known else ()
    paid = _paid(billing)
    standing = [
        MonthStanding(
            month=month,
            totals=billed.get(month),
            outdated=outdated.get(month),
            records=called.get(month, 0),
            work=worked.get(month, 0),
            settled=paid[str(month), "settled"],
            returned=paid[str(month), "returned"],
        )
        for month in listed
    ]
    summary = months_summary(standing, today)
    if as_json:
        print_json({"on": today.isoformat(), "months": summary})
    else:
        show_months(out(), summary)
    show_uncompared(err(), comparison)


def _paid(billing: Path) -> Counter[tuple[str, str]]:
    """Return how many invoices of each month are in each state."""
    kept = money_of(billing) if anything_moved(billing) else MoneyKept()
    accounts = accounts_of(kept)
    return Counter((one.claim.month, one.state) for account in accounts.values() for one in account.standings)
