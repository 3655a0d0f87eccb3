"""The pages of one customer, put together: the month that runs, its calls, what is issued, and what is due next."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from ..bill.day_calls import calls_of_contract
from ..bill.live import LiveMonth
from ..contracts.book import Book
from ..contracts.deadlines import DAYS, deadlines
from ..contracts.instructions import instructions_on
from ..contracts.parties import seller_on
from ..model.contract import Contract
from ..model.issued import KINDS_ISSUED
from ..model.issued import Document as IssuedDocument
from ..model.money import Cents
from ..model.period import Month, Span
from ..model.portal_link import PortalLink
from ..model.words.alerts_told import deadline_told
from ..model.words.amounts import in_money
from ..model.words.customer_mail import days_in_total
from ..model.words.french import day_in_words, month_in_words
from ..model.words.portal import NOT_IN_SERVICE, WAITS, valid_until
from ..on_file import callers_of
from ..portal.pages import Document
from ..publish.customer_invoice import invoice_in_full
from ..publish.customer_page import Gauge, Home, Whose, calls_page, home_page, invoice_page
from ..store.ledger import documents_of_contract
from .documents_found import document_found
from .kept_month import MonthNow
from .reporting import call_cells, reason_titles
from .running_month import OnFile
from .screens.deadlines import told_to_customer
from .screens.live import live_summary, so_far_told
from .screens.live_kept import known_until

AHEAD = Span(12, "months")
Record = dict[str, Any]


@frozen
class CustomerPages:
    """The pages that a link opens: of its contract, and of no other.

    What is kept under another contract is never looked for: documents are those of the contract alone.
    """

    link: PortalLink
    counted: MonthNow
    files: OnFile
    documents: Path
    address: str

    def home(self) -> str:
        """Return the first page."""
        found, summary = self.counted.month, live_summary(self._mine, self._book.zone)
        rows = summary["contracts"]
        day = found.day.isoformat()
        of_day = [call for call in self._calls() if call["arrived"].startswith(day)]
        counted = sum(call["outcome"] == "counted" for call in of_day)
        known = summary["known_until_told"]
        instructions = instructions_on(self._book, self._contract, found.day)
        home = Home(
            month=month_in_words(found.month),
            gauge=_gauge(rows[0]) if rows else None,
            so_far=so_far_told(rows[0], "Ce mois-ci")[1:] if rows else [self._why_none()],
            day=f"Appels du {day_in_words(found.day)}",
            of_day=(days_in_total([found.day], len(of_day), counted),),
            rows=self._cells(of_day),
            known=known_until(known) if known else "",
            invoices=[self._told(one) for one in self._issued()],
            deadline=self._deadline(),
            instructions=[one.sentence for one in instructions.now_told],
            coming=[one.sentence for one in instructions.later_told],
        )
        return home_page(self._whose(), home)

    def calls(self) -> str:
        """Return the page of the month's calls, the latest day first."""
        by_day = groupby(self._calls(), lambda call: call["arrived"][:10])
        days = [(f"Le {day_in_words(date.fromisoformat(day))}", self._cells(list(calls))) for day, calls in by_day]
        return calls_page(self._whose(), month_in_words(self.counted.month.month), days[::-1])

    def invoice(self, number: str) -> str | None:
        """Return the page of an issued document of the contract."""
        found = next((one for one in self._issued() if one["number"] == number), None)
        return invoice_page(self._whose(), {**self._told(found), **invoice_in_full(found)}) if found else None

    def document(self, number: str) -> Document | None:
        """Return the file of an issued document of the contract, where one was made."""
        found = any(one["number"] == number for one in self._issued())
        path = self._file(number) if found else None
        return Document(path.name, path.read_bytes()) if path else None

    @property
    def _book(self) -> Book:
        return self.counted.book

    @property
    def _mine(self) -> LiveMonth:
        counts = tuple(one for one in self.counted.month.counts if one.invoice.contract.id == self.link.contract)
        return evolve(self.counted.month, counts=counts, holds=())

    @property
    def _contract(self) -> Contract:
        return next(one for one in self._book.contracts if one.id == self.link.contract)

    def _why_none(self) -> str:
        on_hold = any(one.contract.id == self.link.contract for one in self.counted.month.holds)
        return WAITS if on_hold else NOT_IN_SERVICE

    def _calls(self) -> Sequence[Record]:
        measured = self.counted.month.measured_of(self.link.contract)
        return calls_of_contract(self._book, measured, self.link.contract, callers_of(self.files.calls))

    def _cells(self, calls: Sequence[Record]) -> list[tuple[str, ...]]:
        titles = reason_titles(self._book, self._contract.offer)
        return [call_cells(call, titles) for call in calls]

    def _issued(self) -> Sequence[IssuedDocument]:
        """Return what is issued of the contract, the latest first."""
        return documents_of_contract(self.files.billing, self.link.contract)[::-1]

    def _file(self, number: str) -> Path | None:
        return document_found(self.documents, number)

    def _told(self, document: IssuedDocument) -> dict[str, Any]:
        title = f"{KINDS_ISSUED[document['kind']].capitalize()} {document['number']}"
        total = document["total_cents"] + document["deposit_cents"]
        return {
            "number": document["number"],
            "path": quote(document["number"], safe=""),
            "title": title,
            "month": month_in_words(Month.parse(document["month"])),
            "total": in_money(Cents(total), document["currency"]),
            "pdf": self._file(document["number"]) is not None,
        }

    def _deadline(self) -> Sequence[str]:
        """Return the next day that is due for the customer, with what is due on it; nothing within a year."""
        book = evolve(self._book, contracts=(self._contract,))
        found, _ = deadlines(book, self.counted.month.day, AHEAD)
        mine = [one for one in found if one.kind in DAYS and one.day >= self.counted.month.day]
        return [deadline_told(told_to_customer(one), one.day) for one in mine if one.day == mine[0].day]

    def _whose(self) -> Whose:
        zone, contract = ZoneInfo(self._book.zone), self._contract
        seller = seller_on(contract, self._book.sellers, self.counted.month.day)
        return Whose(
            customer=contract.customer.name,
            contract=contract.id,
            seller=seller.as_of(self.counted.month.day).name if seller else "",
            address=self.address,
            valid=valid_until(datetime.fromtimestamp(self.link.until, zone)),
        )


def _gauge(row: Record) -> Gauge:
    left, forecast = row["left"], row["forecast"]
    top = None if left is None else row["calls"] + left
    return Gauge(row["calls"], top, forecast["expected"] if forecast else None)
