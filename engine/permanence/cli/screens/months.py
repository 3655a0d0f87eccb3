"""What `permanence months` prints: each month with its state, what it came to, and why it is to be done again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rich.console import Console

from ...model.month_state import STATES, MonthStanding
from ...model.period import Month
from ...model.words.amounts import in_money
from ...model.words.french import month_in_words
from ...model.words.missing import missing_in_words
from ...model.words.numbers import in_thousands
from ...model.words.outdated import why_outdated
from .output import Record, show_table, table
from .to_be_done_again import outdated_summary

ENDED_SINCE = "le mois s'est terminé depuis"
NOT_COMPARED = "facturé par une version antérieure, donc pas comparé"
NOTHING = "Aucun mois : il n'y a encore ni appel, ni travail, ni facture. Commencez par permanence calls import."


def months_summary(standing: Iterable[MonthStanding], today: date) -> list[Record]:
    """Return the months as plain values, amounts in cents."""
    return [_summary(one, today) for one in standing]


def _summary(one: MonthStanding, today: date) -> Record:
    totals, why = one.totals, []
    if one.ended_since(today):
        why.append(ENDED_SINCE)
    if one.outdated:
        why.append(why_outdated(one.outdated))
    if totals and totals.missing_days:
        why.append(f"sans les appels habituels {missing_in_words(totals.missing_days)}")
    if totals and 0 < totals.issued < totals.invoices:
        why.append(f"{in_thousands(totals.issued)} émises sur {in_thousands(totals.invoices)}")
    if totals and 0 < one.settled < totals.issued:
        paid = "réglées" if one.settled > 1 else "réglée"
        why.append(f"{in_thousands(one.settled)} {paid} sur {in_thousands(totals.issued)}")
    if one.returned:
        why.append(f"{in_thousands(one.returned)} {'revenues impayées' if one.returned > 1 else 'revenue impayée'}")
    if totals and not totals.compared:
        why.append(NOT_COMPARED)
    if not totals:
        why += _came_in(one)
    return {
        "month": str(one.month),
        "state": one.state(today),
        "invoices": totals.invoices if totals else None,
        "holds": totals.holds if totals else None,
        "totals": [
            {"currency": one.currency, "net_cents": one.net, "total_cents": one.total}
            for one in (totals.sums if totals else ())
        ],
        "records": one.records,
        "work": one.work,
        "why": ", ".join(why),
        "to_be_done_again": outdated_summary([one.outdated] if one.outdated else []),
    }


def _came_in(one: MonthStanding) -> Iterator[str]:
    """Yield what there is of a month that is not billed."""
    if one.records:
        yield f"{in_thousands(one.records)} enregistrement{'s' if one.records > 1 else ''} d'appels"
    if one.work:
        yield f"{in_thousands(one.work)} {'travaux' if one.work > 1 else 'travail'}"


def show_months(console: Console, summary: Sequence[Record]) -> None:
    """Print a line for each month."""
    if not summary:
        console.print(NOTHING, soft_wrap=True)
        return
    rows = [
        (month_in_words(Month.parse(row["month"])), STATES[row["state"]], *_made(row), row["why"]) for row in summary
    ]
    columns = ("Mois", "État", "Factures", "Total HT", "Pourquoi")
    show_table(console, table("État des mois", columns, rows, numbers=(2, 3)))


def _made(row: Record) -> tuple[str, str]:
    """Return how many invoices a month has, with what waits, and what they come to; nothing where it is not billed."""
    if row["invoices"] is None:
        return "", ""
    waiting = f" + {in_thousands(row['holds'])} en attente" if row["holds"] else ""
    sums = " + ".join(in_money(one["net_cents"], one["currency"]) for one in row["totals"])
    return in_thousands(row["invoices"]) + waiting, sums
