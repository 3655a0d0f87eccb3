"""The calls of a month, to be compared later: how many came to whose lines, and a digest in which order is nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from ..model.basis import CallsBasis, MonthBasis
from ..model.line import one_spelling
from ..model.usage import Calls, WordColumn
from .measure.outcomes import CHUNK, chunks

Hashes = NDArray[np.uint64]
NUMBERS = ("start", "wait", "talk")
WORDS = ("account", "number", "status", "direction", "language", "tags")
SPREAD = np.uint64(0x9E3779B97F4A7C15)
FOLD, ODD = np.uint64(29), np.uint64(0xBF58476D1CE4E5B9)
"""The constants of splitmix64: what differs in one bit differs in half of them."""

OnLine = tuple[str, str, int]
"""An account, a number that was called, and how many calls came to them."""


def with_calls(basis: MonthBasis, calls: Calls, source: str, stamp: str, last_import: int) -> MonthBasis:
    """Return a month's basis with the calls that its bills rest on, and where they were read."""
    whose = calls_by_contract(basis, calls)
    contracts = {name: evolve(one, calls=whose[name]) for name, one in basis.contracts.items()}
    read = CallsBasis(
        source=source, stamp=stamp, last_import=last_import, calls=len(calls), digest=digest_of_calls(calls)
    )
    return evolve(basis, contracts=contracts, calls=read)


def calls_by_contract(basis: MonthBasis, calls: Calls) -> Counter[str]:
    """Return how many calls came to the lines of each contract of a month; "" has those that are nobody's.

    The account says whose a call is, and the number where the account says nothing.
    """
    holders = basis.holders
    names = ("", *dict.fromkeys(holders.values()))
    place = {name: number for number, name in enumerate(names)}
    account, number = (
        np.array([*(place[holders.get(one_spelling(word), "")] for word in column.words), 0], np.int32)
        for column in (calls.account, calls.number)
    )
    found = np.zeros(len(names), np.int64)
    for rows in chunks(len(calls), CHUNK):
        whose = account[calls.account.codes[rows]]
        whose = np.where(whose > 0, whose, number[calls.number.codes[rows]])
        found += np.bincount(whose, minlength=len(names))
    return Counter(dict(zip(names, found.tolist(), strict=True)))


def later_calls(basis: MonthBasis, calls: Iterable[OnLine]) -> Counter[str]:
    """Return how many of some calls came to the lines of each contract of a month, as `calls_by_contract` does."""
    holders, found = basis.holders, Counter[str]()
    for account, number, count in calls:
        found[holders.get(one_spelling(account)) or holders.get(one_spelling(number), "")] += count
    return found


def calls_compared(basis: MonthBasis, calls: Calls) -> tuple[Mapping[str, int], bool]:
    """Return by contract how many calls a month has more, or fewer, than when it was billed; and whether others.

    Raises ValueError for a basis without calls.
    """
    if basis.calls is None:
        raise ValueError(f"{basis.month} was billed without calls")
    if digest_of_calls(calls) == basis.calls.digest:
        return {}, False
    before = {name: one.calls for name, one in basis.contracts.items()}
    before[""] = basis.calls.calls - sum(before.values())
    now = calls_by_contract(basis, calls)
    more = {name: now[name] - count for name, count in before.items() if now[name] != count}
    return more, not more


def digest_of_calls(calls: Calls) -> str:
    """Return a digest of calls that does not depend on their order: each is hashed by all that is counted of it."""
    tables, details = {name: _hashed(getattr(calls, name)) for name in WORDS}, _hashed(calls.details)
    total = 0
    for rows in chunks(len(calls), CHUNK):
        mixed = (calls.linked[rows] >= 0).astype(np.uint64)
        for name in NUMBERS:
            mixed = _mixed(mixed ^ getattr(calls, name)[rows].astype(np.uint64))
        for name, table in tables.items():
            mixed = _mixed(mixed ^ table[getattr(calls, name).codes[rows]])
        # A call without details has the digest that it had when no call had any: months billed then stay as they are.
        detailed = calls.details.codes[rows]
        mixed = np.where(detailed >= 0, _mixed(mixed ^ details[detailed]), mixed)
        total += int(mixed.sum(dtype=np.uint64))
    return f"{len(calls)}-{total % 2**64:016x}"


def _mixed(values: Hashes) -> Hashes:
    spread: Hashes = (values + SPREAD) * ODD
    spread ^= spread >> FOLD
    return spread


def _hashed(column: WordColumn) -> Hashes:
    """Return the hash of each word of a column, and 0, last, for none."""
    words = [int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") for word in column.words]
    return np.array([*words, 0], np.uint64)
