"""A month's bills into billing.db: one transaction, which replaces that month's drafts and nothing else."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from ..model.basis import MonthBasis
from ..model.contract import Contract
from ..model.deed import Deed
from ..model.invoice import GoLivePromise, Hold, MonthRun
from ..model.missing_days import written
from ..model.offer import Offer
from ..model.problem import Place, Problem, Refused
from .audit import note_deed
from .bases import Row, basis_tables
from .chain import prove_chain
from .contract_terms import contract_term_rows
from .drafts import Titles, month_made, rules_named
from .invoice_rows import InvoiceRows
from .kept_calls import kept_tables
from .migrations import BILLING
from .month_totals import month_sums
from .opening import Tell, open_to_write, statements_of, untold, writing
from .titles import title_rows

CACHE_KB = 65_536
"""Pages kept in memory at most: those of a month of ten thousand contracts are written once, as it ends."""
TABLES = {table.name: table for table in BILLING.tables}
MONTHLY = (
    *("line_fact", "line", "vat", "usage", "capsule", "hold", "invoice", "basis_contract", "basis_part"),
    *("work_done", "call_kind", "call_kept"),
)
"""Tables that hold a month's drafts, in the order in which their rows can be deleted."""
OF_THE_MONTH = ("basis", "title")
"""Tables with rows of a month that its drafts rest on, which no other row refers to."""


def open_billing(path: Path, tell: Tell = untold, deed: Deed | None = None) -> Database:
    """Return billing.db with its tables, foreign keys enforced; it is made, or brought up to date, when need be.

    Raises Refused where a document is not as it was issued: nothing is added to a database that somebody has changed.
    """
    database = open_to_write(path, BILLING, tell, deed)
    try:
        prove_chain(database)
    except BaseException:
        database.close()
        raise
    database.execute("PRAGMA foreign_keys = ON")
    database.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    return database


def publish(
    database: Database,
    run: MonthRun,
    ran_at: datetime,
    product: str | None = None,
    basis: MonthBasis | None = None,
    made_with: str | None = None,
    deed: Deed | None = None,
) -> None:
    """Replace the drafts of the run's month by its own, in one transaction: all of it lands, or none.

    ``product`` is the version of Permanence that billed it, ``made_with`` those of all that it was made with, None
    where they are not known. Without a ``basis`` nothing is kept of what the bills rest on. The ``deed`` is
    noted with what the month came to before and comes to now.
    """
    month = str(run.month)
    with writing(database):
        if run.provisional:
            _not_final(database, month)
        before = month_sums(database, run.month)
        for name in MONTHLY:
            first = TABLES[name].begins_with
            database.execute(f"DELETE FROM [{name}] WHERE [{first}] >= ? AND [{first}] < ?", (f"{month}-", f"{month}."))
        for name in OF_THE_MONTH:
            database.execute(f"DELETE FROM [{name}] WHERE month = ?", (month,))
        _put(database, "run", [(*_run_row(run, ran_at, product), made_with)], replace=True)
        _put(database, "contract", _contract_rows(run), replace=True)
        _replace_terms(database, run)
        _put(database, "offer", _offer_rows(run), replace=True)
        _put(database, "fact", ((fact.name, fact.meaning, fact.unit) for fact in run.facts), replace=True)
        invoices = InvoiceRows(run)
        _put(database, "rule", invoices.rules(), replace=True)
        for table, rows in invoices.tables():
            _put(database, table, rows)
        _put(database, "hold", (_hold_row(hold) for hold in run.holds))
        _put(database, "work_done", _work_rows(run))
        _put(database, "title", title_rows(run))
        for table, rows in (*(basis_tables(basis) if basis else ()), *kept_tables(month, run.kept)):
            _put(database, table, rows)
        _forget_unused(database)
        said_with = (Titles(database, run.month), rules_named(database), month_made(database, run.month))
        _put(database, "capsule", invoices.capsules(*said_with))
        now = month_sums(database, run.month)
        note_deed(statements_of(database), deed, {"month": month, "before": before, "after": now})


