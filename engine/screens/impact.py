"""What `permanence impact` prints, in French: by month, by contract and by rule."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import asdict
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..model.distribution import Bin, histogram, quartiles
from ..model.impact import Amounts, Impact, NotCompared, Total
from ..model.money import Cents, change_in_euros, euros, round_half_up
from ..model.period import Month
from ..model.wording import month_in_words
from .output import Record, in_thousands, show_table, table

MOST = 10
LONGEST_BAR = 30
MONTHS = ("Mois", "Factures", "Appels", "Avant", "Après", "Écart", "Tranches")
CONTRACTS = ("Contrat", "Client", "Avant", "Après", "Écart", "Écart %")
RULES = ("Facturé", "Règle", "Avant", "Après", "Écart")
BINS = ("Écart", "Contrats", "")
LEFT = ("Mois", "Contrats", "Pourquoi")


def impact_summary(impact: Impact) -> Record:
    """Return an impact as plain values; amounts in cents, excluding VAT."""
    spread = quartiles(impact.changes)
    return {
        "offer": impact.version,
        "file": impact.file,
        "against": impact.against,
        "measured_again": list(impact.measured_again),
        "total": {"contracts": len(impact.by_contract), **_sums(impact.total)},
        "months": [{"month": str(month), **_sums(total)} for month, total in impact.by_month.items()],
        "contracts": [_contract(*one) for one in impact.by_contract.items()],
        "quartiles_cents": asdict(spread) if spread else None,
        "histogram": [
            {"from_cents": one.start, "to_cents": one.end, "contracts": one.size} for one in histogram(impact.changes)
        ],
        "rises": [_contract(*one) for one in impact.rises(MOST)],
        "falls": [_contract(*one) for one in impact.falls(MOST)],
        "rules": [
            {"code": code, "rule": rule, **_amounts(amounts)} for (code, rule), amounts in impact.by_rule.items()
        ],
        "not_compared": [_left(one) for one in impact.not_compared],
    }


def show_impact(console: Console, summary: Record) -> None:
    """Print an impact: by month, how it is spread over contracts, who changes most, why, and what is left out."""
    console.print(Text(f"{summary['offer']} à la place de {summary['against']}", style="bold"))
    console.print(Text(f"{_scope(summary)}, montants hors taxes."))
    console.print(Text(_measuring(summary["measured_again"])))
    if summary["quartiles_cents"]:
        console.print(Text(_spread(summary["quartiles_cents"], _over(summary))))
    for drawn in _tables(summary):
        console.print()
        show_table(console, drawn)


def _tables(summary: Record) -> Iterator[Table]:
    over = _over(summary)
    yield table("Par mois", MONTHS, _month_rows(summary), numbers=range(1, 7))
    if bins := summary["histogram"]:
        yield table(f"Écart par contrat{over}", BINS, _bin_rows(bins), numbers=(1,))
    for title, name in (("Les plus fortes hausses", "rises"), ("Les plus fortes baisses", "falls")):
        if contracts := summary[name]:
            yield table(f"{title}{over}", CONTRACTS, map(_contract_row, contracts), numbers=range(2, 6))
    if rules := summary["rules"]:
        rows = ((row["code"], row["rule"], *_amount_cells(row)) for row in rules)
        yield table(f"Pourquoi, règle par règle{over}", RULES, rows, numbers=range(2, 5))
    if left := summary["not_compared"]:
        yield table("Non comparés, dans aucun total", LEFT, _left_rows(left))


def _sums(total: Total) -> Record:
    sums = {"bills": total.bills, "calls": total.calls, **_amounts(total.amounts)}
    return {**sums, "up": total.up, "down": total.down}


def _amounts(amounts: Amounts) -> Record:
    return {"before_cents": amounts.before, "after_cents": amounts.after, "change_cents": amounts.change}


def _contract(name: str, total: Total) -> Record:
    return {"contract": name, "customer": total.customer, **_sums(total), "change_bp": total.amounts.change_bp}


def _left(one: NotCompared) -> Record:
    return {
        "contract": one.contract,
        "customer": one.customer,
        "month": str(one.month),
        "before_cents": one.before,
        "after_cents": one.after,
        "why_before": one.why_before,
        "why_after": one.why_after,
    }


def _scope(summary: Record) -> str:
    first, last = (month_in_words(Month.parse(summary["months"][place]["month"])) for place in (0, -1))
    when = first if first == last else f"de {first} à {last}"
    contracts, bills = summary["total"]["contracts"], summary["total"]["bills"]
    return f"{_count(contracts, 'contrat')}, {_count(bills, 'facture')}, {when}"


def _over(summary: Record) -> str:
    """Return over how long contracts and rules are summed up, where that is more than a month."""
    months = len(summary["months"])
    return f", sur {months} mois" if months > 1 else ""


def _measuring(again: Sequence[str]) -> str:
    if not again:
        return "Appels mesurés une seule fois : les deux versions les comptent de même."
    return f"Appels de ces contrats mesurés à nouveau, car la nouvelle version change {', '.join(again)}."


def _count(number: int, one: str) -> str:
    return f"{in_thousands(number)} {one}{'s' if number > 1 else ''}"


def _amount_cells(row: Record) -> tuple[str, str, str]:
    before, after, change = (Cents(row[name]) for name in ("before_cents", "after_cents", "change_cents"))
    return euros(before), euros(after), change_in_euros(change)


def _month_rows(summary: Record) -> Iterator[tuple[str, ...]]:
    for name, row in [*((row["month"], row) for row in summary["months"]), ("Total", summary["total"])]:
        counts = (in_thousands(row["bills"]), in_thousands(row["calls"]))
        moved = f"{in_thousands(row['up'])} ↑ {in_thousands(row['down'])} ↓"
        yield (name, *counts, *_amount_cells(row), moved)


def _contract_row(row: Record) -> tuple[str, ...]:
    share = (
        ""
        if row["change_bp"] is None
        else f"{round_half_up(row['change_bp'], 10) / 10:+.1f}".replace(".", ",") + "\u00a0%"
    )
    return (row["contract"], row["customer"], *_amount_cells(row), share)


def _bin_rows(bins: Sequence[Record]) -> Iterator[tuple[str, ...]]:
    largest = max(row["contracts"] for row in bins)
    for row in bins:
        length = -(-row["contracts"] * LONGEST_BAR // largest)
        yield Bin(*row.values()).in_words, in_thousands(row["contracts"]), "█" * length


def _spread(found: Record, over: str) -> str:
    least, first, median, third, most = (change_in_euros(Cents(amount)) for amount in found.values())
    return f"La moitié des contrats{over} : de {first} à {third}, médiane {median} ; extrêmes {least} et {most}."


def _left_rows(left: Iterable[Record]) -> Iterator[tuple[str, str, str]]:
    """Yield a row per reason, with the months and the contracts that it holds for."""

    def why(row: Record) -> tuple[str, str]:
        return row["why_before"], row["why_after"]

    for (before, after), found in groupby(sorted(left, key=why), why):
        rows = tuple(found)
        told = (f"Avant : {before}" if before else "", f"Après : {after}" if after else "")
        months, contracts = (", ".join(sorted({row[name] for row in rows})) for name in ("month", "contract"))
        yield months, contracts, " ".join(filter(None, told))
