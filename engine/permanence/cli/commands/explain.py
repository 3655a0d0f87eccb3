"""`permanence explain`."""

from collections import Counter
from pathlib import Path

import click

from ...bill.calls_behind import calls_behind
from ...contracts.book import Book
from ...model.clock import month_bounds
from ...model.period import Month
from ...on_file import callers_of, calls_between, open_book, work_records
from ...read.calls.masking import masked
from ...store.explanations import explain as explain_invoice
from ...store.explanations import with_titles
from ..compared import compare_files
from ..console import err, out, print_json
from ..plugins_in_use import plugins_in_use, without_option
from ..screens.explanation import show_calls, show_explanation
from ..screens.output import Record
from ..screens.to_be_done_again import outdated_summary, show_outdated, show_uncompared
from ..screens.work_told import show_work
from ..sellers_in_use import sellers_in_use, sellers_read_option
from ..typed import billing_option, calls_db_option, contracts_option, example, json_option, rules_option


@click.command()
@click.argument("invoice")
@click.option("--calls", "list_calls", is_flag=True, help="List the calls behind it, one by one.")
@billing_option
@calls_db_option
@rules_option
@contracts_option
@sellers_read_option
@without_option
@json_option
@example("permanence explain 2026-10-C0001 --calls")
def explain(
    invoice: str, list_calls: bool, billing: Path, calls_db: Path, rules: Path, contracts: Path, as_json: bool
) -> None:
    """Say why an INVOICE says what it says: for each amount the sentence, the rule, the facts, the calls.

    Everything is as it stood when the month was billed; only the list of calls is made anew.
    """
    record = explain_invoice(billing, invoice)
    month = Month.parse(record["month"])
    book = open_book(rules, contracts, plugins_in_use(), sellers=sellers_in_use()) if list_calls else None
    comparison = compare_files(billing, rules, contracts, month, book)
    record["to_be_done_again"] = outdated_summary(comparison.outdated)
    record["work_behind"] = _work_behind(record, month, str(calls_db))
    if book:
        record.update(_calls_behind(record, month, str(calls_db), book))
    if as_json:
        print_json(record)
        return
    show_explanation(out(), record)
    show_work(out(), record)
    if list_calls:
        show_calls(out(), record)
    show_outdated(out(), comparison.outdated)
    show_uncompared(err(), comparison)


def _work_behind(record: Record, month: Month, source: str) -> list[Record] | None:
    """Return the records of work behind an invoice, one by one; None where they are not those that it counts."""
    found = list(work_records(source, month, record["contract"])) if record["work"] else []
    billed = {one["what"]: (one["quantity"], one["records"]) for one in record["work"]}
    now = dict.fromkeys((one["what"] for one in found), (0, 0))
    for one in found:
        quantity, records = now[one["what"]]
        now[one["what"]] = (quantity + one["quantity"], records + 1)
    return [{**one, "note": masked(one["note"])} for one in found] if now == billed else None


def _calls_behind(record: Record, month: Month, source: str, book: Book) -> Record:
    """Return the calls behind an invoice, one by one; where they are not those that it counts, by outcome then and now.

    A list of other calls than those that were billed would explain another invoice.
    """
    records = calls_between(source, *month_bounds(month, book.zone)).records
    found = calls_behind(book, month, record["contract"], records, callers_of(source))
    billed = Counter[str]()
    for row in record["usage"]:
        billed[row["outcome"]] += row["calls"]
    now = Counter[str](call["outcome"] for call in found)
    if now != billed:
        return {"calls_behind": None, "calls_differ": {"billed": billed, "now": now}}
    if record["offer"] not in _offer_texts(book, record["contract"]):
        err().print("The offer has changed since this month was billed: the list follows the present one.")
    windows = {"": "", **{row["window"]: row["window_title"] for row in record["usage"]}}
    told = [
        {**with_titles(call, record["titles"]), "window_title": windows.get(call["window"], call["window"])}
        for call in found
    ]
    return {"calls_behind": told}


def _offer_texts(book: Book, contract: str) -> set[str]:
    """Return the digest of the offer text that a contract on file names now; nothing when there is none."""
    named = (book.offers.get(signed.offer) for signed in book.contracts if signed.id == contract)
    return {offer.digest for offer in named if offer}