def _not_final(database: Database, month: str) -> None:
    """Raise Refused for a month that was billed when it had ended: it does not run again."""
    found = database.execute("SELECT provisional, ran_at FROM run WHERE id = ?", (month,)).fetchone()
    if found and not found[0]:
        when = datetime.fromtimestamp(found[1], UTC).isoformat(" ", "seconds")
        what = f"it had ended when it was billed (at {when}), and would be provisional now"
        raise Refused([Problem(Place(month), what, "set the clock, or --on, right")])


def _put(database: Database, table: str, rows: Iterable[Row], *, replace: bool = False) -> None:
    columns = TABLES[table].stored
    names = ", ".join(f"[{column.name}]" for column in columns)
    sql = f"INSERT INTO [{table}] ({names}) VALUES ({', '.join('?' * len(columns))})"
    if replace:
        updates = ", ".join(f"[{column.name}] = excluded.[{column.name}]" for column in columns[1:])
        sql += f" ON CONFLICT (id) DO UPDATE SET {updates}"
    database.conn.executemany(sql, rows)


def _replace_terms(database: Database, run: MonthRun) -> None:
    """Let each contract of the run have what it chose and agreed as it stands now, and nothing of before."""
    offers = {offer.version: offer for offer in _offers(run)}
    found = [(one, offers.get(one.offer)) for one in _contracts(run)]
    had = {name for (name,) in database.execute("SELECT DISTINCT contract FROM contract_term")}
    gone = [(one.id,) for one, _ in found if one.id in had]
    database.conn.executemany("DELETE FROM contract_term WHERE contract = ?", gone)
    _put(database, "contract_term", (row for one, offer in found for row in contract_term_rows(one, offer)))


def _forget_unused(database: Database) -> None:
    """Delete the offer texts and rules that no draft rests on any more."""
    database.execute("DELETE FROM rule WHERE id NOT IN (SELECT rule FROM line)")
    database.execute(
        "DELETE FROM offer WHERE id NOT IN (SELECT offer FROM invoice) AND id NOT IN (SELECT offer FROM rule)"
    )


def _run_row(run: MonthRun, ran_at: datetime, product: str | None) -> Row:
    counts = run.outcomes
    head = (str(run.month), int(ran_at.timestamp()), run.source, int(run.provisional))
    counted, outside, excluded, unassigned, held = counts.by_outcome
    became = (counted, outside, excluded, counts.duplicates, unassigned, counts.refused)
    return (
        *head,
        counts.came_in,
        *became,
        run.questions,
        product,
        counts.records,
        counts.calls,
        held,
        written(run.missing),
    )


def _contract_rows(run: MonthRun) -> Iterator[Row]:
    for contract in _contracts(run):
        yield _contract_row(contract, run.promises.get(contract.id))


def _contracts(run: MonthRun) -> Iterator[Contract]:
    yield from (invoice.contract for invoice in run.invoices)
    yield from (hold.contract for hold in run.holds)


def _contract_row(contract: Contract, promise: GoLivePromise | None) -> Row:
    customer = contract.customer
    dates = (contract.signed.isoformat(), contract.live and contract.live.isoformat())
    promised = (promise.promised.isoformat(), promise.days_late) if promise else (None, None)
    whose = (contract.id, customer.name, customer.kind, customer.region)
    return (*whose, contract.offer, contract.mission, *dates, *promised)


def _offers(run: MonthRun) -> Iterable[Offer]:
    sold = (offer for invoice in run.invoices for offer in (*invoice.other_offers, *invoice.offers))
    return {one.digest: one for offer in sold for one in (*offer.beside.values(), offer)}.values()


def _offer_rows(run: MonthRun) -> Iterator[Row]:
    for offer in _offers(run):
        head = offer.head
        yield (offer.digest, offer.version, head.title.fr, head.sold_from.isoformat(), offer.file, offer.text)


def _hold_row(hold: Hold) -> Row:
    return (f"{hold.month}-{hold.contract.id}", hold.contract.id, str(hold.month), hold.reason, hold.calls)


def _work_rows(run: MonthRun) -> Iterator[Row]:
    month, unpriced = str(run.month), {(one.contract, one.what) for one in run.work.unpriced}
    for outcome, found in run.work.by_outcome.items():
        for one in found:
            priced = int(outcome == "counted" and (one.contract, one.what) not in unpriced)
            key = f"{month}-{one.contract}-{one.what}-{outcome}"
            yield (key, month, one.contract, one.what, outcome, priced, one.quantity, one.records)
