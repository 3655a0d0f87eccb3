"""Documents into the ledger, each numbered in the transaction that freezes it; and read back as they stand there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from attrs import frozen
from sqlite_utils import Database

from ..model.deed import CameOf, Deed
from ..model.issued import (
    BEFORE_THE_FIRST,
    Document,
    LedgerEntry,
    LedgerHead,
    ToIssue,
    chained,
    digest_after,
    read_again,
)
from ..model.period import Month
from ..model.problem import Place, Problem, Refused
from .audit import note_deed
from .audit_tables import AUDIT_TABLES
from .chain import ENTRIES, not_as_issued
from .drafts import DraftInvoice, drafts_of
from .ledger_tables import LEDGER_TABLES
from .migrations import BILLING
from .money_tables import MONEY_TABLES
from .opening import reading, statements_of, writing

LAST = "SELECT position, digest, issued_at FROM issued ORDER BY position DESC LIMIT 1"
COUNTS = "SELECT series, max(count) FROM issued GROUP BY series"
ISSUED = "SELECT id, contract, CAST(content AS BLOB) FROM issued WHERE month = ? ORDER BY position"
OF = "SELECT CAST(content AS BLOB) FROM issued WHERE {} ORDER BY position"
AFTER_WHICH = """
SELECT id, CAST(content AS BLOB), digest,
    (SELECT digest FROM issued AS earlier WHERE earlier.position = issued.position - 1)
FROM issued WHERE {} ORDER BY position
"""
LATER = """
SELECT id FROM issued WHERE contract = ? AND month > ? AND kind = 'invoice'
AND id NOT IN (SELECT corrects FROM issued WHERE corrects IS NOT NULL) ORDER BY position
"""
GUARDED = (*LEDGER_TABLES, *MONEY_TABLES, *AUDIT_TABLES)
"""Tables whose rows nothing changes."""
PUT = "INSERT INTO issued (id, position, content, digest) VALUES (?, ?, CAST(? AS TEXT), ?)"
PUT_TEXT = "INSERT INTO issued_text (id, kind, text) VALUES (?, ?, ?)"


@frozen
class IssuedNow:
    """What one command has issued, in order, and where the ledger ends now."""

    entries: tuple[LedgerEntry, ...]
    head: LedgerHead


Made = Callable[[Sequence[DraftInvoice], Sequence[Document]], Iterable[ToIssue]]
"""Makes what is to be issued of a month's drafts, beside what is issued of it already."""


def issue(
    database: Database,
    month: Month,
    made: Made,
    day: date,
    clock: Callable[[], datetime],
    deed: Deed | None = None,
) -> IssuedNow:
    """Issue what is made of a month's drafts as they stand: numbered, chained and frozen in one transaction.

    Nobody bills or issues meanwhile; the ``clock`` is looked at once nobody else does. The ``deed``
    is noted where something is issued. Raises Refused, with nothing
    issued, where the day or the instant lies before that of the last document: numbers follow the days of issue.
    """
    with writing(database):
        head, now = head_of(database), clock()
        _not_before(database, head, day, now)
        documents = tuple(document for _, document in documents_of(database, month))
        found = tuple(made(tuple(drafts_of(database, month)), documents))
        counts = dict(database.execute(COUNTS).fetchall())
        entries = tuple(chained(head, counts, found, day, int(now.timestamp())))
        _put_texts(database, found)
        rows = ((one.number, one.position, one.content, one.digest) for one in entries)
        database.conn.executemany(PUT, rows)
        if entries:
            note_deed(statements_of(database), deed, _came_of(month, entries))
        return IssuedNow(entries, head_of(database))


def _came_of(month: Month, entries: Sequence[LedgerEntry]) -> CameOf:
    first, last = entries[0], entries[-1]
    head = LedgerHead(last.position, last.digest)
    numbers = {"first": first.number, "last": last.number}
    return {"month": str(month), "documents": len(entries), **numbers, "head": str(head)}


def head_of(database: Database) -> LedgerHead:
    """Return where the ledger ends."""
    found = database.execute(LAST).fetchone()
    return LedgerHead(*found) if found else LedgerHead()


def documents_of(database: Database, month: Month) -> Iterator[tuple[str, Document]]:
    """Yield what is issued of a month, in order: its number and what it says."""
    for number, _, content in database.execute(ISSUED, (str(month),)).fetchall():
        yield number, read_again(content)


def documents_of_month(path: Path, month: Month) -> tuple[Document, ...]:
    """Return what is issued of a month, in order; raise Refused where one is not as it was issued."""
    with reading(path, BILLING) as database:
        return _as_issued(database, "month = ?", str(month)) if database else ()


def _as_issued(database: Database, condition: str, value: str) -> tuple[Document, ...]:
    rows = database.execute(AFTER_WHICH.format(condition), (value,)).fetchall()
    for number, content, digest, before in rows:
        if digest_after(before or BEFORE_THE_FIRST, content) != digest:
            raise not_as_issued(database, number)
    return tuple(read_again(content) for _, content, _, _ in rows)


