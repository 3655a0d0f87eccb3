"""The stored calls that issued documents were counted from, proved to be those of then."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..bill.calls_compared import records_digest
from ..bill.ledger_sources import CallsRead
from ..model.basis import CallsStamp, MonthBasis
from ..model.clock import month_bounds
from ..model.period import Month
from ..model.problem import Place, Problem, Refused
from ..on_file import PARQUET, calls_between, exclusions_digest, import_otherwise, imports_digest
from ..store.bases import bases
from ..store.deeds_noted import deeds_wrong
from ..store.migrations import CALLS

CHANGED = "restore calls.db from a backup, and find out who changed it"


def calls_otherwise(billing: Path, reads: Iterable[CallsRead]) -> Iterator[Problem]:
    """Yield what is not as it was when documents were counted: an error of calls.db, a warning of Parquet files.

    Each month's calls are read once for each state that documents were counted from.
    """
    zones = {str(basis.month): basis for basis in bases(billing)}
    reads = tuple(reads)
    yield from filter(None, (_deeds_of(source) for source in dict.fromkeys(one.read["source"] for one in reads)))
    for one in reads:
        basis = zones.get(one.month)
        if basis is None:
            yield _warning(
                one, "the month is not in billing.db any more", f"bill it again: `permanence bill {one.month}`"
            )
        elif one.read["source"].endswith(PARQUET):
            yield from _of_files(one, basis)
        elif not Path(one.read["source"]).is_file():
            yield _warning(one, "the database is not there", "run this where it is, or restore it from a backup")
        else:
            yield from _of_database(one, basis)
    yield from filter(None, (_rows_of(one) for one in {one.read["source"]: one for one in reads}.values()))


def _deeds_of(source: str) -> Problem | None:
    path = Path(source)
    return deeds_wrong(path, CALLS) if not source.endswith(PARQUET) and path.is_file() else None


def _rows_of(one: CallsRead) -> Problem | None:
    """Return what is wrong with the rows that people look calls up in: bills rest on what was packed beside them."""
    source = one.read["source"]
    otherwise = "" if source.endswith(PARQUET) else import_otherwise(source)
    what = f"the calls of {otherwise} are otherwise in its table call than when they were taken in"
    return _error(one, what) if otherwise else None


def _of_database(one: CallsRead, basis: MonthBasis) -> Iterator[Problem]:
    source, last, then = one.read["source"], one.read["last_import"], CallsStamp.parse(one.read["stamp"])
    if imports_digest(source, last) != (last, then.imports):
        yield _error(one, f"its first {last} imports are others than when {one.number} was counted")
    elif then.exclusions and exclusions_digest(source, then.exclusions) != then.excluded:
        yield _error(one, f"its first {then.exclusions} exclusions are others than when {one.number} was counted")
    elif not _same(one, basis, last):
        yield _error(one, f"its calls of {one.month} are others than when {one.number} was counted")


def _of_files(one: CallsRead, basis: MonthBasis) -> Iterator[Problem]:
    try:
        same = _same(one, basis, None)
    except Refused as refused:
        yield _warning(one, refused.problems[0].what, "run this where the files are")
        return
    if not same:
        what = f"its calls of {one.month} are others than when {one.number} was counted"
        yield _warning(one, what, f"`permanence bill {one.month}` says what that changes")


def _same(one: CallsRead, basis: MonthBasis, last: int | None) -> bool:
    """Tell whether a month's calls are those of then; offers that give a call to two months may have come since."""
    bounds = month_bounds(Month.parse(one.month), basis.zone)
    records = calls_between(one.read["source"], *bounds, up_to=last).records
    return one.read["digest"] in (records_digest(basis, records, crossing=crossing) for crossing in (False, True))


def _error(one: CallsRead, what: str) -> Problem:
    return Problem(Place(one.read["source"]), what, CHANGED)


def _warning(one: CallsRead, what: str, hint: str) -> Problem:
    return Problem(Place(one.read["source"]), f"calls of {one.number} not proved: {what}", hint, warning=True)
