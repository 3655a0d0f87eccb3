"""A ledger as somebody might tamper with it, or look into it."""

import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from attrs import evolve
from permanence.bill.ledger_verified import first_wrong
from permanence.model.issued import LedgerEntry
from permanence.model.problem import Problem
from permanence.store.ledger import entries, issued_texts

VALUES = {"issued": ("id", "position", "content", "digest"), "issued_text": ("id", "kind", "text")}
SIGNS = '0123456789abcdefghijklmnopqrstuvwxyzé€ {}[]":,-'


def wrong(path: Path) -> Problem | None:
    """Return what is found wrong with the ledger of a database."""
    return first_wrong(entries(path), issued_texts(path))


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database as somebody does who takes its guards away, and puts them back."""
    with closing(sqlite3.connect(path)) as database:
        guards = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            database.execute(f"DROP TRIGGER [{name}]")
        yield database
        for _, text in guards:
            database.execute(text)
        database.commit()


Texts = Mapping[str, tuple[str, str]]


def tampered(found: Sequence[LedgerEntry], texts: Texts, chance: random.Random) -> tuple[Sequence[LedgerEntry], Texts]:
    """Return a ledger of which one value is another, wherever it stands."""
    if chance.random() < 0.5:
        place = chance.randrange(len(found))
        name = chance.choice(("number", "position", "content", "digest"))
        changed = evolve(found[place], **{name: otherwise(getattr(found[place], name), chance)})
        return (*found[:place], changed, *found[place + 1 :]), texts
    digest = chance.choice(sorted(texts))
    row = [digest, *texts[digest]]
    part = chance.randrange(len(row))
    row[part] = otherwise(row[part], chance)
    rest = {name: kept for name, kept in texts.items() if name != digest}
    return found, {**rest, row[0]: (row[1], row[2])}


def otherwise(value: Any, chance: random.Random) -> Any:
    """Return another value than the one given: one sign of a text, one bit of a number or of a text in UTF-8."""
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(20))
    if isinstance(value, bytes):
        return _otherwise_encoded(value, chance)
    place, sign = chance.randrange(len(value)), chance.choice(SIGNS)
    kind = chance.choice(("other", "more", "less"))
    changed = value[:place] + {"other": sign, "more": sign + value[place], "less": ""}[kind] + value[place + 1 :]
    return changed if changed != value else f"{value}{sign}"


def _otherwise_encoded(value: bytes, chance: random.Random) -> bytes:
    """Return a text in UTF-8 of which one bit is another, or one sign."""
    if chance.random() < 0.5:
        changed: bytes = otherwise(value.decode(), chance).encode()
        return changed
    place = chance.randrange(len(value))
    return value[:place] + bytes([value[place] ^ (1 << chance.randrange(8))]) + value[place + 1 :]


def documents(path: Path) -> Sequence[Any]:
    """Return what every issued document says, in order."""
    return [entry.document for entry in entries(path)]
