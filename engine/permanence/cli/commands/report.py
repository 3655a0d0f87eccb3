"""`permanence report`."""

import time
from datetime import datetime
from pathlib import Path

import click

from ...model.clock import midnight
from ...model.period import ONE_DAY
from ...on_file import callers_of
from ...publish.customer_mail import CustomerMail, as_mail
from ...read.outbox import put_mails
from ...read.settings import settings_in
from ..console import out, print_json
from ..correspondence import NotReported
from ..month_options import month_options
from ..pages_linked import pages_linked
from ..plugins_in_use import without_option
from ..reporting import reports_of_day
from ..running_month import running_month
from ..screens.report import report_summary, show_report
from ..typed import DAY, FOLDER, example, json_option, portal_option


@click.command()
@click.argument("day", type=DAY)
@click.option("--into", type=FOLDER, default=Path("outbox"), show_default=True, help="Folder of the mails.")
@month_options
@portal_option
@without_option
@json_option
@example("permanence report 2026-11-28")
def report(
    day: datetime, into: Path, rules: Path, contracts: Path, billing: Path, calls: str, portal_db: Path, as_json: bool
) -> None:
    """Write each customer's mail of a DAY: the calls received with what became of them, and the month so far.

    A day without a call has its mail too. They are files, in French, with text and HTML, for `permanence mail send`;
    written again, they are the same. Who gets none is listed with what to do.
    """
    book, found = running_month(day, rules, contracts, billing, calls)
    end = midnight(found.day + ONE_DAY, book.zone)
    pages = pages_linked(portal_db, max(end, int(time.time())))
    told = tuple(reports_of_day(book, found, settings_in(Path()), callers_of(calls), pages))
    mails = [one for one in told if isinstance(one, CustomerMail)]
    paths = put_mails(into, ((one.number, as_mail(one)) for one in mails)) if mails else ()
    summary = report_summary(found.day, paths, [one for one in told if isinstance(one, NotReported)])
    if as_json:
        print_json(summary)
    else:
        show_report(out(), summary)
