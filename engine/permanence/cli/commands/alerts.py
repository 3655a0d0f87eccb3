"""`permanence alerts`: what customers are told beforehand, each once."""

from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from ...read.outbox import put_mails
from ...read.settings import settings_in
from ...store.alerts import AlertMail, alert_mails_waiting, alerts_told, write_alerts
from ...store.mails import open_mails
from ..alerting import alert_mails, alerts_on
from ..console import out, print_json
from ..correspondence import NotReported
from ..deed_typed import deed_typed
from ..ended import Commands
from ..month_options import month_options
from ..plugins_in_use import without_option
from ..running_month import running_month
from ..screens.alerts import alerts_summary, sent_summary, show_alerts, show_sent_alerts
from ..sending import clock
from ..typed import DAY, FOLDER, example, json_option, mail_option
from ..upgraded import tell_upgraded

day_argument = click.argument("day", required=False, type=DAY)


@click.group(cls=Commands)
def alerts() -> None:
    """Tell customers beforehand what is about to cost more, and what ends soon."""


@alerts.command(short_help="Write the mails of alerts that nobody was told of yet.")
@day_argument
@click.option("--into", type=FOLDER, default=Path("outbox"), show_default=True, help="Folder of the mails.")
@month_options
@mail_option
@without_option
@json_option
@example("permanence alerts send")
def send(
    day: datetime | None,
    into: Path,
    rules: Path,
    contracts: Path,
    billing: Path,
    calls: str,
    mail_db: Path,
    as_json: bool,
) -> None:
    """Write a mail to each customer with the alerts that hold at the end of a DAY, today's where none is named.

    An alert is told once in a month: few calls left before the next price, or a share of them used; the next price
    passed, or expected; the first call outside the hours; a deadline. They go by `permanence mail send`.
    """
    book, found = running_month(day, rules, contracts, billing, calls)
    usual, now, left = settings_in(Path()).alerts, clock(), list[NotReported]()
    holding = alerts_on(book, found, usual)

    def made(known: frozenset[str]) -> Iterable[AlertMail]:
        for one in alert_mails(book, found, holding, usual, known, datetime.fromtimestamp(now, UTC)):
            if isinstance(one, NotReported):
                left.append(one)
            else:
                yield one

    deed = deed_typed()
    with closing(open_mails(mail_db, tell_upgraded, deed)) as database:
        written = write_alerts(database, made, now, deed)
        waiting = tuple(alert_mails_waiting(database))
        if waiting:
            put_mails(into, waiting)
    summary = sent_summary(found.day, written, left)
    if as_json:
        print_json(summary)
    else:
        show_sent_alerts(out(), summary)


@alerts.command("list", short_help="Show the alerts that hold, and which of them were told.")
@day_argument
@month_options
@mail_option
@without_option
@json_option
@example("permanence alerts list")
def list_alerts(
    day: datetime | None, rules: Path, contracts: Path, billing: Path, calls: str, mail_db: Path, as_json: bool
) -> None:
    """Show the alerts that hold at the end of a DAY, since when, and whether the customer was told."""
    book, found = running_month(day, rules, contracts, billing, calls)
    summary = alerts_summary(found.day, alerts_on(book, found, settings_in(Path()).alerts), alerts_told(mail_db))
    if as_json:
        print_json(summary)
    else:
        show_alerts(out(), summary)
