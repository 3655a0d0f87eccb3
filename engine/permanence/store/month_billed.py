"""What billing a month came to for each contract, and what became of its calls."""

from collections.abc import Mapping

from sqlite_utils import Database

from ..model.billed_contract import BilledContract
from ..model.money import Cents
from ..model.period import Month

DRAFTS = """
SELECT contract, coalesce(customer, contract), calls, total_cents + deposit_cents, currency FROM invoice WHERE month = ?
ORDER BY contract
"""
CALLS = "SELECT came_in, records, calls, counted, outside, excluded, unassigned, held FROM run WHERE id = ?"
FILES = """
SELECT debit_message.id, debit_message.amount_cents, coalesce(sum(debit.amount_cents), 0),
    (SELECT coalesce(sum(part.amount_cents), 0) FROM debit_part part JOIN debit of ON of.id = part.debit
        WHERE of.file = debit_message.id)
FROM debit_message LEFT JOIN debit ON debit.file = debit_message.id WHERE month = ? GROUP BY debit_message.id
UNION ALL
SELECT file, NULL, sum(amount_cents), NULL FROM debit WHERE file NOT IN (SELECT id FROM debit_message) GROUP BY file
"""
STATEMENTS = """
SELECT name FROM bank_file WHERE entries - known <> (SELECT count(*) FROM payment WHERE payment.file = bank_file.id)
UNION ALL
SELECT DISTINCT 'n° ' || file FROM payment WHERE file NOT IN (SELECT id FROM bank_file)
"""


def drafts_told(database: Database, month: Month) -> tuple[BilledContract, ...]:
    """Return the drafts of a month, by contract."""
    rows = database.execute(DRAFTS, (str(month),)).fetchall()
    return tuple(
        BilledContract(contract=contract, customer=whose, calls=calls, due=Cents(due), currency=money)
        for contract, whose, calls, due, money in rows
    )


def calls_told(database: Database, month: Month) -> Mapping[str, int | None] | None:
    """Return what became of a month's records and calls; None where it was not billed."""
    cursor = database.execute(CALLS, (str(month),))
    found = cursor.fetchone()
    return dict(zip([one[0] for one in cursor.description], found, strict=True)) if found else None


def statements_off(database: Database) -> tuple[str, ...]:
    """Return the names of the bank's files of which another number of entries is there than they brought."""
    return tuple(name for (name,) in database.execute(STATEMENTS))


def files_off(database: Database, month: Month) -> tuple[int, ...]:
    """Return the numbers of a month's files of debits that are not the sum of their debits, or these of their parts.

    Debits whose file is not there are of no month, and always told.
    """
    rows = database.execute(FILES, (str(month),)).fetchall()
    return tuple(number for number, amount, debits, parts in rows if not amount == debits == parts)
