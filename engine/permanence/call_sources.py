"""A month's calls from where the user keeps them: calls.db, or Parquet files of the same columns."""

from pathlib import Path

from .model.problem import Place, Problem, Refused
from .model.usage import CallBatch
from .read.call_parquet import read_parquet_calls
from .store.call_queries import calls_of_month, holds_imports
from .store.calls import open_calls

IMPORT_FIRST = "run `permanence calls import` first, or name Parquet files with --calls 'calls/*.parquet'"


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
    database = open_calls(str(path))
    try:
        if not holds_imports(database):
            raise Refused([Problem(Place(str(path)), "no call was imported into it yet", IMPORT_FIRST)])
        return calls_of_month(database, start_utc, end_utc)
    finally:
        database.close()
