"""Why an invoice says what it says, read back from billing.db as it was written when the month was billed."""

from pathlib import Path
from typing import Any

from sqlite_utils import Database

from ..model.problem import Place, Problem, Refused, did_you_mean
from ..model.words.own_titles import Titles, marks_told, mission_told, reason_told, value_told
from .migrations import BILLING
from .opening import reading
from .rule_text import table_at
from .titles import OF_AN_OFFER, by_kind

Record = dict[str, Any]
BILL_FIRST = "run `permanence bill` first"
MANY = 20
"""So many invoices are named to somebody who asks for one that there is not."""


def explain(path: Path, invoice: str) -> Record:
    """Return an invoice with, for each line, the sentence, the rule as it stood, and the facts it read.

    What the offer gave ids of its own has its title beside it, as it was called when the month was billed.

    Amounts are integer cents, unit prices millionths of a euro. Raises Refused when there is no such
    database or invoice.
    """
    if not path.exists():
        raise Refused([Problem(Place(str(path)), "there is no such database", BILL_FIRST)])
    with reading(path, BILLING) as database:
        if database is None:
            raise Refused([Problem(Place(str(path)), "nothing was billed into it yet", BILL_FIRST)])
        return _explanation(database, path, invoice)


def _explanation(database: Database, path: Path, invoice: str) -> Record:
    head = _one(
        database,
        f"SELECT invoice.*, {STOOD}, offer.version,"
        " offer.title AS offer_title FROM invoice JOIN contract ON contract.id = invoice.contract"
        " JOIN offer ON offer.id = invoice.offer WHERE invoice.id = ?",
        invoice,
    )
    if head is None:
        raise Refused([_unknown(database, path, invoice)])
    head |= {name: head.pop(f"its_{name}") for name in WHOSE}
    asked = {"month": head["month"], "offer": head["version"]}
    titles = by_kind(database.execute(OF_AN_OFFER, asked).fetchall())
    lines = [_line(database, line, titles) for line in _many(database, LINES, invoice)]
    return {
        **head,
        "mission_title": mission_told(titles, head["mission"]),
        "titles": titles,
        "lines": [line for line in lines if not line["apart"]],
        "deposits": [line for line in lines if line["apart"]],
        "vat": _many(database, "SELECT rate_bp, base_cents, amount_cents, reason FROM vat WHERE invoice = ?", invoice),
        "usage": [with_titles(row, titles) for row in _many(database, USAGE, invoice)],
        "work": [
            {**row, "title": titles.get("work", {}).get(row["what"], row["what"])}
            for row in _many(database, WORK, head["month"], head["contract"])
        ],
    }


WHOSE = ("customer", "region", "mission")
STOOD = ", ".join(f"coalesce(invoice.{name}, contract.{name}) AS its_{name}" for name in WHOSE)
"""What an invoice says of whose it is: months that were billed before it was kept have it of the contract."""
LINES = (
    "SELECT line.*, rule.name AS rule_name, rule.file, rule.line AS rule_line, rule.condition, rule.outcome,"
    " rule.why, CASE rule.file WHEN offer.file THEN offer.text ELSE '' END AS text"
    " FROM line JOIN rule ON rule.id = line.rule JOIN offer ON offer.id = rule.offer"
    " WHERE line.invoice = ? ORDER BY line.position"
)
SHOWN = (
    *("position", "code", "label", "quantity", "unit", "unit_price_micros", "for_each"),
    *("days", "of_days", "amount_cents", "first_day", "last_day", "apart"),
)
FACTS = (
    "SELECT line_fact.name, line_fact.value, fact.meaning, fact.unit FROM line_fact"
    " JOIN fact ON fact.id = line_fact.name WHERE line = ? ORDER BY line_fact.number"
)
USAGE = (
    "SELECT outcome, reason, window, window_title, marks, calls, talk_seconds FROM usage WHERE invoice = ?"
    " ORDER BY outcome, calls DESC"
)

WORK = (
    "SELECT what, quantity, records, priced FROM work_done WHERE month = ? AND contract = ? AND outcome = 'counted'"
    " ORDER BY what"
)


def with_titles(call: Record, titles: Titles) -> Record:
    """Return a call, or several of one kind, with what its reason and its marks are called."""
    reason, marks = reason_told(titles, call["reason"]), marks_told(titles, call["marks"])
    return {**call, "reason_title": reason, "marks_title": marks}


def _line(database: Database, line: Record, titles: Titles) -> Record:
    facts = [_fact(fact, titles) for fact in _many(database, FACTS, line["id"])]
    return {
        **{name: line[name] for name in SHOWN},
        "sentence": line["sentence"],
        "rule": {
            "name": line["rule_name"],
            "file": line["file"],
            "line": line["rule_line"],
            "when": line["condition"],
            "then": line["outcome"],
            "why": line["why"],
            "text": table_at(line["text"], line["rule_line"]),
        },
        "facts": facts,
    }


def _fact(fact: Record, titles: Titles) -> Record:
    meaning = titles.get("fact", {}).get(fact["name"], fact["meaning"])
    return {**fact, "meaning": meaning, "value_title": value_told(titles, fact["name"], fact["value"], fact["unit"])}


def _unknown(database: Database, path: Path, invoice: str) -> Problem:
    held = _one(database, "SELECT reason, calls FROM hold WHERE id = ?", invoice)
    if held:
        waits = f", with {held['calls']} of its calls" if held["calls"] else ""
        return Problem(
            Place(str(path)), f"{invoice} is on hold{waits}: {held['reason'].rstrip('.')}", "mend that and bill again"
        )
    known = [row["id"] for row in _many(database, "SELECT id FROM invoice ORDER BY id")]
    hint = did_you_mean(invoice, known) or BILL_FIRST
    if hint.startswith("known:") and len(known) > MANY:
        hint = f"one is {known[0]}"
    return Problem(Place(str(path)), f'there is no invoice "{invoice}"', hint)


def _many(database: Database, sql: str, *values: str) -> list[Record]:
    return list(database.query(sql, values))


def _one(database: Database, sql: str, *values: str) -> Record | None:
    return next(iter(database.query(sql, values)), None)
