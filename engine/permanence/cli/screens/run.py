"""A month's run: offers and totals, calls by outcome, contracts on hold."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from ...model.invoice import STATUSES, MonthRun
from ...model.outcome import OUTCOMES, SET_ASIDE, Outcome
from ...model.regions import country_of
from ...model.words.lines import calls_in_words
from ...model.words.missing import missing_in_words
from ...model.words.numbers import in_thousands
from ...model.words.taxes import TaxWords, tax_words
from .amount_columns import amount_columns
from .output import Record, cell, show_table, table
from .work_told import month_work_summary, show_month_work

COUNTED = ("invoices", "calls")
SUMS = (*COUNTED, "net_cents", "vat_cents", "total_cents", "deposit_cents", "to_pay_cents")
MIXED = TaxWords("Taxes", "Total hors taxes", "Total taxes comprises", "Hors taxes")
"""What sums are called of customers whose countries call them differently."""


def run_summary(run: MonthRun) -> Record:
    """Return a month's run as plain values: calls by outcome, totals by offer, holds; amounts in cents."""
    offers: dict[str, Record] = {}
    for invoice in run.invoices:
        row = offers.setdefault(
            invoice.offer.version,
            {"currency": invoice.currency, **dict.fromkeys(SUMS, 0)},
        )
        row["invoices"] += 1
        row["calls"] += invoice.calls
        row["net_cents"] += invoice.net
        row["vat_cents"] += invoice.total - invoice.net
        row["total_cents"] += invoice.total
        row["deposit_cents"] += invoice.deposit
        row["to_pay_cents"] += invoice.total + invoice.deposit
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
        "countries": sorted({country_of(invoice.contract.customer.region) for invoice in run.invoices}),
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


def show_run(console: Console, summary: Record) -> None:
    """Print a month's summary: offers and totals, calls by outcome, contracts on hold."""
    title = f"Facturation {summary['month']}" + (f" ({STATUSES['provisional'][0]})" if summary["provisional"] else "")
    words = {tax_words(country) for country in summary["countries"]}
    deposits = any(row["deposit_cents"] for row in summary["offers"])
    amounts = amount_columns(words.pop() if len(words) == 1 else MIXED, deposits=deposits)

    def cells(row: Record) -> tuple[str, ...]:
        return tuple(cell(name, row[name], row["currency"]) for name in (*COUNTED, *amounts))

    rows = [(row["offer"], *cells(row)) for row in summary["offers"]]
    totals = summary["totals"]
    rows += [("Total" if len(totals) == 1 else f"Total {row['currency']}", *cells(row)) for row in totals]
    columns = ("Offre", "Factures", "Appels", *amounts.values())
    show_table(console, table(title, columns, rows, numbers=range(1, len(columns))))
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
