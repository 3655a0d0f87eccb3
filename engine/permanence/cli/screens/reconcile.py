"""What `permanence reconcile` prints: a month from its calls to its entries, and what does not agree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import asdict
from rich.console import Console
from rich.text import Text

from ...model.money import Cents
from ...model.outcome import OUTCOME_WORDS, OUTCOMES, Outcome
from ...model.period import Month
from ...model.words.amounts import in_money
from ...model.words.french import month_in_words
from ...model.words.numbers import in_thousands
from ...money.reconciled import ReconciledContract
from .output import Record, show_table, table

SUMS = ("draft", "issued", "filed", "asked", "paid", "left", "booked")
COLUMNS = ("Contrat", "Client", "Appels", "Brouillon", "Émis", "PDF", "À la banque", "Payé", "Reste", "Journal")
ENDS = ("counted", "outside", "excluded", "unassigned", "held")
"""What becomes of a month's calls."""


def reconciled_summary(
    month: Month,
    calls: Mapping[str, int | None],
    rows: Sequence[ReconciledContract],
    files: Iterable[str],
    off: Sequence[int],
) -> Record:
    """Return a month's rows, their sums by currency, and what does not agree, as plain values; amounts in cents.

    ``files`` are the sentences on files that do not agree; ``off`` numbers the bank's messages that do not add up.
    """
    currencies = sorted({row.currency for row in rows})
    return {
        "month": str(month),
        "calls": dict(calls),
        "contracts": [_row(row) for row in rows],
        "totals": [_total([row for row in rows if row.currency == one], one) for one in currencies],
        "differences": [*_differences(month, calls, rows, files, off)],
    }


def _row(row: ReconciledContract) -> Record:
    told = asdict(row)
    return {f"{name}_cents" if name in SUMS else name: value for name, value in told.items()}


def _total(rows: Sequence[ReconciledContract], currency: str) -> Record:
    sums = {f"{name}_cents": sum(getattr(row, name) for row in rows) for name in SUMS}
    return {"currency": currency, "calls": sum(row.calls for row in rows), **sums}


def _differences(
    month: Month,
    calls: Mapping[str, int | None],
    rows: Sequence[ReconciledContract],
    files: Iterable[str],
    off: Sequence[int],
) -> Iterator[str]:
    billed = sum(row.calls for row in rows)
    if calls["counted"] != billed:
        counted = in_thousands(calls["counted"] or 0)
        yield f"{counted} appels comptés, {in_thousands(billed)} sur les factures · permanence bill {month}"
    if calls["calls"] is not None and calls["calls"] != sum(calls[name] or 0 for name in ENDS):
        yield f"{in_thousands(calls['calls'])} appels ne finissent pas tous quelque part · permanence bill {month}"
    for row in rows:
        yield from row.differences(str(month))
    yield from files
    yield from (
        f"message PERM-{number:06d} : ses prélèvements n'en font pas la somme · permanence verify" for number in off
    )


def statement_told(name: str) -> str:
    """Return the sentence on a bank's file of which another number of entries is there than it brought."""
    return f"relevé {name} : tous ses mouvements n'y sont pas · les reprendre d'une sauvegarde (permanence restore)"


def show_reconciled(console: Console, summary: Record) -> None:
    """Print what became of the calls, a row for each contract with the sums below, and what does not agree."""
    calls, month = summary["calls"], month_in_words(Month.parse(summary["month"]))
    console.print(_calls(month, calls), soft_wrap=True)
    rows = [_shown(row["contract"], row["customer"], row) for row in summary["contracts"]]
    rows += [_shown("Total", "", total) for total in summary["totals"]]
    show_table(console, table("Rapprochement", COLUMNS, rows, numbers=range(2, len(COLUMNS))))
    for difference in summary["differences"]:
        console.print(Text(difference, style="yellow"), soft_wrap=True)
    if not summary["differences"]:
        console.print("Tout concorde, au centime.", soft_wrap=True)


def _calls(month: str, calls: Mapping[str, int | None]) -> str:
    names = {
        **{name: words.several for name, words in OUTCOME_WORDS.items() if name in ENDS},
        "held": OUTCOMES[Outcome.HELD].several,
    }
    ends = ", ".join(f"{in_thousands(calls[name] or 0)} {word}" for name, word in names.items() if calls[name])
    if calls["calls"] is None:
        return f"{month} : {ends}"
    came_in, found = in_thousands(calls["came_in"] or 0), in_thousands(calls["calls"])
    return f"{month} : {came_in} enregistrements, {found} appels : {ends}"


def _shown(contract: str, customer: str, row: Record) -> tuple[str, ...]:
    amounts = (in_money(Cents(row[f"{name}_cents"]), row["currency"]) for name in SUMS)
    return contract, customer, in_thousands(row["calls"]), *amounts
