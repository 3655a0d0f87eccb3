"""`permanence bill`."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from attrs import evolve

from ...bill.basis import basis_of
from ...bill.calls_compared import with_calls
from ...bill.month import bill_month
from ...bill.work_compared import with_work_of
from ...contracts.signature import without_fingerprint
from ...model.clock import month_bounds
from ...model.period import Month
from ...model.problem import Refused
from ...offers.billed_versions import billed_otherwise
from ...on_file import calls_between, calls_stamp, open_book, work_in, work_source
from ...plugin_manager import Plugins
from ...read.deeds import note
from ...store.bases import texts_billed
from ...store.past_calls import past_calls
from ...store.results import open_billing, publish
from ..compared import compare_book
from ..console import err, out, print_json, progress, step
from ..databases import may_make
from ..product import product_version
from ..screens.problems import show_findings
from ..screens.run import run_summary, show_run
from ..screens.to_be_done_again import outdated_summary, show_outdated
from ..typed import MONTH, billing_option, calls_option, contracts_option, example, json_option, rules_option
from ..upgraded import tell_upgraded


@click.command()
@click.argument("month", type=MONTH)
@rules_option
@contracts_option
@billing_option
@calls_option
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Bill as if today were this day.")
@json_option
@example("permanence bill 2026-10")
def bill(
    month: Month, rules: Path, contracts: Path, billing: Path, calls: str, on: datetime | None, as_json: bool
) -> None:
    """Bill one MONTH: draft invoices for every contract, in place of that month's former drafts.

    A month that has not ended is billed as provisional. A contract that cannot be billed is put on hold, and
    touches no other.
    """
    now = datetime.now(UTC)
    with progress("contracts") as advance:
        book = open_book(rules, contracts, Plugins.installed(), advance)
    today = (on or now.astimezone(ZoneInfo(book.zone))).date()
    with step("calls"):
        # Looked at before the calls are: what is imported meanwhile is found later.
        stamp, last_import = calls_stamp(calls) or ("", 0)
        batch = calls_between(calls, *month_bounds(month, book.zone))
        batch = evolve(batch, work=work_in(work_source(calls), month))
    # Opened before the past is read out of it: an older one is brought up to date.
    with may_make(billing), closing(open_billing(billing, tell_upgraded)) as database:
        if found := tuple(billed_otherwise(book.offers.values(), texts_billed(billing), month)):
            raise Refused(found)
        with step("invoices"):
            past = past_calls(billing, month) if book.remembering else {}
            run = bill_month(book, month, batch, past, provisional=today < month.next.first)
        with step(billing.name):
            basis = with_calls(basis_of(book, run), batch.records, calls, stamp, last_import)
            basis = with_work_of(basis, batch.work, work_source(calls))
            publish(database, run, now, product_version(), basis)
        note(str(month), f"was billed into {billing}")
    if unguarded := tuple(without_fingerprint(book.contracts)):
        show_findings(err(), unguarded)
    summary, others = run_summary(run), compare_book(billing, book, but=month)
    if as_json:
        print_json({**summary, "to_be_done_again": outdated_summary(others.outdated)})
    else:
        show_run(out(), summary)
        show_outdated(out(), others.outdated)
