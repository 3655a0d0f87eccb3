"""Files of work into calls.db: a file is in entirely or not at all, and every record of it ends somewhere."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from attrs import frozen
from sqlite_utils import Database

from ..model.deed import Deed
from ..model.forgotten import numbers_cut
from ..model.problem import Place, Problem
from ..model.work import WorkFile, WorkRecord
from .audit import note_deed
from .opening import statements_of, writing

CONTENT = ("contract", "day", "what", "quantity", "note")
HIDDEN = "note"
"""What a message does not show: it may name people."""
KNOWN = f"""
SELECT work.id, work.line, work_import.file, {", ".join(f"coalesce(work.{name}, '')" for name in CONTENT)}
FROM work JOIN work_import ON work_import.id = work.work_import WHERE work.identity = ?
"""
ACCEPT = f"INSERT INTO work (work_import, line, identity, work_id, {', '.join(CONTENT)}) VALUES (?,?,?,?,?,?,?,?,?)"
SET_ASIDE = "INSERT INTO work_set_aside (work_import, line, outcome, reason, text) VALUES (?, ?, ?, ?, ?)"
COUNTS = ("rows", "accepted", "duplicate", "refused")


@frozen(kw_only=True)
class WorkImport:
    """What became of a file of work: rows = accepted + duplicate + refused.

    ``problems`` names each refused record; ``already`` tells that these bytes had been imported before: nothing has
    changed, and the counts are those of that time.
    """

    file: str
    rows: int
    accepted: int
    duplicate: int
    refused: int
    problems: tuple[Problem, ...]
    already: bool


def import_work(database: Database, work: WorkFile, product: str | None = None, deed: Deed | None = None) -> WorkImport:
    """Take a file of work in, in one transaction, and return what became of each record.

    A record is known by its id; one without an id by its content and its place among equals of the file. One that is
    known with the same content is a duplicate; with other content it is refused, and what differs is named.
    """
    with writing(database):
        known = database.execute("SELECT id FROM work_import WHERE sha256 = ?", (work.digest,)).fetchone()
        number = known[0] if known else _take_in(database, work, product)
        found = database.execute(f"SELECT {', '.join(COUNTS)} FROM work_import WHERE id = ?", (number,)).fetchone()
        counts = dict(zip(COUNTS, found, strict=True))
        if not known:
            note_deed(statements_of(database), deed, {"file": work.file, **counts})
    refused = database.execute(
        "SELECT line, reason FROM work_set_aside WHERE work_import = ? AND outcome = 'refused' ORDER BY line", (number,)
    ).fetchall()
    problems = tuple(Problem(Place(work.file, line), reason) for line, reason in refused)
    return WorkImport(file=work.file, **counts, problems=problems, already=bool(known))


def _take_in(database: Database, work: WorkFile, product: str | None) -> int:
    """Write a file's records, and return the number of the import."""
    number = (
        database.execute(
            "INSERT INTO work_import (file, sha256, rows, accepted, duplicate, refused, product) "
            "VALUES (?, ?, ?, 0, 0, 0, ?)",
            (work.file, work.digest, work.rows, product),
        ).lastrowid
        or 0
    )
    found = Counter(_take(database, number, identity, record) for identity, record in _identified(work.records))
    for left in work.refused:
        database.execute(SET_ASIDE, (number, left.problem.where.line, "refused", left.problem.what, left.text))
    database.execute(
        "UPDATE work_import SET accepted = ?, duplicate = ?, refused = ? WHERE id = ?",
        (found["accepted"], found["duplicate"], found["refused"] + len(work.refused), number),
    )
    return number


def _identified(records: Iterable[WorkRecord]) -> Iterable[tuple[str, WorkRecord]]:
    """Yield each record with what it is known by."""
    equals: Counter[str] = Counter()
    for record in records:
        if record.id:
            yield f"id {record.id}", record
            continue
        content = sha256(repr(record.content).encode()).hexdigest()
        equals[content] += 1
        yield f"content {content} {equals[content]}", record


def _take(database: Database, number: int, identity: str, record: WorkRecord) -> str:
    """Write a record, and return what became of it."""
    known = database.execute(KNOWN, (identity,)).fetchone()
    if known is None:
        contract, day, what, quantity, note = record.content
        content = (contract, day, what, quantity, note or None)
        database.execute(ACCEPT, (number, record.line, identity, record.id or None, *content))
        return "accepted"
    _, line, file, *content_known = known
    differs = [
        name if name == HIDDEN else f"{name} {now}, known as {then}"
        for name, now, then in zip(CONTENT, record.content, content_known, strict=True)
        if now != then and not (name == HIDDEN and numbers_cut(str(now)) == then)
    ]
    outcome = "refused" if differs else "duplicate"
    why = f"known with other content: {'; '.join(differs)}" if differs else "known already"
    database.execute(SET_ASIDE, (number, record.line, outcome, f"{why}: line {line} of {file}", ""))
    return outcome
