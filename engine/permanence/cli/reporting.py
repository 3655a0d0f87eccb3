"""The mails of a day, put together: whose they are, what they say, and who gets none and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from urllib.parse import quote
from zoneinfo import ZoneInfo

from attrs import evolve

from ..bill.day_calls import calls_of_day
from ..bill.live import LiveMonth
from ..contracts.book import Book
from ..model.alert import Alert
from ..model.clock import midnight
from ..model.contract import Contract
from ..model.outcome import OUTCOME_WORDS
from ..model.period import ONE_DAY, Month
from ..model.report_terms import OwnReport, ReportTerms
from ..model.settings import Settings
from ..model.words.customer_mail import (
    became_in_words,
    days_in_total,
    subject_of_days,
    talk_in_words,
    time_in_words,
)
from ..model.words.french import month_in_words
from ..model.words.own_titles import reason_told
from ..publish.customer_mail import CustomerMail
from .alerting import alerts_on, take_back_told, terms_of
from .correspondence import NotReported, correspondents
from .screens.live import live_summary, so_far_told
from .screens.output import Record

NO_PAGES: Mapping[str, str] = {}
NOT_BILLED = "le contrat est en attente"
SEE_HOLDS = "voir permanence live"
CallsByDay = Mapping[date, Mapping[str, Sequence[Record]]]


def reports_of_day(
    book: Book,
    found: LiveMonth,
    settings: Settings,
    callers_of: Callable[[Sequence[int]], Mapping[int, str]],
    pages: Mapping[str, str] = NO_PAGES,
) -> Iterator[CustomerMail | NotReported]:
    """Yield the mail of each contract that has one of a day, by number, or why there is none.

    It is of the contracts in service on one of the days that it tells of. ``callers_of`` is as for `calls_of_day`,
    ``pages`` has the addresses of the pages of those who have a link.
    """
    rows = {row["contract"]: row for row in live_summary(found, book.zone)["contracts"]}
    alerts, held = alerts_on(book, found, settings.alerts), {hold.contract.id for hold in found.holds}
    told = {one.id: _report_terms(one, settings.report).days_told(found.day) for one in book.contracts}
    calls = _calls(book, found, {day for days in told.values() for day in days}, callers_of)
    for contract in sorted(book.contracts, key=lambda one: one.id):
        days = [day for day in told[contract.id] if contract.id in calls[day]]
        if told[contract.id] and contract.id in held:
            yield NotReported(contract.id, contract.customer.name, NOT_BILLED, SEE_HOLDS)
            continue
        if not days:
            continue
        received = [call for day in days for call in calls[day][contract.id]]
        new = [one for one in alerts.get(contract.id, ()) if days[0] <= one.reached_on <= found.day]
        if received or new or _report_terms(contract, settings.report).empty:
            mail = _report(book, found.day, contract, settings, days, received, new, rows.get(contract.id))
            page = pages.get(contract.id, "")
            yield evolve(mail, page=page) if isinstance(mail, CustomerMail) and page else mail


def _report_terms(contract: Contract, usual: ReportTerms) -> ReportTerms:
    return (contract.report or OwnReport()).beside(usual)


def _calls(
    book: Book,
    found: LiveMonth,
    days: set[date],
    callers_of: Callable[[Sequence[int]], Mapping[int, str]],
) -> CallsByDay:
    """Return the calls that each contract received on each of some days, of this month or the one before."""
    measured = {found.month: found.measured, found.month.before: found.before}
    return {day: calls_of_day(book, measured[Month.of(day)], day, callers_of) for day in sorted(days)}


def _report(
    book: Book,
    day: date,
    contract: Contract,
    settings: Settings,
    days: Sequence[date],
    calls: Sequence[Record],
    alerts: Sequence[Alert],
    row: Record | None,
) -> CustomerMail | NotReported:
    whose = correspondents(book, contract, day)
    if isinstance(whose, NotReported):
        return whose
    offer = row["offer"] if row else contract.offer
    titles = reason_titles(book, offer)
    counted, zone = sum(call["outcome"] == "counted" for call in calls), ZoneInfo(book.zone)
    hour = time(_report_terms(contract, settings.report).hour, tzinfo=zone)
    return CustomerMail(
        number=f"{day}-{quote(contract.id, safe='')}",
        dated=datetime.fromtimestamp(midnight(day + ONE_DAY, book.zone), zone),
        not_before=datetime.combine(day + ONE_DAY, hour),
        seller=whose.seller,
        sender=whose.sender,
        customer=whose.customer,
        recipient=whose.recipient,
        subject=subject_of_days(days, len(calls)),
        alerts=[one.sentence for one in alerts],
        take_back=take_back_told(alerts, terms_of(contract, settings.alerts)),
        of_days=(days_in_total(days, len(calls), counted),),
        rows=[call_cells(call, titles, with_day=len(days) > 1) for call in calls],
        so_far=so_far_told(row, month_in_words(Month.of(day)).capitalize()) if row else (),
    )


def reason_titles(book: Book, offer: str) -> Mapping[str, Mapping[str, str]]:
    """Return what an offer version calls its own reasons."""
    return {"reason": {one.name: one.title for one in book.titles[offer] if one.kind == "reason"}}


def call_cells(call: Record, titles: Mapping[str, Mapping[str, str]], *, with_day: bool = False) -> tuple[str, ...]:
    """Return what a customer is told of a call: when, from whom, how long, and what became of it."""
    arrived = datetime.fromisoformat(call["arrived"])
    became = became_in_words(OUTCOME_WORDS[call["outcome"]].one, reason_told(titles, call["reason"]))
    when = time_in_words(arrived.date(), arrived.hour, arrived.minute, with_day=with_day)
    return when, call["caller"], talk_in_words(call["talk_seconds"]), became
