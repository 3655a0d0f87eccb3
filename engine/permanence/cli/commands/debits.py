"""`permanence debits`."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from ...model.debit import DEBIT_FORMS, DebitForm
from ...model.period import Month
from ...model.problem import Place, Problem, Refused
from ...model.words.french import month_in_words
from ...on_file import open_book, open_sellers
from ...read.deeds import note
from ...read.settings import settings_in
from ...store.debits import ask, debit_files
from ...store.kept_money import money_in
from ...store.results import open_billing
from ..asking import Asking, write_debit_files
from ..console import out, print_json
from ..deed_typed import deed_typed
from ..issuing import utc_now
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.debits import debits_summary, show_debits
from ..typed import (
    FOLDER,
    MONTH,
    billing_option,
    contracts_option,
    day_asked,
    example,
    json_option,
    on_option,
    rules_option,
    sellers_option,
)
from ..upgraded import tell_upgraded


@click.command()
@click.argument("month", type=MONTH)
@click.option("--form", type=click.Choice(DEBIT_FORMS), default=DEBIT_FORMS[0], show_default=True, help="Its version.")
@click.option("--again", is_flag=True, help="Ask once more for what came back, where that may help.")
@click.option("--into", type=FOLDER, default=Path("debits"), show_default=True, help="Folder of the files.")
@rules_option
@contracts_option
@sellers_option
@billing_option
@on_option
@without_option
@json_option
@example("permanence debits 2026-10")
def debits(
    month: Month,
    form: DebitForm,
    again: bool,
    into: Path,
    rules: Path,
    contracts: Path,
    sellers: Path,
    billing: Path,
    on: datetime | None,
    as_json: bool,
) -> None:
    """Ask for what is issued of a MONTH by SEPA direct debit: each invoice once, in a file for the bank of each seller.

    What was asked is kept with the bytes of its file; the same command later writes the same files, and asks for what
    was issued since. What cannot be asked for is listed with what to do.
    """
    book = open_book(rules, contracts, plugins_in_use())
    day, terms = day_asked(on, book.zone), settings_in(Path()).debits
    with closing(open_billing(billing, tell_upgraded, deed_typed())) as database:
        if not any(claim.month == str(month) for claim in money_in(database).claims):
            hint = f"run `permanence issue {month}` first"
            raise Refused([Problem(Place(str(month)), "nothing is issued of this month", hint)])
        asking = Asking.on(day, utc_now(), month, book, open_sellers(sellers), terms, form, again=again)
        ask(database, asking.asked, deed_typed())
        if asking.messages:
            count = sum(len(one.debits) for one in asking.messages)
            note(month_in_words(month), f"was asked for: {count} debit{'s' if count > 1 else ''}")
        files = tuple(debit_files(database, month))
    paths = write_debit_files(into, files)
    summary = debits_summary(month, asking, files, paths)
    if as_json:
        print_json(summary)
    else:
        show_debits(out(), summary)
