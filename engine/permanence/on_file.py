"""What is on file, opened: offers that prove themselves, and contracts that can be read."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .contracts.book import Book
from .model.problem import Place, Problem, Refused, errors
from .model.usage import CallBatch
from .offers.proved import NONE_PROVED, Proved, prove_offers
from .plugin_manager import Plugins
from .read.calls.month_parquet import read_parquet_calls
from .read.contracts.contracts import read_contracts
from .read.folders import contract_files, rule_files
from .store.call_queries import calls_by_row, calls_of_month, holds_imports
from .store.migrations import CALLS
from .store.opening import reading

IMPORT_FIRST = "run `permanence calls import` first, or name Parquet files with --calls 'calls/*.parquet'"


def open_book(
    rules: Path,
    contracts: Path,
    plugins: Plugins,
    progress: Callable[[int], object] | None = None,
    before: Proved = NONE_PROVED,
) -> Book:
    """Return what is on file in two folders; raise Refused with every problem of every file.

    What was proved ``before`` is not proved again.
    """
    proved = prove_offers(rule_files(rules), plugins, before)
    signed, wrong = read_contracts(contract_files(contracts), progress)
    if found := errors([*proved.problems, *wrong]):
        raise Refused(found)
    return Book(plugins, proved.deciders, signed)


def calls_between(source: str, start_utc: int, end_utc: int) -> CallBatch:
    """Return the calls that arrived from one instant up to another, from calls.db or a pattern of Parquet files.

    Raises Refused when there is no such database, or when no file fits the pattern.
    """
    if not source.endswith(".parquet"):
        return _from_database(Path(source), start_utc, end_utc)
    folder, _, pattern = source.rpartition("/")
    paths = sorted(Path(folder or ".").glob(pattern))
    if not paths:
        raise Refused([Problem(Place(source), "no Parquet file fits this pattern", "check the folder and the name")])
    return read_parquet_calls(paths, start_utc, end_utc)


def _from_database(path: Path, start_utc: int, end_utc: int) -> CallBatch:
    if not path.is_file():
        raise Refused([Problem(Place(str(path)), "there is no such database of calls", IMPORT_FIRST)])
    with reading(path, CALLS) as database:
        if database is None or not holds_imports(database):
            raise Refused([Problem(Place(str(path)), "no call was imported into it yet", IMPORT_FIRST)])
        return calls_of_month(database, start_utc, end_utc)


def callers_of(source: str) -> Callable[[Sequence[int]], Mapping[int, str]]:
    """Return what gives the numbers that called, by the numbers that calls have in calls.db.

    Of Parquet files they are not read at all.
    """

    def callers(numbers: Sequence[int]) -> Mapping[int, str]:
        if source.endswith(".parquet"):
            return {}
        with reading(Path(source), CALLS) as database:
            found = calls_by_row(database, numbers) if database else ()
        return {call["id"]: call["caller"] or "" for call in found}

    return callers