def documents_of_year(path: Path, year: int) -> tuple[Document, ...]:
    """Return what was issued in a year, in order."""
    return _documents(path, "issued_on BETWEEN ? AND ?", f"{year}-01-01", f"{year}-12-31")


def documents_of_contract(path: Path, contract: str) -> tuple[Document, ...]:
    """Return what was issued of a contract, in order."""
    return _documents(path, "contract = ?", contract)


def _documents(path: Path, condition: str, *values: str) -> tuple[Document, ...]:
    with reading(path, BILLING) as database:
        rows = database.execute(OF.format(condition), values) if database else ()
        return tuple(read_again(content) for (content,) in rows)


def later_invoices(database: Database, contract: str, month: Month) -> tuple[str, ...]:
    """Return the numbers of a contract's invoices of later months that no credit note corrects."""
    return tuple(number for (number,) in database.execute(LATER, (contract, str(month))))


def entries(path: Path) -> Iterator[LedgerEntry]:
    """Yield every document of a ledger as it stands, in order; raise Refused for a database that is not ours."""
    with reading(path, BILLING) as database:
        yield from entries_in(database) if database else ()


def entries_in(database: Database) -> Iterator[LedgerEntry]:
    """Yield every document of a ledger as it stands in a database, in order."""
    yield from (LedgerEntry(*row) for row in database.execute(ENTRIES))


def beside_drafts(path: Path, month: Month) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
    """Return a month's drafts, and what is issued of it: nothing of the first where nothing is issued."""
    with reading(path, BILLING) as database:
        documents = tuple(document for _, document in documents_of(database, month)) if database else ()
        drafts = tuple(draft.says for draft in drafts_of(database, month)) if database and documents else ()
    return drafts, documents


def document_of(path: Path, number: str) -> Document:
    """Return what an issued document says; raise Refused where there is none of that number."""
    with reading(path, BILLING) as database:
        found = _as_issued(database, "id = ?", number) if database else ()
        if not found:
            last = (
                database.execute("SELECT id FROM issued ORDER BY position DESC LIMIT 1").fetchone()
                if database
                else None
            )
            hint = f"the last one is {last[0]}" if last else "nothing was issued yet: run `permanence issue`"
            raise Refused([Problem(Place(str(path)), f'there is no issued document "{number}"', hint)])
    return found[0]


def issued_texts(path: Path) -> Mapping[str, tuple[str, str]]:
    """Return the texts that issued documents rest on, each with its kind, by the digest under which it is kept."""
    with reading(path, BILLING) as database:
        return texts_in(database) if database else {}


def texts_in(database: Database) -> Mapping[str, tuple[str, str]]:
    """Return the texts that issued documents of a database rest on, as `issued_texts` does."""
    rows = database.execute("SELECT id, kind, text FROM issued_text")
    return {digest: (kind, text) for digest, kind, text in rows}


def ledger_head(path: Path) -> LedgerHead:
    """Return where the ledger of a database ends."""
    with reading(path, BILLING) as database:
        return head_of(database) if database else LedgerHead()


def guards_missing(path: Path) -> tuple[str, ...]:
    """Return the triggers that guard what is issued and what was done, and are missing or others now, by name."""
    with reading(path, BILLING) as database:
        return guards_missing_in(database) if database else ()


def guards_missing_in(database: Database) -> tuple[str, ...]:
    """Return the triggers that are missing in a database, as `guards_missing` does."""
    wanted = {text.split("[")[1].split("]")[0]: text for table in GUARDED for text in table.triggers}
    there = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    return tuple(name for name, text in wanted.items() if there.get(name) != text)


def _put_texts(database: Database, found: Sequence[ToIssue]) -> None:
    texts = {digest: kept for one in found for digest, kept in one.texts.items()}
    there = {digest for (digest,) in database.execute("SELECT id FROM issued_text")}
    lines = {line["rule"]["text"] for one in found for line in one.says["lines"]}
    for digest in lines.difference(texts, there):
        (text,) = database.execute("SELECT text FROM offer WHERE id = ?", (digest,)).fetchone()
        texts[digest] = ("offer", text)
    rows = ((digest, kind, text) for digest, (kind, text) in sorted(texts.items()) if digest not in there)
    database.conn.executemany(PUT_TEXT, rows)


def _not_before(database: Database, head: LedgerHead, day: date, now: datetime) -> None:
    if not head.position:
        return
    (last,) = database.execute("SELECT issued_on FROM issued WHERE position = ?", (head.position,)).fetchone()
    before = datetime.fromtimestamp(head.issued_at, UTC)
    if now.timestamp() >= head.issued_at and day.isoformat() >= last:
        return
    late, early = (one.isoformat(" ", "seconds") for one in (before, now))
    what = f"the last document was issued on {last} (at {late}), and this would be {day} (at {early})"
    raise Refused([Problem(Place("issue"), what, "numbers follow the days of issue: set the clock, or --on, right")])
