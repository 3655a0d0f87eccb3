"""Calls that somebody asks about, with what became of each when its month was billed, or why that is not known."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen

from ..model.clock import local_time
from ..model.exclusion import Exclusion, excluded_by
from ..model.forgotten import caller_shown
from ..model.kept_calls import KeptCall
from ..model.period import Month
from ..model.problem import Place, Problem, Refused
from ..on_file import IMPORT_FIRST
from ..store.call_answers import BilledCalls, answers, billed_calls
from ..store.excluded_calls import exclusions
from ..store.found_calls import Span, WantedCalls, found_calls, nearest
from ..store.kept_calls import AT_ANY_TIME, kept_calls
from ..store.migrations import BILLING, CALLS
from ..store.opening import reading
from .exclusion_told import exclusion_told

Record = dict[str, Any]
PARQUET = ".parquet"
RECORD = ("call_id", "caller", "number", "account", "status", "direction", "wait_seconds", "talk_seconds", "tags")
ANSWERED = "answered"


@frozen
class CallsFound:
    """Calls as plain values, in order of arrival; where there is none, when those nearest in time arrived."""

    calls: Sequence[Record]
    nearest: Sequence[str]


def calls_found(billing: Path, calls: Path, wanted: WantedCalls, zone: str) -> CallsFound:
    """Return the calls of calls.db that fit, each with its records and what became of it.

    Raises Refused where there is no such database, or one is not ours or not up to date.
    """
    with reading(calls, CALLS) as database:
        if database is None:
            raise Refused([Problem(Place(str(calls)), "there is no such database of calls", IMPORT_FIRST)])
        found = [[_shown(record) for record in records] for records in found_calls(database, wanted)]
        near = () if found else nearest(database, wanted)
        excluded = excluded_by(exclusions(database))
    became, months = _became(billing, found)
    told = [
        {**_told(records, became, months, zone), "excluded": exclusion_told(_excluded(records, excluded), zone)}
        for records in found
    ]
    return CallsFound(told, [_local(instant, zone) for instant in near])


def _shown(record: Record) -> Record:
    return {**record, "caller": caller_shown(record["caller"] or "")}


def _excluded(records: Sequence[Record], excluded: Mapping[int, Exclusion]) -> Exclusion | None:
    return next((excluded[record["id"]] for record in records if record["id"] in excluded), None)


def calls_kept(billing: Path, wanted: WantedCalls, contract: str | None, zone: str) -> CallsFound:
    """Return what billing.db alone says of calls of a contract or a time: nobody's numbers, no records.

    Raises Refused where it is not ours or not up to date.
    """
    with reading(billing, BILLING) as database:
        found = _kept(database.conn, wanted.span or AT_ANY_TIME, contract) if database else []
    return CallsFound([{**_when(one["start"], zone), "state": "billed", "became": [one]} for one in found], ())


def _kept(connection: Connection, span: Span, contract: str | None) -> list[Record]:
    return answers(connection, kept_calls(connection, contract=contract, span=span))


def _became(billing: Path, found: Sequence[Sequence[Record]]) -> tuple[Mapping[int, Record], Mapping[str, BilledCalls]]:
    """Return what became of calls, by the number of their first record, and the months that were billed.

    A month that was billed from Parquet files has other numbers, and so has one of another calls.db: there, a call of
    the same number started at another time.
    """
    starts = {record["id"]: record["start"] for records in found for record in records}
    with reading(billing, BILLING) as database:
        if database is None:
            return {}, {}
        months = billed_calls(database.conn)
        span = (min(starts.values()), max(starts.values()) + 1) if starts else (0, 0)
        kept = [one for one in kept_calls(database.conn, span=span, calls=starts) if _is_of(one, starts, months)]
        return {one["call"]: one for one in answers(database.conn, kept)}, months


def _is_of(one: KeptCall, starts: Mapping[int, int], months: Mapping[str, BilledCalls]) -> bool:
    return starts[one.call] == one.start and not months[one.month].source.endswith(PARQUET)


def _told(
    records: Sequence[Record], became: Mapping[int, Record], months: Mapping[str, BilledCalls], zone: str
) -> Record:
    first = records[0]
    found = [{**_when(one["start"], zone), **one} for one in map(became.get, (it["id"] for it in records)) if one]
    known = found[0]["month"] if found else str(Month.of(local_time(first["start"], zone)[0]))
    billed = months.get(known)
    since = [record for record in records if billed and record["import"] > (billed.last_import or record["import"])]
    return {
        "call": first["id"],
        **_when(first["start"], zone),
        **_heard(records),
        "records": [{**_when(one["start"], zone), **{name: one[name] for name in RECORD}} for one in records],
        "month": known,
        "state": "billed" if found else _state(billed, whole=len(since) == len(records)),
        "records_since": len(since) if found else 0,
        "became": found,
    }


def _state(billed: BilledCalls | None, *, whole: bool) -> str:
    """Return why nothing is known of a call: ``whole`` tells that all of it came after its month was billed."""
    if billed is None:
        return "not_billed"
    if not billed.kept:
        return "not_kept"
    if billed.source.endswith(PARQUET):
        return "other_source"
    return "came_later" if whole else "not_there"


def _heard(records: Sequence[Record]) -> Record:
    """Return whom a call was from and to, how long it waited, and how long people spoke."""
    first, answered = records[0], [record for record in records if record["status"] == ANSWERED]
    met = [record["start"] + record["wait_seconds"] for record in answered or records]
    return {
        **{name: next((record[name] for record in records if record[name]), "") for name in ("caller", "number")},
        "status": ANSWERED if answered else records[-1]["status"],
        "wait_seconds": (min(met) if answered else max(met)) - first["start"],
        "talk_seconds": sum(record["talk_seconds"] for record in answered),
    }


def _when(start: int, zone: str) -> Record:
    return {"arrived": _local(start, zone)}


def _local(instant: int, zone: str) -> str:
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).isoformat(sep=" ")
