"""The calls behind a month's invoices as files beside them: of which they are still those that were billed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from ..bill.calls_behind import calls_by_contract
from ..contracts.book import Book
from ..model.clock import month_bounds
from ..model.customer_document import CustomerDocument
from ..model.period import Month
from ..model.words.own_titles import Titles
from ..on_file import callers_of, calls_between
from ..publish.calls_list import calls_list
from ..publish.typesetter import Typeset
from .documenting import Told, UnwrittenDocument, file_of, paged

DIFFER = "ce ne sont plus les appels de la facture"
SEE = "voir permanence months"


def call_lists(
    month: Month,
    documents: Sequence[CustomerDocument],
    book: Book,
    source: Path,
    titles: Mapping[str, Titles],
    typeset: Typeset,
) -> Iterator[Told]:
    """Yield the list of calls of each invoice that stands, or why there is none.

    A list of other calls than those that were billed would explain another invoice.
    """
    taken_back = {one.corrects.number for one in documents if one.corrects}
    standing = {one.contract: one for one in documents if not one.gives_back and one.number not in taken_back}
    records = calls_between(str(source), *month_bounds(month, book.zone)).records
    for contract, calls in calls_by_contract(book, month, records, standing, callers_of(str(source))):
        document, now = standing[contract], Counter(call["outcome"] for call in calls)
        billed = Counter[str]()
        for one in document.usage:
            billed[one.outcome] += one.calls
        if now != billed:
            customer = document.parties.customer.name
            yield UnwrittenDocument(f"{document.number}, appels", contract, customer, DIFFER, SEE)
        else:
            page_of = partial(calls_list, calls=calls, titles=titles.get(document.offer_version, {}), typeset=typeset)
            yield paged(document, file_of(document.number, "-appels"), page_of)
