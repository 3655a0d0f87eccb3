"""What is issued, asked for and paid, read from billing.db as it stands."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from sqlite_utils import Database

from ..model.claim import Claim
from ..model.debit import AskedDebit, Debit, DebitPart
from ..model.money import Cents
from ..model.money_kept import MoneyKept
from ..model.payment import Payment
from ..model.payment_terms import payment_kept
from .migrations import BILLING
from .opening import reading

MOVED = "SELECT EXISTS (SELECT 1 FROM debit) OR EXISTS (SELECT 1 FROM payment_part)"
CLAIMS = """
SELECT id, kind, contract, json_extract(content, '$.customer.name'), json_extract(content, '$.customer.kind'),
    json_extract(content, '$.seller.id'), month, issued_on, total_cents + json_extract(content, '$.deposit_cents'),
    currency, corrects, json_extract(content, '$.payment.by'), json_extract(content, '$.payment.on')
FROM issued {} ORDER BY position
"""
DEBITS = """
SELECT debit.id, debit.contract, holder, iban, former_iban, mandate, signed, scheme, sequence, collect_on,
    debit_message.month, debit.file, batch
FROM debit JOIN debit_message ON debit_message.id = debit.file {} ORDER BY debit.rowid
"""
PARTS = """
SELECT debit, document, amount_cents, time FROM debit_part JOIN issued ON issued.id = document {} ORDER BY position
"""
ANSWERS = """
SELECT debit.id, kind, booked_on, return_code FROM payment JOIN debit ON debit.id = payment.debit {}
ORDER BY payment.rowid
"""
PAYMENTS = "SELECT id, kind, booked_on, amount_cents, currency, debit, return_code, said FROM payment {} ORDER BY rowid"
PAID = "SELECT payment, document, amount_cents FROM payment_part JOIN issued ON issued.id = document {}"
OF_CONTRACT = {
    CLAIMS: "WHERE contract = ?",
    DEBITS: "WHERE debit.contract = ?",
    PARTS: "WHERE contract = ?",
    ANSWERS: "WHERE debit.contract = ?",
    PAYMENTS: "WHERE id IN (SELECT payment FROM payment_part JOIN issued ON issued.id = document WHERE contract = ?)",
    PAID: "WHERE contract = ?",
}
"""What each question asks of one contract alone."""

BillingDatabase: TypeAlias = Database
"""billing.db, held open."""
Answers = Mapping[str, Mapping[str, tuple[str, str]]]
"""Of each debit the day and the reason of each kind of answer."""


def anything_moved(path: Path) -> bool:
    """Tell whether anything was asked for or paid yet: then it is worth going through what is issued."""
    with reading(path, BILLING) as database:
        return bool(database and database.execute(MOVED).fetchone()[0])


def money_of(path: Path) -> MoneyKept:
    """Return what a billing.db has of money; nothing where it is not there yet."""
    with reading(path, BILLING) as database:
        return money_in(database) if database else MoneyKept()


def on_connection(connection: sqlite3.Connection) -> Database:
    """Return a database that somebody else holds open, to read it."""
    return Database(connection)


def money_in(database: Database, contract: str = "") -> MoneyKept:
    """Return what a database has of money, of one contract where it is named, as it stands now."""

    def rows(question: str) -> list[Any]:
        if not contract:
            return database.execute(question.format("")).fetchall()
        return database.execute(question.format(OF_CONTRACT[question]), (contract,)).fetchall()

    answers, parts = _answers(rows(ANSWERS)), _parts(rows(PARTS))
    debits = (_debit(row, parts, answers) for row in rows(DEBITS))
    return MoneyKept(tuple(map(_claim, rows(CLAIMS))), tuple(debits), _payments(rows(PAYMENTS), rows(PAID)))


def _answers(rows: Iterable[Any]) -> Answers:
    found: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for debit, kind, booked_on, code in rows:
        found[debit][kind] = (booked_on, code)
    return found


def _payments(rows: Iterable[Any], parts: Iterable[Any]) -> tuple[Payment, ...]:
    paid: dict[str, dict[str, int]] = defaultdict(dict)
    for payment, document, amount in parts:
        paid[payment][document] = amount
    return tuple(
        Payment(
            id=name,
            kind=kind,
            booked_on=date.fromisoformat(booked_on),
            amount=Cents(amount),
            currency=currency,
            debit=debit or "",
            reason=reason,
            said=said,
            paid=paid.get(name, {}),
        )
        for name, kind, booked_on, amount, currency, debit, reason, said in rows
    )


def _claim(row: Sequence[str]) -> Claim:
    number, kind, contract, customer, customer_kind, seller, month, issued_on, due, *rest = row
    currency, corrects, paid_by, due_on = rest
    return Claim(
        number=number,
        kind=kind,
        contract=contract,
        customer=customer,
        customer_kind=customer_kind,  # type: ignore[arg-type]
        seller=seller or "",
        month=month,
        issued_on=date.fromisoformat(issued_on),
        due=Cents(int(due)),
        currency=currency,
        corrects=corrects or "",
        payment=payment_kept({"by": paid_by, "on": due_on}) if due_on else None,
    )


def _parts(rows: Iterable[Any]) -> Mapping[str, Sequence[DebitPart]]:
    found: dict[str, list[DebitPart]] = defaultdict(list)
    for debit, document, amount, time in rows:
        found[debit].append(DebitPart(document, Cents(amount), time))
    return found


def _debit(row: Sequence[str], parts: Mapping[str, Sequence[DebitPart]], answers: Answers) -> AskedDebit:
    reference, contract, holder, iban, former, mandate, signed, scheme, sequence, collect_on, month, file, batch = row
    answer = answers.get(reference, {})
    settled, returned = answer.get("settled"), answer.get("returned")
    return AskedDebit(
        debit=Debit(
            reference=reference,
            contract=contract,
            holder=holder,
            iban=iban,
            mandate=mandate,
            signed=date.fromisoformat(signed),
            scheme=scheme,  # type: ignore[arg-type]
            sequence=sequence,  # type: ignore[arg-type]
            collect_on=date.fromisoformat(collect_on),
            parts=tuple(parts.get(reference, ())),
            former_iban=former,
        ),
        month=month,
        file=int(file),
        batch=batch,
        settled=date.fromisoformat(settled[0]) if settled else None,
        returned=returned[1] if returned else "",
        returned_on=date.fromisoformat(returned[0]) if returned else None,
    )
