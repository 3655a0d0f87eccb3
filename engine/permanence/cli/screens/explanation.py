"""An invoice explained: each amount with its sentence, its rule, the facts it read, the calls behind."""

from collections.abc import Mapping

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from ...model.invoice import STATUSES
from ...model.money import Cents, Micros
from ...model.outcome import OUTCOME_WORDS
from ...model.period import Month
from ...model.problem import Place
from ...model.words.amounts import in_money, rate_in_money
from ...model.words.french import days_of_line, month_in_words
from ...model.words.lines import calls_in_words, price_in_words
from ...model.words.numbers import in_thousands, percent
from ...model.words.taxes import tax_words
from .output import Record, show_table, table

DIFFER = (
    "Ce ne sont plus les appels de la facture : {} à la facturation, {} à présent. "
    "Facturez ce mois de nouveau pour en avoir la liste."
)
AFTER = ("Issue", "Motif", "Plage", "Marques")


def show_explanation(console: Console, record: Record) -> None:
    """Print an invoice: each amount with its sentence, its rule at file and line, and the facts it read."""
    head = " · ".join(
        (
            record["customer"],
            f"{record['offer_title']} ({record['version']})",
            record["mission_title"],
            month_in_words(Month.parse(record["month"])),
        )
    )
    console.print(
        Panel(
            Text(head),
            title=f"{record['id']} · {' : '.join(filter(None, STATUSES[record['status']]))}",
            title_align="left",
        )
    )
    for line in record["lines"]:
        _show_line(console, line, record)
    currency, words = record["currency"], tax_words(record["region"])
    for vat in record["vat"]:
        rate = percent(vat["rate_bp"])
        base, amount = (in_money(Cents(vat[name]), currency) for name in ("base_cents", "amount_cents"))
        if not words.is_none:
            console.print(f"{words.tax} {rate} sur {base} : {amount}")
        console.print(Text(f"  {vat['reason']}", style="dim"))
    net, total = (in_money(record[name], currency) for name in ("net_cents", "total_cents"))
    both = f"{words.net} {net}" if words.is_none else f"{words.net} {net} · {words.total} {total}"
    console.print(Text(both, style="bold"))
    for line in record["deposits"]:
        console.print(Text(f"{line['label']} : {in_money(Cents(line['amount_cents']), currency)}", style="bold"))
        console.print(Text(f"  {line['sentence']}"))
    if record["deposits"]:
        to_pay = in_money(Cents(record["total_cents"] + record["deposit_cents"]), currency)
        console.print(Text(f"À payer : {to_pay}", style="bold"))
    names = ("reason_title", "window_title", "marks_title", "calls")
    rows = [(OUTCOME_WORDS[row["outcome"]].one, *(row[name] for name in names)) for row in record["usage"]]
    console.print()
    columns = ("Issue", "Motif", "Plage", "Marques", "Appels")
    show_table(console, table("Appels du mois", columns, rows, numbers=(4,)))


def _show_line(console: Console, line: Record, invoice: Record) -> None:
    currency = invoice["currency"]
    rate = rate_in_money(Micros(line["unit_price_micros"]), currency)
    price = price_in_words(line["quantity"], line["unit"], rate, line["for_each"])
    if line["days"] != line["of_days"]:
        price += f" × {line['days']}/{line['of_days']}"
    amount = in_money(Cents(line["amount_cents"]), currency)
    console.print(Text(f"{line['label']} : {amount}", style="bold"), Text(f"({price})"))
    console.print(Text(f"  {line['sentence']}"))
    if days := days_of_line(line["first_day"], line["last_day"], Month.parse(invoice["month"])):
        console.print(Text(f"  {days}"))
    rule = line["rule"]
    console.print(Text(f"  règle de {Place(rule['file'], rule['line'])} ({rule['name']})", style="cyan"))
    for written in rule["text"]:
        console.print(Text(f"    {written}", style="dim"))
    for fact in line["facts"]:
        console.print(Text(f"  {fact['meaning'] or fact['name']} : {fact['value_title']} ({fact['name']})"))
    console.print()


def show_calls(console: Console, record: Record) -> None:
    """Print the calls behind an invoice, in order of arrival, each with what became of it; or why they are not listed.

    What a conversation is billed as stands beside it where calls have it.
    """
    calls = record["calls_behind"]
    console.print()
    if calls is None:
        billed, now = (_by_outcome(record["calls_differ"][when]) for when in ("billed", "now"))
        console.print(Text(DIFFER.format(billed, now), style="yellow"), soft_wrap=True)
        return
    extra = [name for name in ("billed_seconds",) if calls and name in calls[0]]
    columns = ("Arrivée", "Appelant", "Attente", "Conversation", *("Facturé" for _ in extra), *AFTER)
    before = ("arrived", "caller", "wait_seconds", "talk_seconds", *extra)
    after = ("reason_title", "window_title", "marks_title")
    rows = [
        (*(call[name] for name in before), OUTCOME_WORDS[call["outcome"]].one, *(call[name] for name in after))
        for call in calls
    ]
    show_table(console, table(calls_in_words(len(calls)), columns, rows, numbers=range(2, len(before))))


def _by_outcome(counts: Mapping[str, int]) -> str:
    """Return how many calls ended how: ``143 appels (140 comptés, 3 hors plage)``."""
    words = ((counts[name], said) for name, said in OUTCOME_WORDS.items() if counts.get(name))
    each = ", ".join(f"{in_thousands(count)} {said.one if count == 1 else said.several}" for count, said in words)
    count = sum(counts.values())
    return f"{in_thousands(count)} {'appels' if count > 1 else 'appel'}" + (f" ({each})" if each else "")
