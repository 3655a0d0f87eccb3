"""`permanence calls find`."""

from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from attrs import frozen

from ....model.clock import midnight
from ....model.problem import Place, Problem, Refused, did_you_mean
from ....on_file import open_book
from ....store.call_answers import billed_calls, lines_of
from ....store.found_calls import Span, WantedCalls, spellings
from ....store.migrations import BILLING
from ....store.opening import reading
from ...calls_found import PARQUET, calls_found, calls_kept
from ...console import out, print_json
from ...plugins_in_use import plugins_in_use, without_option
from ...screens.calls_found import found_summary, show_found
from ...typed import (
    DAYS,
    FIRST_YEAR,
    LAST_YEAR,
    billing_option,
    calls_option,
    contracts_option,
    example,
    json_option,
    rules_option,
)

TIMES = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M")
AROUND = 300
"""Seconds around the time that is typed in which calls are looked for: clocks of people and machines differ."""


@frozen
class _OnFile:
    """What is known before calls are looked for: the zone of the wall clock, and the contract's lines."""

    zone: str
    lines: Collection[str]


@click.command()
@click.argument("number", required=False, default="")
@click.option("--at", "moment", default="", help="Local time, as '2026-10-12 14:05' (5 minutes around it), or day.")
@click.option("--contract", default="", help="Calls on the lines of this contract.")
@calls_option
@billing_option
@rules_option
@contracts_option
@without_option
@json_option
@example("permanence calls find 0639980001 --at '2026-10-12 14:05'")
def find(
    number: str,
    moment: str,
    contract: str,
    calls: str,
    billing: Path,
    rules: Path,
    contracts: Path,
    as_json: bool,
) -> None:
    """Say of calls whether they were counted, for whom and on which line of the invoice, or why they were not.

    NUMBER is the one that called or was called, however it is written, or a call's id. A call that was put through is
    one call, with its records below it. Of months that were billed from Parquet files, --calls 'calls/*.parquet' lists
    what was kept, by --contract and --at: callers' numbers are not read from there.
    """
    if not (number or moment or contract):
        hint = "type a number or a call's id, --at '2026-10-12 14:05', or --contract C0001"
        raise Refused([Problem(Place("calls find"), "nothing is looked for", hint)])
    known = _on_file(billing, rules, contracts, contract)
    span = _span(moment, known.zone) if moment else None
    if calls.endswith(PARQUET):
        if number:
            hint = "look for --contract and --at instead"
            raise Refused([Problem(Place(calls), "callers' numbers are not read from Parquet files", hint)])
        found = calls_kept(billing, WantedCalls(span=span), contract or None, known.zone)
    else:
        lines = [word for line in known.lines for word in spellings(line)] if contract else None
        wanted = WantedCalls(words=spellings(number) if number else None, lines=lines, span=span)
        found = calls_found(billing, Path(calls), wanted, known.zone)
    summary = found_summary(found, number, moment, contract)
    if as_json:
        print_json(summary)
    else:
        show_found(out(), summary, known.zone, span)


def _on_file(billing: Path, rules: Path, contracts: Path, contract: str) -> _OnFile:
    """Return what billing.db knows of zone and lines; what it does not know is looked up on file."""
    with reading(billing, BILLING) as database:
        zones = [one.zone for one in billed_calls(database.conn).values() if one.zone] if database else []
        lines = lines_of(database.conn, contract) if database else ()
    if zones and (lines or not contract):
        return _OnFile(zones[-1], lines)
    book = open_book(rules, contracts, plugins_in_use())
    if contract and not lines:
        known = {one.id: one for one in book.contracts}
        if contract not in known:
            what = f'there is no contract "{contract}"'
            raise Refused([Problem(Place("--contract"), what, did_you_mean(contract, known))])
        lines = tuple(line.line for line in known[contract].lines_held)
    return _OnFile(book.zone, lines)


def _span(typed: str, zone: str) -> Span:
    """Return the day that was typed, or the minutes around the time, as UTC seconds: half-open.

    A time that an autumn night has twice is looked for around both.
    """
    for pattern in (*DAYS, *TIMES):
        with suppress(ValueError):
            time = datetime.strptime(typed.strip().replace("T", " "), pattern).replace(tzinfo=ZoneInfo(zone))
            if FIRST_YEAR <= time.year < LAST_YEAR:
                return _day(time.date(), zone) if pattern in DAYS else _around(time)
    hint = f'write "2026-10-12 14:05", or "2026-10-12"; years from {FIRST_YEAR} to {LAST_YEAR - 1}'
    raise Refused([Problem(Place("--at"), f'"{typed}" is no time', hint)])


def _day(day: date, zone: str) -> Span:
    return midnight(day, zone), midnight(day + timedelta(days=1), zone)


def _around(time: datetime) -> Span:
    first, last = sorted(int(time.replace(fold=fold).timestamp()) for fold in (0, 1))
    return first - AROUND, last + AROUND + 1
