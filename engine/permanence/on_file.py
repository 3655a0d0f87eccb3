"""What is on file, opened: offers that prove themselves, and contracts that can be read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import evolve

from .contracts.book import Book
from .model.basis import CallsBasis, CallsStamp
from .model.clock import EPOCH_DAY
from .model.exclusion import Exclusion, excluded_by, excluded_otherwise
from .model.period import Month
from .model.problem import Place, Problem, Refused, errors, stopping
from .model.records import CallBatch, Records, Span, span_around, span_needed
from .model.seller import Seller
from .model.slip import Slip
from .model.work import Work
from .offers.proved import NONE_PROVED, Proved, prove_offers
from .plugin_manager import Plugins
from .read.calls.month_packed import read_packed_records
from .read.calls.month_parquet import read_parquet_calls
from .read.calls.parquet_days import records_in_parquet
from .read.contracts.contracts import each_once, read_contracts, with_slips
from .read.folders import contract_files, rule_files
from .read.parties.sellers import read_sellers, seller_files
from .store.call_queries import calls_by_row, holds_imports, imports_up_to, records_by_utc_day, rows_since
from .store.excluded_calls import exclusions
from .store.exclusions import digest_of
from .store.import_days import first_import_otherwise, stored_packs
from .store.later_calls import calls_since, joined_to_earlier
from .store.migrations import CALLS
from .store.opening import reading
from .store.work_queries import work_behind, work_of_month

CALLS_DB = "calls.db"
PARQUET = ".parquet"
IMPORT_FIRST = "run `permanence calls import` first, or name Parquet files with --calls 'calls/*.parquet'"


def open_book(
    rules: Path,
    contracts: Path,
    plugins: Plugins,
    progress: Callable[[int], object] | None = None,
    before: Proved = NONE_PROVED,
    sellers: Path | None = None,
) -> Book:
    """Return what is on file in two folders; raise Refused with every problem of every file.

    What is wrong with one contract alone stops nobody: the contract has it, and waits; so does each that has an option
    which cannot be used. What was proved ``before`` is not proved again. Without a folder of ``sellers`` nobody is
    known who sells, and charges no VAT.
    """
    proved = prove_offers(rule_files(rules), plugins, before)
    signed, wrong = read_contracts(contract_files(contracts), progress, plugins.options)
    selling, unsound = read_sellers(seller_files(sellers)) if sellers else ((), ())
    found = errors([*stopping(proved.problems), *wrong, *unsound])
    if not all(isinstance(problem, Slip) for problem in found):
        raise Refused(found)
    return Book(plugins, proved.deciders, each_once(with_slips(signed, found)), selling)


def open_sellers(folder: Path) -> tuple[Seller, ...]:
    """Return who sells, by the files of a folder, in the order of their names; none where there is no file.

    Raises Refused with every problem of every file.
    """
    sellers, found = read_sellers(seller_files(folder))
    if found:
        raise Refused(found)
    return sellers


def calls_between(source: str, start_utc: int, end_utc: int, up_to: int | None = None) -> CallBatch:
    """Return the records of the calls that arrived from one instant up to another, with those of the days around them.

    They are read from calls.db or a pattern of Parquet files, once more of a longer time where a call may go on beyond
    what was read. Of a database they may be those alone that came with the imports ``up_to`` one. Raises Refused when
    there is no such database, or when no file fits the pattern.
    """
    month = start_utc, end_utc
    span = span_around(month)
    while True:
        batch = _records(source, span, month, up_to)
        needed = span_needed(batch.records, span, month)
        if needed == span:
            return batch
        span = needed


def _records(source: str, span: Span, month: Span, up_to: int | None) -> CallBatch:
    if not source.endswith(PARQUET):
        return _from_database(Path(source), span, month, up_to)
    paths = parquet_files(source)
    if not paths:
        raise Refused([Problem(Place(source), "no Parquet file fits this pattern", "check the folder and the name")])
    return read_parquet_calls(paths, span, month)


def parquet_files(pattern: str) -> Sequence[Path]:
    """Return the files that fit a pattern of Parquet files, in the order of their names."""
    folder, _, names = pattern.rpartition("/")
    return sorted(Path(folder or ".").glob(names))


def calls_stamp(source: str) -> tuple[str, int] | None:
    """Return how a database of calls or a pattern of Parquet files stands, and the number of its last import.

    The stamp is another once files were imported, added or written anew, or calls excluded or counted again. None where
    nothing is there to be read.
    """
    if source.endswith(PARQUET):
        found = [
            (path.name, facts.st_size, facts.st_mtime_ns) for path in parquet_files(source) if (facts := path.stat())
        ]
        return (sha256(repr(found).encode()).hexdigest(), 0) if found else None
    with reading(Path(source), CALLS) as database:
        if database is None:
            return None
        last, digest = imports_up_to(database)
        entries = exclusions(database)
        return str(CallsStamp(digest, len(entries), digest_of(entries) if entries else "")), last


def excluded_since(source: str, stamp: str) -> Mapping[int, Exclusion] | None:
    """Return the calls of a database that are excluded, or not, otherwise than when it had a stamp, by their numbers.

    Of Parquet files none is. None where that cannot be told: the entries of then are there no more.
    """
    if source.endswith(PARQUET):
        return {}
    with reading(Path(source), CALLS) as database:
        entries, then = exclusions(database) if database else (), CallsStamp.parse(stamp)
    if then.exclusions and digest_of(entries[: then.exclusions]) != then.excluded:
        return None
    return excluded_otherwise(entries, then.exclusions)


def imports_digest(source: str, last: int) -> tuple[int, str]:
    """Return the number of the last import of a database of calls up to one, and the digest of all up to it."""
    with reading(Path(source), CALLS) as database:
        return imports_up_to(database, last) if database else (0, "")


def import_otherwise(source: str) -> str:
    """Return the first file whose calls a database has otherwise than they were taken in; nothing where none is."""
    with reading(Path(source), CALLS) as database:
        return first_import_otherwise(database) if database else ""


def exclusions_digest(source: str, count: int) -> str:
    """Return the digest of the first exclusions of a database of calls, so many as are asked for."""
    with reading(Path(source), CALLS) as database:
        return digest_of(exclusions(database)[:count]) if database else ""


def start_of_calls(source: str, numbers: Sequence[int]) -> Sequence[int]:
    """Return when records of a database of calls start, by their numbers, in UTC seconds."""
    with reading(Path(source), CALLS) as database:
        return [call["start"] for call in calls_by_row(database, numbers)] if database else []


def calls_imported_since(read: CallsBasis, month: Span, *, crossing: bool) -> Sequence[tuple[str, str, int]] | None:
    """Return the calls of a month that came with later imports than those read, by account and called number.

    None where that cannot be told without reading the month again: of Parquet files, where the earlier imports are not
    the same any more, and where a record that came later may be part of a call with others, or of another month's.
    """
    if read.source.endswith(PARQUET):
        return None
    with reading(Path(read.source), CALLS) as database:
        then = (read.last_import, CallsStamp.parse(read.stamp).imports)
        if database is None or imports_up_to(database, read.last_import) != then:
            return None
        return calls_since(database, read.last_import, month, crossing=crossing)


def imported_since(source: str, last_import: int) -> frozenset[int] | None:
    """Return the numbers of the records in a database of calls that came with imports after one; None without it."""
    if source.endswith(PARQUET):
        return None
    with reading(Path(source), CALLS) as database:
        return rows_since(database, last_import) if database else None


def records_by_day(source: str, first: date, end: date) -> Mapping[date, int]:
    """Return how many records arrived on each day from one up to another; days are told apart in UTC.

    Raises Refused for a Parquet file that cannot be used.
    """
    bounds = (first.toordinal() - EPOCH_DAY, end.toordinal() - EPOCH_DAY)
    found: Mapping[int, int] = {}
    if source.endswith(PARQUET):
        found = records_in_parquet(parquet_files(source), *bounds)
    else:
        with reading(Path(source), CALLS) as database:
            found = records_by_utc_day(database, *bounds) if database else {}
    return {date.fromordinal(EPOCH_DAY + day): count for day, count in found.items()}


def _from_database(path: Path, span: Span, month: Span, up_to: int | None) -> CallBatch:
    if not path.is_file():
        raise Refused([Problem(Place(str(path)), "there is no such database of calls", IMPORT_FIRST)])
    with reading(path, CALLS) as database:
        if database is None or not holds_imports(database):
            raise Refused([Problem(Place(str(path)), "no call was imported into it yet", IMPORT_FIRST)])
        batch = read_packed_records(stored_packs(database, *span, up_to), span, month)
        reasons = {call: entry.why for call, entry in excluded_by(exclusions(database)).items()}
        return evolve(batch, records=batch.records.excluding(reasons)) if reasons else batch


def records_after(source: str, imports: Span, span: Span) -> Records | None:
    """Return the records of a time that came into a database of calls with imports after one, up to another.

    None where some may be part of a call with records that came before, and of Parquet files.
    """
    if source.endswith(PARQUET):
        return None
    with reading(Path(source), CALLS) as database:
        if database is None or joined_to_earlier(database, imports[0]):
            return None
        return read_packed_records(stored_packs(database, *span, imports[1], imports[0]), span, span).records


def work_source(source: str) -> str:
    """Return the database in which the work is that goes with calls: theirs, or calls.db beside Parquet files."""
    return CALLS_DB if source.endswith(PARQUET) else source


def work_in(source: str, month: Month) -> tuple[Work, ...]:
    """Return the work of a month that is no call, from a database of calls; none where there is no such database.

    Raises Refused for one that is not ours or not up to date.
    """
    with reading(Path(source), CALLS) as database:
        return work_of_month(database, month) if database else ()


def work_records(source: str, month: Month, contract: str) -> Sequence[dict[str, Any]]:
    """Return the records of a contract's work in a month, one by one; none where there is no such database."""
    with reading(Path(source), CALLS) as database:
        return work_behind(database, month, contract) if database else ()


def callers_of(source: str) -> Callable[[Sequence[int]], Mapping[int, str]]:
    """Return what gives the numbers that called, by the numbers that calls have in calls.db.

    Of Parquet files they are not read at all.
    """

    def callers(numbers: Sequence[int]) -> Mapping[int, str]:
        if source.endswith(PARQUET):
            return {}
        with reading(Path(source), CALLS) as database:
            found = calls_by_row(database, numbers) if database else ()
        return {call["id"]: call["caller"] or "" for call in found}

    return callers
