"""`permanence reminders`."""

from datetime import datetime
from pathlib import Path

import click

from ...money.account import accounts_of
from ...money.overdue import overdue
from ...on_file import open_sellers
from ...read.settings import settings_in
from ...store.kept_money import money_of
from ..console import out, print_json
from ..screens.reminders import reminders_summary, show_reminders
from ..typed import billing_option, day_asked, example, json_option, on_option, sellers_option

PARIS = "Europe/Paris"


@click.command()
@billing_option
@sellers_option
@on_option
@json_option
@example("permanence reminders")
def reminders(billing: Path, sellers: Path, on: datetime | None, as_json: bool) -> None:
    """List what is overdue, with the penalties and the indemnity that the law lets the seller ask for.

    Neither is asked of consumers and other non-professionals.
    """
    day, terms = day_asked(on, PARIS), settings_in(Path()).payments
    kept = money_of(billing)
    accounts = accounts_of(kept).values()
    found = tuple(overdue(accounts, {one.id: one for one in open_sellers(sellers)}, terms.due_days, day))
    summary = reminders_summary(found, day)
    if as_json:
        print_json(summary)
    else:
        show_reminders(out(), summary)
