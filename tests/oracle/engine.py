"""The engine's own answers to what the oracle is asked."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from permanence.bill.month import bill_month
from permanence.contracts.book import Book
from permanence.model.clock import month_bounds
from permanence.model.invoice import MonthRun
from permanence.model.outcome import Outcome
from permanence.model.period import Month
from permanence.model.usage import Calls
from permanence.offers.proved import Proved, prove_offers
from permanence.on_file import callers_of, calls_between
from permanence.read.contracts.contracts import each_once, read_contracts

from tests.installed import PLUGINS
from tests.oracle.lengths import Seconds
from tests.oracle.offers import SECONDS
from tests.oracle.verdicts import Closing, Kinds


def proved(texts: Sequence[str]) -> Proved:
    """Return rule files proved."""
    with TemporaryDirectory() as name:
        for place, text in enumerate(texts):
            Path(name, f"{place}.toml").write_text(text, encoding="utf-8")
        found = prove_offers(sorted(Path(name).glob("*.toml")), PLUGINS)
    assert found.problems == ()
    return found


def book_of(offers: Proved, text: str) -> Book:
    """Return what is on file: offers, and the contracts of a text."""
    with TemporaryDirectory() as name:
        path = Path(name, "contracts.toml")
        path.write_text(text, encoding="utf-8")
        signed, wrong = read_contracts([path])
    assert wrong == ()
    return Book(PLUGINS, offers.deciders, each_once(signed))


def billed(book: Book, source: str, month: Month) -> MonthRun:
    """Return a month's run over the calls in a database, or in a pattern of Parquet files."""
    return bill_month(book, month, calls_between(source, *month_bounds(month, book.zone)))


def kinds_told(run: MonthRun) -> tuple[Kinds, Kinds]:
    """Return how many calls of each kind the bills of a month have, and how many seconds of talk."""
    calls, talk = Kinds(), Kinds()
    for invoice in run.invoices:
        for row in invoice.usage:
            kind = (row.contract, row.outcome.word, row.reason, row.window, row.marks)
            calls[kind] += row.calls
            talk[kind] += row.talk_seconds
    return calls, talk


def seconds_told(run: MonthRun) -> Seconds:
    """Return the seconds that the bills of a month charge, by contract and fact."""
    found = Seconds()
    for invoice in run.invoices:
        for line in invoice.lines:
            fact = SECONDS.get(line.code.removeprefix("price."))
            if fact:
                found[invoice.contract.id, fact] += line.quantity
    return found


def closing_told(run: MonthRun) -> Closing:
    """Return the two equations as the engine has them."""
    told = run.outcomes
    by_outcome = {outcome.word: count for outcome, count in zip(Outcome, told.by_outcome, strict=True)}
    return Closing(told.came_in, told.duplicates, told.refused, told.records, told.calls, by_outcome)


def callers(source: str, month: Month) -> dict[str, str]:
    """Return the numbers that called in a month, by the account or number that the call names."""
    each = records_between(source, month)
    told = callers_of(source)(each.row.tolist())
    return {
        each.account[place] or each.number[place]: told[row]
        for place, row in enumerate(each.row.tolist())
        if row in told
    }


def records_between(source: str, month: Month) -> Calls:
    """Return the records of a month."""
    return calls_between(source, *month_bounds(month, "Europe/Paris")).records.each
