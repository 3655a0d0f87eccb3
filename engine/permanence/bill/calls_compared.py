"""A month's records, to be compared later: how many calls came to whose lines, a digest in which order is nothing."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from ..model.basis import CallsBasis, ContractBasis, MonthBasis
from ..model.clock import month_bounds
from ..model.line import one_spelling
from ..model.records import NO_ROWS, Records
from ..model.usage import Codes, Flags, Numbers, Rows, WordColumn
from .measure.outcomes import CHUNK, chunks

Hashes = NDArray[np.uint64]
COUNTED = 1 << 20
"""Records counted together: so many that a count for each contract is little beside them."""
NUMBERS = ("start", "wait", "talk")
WORDS = ("account", "number", "status", "direction", "language", "tags")
SPREAD = np.uint64(0x9E3779B97F4A7C15)
FOLD, ODD = np.uint64(29), np.uint64(0xBF58476D1CE4E5B9)
"""The constants of splitmix64: what differs in one bit differs in half of them."""

OnLine = tuple[str, str, int]
"""An account, a number that was called, and how many calls came to them."""


def with_calls(basis: MonthBasis, records: Records, source: str, stamp: str, last_import: int) -> MonthBasis:
    """Return a month's basis with the records that its bills rest on, and where they were read."""
    theirs = MonthRecords.of(basis, records)
    whose = theirs.by_contract()
    contracts = {
        name: ContractBasis(digest=one.digest, lines=one.lines, on_file=one.on_file, calls=whose[name])
        for name, one in basis.contracts.items()
    }
    read = CallsBasis(source=source, stamp=stamp, last_import=last_import, calls=whose.total(), digest=theirs.digest())
    return evolve(basis, contracts=contracts, calls=read)


@frozen(eq=False)
class MonthRecords:
    """The records of a month's calls, as far as they can be told without an offer: by when their calls arrived.

    Where an offer on file may give a call that goes on over a month's end to the month after, it is of both.
    ``mine`` tells which are of the month; ``arrival`` is when the call arrived of each record that is one with others.
    """

    basis: MonthBasis
    records: Records
    mine: Flags
    arrival: Numbers

    @classmethod
    def of(cls, basis: MonthBasis, records: Records) -> "MonthRecords":
        """Return the records of a month's calls among those that start in a longer time."""
        each, legs = records.each, records.legs
        start, end = month_bounds(basis.month, basis.zone)
        mine = (each.start >= start) & (each.start < end)
        if basis.crossing:
            early = np.flatnonzero(each.start < start)
            mine[early] = each.start[early] + each.wait[early] >= start
        arrival = np.repeat(each.start[legs.heads], legs.sizes)
        if legs.first.size:
            theirs = (arrival >= start) & (arrival < end)
            if basis.crossing:
                until = np.maximum.reduceat(each.start[legs.rows] + each.wait[legs.rows], legs.first)
                theirs |= (arrival < start) & (np.repeat(until, legs.sizes) >= start)
            mine[legs.rows] = theirs
        return cls(basis, records, mine, arrival)

    def by_contract(self, some: Flags | None = None) -> Counter[str]:
        """Return how many calls came to the lines of each contract of the month; "" has those that are nobody's.

        They are all calls, or those that have ``some`` records among theirs, a flag a record.

        The account says whose a call is, and the number where the account says nothing; of several records, those of
        the first one that names a contract.
        """
        holders, each, legs = self.basis.holders, self.records.each, self.records.legs
        names = ("", *dict.fromkeys(holders.values()))
        place = {name: number for number, name in enumerate(names)}
        account, number = (
            np.array([*(place[holders.get(one_spelling(word), "")] for word in column.words), 0], np.int32)
            for column in (each.account, each.number)
        )

        def whose(rows: Rows) -> Codes:
            found = account.take(each.account.codes[rows])
            if np.count_nonzero(found) == len(found):
                return found
            return np.where(found > 0, found, number.take(each.number.codes[rows]))

        once = self.mine if some is None else self.mine & self._with_any(some)
        counts = np.zeros(len(names), np.int64)
        if legs.first.size:
            naming = legs.first_of(whose(legs.rows) > 0)
            counts += np.bincount(whose(naming[once[naming]]), minlength=len(names))
            once = once.copy()
            once[legs.rows] = False
        for rows in chunks(len(each), COUNTED):
            counts += np.bincount(whose(rows)[once[rows]], minlength=len(names))
        return Counter(dict(zip(names, counts.tolist(), strict=True)))

    def _with_any(self, some: Flags) -> Flags:
        """Return, per record, whether its call has one of some records."""
        legs, found = self.records.legs, some.copy()
        if legs.first.size:
            found[legs.rows] = np.repeat(np.logical_or.reduceat(some[legs.rows], legs.first), legs.sizes)
        return found

    def digest(self) -> str:
        """Return a digest of the records that does not depend on their order.

        Each is hashed by all that is counted of it, and, where its call has several, by the call's arrival.
        """
        each, legs = self.records.each, self.records.legs
        tables, details = {name: _hashed(getattr(each, name)) for name in WORDS}, _hashed(each.details)
        order = np.argsort(legs.rows)
        joined, arrival = legs.rows[order], self.arrival[order].astype(np.uint64) + np.uint64(1)
        total = 0
        for rows in chunks(len(each), CHUNK):
            mixed = np.zeros(rows.stop - rows.start, np.uint64)
            theirs = slice(*np.searchsorted(joined, (rows.start, rows.stop)))
            mixed[joined[theirs] - rows.start] = arrival[theirs]
            more = np.empty_like(mixed)
            for name in NUMBERS:
                mixed ^= getattr(each, name)[rows].astype(np.uint64)
                _mix(mixed, more)
            for name, table in tables.items():
                mixed ^= table.take(getattr(each, name).codes[rows], out=more, mode="wrap")
                _mix(mixed, more)
            # A record without details has the digest that it had when none had any: such months stay as they are.
            detailed = np.flatnonzero(each.details.codes[rows] >= 0) if each.details.words else NO_ROWS
            if detailed.size:
                with_details = mixed[detailed] ^ details[each.details.codes[rows][detailed]]
                _mix(with_details, np.empty_like(with_details))
                mixed[detailed] = with_details
            total += int(mixed.sum(dtype=np.uint64, where=self.mine[rows]))
        return f"{int(np.count_nonzero(self.mine))}-{total % 2**64:016x}"


