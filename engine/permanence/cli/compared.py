"""The months in billing.db compared with what is known now: one answer for every command and page."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from attrs import evolve, frozen

from ..bill.basis import compared
from ..bill.calls_compared import calls_compared, exclusions_compared, later_calls
from ..bill.contracts_filed import contracts_on_file
from ..bill.work_compared import work_compared
from ..contracts.book import Book
from ..model.basis import CallsBasis, MonthBasis, Outdated
from ..model.clock import month_bounds
from ..model.period import Month
from ..model.problem import Problem, Refused
from ..model.records import Span, span_around
from ..on_file import (
    calls_between,
    calls_imported_since,
    calls_stamp,
    excluded_since,
    open_book,
    start_of_calls,
    work_in,
    work_source,
)
from ..plugin_manager import Plugins
from ..store.bases import bases
from ..store.past_calls import past_calls
from .plugins_in_use import plugins_in_use
from .sellers_in_use import sellers_in_use


@frozen
class MonthsCompared:
    """The months that are to be done again, in order, and what kept others from being compared in full.

    ``book`` is what they were compared with, None where it could not be opened; ``rest_on`` is what they rest on.
    """

    outdated: tuple[Outdated, ...] = ()
    problems: tuple[Problem, ...] = ()
    book: Book | None = None
    rest_on: tuple[MonthBasis, ...] = ()


def compare_files(
    billing: Path,
    rules: Path,
    contracts: Path,
    month: Month | None = None,
    book: Book | None = None,
    plugins: Plugins | None = None,
    sellers: Path | None = None,
) -> MonthsCompared:
    """Return the months, or the one, that are to be done again; what is on file is opened unless the ``book`` is there.

    It is opened with those ``plugins`` and ``sellers``, or with those in use. Where it cannot be, calls alone are
    compared. Nothing is raised: what was asked of a command was done.
    """
    try:
        rest_on = bases(billing, month)
    except Refused as refused:
        return MonthsCompared(problems=tuple(refused.problems))
    if not rest_on:
        return MonthsCompared()
    try:
        book = book or open_book(rules, contracts, plugins or plugins_in_use(), sellers=sellers or sellers_in_use())
    except Refused as refused:
        return MonthsCompared(_outdated(billing, rest_on, None), tuple(refused.problems))
    return MonthsCompared(_outdated(billing, rest_on, book), book=book, rest_on=rest_on)


def compare_book(billing: Path, book: Book, but: Month | None = None) -> MonthsCompared:
    """Return the months that are to be done again, ``but`` one that was billed just now."""
    try:
        rest_on = [basis for basis in bases(billing) if basis.month != but]
    except Refused as refused:
        return MonthsCompared(problems=tuple(refused.problems))
    return MonthsCompared(_outdated(billing, rest_on, book))


def _outdated(billing: Path, rest_on: Sequence[MonthBasis], book: Book | None) -> tuple[Outdated, ...]:
    on_file = contracts_on_file(book) if book and rest_on else {}
    found = (_of_month(billing, basis, book, on_file) for basis in rest_on)
    return tuple(outdated for outdated in found if outdated)


def _of_month(billing: Path, basis: MonthBasis, book: Book | None, on_file: Mapping[str, str]) -> Outdated:
    past = past_calls(billing, basis.month) if book and book.reads_past else {}
    outdated = compared(book, basis, past, on_file) if book else Outdated(month=basis.month)
    # What the calls or the work were read from may be there no more, or another file: nothing can be said of them then.
    with suppress(Refused):
        outdated = _with_calls(outdated, basis)
    with suppress(Refused):
        outdated = _with_work(outdated, basis)
    return outdated


def _with_work(outdated: Outdated, basis: MonthBasis) -> Outdated:
    """Return what is outdated of a month with its work; months that were billed before work was kept had none."""
    source = basis.work_source or (work_source(basis.calls.source) if basis.calls else "")
    return work_compared(outdated, basis, work_in(source, basis.month)) if source else outdated


def _with_calls(outdated: Outdated, basis: MonthBasis) -> Outdated:
    """Return what is outdated of a month with its calls: they are looked at only where their source has changed."""
    read = basis.calls
    stamp = calls_stamp(read.source) if read else None
    if read is None or stamp is None or stamp[0] == read.stamp:
        return outdated
    bounds = month_bounds(basis.month, basis.zone)
    outdated = _with_exclusions(outdated, basis, read, bounds)
    later = calls_imported_since(read, bounds, crossing=basis.crossing)
    if later is not None:
        return evolve(outdated, calls=later_calls(basis, later))
    calls, other = calls_compared(basis, calls_between(read.source, *bounds).records)
    return evolve(outdated, calls=calls, other_calls=outdated.other_calls or other)


def _with_exclusions(outdated: Outdated, basis: MonthBasis, read: CallsBasis, bounds: Span) -> Outdated:
    """Return what is outdated of a month with the calls that are excluded, or counted again, since it was billed."""
    otherwise = excluded_since(read.source, read.stamp)
    if otherwise is None:
        return evolve(outdated, other_calls=True)
    first, last = span_around(bounds)
    if not any(first <= start < last for start in start_of_calls(read.source, list(otherwise))):
        return outdated
    records = calls_between(read.source, *bounds).records
    return evolve(outdated, excluded=exclusions_compared(basis, records, otherwise))
