"""What `permanence impact` prints, in French: by month, by contract and by rule."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import asdict
from rich.console import Console
from rich.text import Text

from ...model.distribution import Bin, histogram, movement, quartiles
from ...model.impact import Amounts, Impact, NotCompared, Total
from ...model.money import Cents
from ...model.period import Month
from ...model.words.amounts import change_in_money, change_in_percent, in_money
from ...model.words.french import from_to, months_in_words
from ...model.words.movements import bin_in_words, left_out_in_words, measuring_in_words, movement_in_words
from ...model.words.numbers import in_thousands
from .output import PrintedTable, Record, show_sentence, show_table, table

MOST = 10
LONGEST_BAR = 30
MONTHS = ("Mois", "Factures", "Appels", "Avant", "Après", "Écart", "Changent\nde tranche")
CONTRACTS = ("Contrat", "Client", "Avant", "Après", "Écart", "Écart %")
RULES = ("Écart", "Factures", "Règle, et ce qui change sur les factures")
BINS = ("Écart", "Contrats", "")


def impact_summary(impact: Impact) -> Record:
    """Return an impact as plain values; amounts in cents, excluding VAT."""
    spread, moves = quartiles(impact.changes), movement(impact.changes)
    return {
        "offer": impact.version,
        "file": impact.file,
        "against": impact.against,
        "currency": impact.currency,
        "measured_again": list(impact.measured_again),
        "total": {"contracts": len(impact.by_contract), **_sums(impact.total)},
        "months": [{"month": str(month), **_sums(total)} for month, total in impact.by_month.items()],
        "contracts": [_contract(*one) for one in impact.by_contract.items()],
        "movement": {"in_words": movement_in_words(moves, impact.currency), **asdict(moves)},
        "quartiles_cents": asdict(spread) if spread else None,
        "histogram": [
            {"from_cents": one.start, "to_cents": one.end, "contracts": one.size} for one in histogram(impact.changes)
        ],
        "rises": [_contract(*one) for one in impact.rises(MOST)],
        "falls": [_contract(*one) for one in impact.falls(MOST)],
        "rules": [
            {"rule": rule, "why": impact.whys.get(rule, ""), **_amounts(amounts), "lines": list(_lines(impact, rule))}
            for rule, amounts in impact.by_rule.items()
        ],
        "left_out": left_out_in_words(*impact.left_out),
        "not_compared": [_left(one) for one in impact.not_compared],
    }


def show_impact(console: Console, summary: Record) -> None:
    """Print an impact: by month, how it is spread over contracts, who changes most, why, and what is left out."""
    console.print(Text(f"{summary['offer']} à la place de {summary['against']}", style="bold"))
    for sentence in _heading(summary):
        show_sentence(console, sentence)
    for drawn, note in _tables(summary):
        console.print()
        show_table(console, drawn)
        if note:
            show_sentence(console, note)
    if left := summary["not_compared"]:
        console.print()
        console.print(Text("Non comparés, dans aucun total", style="bold"))
        _show_left(console, left)


def _heading(summary: Record) -> Iterator[str]:
    yield f"{_scope(summary)}, montants hors taxes."
    if summary["total"]["contracts"]:
        yield summary["movement"]["in_words"]
    if summary["left_out"]:
        yield summary["left_out"]
    yield measuring_in_words(", ".join(summary["measured_again"]))


def _tables(summary: Record) -> Iterator[tuple[PrintedTable, str]]:
    """Yield each table, with the sentence below it."""
    over, moves = _over(summary), summary["movement"]
    yield table("Par mois", MONTHS, _month_rows(summary), numbers=range(1, 7)), _moved(summary["total"])
    if bins := summary["histogram"]:
        yield table(f"Écart par contrat{over}", BINS, _bin_rows(bins, summary["currency"]), numbers=(1,)), ""
    for title, name, of in (("hausses", "rises", "dearer"), ("baisses", "falls", "cheaper")):
        if contracts := summary[name]:
            which = f" ({len(contracts)} sur {in_thousands(moves[of])})" if len(contracts) < moves[of] else ""
            rows = [_contract_row(row, summary["currency"]) for row in contracts]
            yield table(f"Les plus fortes {title}{which}{over}", CONTRACTS, rows, numbers=range(2, 6)), ""
    if changed := tuple(_rule_rows(summary["rules"], summary["currency"])):
        same = sum(line["before_cents"] for rule in summary["rules"] for line in rule["lines"] if not line["bills"])
        note = f"Le reste des factures, {in_money(Cents(same), summary['currency'])}, ne change pas." if same else ""
        yield table(f"Pourquoi, règle par règle{over}", RULES, changed, numbers=(0, 1)), note


def _sums(total: Total) -> Record:
    sums = {"bills": total.bills, "calls": total.calls, **_amounts(total.amounts)}
    return {**sums, "up": total.up, "down": total.down}


def _amounts(amounts: Amounts) -> Record:
    return {"before_cents": amounts.before, "after_cents": amounts.after, "change_cents": amounts.change}


def _contract(name: str, total: Total) -> Record:
    return {"contract": name, "customer": total.customer, **_sums(total), "change_bp": total.amounts.change_bp}


def _lines(impact: Impact, rule: str) -> Iterator[Record]:
    for (code, of, label), line in impact.by_line.items():
        if of == rule:
            yield {"code": code, "label": label, "bills": line.bills, **_amounts(line.amounts)}


def _left(one: NotCompared) -> Record:
    return {
        "contract": one.contract,
        "customer": one.customer,
        "mission": one.mission,
        "month": str(one.month),
        "before_cents": one.before,
        "after_cents": one.after,
        "why_before": one.why_before,
        "why_after": one.why_after,
    }


def _scope(summary: Record) -> str:
    first, last = (Month.parse(summary["months"][place]["month"]) for place in (0, -1))
    contracts, bills = summary["total"]["contracts"], summary["total"]["bills"]
    return f"{_count(contracts, 'contrat')}, {_count(bills, 'facture')}, {from_to(first, last)}"


def _over(summary: Record) -> str:
    """Return over how long contracts and rules are summed up, where that is more than a month."""
    months = len(summary["months"])
    return f", sur {months} mois" if months > 1 else ""


def _count(number: int, one: str) -> str:
    return f"{in_thousands(number)}\u00a0{one.replace(' ', 's ') + 's' if number > 1 else one}"


def _amount_cells(row: Record, currency: str) -> tuple[str, str, str]:
    before, after, change = (Cents(row[name]) for name in ("before_cents", "after_cents", "change_cents"))
    return in_money(before, currency), in_money(after, currency), change_in_money(change, currency)


def _month_rows(summary: Record) -> Iterator[tuple[str, ...]]:
    for name, row in [*((row["month"], row) for row in summary["months"]), ("Total", summary["total"])]:
        counts = (in_thousands(row["bills"]), in_thousands(row["calls"]))
        moved = f"{in_thousands(row['up'])} ↑ {in_thousands(row['down'])} ↓" if row["up"] or row["down"] else "0"
        yield (name, *counts, *_amount_cells(row, summary["currency"]), moved)


def _moved(total: Record) -> str:
    up, down = total["up"], total["down"]
    if not up and not down:
        return ""
    verb = "changent" if up + down > 1 else "change"
    where = f"{in_thousands(up)} vers le haut (↑), {in_thousands(down)} vers le bas (↓)"
    return f"{_count(up + down, 'facture')} {verb} de tranche\u00a0: {where}."


def _contract_row(row: Record, currency: str) -> tuple[str, ...]:
    share = "" if row["change_bp"] is None else change_in_percent(row["change_bp"])
    return (row["contract"], row["customer"], *_amount_cells(row, currency), share)


def _rule_rows(rules: Iterable[Record], currency: str) -> Iterator[tuple[str, str, str]]:
    """Yield each rule with a change, its sentence if it has one, and below it each line that changes."""
    for rule in rules:
        lines = [line for line in rule["lines"] if line["bills"]]
        if lines:
            yield change_in_money(rule["change_cents"], currency), "", rule["why"] or f"Règle {rule['rule']}"
        for line in lines[:MOST]:
            yield change_in_money(line["change_cents"], currency), in_thousands(line["bills"]), f"– {line['label']}"
        if others := lines[MOST:]:
            change = change_in_money(Cents(sum(line["change_cents"] for line in others)), currency)
            yield change, "", f"– {_count(len(others), 'autre ligne')}"


def _bin_rows(bins: Sequence[Record], currency: str) -> Iterator[tuple[str, ...]]:
    largest = max(row["contracts"] for row in bins)
    for row in bins:
        length = -(-row["contracts"] * LONGEST_BAR // largest)
        yield bin_in_words(Bin(*row.values()), currency), in_thousands(row["contracts"]), "█" * length


def _show_left(console: Console, left: Iterable[Record]) -> None:
    """Print each reason, and below it the contracts that it holds for, those of the same months together."""
    reasons: dict[tuple[str, str], dict[str, list[Month]]] = {}
    for row in left:
        contracts = reasons.setdefault((row["why_before"], row["why_after"]), {})
        contracts.setdefault(row["contract"], []).append(Month.parse(row["month"]))
    for (before, after), contracts in reasons.items():
        for when, why in (("Avant", before), ("Après", after)):
            if why:
                show_sentence(console, f"{when}\u00a0: {why}")
        months: dict[str, list[str]] = {}
        for name, found in contracts.items():
            months.setdefault(months_in_words(found), []).append(name)
        for when, names in months.items():
            listed = ", ".join(sorted(names))
            show_sentence(console, f"{_count(len(names), 'contrat')}, {when}\u00a0: {listed}", indent="  ")
