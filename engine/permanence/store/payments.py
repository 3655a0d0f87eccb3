"""What banks said, into billing.db and back: each file and each entry once."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from attrs import frozen
from sqlite_utils import Database

from ..model.deed import Deed
from ..model.money_kept import MoneyKept
from ..model.payment import Payment
from ..model.problem import Place, Problem, Refused, did_you_mean
from .audit import note_deed
from .kept_money import money_in
from .opening import statements_of, writing

PUT_FILE = "INSERT INTO bank_file (id, name, sha256, imported_at, entries, known) VALUES (?, ?, ?, ?, ?, ?)"
PUT = """
INSERT INTO payment (id, file, booked_on, kind, amount_cents, currency, debit, return_code, said)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
PUT_PART = "INSERT INTO payment_part (payment, document, amount_cents) VALUES (?, ?, ?)"


@frozen
class FileTaken:
    """What became of a bank's file: what is new, how many entries another file had, whether it was in already."""

    name: str
    new: tuple[Payment, ...]
    known: int
    already: bool


Judged = Callable[[MoneyKept], Iterable[Payment]]
"""Tells what each entry of a file is, as accounts stand in the transaction that is open."""


def take_in(
    database: Database, name: str, content: bytes, judged: Judged, at: int, deed: Deed | None = None
) -> FileTaken:
    """Keep what is new of a bank's file, in one transaction; of a file that is in already, nothing.

    ``at`` is in seconds since 1970 UTC. The ``deed`` is noted where the file is new.
    """
    digest = sha256(content).hexdigest()
    with writing(database):
        if database.execute("SELECT 1 FROM bank_file WHERE sha256 = ?", (digest,)).fetchone():
            return FileTaken(name, (), 0, already=True)
        there = {one for (one,) in database.execute("SELECT id FROM payment")}
        found = tuple(judged(money_in(database)))
        new = tuple(one for one in found if one.id not in there)
        (last,) = database.execute("SELECT coalesce(max(id), 0) FROM bank_file").fetchone()
        known = len(found) - len(new)
        database.execute(PUT_FILE, (last + 1, name, digest, at, len(found), known))
        for one in new:
            database.execute(PUT, _row(one, last + 1))
            database.conn.executemany(PUT_PART, ((one.id, *part) for part in one.paid.items()))
        kinds = {kind: sum(one.kind == kind for one in new) for kind in sorted({one.kind for one in new})}
        note_deed(statements_of(database), deed, {"statement": name, "sha256": digest, "new": kinds, "known": known})
        return FileTaken(name, new, known, already=False)


def assign(database: Database, payment: str, document: str, deed: Deed | None = None) -> Payment:
    """Return an entry that nobody knew, once it is noted that it pays a document.

    Raises Refused where there is no such entry or document, or where the entry is known to be something else.
    """
    with writing(database):
        kept = money_in(database)
        found = [one for one in kept.payments if one.id.startswith(payment)] if payment else []
        if len(found) != 1:
            hint = "`permanence payments list --unknown` shows those of nobody"
            raise Refused([Problem(Place(payment), "there is no such entry of the bank's", hint)])
        (one,) = found
        if one.kind != "unknown" or one.paid:
            what = "it is known already: " + (", ".join(one.paid) or one.debit)
            raise Refused([Problem(Place(payment), what, "what the bank has said stays as it was")])
        claim = next((claim for claim in kept.claims if claim.number == document), None)
        if claim is None:
            hint = did_you_mean(document, [claim.number for claim in kept.claims])
            raise Refused([Problem(Place(document), "there is no issued document of that number", hint)])
        if claim.currency != one.currency:
            what = f"it is in {claim.currency}, and the entry in {one.currency or 'no currency'}"
            raise Refused([Problem(Place(document), what, "ask the payer or the bank for the amount in the other one")])
        database.execute(PUT_PART, (one.id, document, one.amount))
        came_of = {"payment": one.id, "paid": document, "amount_cents": one.amount, "currency": one.currency}
        note_deed(statements_of(database), deed, came_of)
        return one


def _row(one: Payment, file: int) -> tuple[Any, ...]:
    said = (one.debit or None, one.reason, one.said)
    return (one.id, file, one.booked_on.isoformat(), one.kind, one.amount, one.currency, *said)
