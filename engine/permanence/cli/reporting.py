"""The mails of a day, put together: whose they are, what they say, and who gets none and why."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from ..bill.live import LiveCount, LiveMonth
from ..contracts.book import Book
from ..contracts.parties import legal_on, seller_on
from ..model.clock import midnight
from ..model.contract import Contract
from ..model.outcome import OUTCOME_WORDS
from ..model.period import ONE_DAY, Month
from ..model.words.daily_report import became_in_words, day_in_total, subject_of_day, talk_in_words
from ..model.words.french import month_in_words
from ..model.words.own_titles import reason_told
from ..publish.daily_report import DailyReport, can_be_mailed
from .screens.live import live_summary, so_far_told
from .screens.output import Record

NO_ADDRESS = "le contrat n'a pas d'adresse électronique qui convienne"
WRITE_ADDRESS = "écrire email dans [contract.legal]"
NO_SENDER = "le vendeur n'est pas connu, ou n'a pas d'adresse électronique qui convienne"
WRITE_SENDER = "écrire email dans le fichier du vendeur (sellers/)"
NOT_BILLED = "le contrat est en attente"
NO_PAGES: Mapping[str, str] = {}
SEE_HOLDS = "voir permanence live"


@frozen
class NotReported:
    """A customer who gets no mail of a day, why, and what to do."""

    contract: str
    customer: str
    why: str
    to_do: str


def reports_of_day(
    book: Book, found: LiveMonth, calls: Mapping[str, Sequence[Record]], pages: Mapping[str, str] = NO_PAGES
) -> Iterator[DailyReport | NotReported]:
    """Yield the mail of each contract in service on a day, by number, or why there is none.

    ``calls`` are those that each received on the day, ``pages`` the addresses of the pages of those who have a link.
    """
    counts = {one.invoice.contract.id: one for one in found.counts}
    rows = {row["contract"]: row for row in live_summary(found, book.zone)["contracts"]}
    for contract in sorted(book.contracts, key=lambda one: one.id):
        if contract.id not in calls:
            continue
        if contract.id in counts:
            told = _report(book, found.day, contract, counts[contract.id], rows[contract.id], calls[contract.id])
            page = pages.get(contract.id, "")
            yield evolve(told, page=page) if isinstance(told, DailyReport) and page else told
        else:
            yield NotReported(contract.id, contract.customer.name, NOT_BILLED, SEE_HOLDS)


def _report(
    book: Book, day: date, contract: Contract, count: LiveCount, row: Record, calls: Sequence[Record]
) -> DailyReport | NotReported:
    customer, recipient = contract.customer.name, legal_on(contract, day).email
    seller = seller_on(contract, book.sellers, day)
    sells = seller.as_of(day) if seller else None
    if not can_be_mailed(recipient):
        return NotReported(contract.id, customer, NO_ADDRESS, WRITE_ADDRESS)
    if sells is None or not can_be_mailed(sells.email):
        return NotReported(contract.id, customer, NO_SENDER, WRITE_SENDER)
    titles = reason_titles(book, row["offer"])
    counted = sum(call["outcome"] == "counted" for call in calls)
    return DailyReport(
        number=f"{day}-{quote(contract.id, safe='')}",
        sent=datetime.fromtimestamp(midnight(day + ONE_DAY, book.zone), ZoneInfo(book.zone)),
        seller=sells.name,
        sender=sells.email,
        customer=customer,
        recipient=recipient,
        subject=subject_of_day(day, len(calls)),
        of_day=(day_in_total(len(calls), counted),),
        rows=[call_cells(call, titles) for call in calls],
        so_far=so_far_told(row, month_in_words(Month.of(count.invoice.month.first)).capitalize()),
    )


def reason_titles(book: Book, offer: str) -> Mapping[str, Mapping[str, str]]:
    """Return what an offer version calls its own reasons."""
    return {"reason": {one.name: one.title for one in book.titles[offer] if one.kind == "reason"}}


def call_cells(call: Record, titles: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Return what a customer is told of a call: when, from whom, how long, and what became of it."""
    arrived = datetime.fromisoformat(call["arrived"])
    became = became_in_words(OUTCOME_WORDS[call["outcome"]].one, reason_told(titles, call["reason"]))
    return f"{arrived.hour} h {arrived.minute:02d}", call["caller"], talk_in_words(call["talk_seconds"]), became
