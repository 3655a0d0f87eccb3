"""`permanence calendar` and `permanence deadlines`."""

from datetime import date, datetime
from pathlib import Path

import click

from ..book import Book
from ..deadlines import deadlines as find_deadlines
from ..history import known_on
from ..leaving import calendar_of, least_owed, leaving, leaving_by
from ..model.contract import Contract
from ..model.period import Span
from ..model.problem import Place, Problem, Refused
from ..opening import open_book
from ..plugin_manager import Plugins
from ..screens.calendar import calendar_summary, deadlines_summary, leaving_summary, show_calendar, show_deadlines
from ..screens.diary import as_diary
from ..screens.output import Record
from ..screens.output import as_json as to_json
from ..waiting import contract_of
from .shared import FILE, SpanType, contracts_option, day_asked, example, json_option, on_option, out, rules_option


@click.command()
@click.argument("contract")
@on_option
@click.option("--ics", type=FILE, help="Write the dates to this file too, for a diary (iCalendar).")
@rules_option
@contracts_option
@json_option
@example("permanence calendar C0001 --on 2026-11-23 --ics C0001.ics")
def calendar(contract: str, on: datetime | None, ics: Path | None, rules: Path, contracts: Path, as_json: bool) -> None:
    """Print the dates of a CONTRACT, each with what it follows from, and when a notice would end it.

    Everything is as known on the day: a notice that was received later is left out.
    """
    book = open_book(rules, contracts, Plugins.installed())
    signed = contract_of(book, contract)
    day = day_asked(on, book.offers[signed.offer].head.timezone)
    if day < signed.signed:
        what = f"contract {signed.id} was signed later, on {signed.signed}"
        raise Refused([Problem(Place("--on"), what, "name that day or a later one")])
    summary = _summary(book, known_on(signed, day), day)
    if ics:
        ics.write_bytes(as_diary(summary))
    if as_json:
        click.echo(to_json(summary))
    else:
        show_calendar(out(), summary)


@click.command()
@click.option(
    "--within", type=SpanType("--within"), default="30 days", show_default=True, help="How far to look ahead."
)
@on_option
@rules_option
@contracts_option
@json_option
@example('permanence deadlines --within "30 days"')
def deadlines(within: Span, on: datetime | None, rules: Path, contracts: Path, as_json: bool) -> None:
    """List what is due over all contracts: notices, reminders owed by law, trials, renewals, late go-lives."""
    book = open_book(rules, contracts, Plugins.installed())
    day = day_asked(on, book.zone)
    found, waiting = find_deadlines(book, day, within)
    names = {contract.id: contract.customer.name for contract in book.contracts}
    summary = deadlines_summary(found, waiting, names)
    if as_json:
        click.echo(to_json({"on": day.isoformat(), "within": str(within), **summary}))
    else:
        show_deadlines(out(), summary, day, within.after(day))


def _summary(book: Book, contract: Contract, day: date) -> Record:
    by_notice = leaving_by(book, contract, day)
    owed = least_owed(book, contract, day, by_notice.end) if by_notice.end else None
    return {
        **calendar_summary(calendar_of(book, contract), day, leaving(book, contract)),
        "if_notice": leaving_summary(by_notice, owed, received=contract.notice is not None),
    }
