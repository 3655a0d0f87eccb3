"""What `permanence live` prints: the running month of one contract in sentences, or a row for each."""

from datetime import UTC, date, datetime

from attrs import asdict
from rich.console import Console

from ...bill.live import LiveCount, LiveMonth
from ...model.clock import local_time
from ...model.money import Cents
from ...model.period import Month
from ...model.words.amounts import in_money
from ...model.words.french import day_in_words, month_in_words
from ...model.words.lines import calls_in_words
from ...model.words.numbers import in_thousands
from ...model.words.running_month import (
    NO_FORECAST,
    forecast_in_words,
    left_in_words,
    moment_in_words,
    next_call_in_words,
)
from ..console import out, print_json
from .live_kept import show_known, show_sentences
from .output import Record, show_sentence, show_table, table

COLUMNS = (
    *("Contrat", "Client", "Appels", "Formule", "Reste", "L'appel\nsuivant", "À ce jour\nHT", "Prévus"),
    "Prix suivant\nle",
)
NOBODY = "Aucun contrat n'est en service ce mois-ci."


def live_summary(found: LiveMonth, zone: str) -> Record:
    """Return a month that runs as plain values: amounts in cents, instants in UTC with their local sentence."""
    return {
        "month": str(found.month),
        "day": str(found.day),
        **_moment("known_until", found.known_until, zone),
        "contracts": [_row(one, zone) for one in found.counts],
        "holds": [
            {"contract": one.contract.id, "customer": one.contract.customer.name, "reason": one.reason}
            for one in found.holds
        ],
    }


def _row(one: LiveCount, zone: str) -> Record:
    invoice, price, forecast = one.invoice, one.next_price, one.forecast
    return {
        "contract": invoice.contract.id,
        "customer": invoice.contract.customer.name,
        "offer": invoice.offer.version,
        "calls": invoice.calls,
        "step": price.step,
        "band": invoice.band,
        "plan": invoice.contract.plan,
        "left": price.left,
        "next_call_cents": price.next_call,
        "passing_cents": price.passing,
        "net_cents": invoice.net,
        "total_cents": invoice.total,
        "currency": invoice.currency,
        "forecast": {**asdict(forecast), "sentence": _forecast(one)} if forecast else None,
        **_moment("last_call", one.last_call, zone),
    }


def _moment(name: str, instant: int | None, zone: str) -> Record:
    if instant is None:
        return {name: None, f"{name}_told": ""}
    told = moment_in_words(*local_time(instant, zone))
    return {name: datetime.fromtimestamp(instant, UTC).isoformat(), f"{name}_told": told}


def _forecast(one: LiveCount) -> str:
    told = one.forecast
    return forecast_in_words(told.days, told.since, told.expected, told.passes_on, one.next_price.left) if told else ""


def show_summary(summary: Record, contract: str, *, as_json: bool) -> None:
    """Print the running month of a contract, or of all."""
    if as_json:
        print_json(summary)
    else:
        show_live(out(), summary, contract)


def show_live(console: Console, summary: Record, contract: str) -> None:
    """Print the running month of the contract that was asked for, or of all; then those on hold."""
    for row in summary["contracts"] if contract else ():
        show_sentences(console, told_of(summary, row))
    if not contract and summary["contracts"]:
        day = day_in_words(date.fromisoformat(summary["day"]))
        rows = [_cells(row) for row in summary["contracts"]]
        show_table(console, table(f"Mois en cours, au {day}", COLUMNS, rows, numbers=(2, 3, 4, 5, 6, 7)))
    for hold in summary["holds"]:
        show_sentence(console, f"En attente : {hold['contract']} ({hold['customer']}) : {hold['reason']}")
    if not summary["contracts"] and not summary["holds"]:
        console.print(NOBODY, soft_wrap=True)
    show_known(console, summary)


def told_of(summary: Record, row: Record) -> list[str]:
    """Return the running month of a contract in sentences that say whose it is."""
    month = month_in_words(Month.parse(summary["month"]))
    return so_far_told(row, f"{row['contract']}, {row['customer']}, {month}")


def so_far_told(row: Record, whose: str) -> list[str]:
    """Return a contract's running month in sentences: so far, to date, what comes next, and the last call known."""
    currency, so_far = row["currency"], f"{whose} : {calls_in_words(row['calls'])} jusqu'ici"
    net, total = in_money(Cents(row["net_cents"]), currency), in_money(Cents(row["total_cents"]), currency)
    told = [
        f"{so_far}." if not row["step"] else f"{so_far} · {row['step']}.",
        f"À ce jour : {net} HT, {total} TTC.",
        next_call_in_words(row["next_call_cents"], currency),
        left_in_words(row["left"], row["passing_cents"], currency),
        row["forecast"]["sentence"] if row["forecast"] else NO_FORECAST,
    ]
    return [*told, f"Dernier appel reçu {row['last_call_told']}."] if row["last_call_told"] else told


def _cells(row: Record) -> tuple[str, ...]:
    forecast = row["forecast"] or {"expected": None, "passes_on": None}
    left, added, passes_on = row["left"], row["next_call_cents"], forecast["passes_on"]
    return (
        row["contract"],
        row["customer"],
        in_thousands(row["calls"]),
        row["plan"] if row["band"] is None else in_thousands(row["band"]),
        "" if left is None else in_thousands(left),
        "" if added is None else in_money(Cents(added), row["currency"]),
        in_money(Cents(row["net_cents"]), row["currency"]),
        "" if forecast["expected"] is None else in_thousands(forecast["expected"]),
        day_in_words(passes_on).removesuffix(f" {passes_on.year}") if passes_on else "",
    )
