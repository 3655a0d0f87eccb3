"""`permanence live`."""

from datetime import datetime
from pathlib import Path

import click
from attrs import evolve

from ...bill.live import live_month
from ...bill.trials_used import trials_end_by_use
from ...contracts.waiting import contract_of
from ...model.clock import month_bounds
from ...model.period import Month
from ...on_file import calls_between, open_book, work_in, work_source
from ...store.past_calls import past_calls, past_use
from ..console import out, print_json, progress, step
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.live import live_summary, show_live
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import (
    billing_option,
    calls_option,
    contracts_option,
    day_asked,
    example,
    json_option,
    on_option,
    rules_option,
)


@click.command()
@click.argument("contract", required=False, default="")
@on_option
@rules_option
@contracts_option
@sellers_read_option
@billing_option
@calls_option
@without_option
@json_option
@example("permanence live C0001")
def live(
    contract: str, on: datetime | None, rules: Path, contracts: Path, billing: Path, calls: str, as_json: bool
) -> None:
    """Count the running month so far, of one CONTRACT or of all: what it costs to date, and what comes next.

    It is billed by what bills it in the end, and nothing is written. The band or plan reached, the calls that it still
    has, what the next call adds; the calls expected by the month's end, and the day on which the next price is reached.
    """
    with progress("contracts") as advance:
        book = open_book(rules, contracts, plugins_in_use(), advance, sellers=sellers_in_use())
    if contract:
        contract_of(book, contract)
    day = day_asked(on, book.zone)
    month = Month.of(day)
    with step("calls"):
        batch = calls_between(calls, month_bounds(month.before, book.zone)[0], month_bounds(month, book.zone)[1])
        batch = evolve(batch, work=work_in(work_source(calls), month))
    with step("invoices"):
        past = past_calls(billing, month) if book.reads_past else {}
        used = past_use(billing, month) if trials_end_by_use(book) else {}
        found = live_month(book, day, batch, past, used, contract)
    summary = live_summary(found, book.zone)
    if as_json:
        print_json(summary)
    else:
        show_live(out(), summary, contract)
