"""The page of an issued document: all that it says, as it was issued."""

import sqlite3
from datetime import date
from typing import Any

from ..model.claim import CLAIM_STATES
from ..model.issued import KINDS_ISSUED, read_again
from ..model.period import Month
from ..model.return_reason import reason_in_words
from ..model.words.french import day_in_words, days_of_line
from ..model.words.taxes import tax_words
from ..money.account import accounts_of
from ..store.kept_money import money_in, on_connection

TABLES = ("issued", "debit", "debit_message", "debit_part", "payment", "payment_part")
ISSUED = "select id, position, content, digest from issued where id = :id"
CORRECTED = "select id from issued where corrects = :id"
REPLACED = """
select id from issued
where contract = :contract and month = :month and json_extract(content, '$.replaces.number') = :id
"""
OF_A_DRAFT = "select id, kind from issued where contract = :contract and month = :month order by position"


async def context(billing: Any, key: str) -> dict[str, Any] | None:
    """Return what the page of an issued document shows, None when there is no such document."""
    found = (await billing.execute(ISSUED, {"id": key})).first()
    if found is None:
        return None
    document = read_again(found["content"])
    month = Month.parse(document["month"])
    lines = [{**line, "span": days_of_line(line["first_day"], line["last_day"], month)} for line in document["lines"]]
    corrects, whose = document.get("corrects"), {name: document[name] for name in ("contract", "month")}
    corrected = (await billing.execute(CORRECTED, {"id": key})).first()
    replaced = (await billing.execute(REPLACED, {"id": key, **whose})).first()
    return {
        "document": document,
        "title": KINDS_ISSUED[document["kind"]].capitalize(),
        "issued_day": day_in_words(date.fromisoformat(document["issued_on"])),
        "corrects_day": day_in_words(date.fromisoformat(corrects["issued_on"])) if corrects else "",
        "digest": found["digest"],
        "position": found["position"],
        "taxes": tax_words(document["region"]),
        "lines": [line for line in lines if not line["apart"]],
        "deposits": [line for line in lines if line["apart"]],
        "corrected_by": corrected["id"] if corrected else "",
        "replaced_by": replaced["id"] if replaced else "",
        "standing": await billing.execute_fn(lambda connection: standing_of(connection, document["contract"], key)),
    }


def standing_of(connection: sqlite3.Connection, contract: str, number: str) -> dict[str, Any]:
    """Return how an issued document stands: its state, what is left to pay, the last debit of it and the answer."""
    kept = money_in(on_connection(connection), contract)
    account = accounts_of(kept)[contract]
    standing = next(one for one in account.standings if one.claim.number == number)
    last = account.last_debit(number)
    return {
        "state": CLAIM_STATES[standing.state],
        "is_open": standing.state in ("issued", "returned"),
        "left_cents": standing.left,
        "currency": standing.claim.currency,
        "debit": last.debit.reference if last else "",
        "collect_on": day_in_words(last.debit.collect_on) if last else "",
        "returned": reason_in_words(last.returned) if last and last.came_back else "",
    }


async def issued_of(billing: Any, contract: str, month: str) -> list[dict[str, str]]:
    """Return what is issued of a contract's month, in order: number, and what it is called."""
    found = await billing.execute(OF_A_DRAFT, {"contract": contract, "month": month})
    return [{"number": row["id"], "title": KINDS_ISSUED[row["kind"]]} for row in found]
