"""A month's run: offers and totals, calls by outcome, contracts on hold."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from ...model.invoice import STATUSES, MonthRun
from ...model.outcome import OUTCOMES, SET_ASIDE, Outcome
from ...model.words.lines import calls_in_words
from ...model.words.missing import missing_in_words
from ...model.words.numbers import in_thousands
from .output import Record, cell, show_table, table
from .work_told import month_work_summary, show_month_work

SUMS = ("invoices", "calls", "net_cents", "vat_cents", "total_cents")


def run_summary(run: MonthRun) -> Record:
    """Return a month's run as plain values: calls by outcome, totals by offer, holds; amounts in cents."""
    offers: dict[str, Record] = {}
    for invoice in run.invoices:
        row = offers.setdefault(
            invoice.offer.version,
            {"currency": invoice.currency, "invoices": 0, "calls": 0, "net_cents": 0, "vat_cents": 0, "total_cents": 0},
        )
        row["invoices"] += 1
        row["calls"] += invoice.calls
        row["net_cents"] += invoice.net
        row["vat_cents"] += invoice.total - invoice.net
        row["total_cents"] += invoice.total
    return {
        "month": str(run.month),
        "provisional": run.provisional,
        "source": run.source,
        "records": {
            "came_in": run.outcomes.came_in,
            "duplicate": run.outcomes.duplicates,
            "refused": run.outcomes.refused,
            "of_calls": run.outcomes.records,
        },
        "calls": {
            "all": run.outcomes.calls,
            **{outcome.word: run.outcomes.by_outcome[outcome] for outcome in Outcome},
        },
        "other_months": run.other_months,
        "work": month_work_summary(run),
        "offers": [{"offer": version, **row} for version, row in sorted(offers.items())],
        "totals": summed_by_currency(offers.values()),
        "holds": [{"contract": hold.contract.id, "reason": hold.reason, "calls": hold.calls} for hold in run.holds],
        "questions": run.questions,
        "missing_days": [
            {"first": one.first.isoformat(), "last": one.last.isoformat(), "usual": one.usual} for one in run.missing
        ],
    }


def summed_by_currency(rows: Iterable[Record]) -> list[Record]:
    """Return what rows of one currency each sum to, one row for each currency, in the order of their codes."""
    found = list(rows)
    return [
        {
            "currency": currency,
            **{name: sum(row[name] for row in found if row["currency"] == currency) for name in SUMS},
        }
        for currency in sorted({row["currency"] for row in found})
    ]


def _cells(row: Record) -> tuple[str, ...]:
    return tuple(cell(name, row[name], row["currency"]) for name in SUMS)


def show_run(console: Console, summary: Record) -> None:
    """Print a month's summary: offers and totals, calls by outcome, contracts on hold."""
    title = f"Facturation {summary['month']}" + (f" ({STATUSES['provisional'][0]})" if summary["provisional"] else "")
    rows = [(row["offer"], *_cells(row)) for row in summary["offers"]]
    totals = summary["totals"]
    rows += [("Total" if len(totals) == 1 else f"Total {row['currency']}", *_cells(row)) for row in totals]
    columns = ("Offre", "Factures", "Appels", "Total HT", "TVA", "Total TTC")
    show_table(console, table(title, columns, rows, numbers=range(1, 6)))
    console.print()
    show_outcomes(console, summary["records"], summary["calls"])
    show_month_work(console, summary["work"])
    if summary["missing_days"]:
        days = missing_in_words(", ".join(f"{one['first']}..{one['last']}" for one in summary["missing_days"]))
        console.print(Text(f"Incomplet : facturé sans les appels habituels {days}", style="yellow"), soft_wrap=True)
    for hold in summary["holds"]:
        calls = f" ({calls_in_words(hold['calls'])})" if hold["calls"] else ""
        console.print(Text(f"En attente : {hold['contract']}{calls} : {hold['reason']}", style="yellow"))


def show_outcomes(console: Console, records: Record, calls: Record) -> None:
    """Print the two closing equations: what became of each record, and of each call, with their sums."""
    rows = [(words.several, in_thousands(records[name])) for name, words in SET_ASIDE.items()]
    rows.append(("enregistrements d'appels", in_thousands(records["of_calls"])))
    rows.append(("enregistrements reçus", in_thousands(records["came_in"])))
    show_table(console, table("Enregistrements", ("", "Enregistrements"), rows, numbers=(1,)))
    rows = [(OUTCOMES[outcome].one, in_thousands(calls[outcome.word])) for outcome in Outcome]
    rows.append(("appels", in_thousands(calls["all"])))
    show_table(console, table("Appels par issue", ("Issue", "Appels"), rows, numbers=(1,)))
