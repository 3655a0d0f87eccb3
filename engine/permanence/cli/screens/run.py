"""A month's run: offers and totals, calls by outcome, contracts on hold."""

from rich.console import Console
from rich.text import Text

from ...model.invoice import STATUSES, MonthRun
from ...model.outcome import OUTCOMES, Outcome
from ...model.words.missing import missing_in_words
from ...model.words.numbers import in_thousands
from .output import Record, cell, show_table, table
from .work_told import month_work_summary, show_month_work


def run_summary(run: MonthRun) -> Record:
    """Return a month's run as plain values: calls by outcome, totals by offer, holds; amounts in cents."""
    offers: dict[str, Record] = {}
    for invoice in run.invoices:
        row = offers.setdefault(
            invoice.offer.version, {"invoices": 0, "calls": 0, "net_cents": 0, "vat_cents": 0, "total_cents": 0}
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
        "calls": {
            "came_in": run.outcomes.came_in,
            **{outcome.word: run.outcomes.by_outcome[outcome] for outcome in Outcome},
        },
        "other_months": run.other_months,
        "work": month_work_summary(run.work),
        "offers": [{"offer": version, **row} for version, row in sorted(offers.items())],
        "total_cents": sum(invoice.total for invoice in run.invoices),
        "holds": [{"contract": hold.contract.id, "reason": hold.reason} for hold in run.holds],
        "questions": run.questions,
        "missing_days": [
            {"first": one.first.isoformat(), "last": one.last.isoformat(), "usual": one.usual} for one in run.missing
        ],
    }


def show_run(console: Console, summary: Record) -> None:
    """Print a month's summary: offers and totals, calls by outcome, contracts on hold."""
    title = f"Facturation {summary['month']}" + (f" ({STATUSES['provisional'][0]})" if summary["provisional"] else "")
    names = ("invoices", "calls", "net_cents", "vat_cents", "total_cents")
    rows = [(row["offer"], *(cell(name, row[name]) for name in names)) for row in summary["offers"]]
    sums = {name: sum(row[name] for row in summary["offers"]) for name in names}
    rows.append(("Total", *(cell(name, sums[name]) for name in names)))
    columns = ("Offre", "Factures", "Appels", "Total HT", "TVA", "Total TTC")
    show_table(console, table(title, columns, rows, numbers=range(1, 6)))
    console.print()
    show_outcomes(console, summary["calls"])
    show_month_work(console, summary["work"])
    if summary["missing_days"]:
        days = missing_in_words(", ".join(f"{one['first']}..{one['last']}" for one in summary["missing_days"]))
        console.print(Text(f"Incomplet : facturé sans les appels habituels {days}", style="yellow"), soft_wrap=True)
    for hold in summary["holds"]:
        console.print(Text(f"En attente : {hold['contract']} : {hold['reason']}", style="yellow"))


def show_outcomes(console: Console, calls: Record) -> None:
    """Print the closing equation: what became of each call, and the sum."""
    rows = [(OUTCOMES[outcome].one, in_thousands(calls[outcome.word])) for outcome in Outcome]
    rows.append(("appels reçus", in_thousands(calls["came_in"])))
    show_table(console, table("Appels par issue", ("Issue", "Appels"), rows, numbers=(1,)))
