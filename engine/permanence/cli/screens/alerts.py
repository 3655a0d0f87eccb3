"""What `permanence alerts` prints: what customers were told, and what holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from attrs import asdict
from rich.console import Console
from rich.text import Text

from ...model.alert import Alert
from ...model.words.french import day_in_words
from ...model.words.numbers import in_thousands
from ...store.alerts import AlertMail
from ..correspondence import NotReported
from .output import Record, show_table, table
from .report import show_left

COLUMNS = ("Contrat", "Depuis le", "Alerte", "Écrite")
NONE = "aucune alerte"


def sent_summary(day: date, written: Sequence[AlertMail], left: Iterable[NotReported]) -> Record:
    """Return the mails that were written as plain values, and who gets none, why, and what to do."""
    mails = [{"mail": name, "alerts": [_told(one) for one in alerts]} for name, _, alerts in written]
    return {"day": str(day), "mails": mails, "left": [asdict(one) for one in left]}


def alerts_summary(day: date, holding: Mapping[str, Sequence[Alert]], known: Collection[str]) -> Record:
    """Return the alerts that hold as plain values, each with whether the customer was told."""
    rows = [{**_told(one), "told": one.id in known} for some in holding.values() for one in some]
    return {"day": str(day), "alerts": rows}


def _told(one: Alert) -> Record:
    return {**asdict(one), "reached_on": one.reached_on.isoformat()}


def show_sent_alerts(console: Console, summary: Record) -> None:
    """Print what customers were told, and a line for each who gets no mail."""
    alerts = [one for mail in summary["mails"] for one in mail["alerts"]]
    day, count = day_in_words(date.fromisoformat(summary["day"])), len(alerts)
    told = f"{in_thousands(count)} alertes écrites" if count > 1 else f"{count or 'aucune'} alerte écrite"
    console.print(Text(f"{day} : {told}."), soft_wrap=True)
    for one in alerts:
        console.print(Text(f"{one['contract']} : {one['sentence']}"), soft_wrap=True)
    show_left(console, summary)


def show_alerts(console: Console, summary: Record) -> None:
    """Print a row for each alert that holds."""
    title = f"Alertes au {day_in_words(date.fromisoformat(summary['day']))}"
    rows = [
        (
            one["contract"],
            day_in_words(date.fromisoformat(one["reached_on"])),
            one["sentence"],
            "oui" if one["told"] else "non",
        )
        for one in summary["alerts"]
    ]
    if rows:
        show_table(console, table(title, COLUMNS, rows))
    else:
        console.print(Text(f"{title} : {NONE}."), soft_wrap=True)
