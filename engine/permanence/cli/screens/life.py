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
from ...model.words.numbers import in_thousands
from ...model.words.price_index import revision_in_french
from ...model.words.taxes import tax_words
from ...model.words.terms_agreed import own_term_in_words
from .amount_columns import amount_columns
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
    "deposit_taken": "dépôt de garantie demandé",
    "deposit_returned": "dépôt de garantie rendu",
}
"""What stands for a day of the calendar; those that an event, an index or an own term makes are told by that."""
COUNTED = ("days", "calls")
SUMMED = (*COUNTED, "net_cents", "vat_cents", "total_cents", "deposit_cents", "to_pay_cents")


def life_summary(contract: Contract, until: date, calls: Sequence[int], months: Iterable[PlayedMonth]) -> Record:
    """Return a played life as plain values: months, years and the whole; amounts in cents."""
    rows = [_month(month) for month in months]
    years = groupby(rows, key=lambda row: str(row["month"])[:4])
    return {
        "contract": contract.id,
        "customer": contract.customer.name,
        "offer": contract.offer,
        "region": contract.customer.region,
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
    deposits = any(row["deposit_cents"] for row in summary["months"])
    amounts = amount_columns(tax_words(summary["region"]), deposits=deposits)
    titles = (short[0].upper() + short[1:] for short in (title.removeprefix("Total ") for title in amounts.values()))
    columns = ("Mois", "Jours", "Appels", "Tranche", *titles, "Événements")
    rows = list(_rows(summary, tuple(amounts)))
    show_table(console, table(title, columns, rows, numbers=range(1, len(columns) - 1)))


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
        "deposit_cents": invoice.deposit,
        "to_pay_cents": invoice.total + invoice.deposit,
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


def _rows(summary: Record, amounts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    def row(name: str, sums: Record, events: str = "") -> tuple[str, ...]:
        band = "" if sums.get("band") is None else in_thousands(sums["band"])
        counted, paid = ([cell(one, sums[one], summary["currency"]) for one in some] for some in (COUNTED, amounts))
        return name, *counted, band, *paid, events

    for year in summary["years"]:
        for month in summary["months"]:
            if month["month"].startswith(f"{year['year']}-"):
                yield row(month["month"], month, ", ".join(_event(event, month["month"]) for event in month["events"]))
        yield row(str(year["year"]), year)
    yield row("Total", summary["total"])


def _event(event: Record, month: str) -> str:
    day = date.fromisoformat(event["date"])
    words = day_in_words(day)
    return f"{event['what']} le {words.split()[0] if str(Month.of(day)) == month else words}"
