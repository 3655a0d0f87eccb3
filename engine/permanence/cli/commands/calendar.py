"""`permanence calendar`."""

from datetime import date, datetime
from pathlib import Path

import click

from ...bill.owed import least_owed
from ...contracts.book import Book
from ...contracts.history import history_of, known_on, planned_on
from ...contracts.instructions import instructions_on
from ...contracts.leaving import calendar_of, leaving, leaving_by
from ...contracts.waiting import contract_of
from ...model.contract import Contract
from ...model.problem import Place, Problem, Refused
from ...on_file import open_book
from ...publish.diary import as_diary
from ...read.files import replace_file
from ..console import out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.calendar import calendar_summary, instructions_summary, leaving_summary, show_calendar
from ..screens.output import Record
from ..typed import FILE, contracts_option, day_asked, example, json_option, on_option, rules_option


@click.command()
@click.argument("contract")
@on_option
@click.option("--ics", type=FILE, help="Write the dates to this file too, for a diary (iCalendar).")
@rules_option
@contracts_option
@without_option
@json_option
@example("permanence calendar C0001 --on 2026-11-23 --ics C0001.ics")
def calendar(contract: str, on: datetime | None, ics: Path | None, rules: Path, contracts: Path, as_json: bool) -> None:
    """Print the dates of a CONTRACT, each with what it follows from, and when a notice would end it.

    Everything is as known on the day: a notice that was received later is left out. What is still to be billed counts
    in what is planned for later: a resumption, another offer.
    """
    book = open_book(rules, contracts, plugins_in_use())
    signed = contract_of(book, contract)
    day = day_asked(on, book.offers[signed.offer].head.timezone)
    if day < signed.signed:
        what = f"contract {signed.id} was signed later, on {signed.signed}"
        raise Refused([Problem(Place("--on"), what, "name that day or a later one")])
    summary = calendar_on(book, signed, day)
    if ics:
        replace_file(ics, as_diary(summary))
    if as_json:
        print_json(summary)
    else:
        show_calendar(out(), summary)


def calendar_on(book: Book, contract: Contract, day: date) -> Record:
    """Return the calendar of a contract as it is known on a day, as plain values."""
    known, planned = known_on(contract, day), planned_on(contract, day)
    by_notice, dates = leaving_by(book, planned, day), calendar_of(book, known)
    owed = least_owed(book, planned, day, by_notice.end) if by_notice.end and dates.term.contract.live else None
    stands = history_of(book, known).standing(day)
    return {
        **calendar_summary(stands, dates, day, leaving(book, known)),
        "instructions": instructions_summary(instructions_on(book, known, day)),
        "if_notice": leaving_summary(by_notice, owed, received=stands.notice is not None),
    }
