"""What is issued: documents in one chain, numbered without a gap, and never changed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import msgspec
from attrs import frozen

Document = Mapping[str, Any]
"""All that an issued document says, as plain values: texts, whole numbers, lists and tables of such."""
KINDS_ISSUED = {"invoice": "facture", "credit_note": "avoir"}
"""What each kind of document is called."""
BEFORE_THE_FIRST = "0" * 64
"""What stands for the digest before the first entry of a ledger."""


@frozen
class LedgerEntry:
    """A document as the ledger keeps it: its place from 1, its number, its text in UTF-8, and the chain's SHA-256."""

    position: int
    number: str
    content: bytes
    digest: str

    @property
    def document(self) -> Document:
        """Return what it says; raises ValueError where that is no text of ours."""
        return read_again(self.content)


@frozen
class LedgerHead:
    """Where a ledger ends: how many documents it has, the digest of the last one, and the instant of its issue."""

    position: int = 0
    digest: str = BEFORE_THE_FIRST
    issued_at: int = 0

    @classmethod
    def parse(cls, text: str) -> "LedgerHead | None":
        """Return the head that was printed so; None for what is none."""
        position, _, digest = text.partition(":")
        return cls(int(position), digest) if position.isdecimal() and len(digest) == len(BEFORE_THE_FIRST) else None

    def __str__(self) -> str:
        """Return the head as it is printed and typed: ``42:9f86d0…``, from which each document before it follows."""
        return f"{self.position}:{self.digest}"


def to_correct(number: str) -> str:
    """Return what is typed to correct an issued invoice."""
    return f'permanence correct {number} --why "…"'


def number_of(series: str, count: int) -> str:
    """Return the number of a document, from how the numbers of its series begin: ``F-2026-00042``."""
    return f"{series}{count:05d}"


def encoded(said: object) -> bytes:
    """Return plain values as JSON in UTF-8, the same for the same values: keys in order, no space between."""
    return msgspec.json.encode(said, order="deterministic")


def written(said: object) -> str:
    """Return the text of what is `encoded`."""
    return encoded(said).decode()


def written_within(said: object) -> object:
    """Return plain values as they stand within others that are `written`: those of many documents are written once."""
    return msgspec.Raw(encoded(said))


def read_again(content: str | bytes) -> Document:
    """Return the values that were `written` or `encoded`; raise ValueError for what is no text of ours."""
    try:
        found: Document = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise ValueError("what it says cannot be read") from error
    return found


def digest_after(before: str, content: bytes) -> str:
    """Return the digest of an entry: SHA-256 of that before it, a line feed, and its text."""
    digest = sha256(before.encode() + b"\n")
    digest.update(content)
    return digest.hexdigest()


def digest_of_text(text: str) -> str:
    """Return the SHA-256 of a text that documents rest on, by which they name it."""
    return sha256(text.encode()).hexdigest()


@frozen
class ToIssue:
    """A document that is to be issued: how its number begins, all else that it says but its date, and its texts.

    ``texts`` are those that it rests on, by digest: what kind of text it is, and the text.
    """

    series: str
    says: Document
    texts: Mapping[str, tuple[str, str]]


def chained(
    head: LedgerHead, counts: Mapping[str, int], documents: Iterable[ToIssue], day: date, at: int
) -> Iterator[LedgerEntry]:
    """Yield documents as entries after the head, each with the next number of its series.

    ``counts`` are the last numbers given, by series; ``at`` is the instant in seconds since 1970 UTC.
    """
    last, before = dict(counts), head.digest
    for position, one in enumerate(documents, head.position + 1):
        last[one.series] = last.get(one.series, 0) + 1
        number = number_of(one.series, last[one.series])
        named = {"number": number, "series": one.series, "count": last[one.series]}
        content = encoded({**one.says, **named, "issued_on": day.isoformat(), "issued_at": at})
        before = digest_after(before, content)
        yield LedgerEntry(position, number, content, before)
