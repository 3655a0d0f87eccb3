"""`permanence bill`."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from attrs import evolve

from ...bill.basis import basis_of
from ...bill.calls_compared import with_calls
from ...bill.ledger import issued_otherwise
from ...bill.missing_days import first_day_looked_at, missing_days, records_by_day
from ...bill.month import bill_month
from ...bill.trials_used import trials_end_by_use
from ...bill.work_compared import with_work_of
from ...contracts.book import Book
from ...contracts.signature import without_fingerprint
from ...model.billed_again import billed_again
from ...model.clock import month_bounds
from ...model.missing_days import MissingDays
from ...model.period import Month
from ...model.problem import Place, Problem, Refused
from ...model.records import CallBatch
from ...offers.billed_versions import billed_otherwise
from ...on_file import calls_between, calls_stamp, open_book, work_in, work_source
from ...on_file import records_by_day as records_on_file
from ...read.deeds import note
from ...store.bases import texts_billed
from ...store.held_bills import bills_of
from ...store.ledger import beside_drafts
from ...store.past_calls import past_calls, past_use
from ...store.results import open_billing, publish
from ..compared import compare_book
from ..console import err, out, print_json, progress, step
from ..databases import may_make
from ..deed_typed import deed_typed
from ..made_with import made_with
from ..plugins_in_use import plugins_in_use, without_option
from ..product import product_version
from ..screens.billed_again import again_summary, show_billed_again
from ..screens.issued_otherwise import otherwise_summary, show_otherwise
from ..screens.problems import show_findings
from ..screens.run import run_summary, show_run
from ..screens.to_be_done_again import outdated_summary, show_outdated
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import DAY, MONTH, billing_option, calls_option, contracts_option, example, json_option, rules_option
from ..upgraded import tell_upgraded


@click.command()
@click.argument("month", type=MONTH)
@rules_option
@contracts_option
@sellers_read_option
@billing_option
@calls_option
@click.option("--on", type=DAY, help="Bill as if today were this day.")
@click.option("--incomplete", is_flag=True, help="Bill though calls are missing, and say so.")
@without_option
@json_option
@example("permanence bill 2026-10")
def bill(
    month: Month,
    rules: Path,
    contracts: Path,
    billing: Path,
    calls: str,
    on: datetime | None,
    incomplete: bool,
    as_json: bool,
) -> None:
    """Bill one MONTH: draft invoices for every contract, in place of that month's former drafts.

    A month that has not ended is billed as provisional. A contract that cannot be billed is put on hold, and
    touches no other: `permanence holds` says what to do, and the month, billed again, has its bill besides. A month
    of which no call came in, or with a gap of days whose usual calls are missing, is billed with --incomplete only.
    """
    now, plugins, deed = datetime.now(UTC), plugins_in_use(), deed_typed()
    with progress("contracts") as advance:
        book = open_book(rules, contracts, plugins, advance, sellers=sellers_in_use())
    today = (on or now.astimezone(ZoneInfo(book.zone))).date()
    with step("calls"):
        # Looked at before the calls are: what is imported meanwhile is found later.
        stamp, last_import = calls_stamp(calls) or ("", 0)
        batch = calls_between(calls, *month_bounds(month, book.zone))
        batch = evolve(batch, work=work_in(work_source(calls), month))
        missing = _missing(book, month, batch, calls, today)
    if missing and not incomplete:
        raise Refused([_told(month, one) for one in missing])
    # Opened before the past is read out of it: an older one is brought up to date.
    with may_make(billing), closing(open_billing(billing, tell_upgraded, deed)) as database:
        if found := tuple(billed_otherwise(book.offers.values(), texts_billed(billing), month)):
            raise Refused(found)
        with step("invoices"):
            past = past_calls(billing, month) if book.reads_past else {}
            used = past_use(billing, month) if trials_end_by_use(book) else {}
            run = bill_month(book, month, batch, past, provisional=today < month.next.first, used=used)
            run = evolve(run, missing=missing)
        before = bills_of(database, month)
        with step(billing.name):
            basis = with_calls(basis_of(book, run), batch.records, calls, stamp, last_import)
            basis = with_work_of(basis, batch.work, work_source(calls))
            publish(database, run, now, product_version(), basis, made_with(plugins), deed)
        again = billed_again(before, bills_of(database, month)) if before else None
        note(str(month), f"was billed into {billing}")
    if unguarded := tuple(without_fingerprint(book.contracts)):
        show_findings(err(), unguarded)
    summary, others = run_summary(run), compare_book(billing, book, but=month)
    otherwise = otherwise_summary(
        issued_otherwise(*beside_drafts(billing, month), [one.contract.id for one in run.holds])
    )
    if as_json:
        told = {"billed_again": again_summary(again) if again else None, "issued_otherwise": otherwise}
        print_json({**summary, **told, "to_be_done_again": outdated_summary(others.outdated)})
    else:
        show_run(out(), summary)
        if again:
            show_billed_again(out(), again)
        show_otherwise(out(), otherwise)
        show_outdated(out(), others.outdated)


def _missing(book: Book, month: Month, batch: CallBatch, source: str, today: date) -> tuple[MissingDays, ...]:
    """Return the days of a month whose usual calls are missing from what was read."""
    records = records_by_day(batch.records.each.start, month, book.zone)
    covered = bool(records or batch.duplicates or batch.refused)
    if not covered or len(records) < month.days:
        records = {**records_on_file(source, first_day_looked_at(month), month.first), **records}
    return missing_days(book, month, records, today, covered=covered)


def _told(month: Month, missing: MissingDays) -> Problem:
    hint = "import them, or bill without them: --incomplete"
    if (missing.first, missing.last) == (month.first, month.last):
        return Problem(Place(str(month)), "no call of this month was imported", hint)
    days = f"on {missing.first}" if missing.first == missing.last else f"from {missing.first} to {missing.last}"
    return Problem(Place(str(month)), f"no call came in {days}, where about {missing.usual} are usual", hint)