def records_digest(basis: MonthBasis, records: Records, *, crossing: bool) -> str:
    """Return the digest of a month's records, with those that cross its end or without."""
    return MonthRecords.of(evolve(basis, crossing=crossing), records).digest()


def later_calls(basis: MonthBasis, calls: Iterable[OnLine]) -> Counter[str]:
    """Return how many of some calls came to the lines of each contract of a month, as comparing them all would."""
    holders, found = basis.holders, Counter[str]()
    for account, number, count in calls:
        found[holders.get(one_spelling(account)) or holders.get(one_spelling(number), "")] += count
    return found


def calls_compared(basis: MonthBasis, records: Records) -> tuple[Mapping[str, int], bool]:
    """Return by contract how many calls a month has more, or fewer, than when it was billed; and whether others.

    Raises ValueError for a basis without calls.
    """
    if basis.calls is None:
        raise ValueError(f"{basis.month} was billed without calls")
    theirs = MonthRecords.of(basis, records)
    if theirs.digest() == basis.calls.digest:
        return {}, False
    before = {name: one.calls for name, one in basis.contracts.items()}
    before[""] = basis.calls.calls - sum(before.values())
    now = theirs.by_contract()
    more = {name: now[name] - count for name, count in before.items() if now[name] != count}
    return more, not more


def exclusions_compared(basis: MonthBasis, records: Records, otherwise: Collection[int]) -> Counter[str]:
    """Return by contract how many calls of a month have a record that is excluded, or not, otherwise than before."""
    changed = np.isin(records.each.row, np.array(sorted(otherwise), np.int64))
    return +MonthRecords.of(basis, records).by_contract(changed)


def _mix(values: Hashes, room: Hashes) -> None:
    """Mix values in place; whatever stands in ``room``, as long as they are, is lost."""
    values += SPREAD
    values *= ODD
    values ^= np.right_shift(values, FOLD, out=room)


def _hashed(column: WordColumn) -> Hashes:
    """Return the hash of each word of a column, and 0, last, for none."""
    words = [int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") for word in column.words]
    return np.array([*words, 0], np.uint64)
