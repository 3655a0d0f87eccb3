"""What billing.db says of calls: what became of each, behind which lines of which invoice, or why it says nothing."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from ..model.kept_calls import KeptCall
from ..model.words.own_titles import Titles, marks_told, reason_told
from .titles import OF_AN_OFFER, by_kind

Record = dict[str, Any]
LINE = ("position", "label", "amount_cents", "currency", "rule", "file", "line", "facts")
LINES = """
SELECT line.position, line.label, line.amount_cents, line.currency, rule.name, rule.file, rule.line,
    (SELECT coalesce(group_concat(name, ' '), '') FROM line_fact WHERE line_fact.line = line.id)
FROM line JOIN rule ON rule.id = line.rule WHERE line.invoice = ? ORDER BY line.position
"""
OF_A_CONTRACT = """
SELECT coalesce((SELECT offer.version FROM invoice JOIN offer ON offer.id = invoice.offer WHERE invoice.id = :key),
    (SELECT offer FROM contract WHERE id = :contract), '')
"""
"""The offer version that a contract's month was billed by, or that it names where it was not."""
WINDOWS = "SELECT DISTINCT window, window_title FROM usage WHERE invoice = ? AND window_title <> ''"
BILLED = """
SELECT run.id, run.provisional, coalesce(basis.calls_source, run.source), basis.zone, basis.last_import,
    EXISTS (SELECT 1 FROM call_kept WHERE call_kept.month = run.id)
FROM run LEFT JOIN basis ON basis.id = run.id ORDER BY run.id
"""


@frozen
class BilledCalls:
    """A month that was billed: from which calls, up to which import, and whether what became of each was kept.

    ``zone`` and ``last_import`` are None where the month's basis was not kept.
    """

    month: str
    provisional: bool
    source: str
    zone: str | None
    last_import: int | None
    kept: bool


def billed_calls(connection: sqlite3.Connection) -> Mapping[str, BilledCalls]:
    """Return every month that was billed, in order."""
    rows = connection.execute(BILLED).fetchall()
    return {
        month: BilledCalls(month, bool(provisional), source, zone, last_import, bool(kept))
        for month, provisional, source, zone, last_import, kept in rows
    }


def lines_of(connection: sqlite3.Connection, contract: str) -> tuple[str, ...]:
    """Return every line on which a contract was billed, whichever the month."""
    rows = connection.execute("SELECT lines FROM basis_contract WHERE contract = ?", (contract,)).fetchall()
    return tuple(dict.fromkeys(line for (lines,) in rows for line in lines.split("\n") if line))


def answers(connection: sqlite3.Connection, calls: Iterable[KeptCall]) -> list[Record]:
    """Return what became of calls as plain values: whose, counted or why not, and the lines that each is behind.

    ``hold`` says why the contract waits, where it does; ``invoice`` is empty where there is none.
    """
    invoices: dict[str, _Invoice] = {}
    found = []
    for one in calls:
        key = f"{one.month}-{one.contract}"
        invoice = invoices.get(key) or invoices.setdefault(key, _invoice(connection, one.month, one.contract, key))
        found.append(_answer(one, invoice))
    return found


@frozen
class _Invoice:
    """What there is of a contract's month: the invoice's number, its lines, its windows; or why the contract waits."""

    id: str
    customer: str
    lines: tuple[Record, ...]
    titles: Titles
    hold: str


def _invoice(connection: sqlite3.Connection, month: str, contract: str, key: str) -> _Invoice:
    def one(sql: str, value: str) -> str:
        row = connection.execute(sql, (value,)).fetchone()
        return str(row[0]) if row else ""

    return _Invoice(
        id=one("SELECT id FROM invoice WHERE id = ?", key),
        customer=one("SELECT customer FROM contract WHERE id = ?", contract),
        lines=tuple(dict(zip(LINE, row, strict=True)) for row in connection.execute(LINES, (key,))),
        titles=_titles(connection, month, contract, key),
        hold=one("SELECT reason FROM hold WHERE id = ?", key),
    )


def _titles(connection: sqlite3.Connection, month: str, contract: str, key: str) -> Titles:
    (offer,) = connection.execute(OF_A_CONTRACT, {"key": key, "contract": contract}).fetchone()
    found = by_kind(connection.execute(OF_AN_OFFER, {"month": month, "offer": offer}))
    # Months billed before offers had titles here know those of windows.
    windows = connection.execute(WINDOWS, (key,)).fetchall()
    return {**found, "window": {**found.get("window", {}), **dict(windows)}}


def _answer(call: KeptCall, invoice: _Invoice) -> Record:
    kind = call.kind
    behind = [line for line in invoice.lines if kind.is_behind(line["facts"].split(), call.talk)]
    return {
        "month": call.month,
        "call": call.call,
        "start": call.start,
        "talk_seconds": call.talk,
        "outcome": kind.outcome.word,
        "reason": kind.reason,
        "reason_title": reason_told(invoice.titles, kind.reason),
        "window": kind.window,
        "window_title": invoice.titles["window"].get(kind.window, kind.window),
        "marks": " ".join(kind.marks),
        "marks_title": marks_told(invoice.titles, " ".join(kind.marks)),
        "facts": " ".join(kind.facts),
        "contract": call.contract,
        "customer": invoice.customer,
        "invoice": invoice.id,
        "hold": invoice.hold,
        "lines": [{name: value for name, value in line.items() if name != "facts"} for line in behind],
    }
