"""What `permanence simulate-life` prints, in French: a row per month, and the totals of each year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from rich.console import Console

from ...bill.simulated_life import PlayedMonth
from ...contracts.calendar import Entry, Kind
from ...model.contract import Contract
from ...model.offer import Offer
from ...model.period import Month
from ...model.words.events import event_in_words
from ...model.words.french import day_in_words
from ...model.words.price_index import revision_in_french
from ...model.words.terms_agreed import own_term_in_words
from .output import Record, cell, show_table, table

WORDS: Mapping[Kind, str] = {
    "signed": "signature",
    "go_live": "mise en service",
    "trial_last_day": "fin de l'essai",
    "commitment_last_day": "fin de l'engagement",
    "notice_last_day": "préavis au plus tard",
    "reminder_opens": "rappel au plus tôt",
    "reminder_closes": "rappel au plus tard",
    "renewal": "reconduction",
    "contract_last_day": "fin du contrat",
}
SUMMED = ("days", "calls", "net_cents", "vat_cents", "total_cents")
COLUMNS = ("Mois", "Jours", "Appels", "Tranche", "HT", "TVA", "TTC", "Événements")


def life_summary(contract: Contract, until: date, calls: Sequence[int], months: Iterable[PlayedMonth]) -> Record:
    """Return a played life as plain values: months, years and the whole; amounts in cents."""
    rows = [_month(month) for month in months]
    years = groupby(rows, key=lambda row: str(row["month"])[:4])
    return {
        "contract": contract.id,
        "customer": contract.customer.name,
        "offer": contract.offer,
        "until": until.isoformat(),
        "currency": rows[0]["currency"] if rows else "",
        "calls_per_month": list(calls),
        "months": rows,
        "years": [{"year": int(year), **_sums(found)} for year, found in years],
        "total": _sums(rows),
    }


def show_life(console: Console, summary: Record) -> None:
    """Print a played life as one table; where amounts are too long for the console, its lines are longer."""
    title = f"{summary['contract']} · {summary['customer']} · {summary['offer']}"
    rows = list(_rows(summary, summary["currency"]))
    show_table(console, table(title, COLUMNS, rows, numbers=range(1, 7)))


def _month(played: PlayedMonth) -> Record:
    invoice = played.invoice
    return {
        "month": str(invoice.month),
        "days": invoice.served.days,
        "calls": invoice.calls,
        "band": invoice.band,
        "currency": invoice.currency,
        "net_cents": invoice.net,
        "vat_cents": invoice.total - invoice.net,
        "total_cents": invoice.total,
        "events": [
            {"date": entry.day.isoformat(), "kind": entry.kind, "what": _what(entry, played.offers)}
            for entry in played.events
        ],
    }


def _what(entry: Entry, offers: Sequence[Offer]) -> str:
    if entry.own:
        told = own_term_in_words(entry.own, offers[0], offers[0].head.currency)
        return f"dernier jour : {told}" if entry.kind == "own_term_last_day" else told
    if entry.revised:
        told = revision_in_french(entry.revised.series, entry.revised.revised)
        return told[0].lower() + told[1:]
    if entry.settled is None:
        return WORDS[entry.kind]
    told = event_in_words(entry.settled.event, offers)
    return told[0].lower() + told[1:]


def _sums(rows: Iterable[Record]) -> Record:
    found = list(rows)
    return {name: sum(row[name] for row in found) for name in SUMMED}


def _rows(summary: Record, currency: str) -> Iterator[tuple[str, ...]]:
    for year in summary["years"]:
        for row in summary["months"]:
            if row["month"].startswith(f"{year['year']}-"):
                yield _row(
                    row["month"], row, ", ".join(_event(event, row["month"]) for event in row["events"]), currency
                )
        yield _row(str(year["year"]), year, "", currency)
    yield _row("Total", summary["total"], "", currency)


def _row(name: str, row: Record, events: str, currency: str) -> tuple[str, ...]:
    band = "" if row.get("band") is None else cell("band", row["band"], currency)
    days, calls, *amounts = (cell(column, row[column], currency) for column in SUMMED)
    return name, days, calls, band, *amounts, events


def _event(event: Record, month: str) -> str:
    day = date.fromisoformat(event["date"])
    words = day_in_words(day)
    return f"{event['what']} le {words.split()[0] if str(Month.of(day)) == month else words}"
