"""What each customer is told beforehand: of the month that runs, and of the deadlines of his contract."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from urllib.parse import quote

from ..bill.live import LiveMonth
from ..bill.thresholds import alerts_of
from ..contracts.book import Book
from ..contracts.deadlines import DAYS, deadlines
from ..model.alert import Alert, AlertKind, AlertTerms, OwnAlerts
from ..model.contract import Contract
from ..model.period import Month, Span
from ..model.words.alerts_told import deadline_told, subject_of_alerts
from ..model.words.french import month_in_words
from ..publish.customer_mail import CustomerMail, as_mail
from ..store.alerts import AlertMail
from .correspondence import Correspondents, NotReported, correspondents
from .screens.deadlines import told_to_customer
from .screens.live import live_summary, so_far_told

OF_CALLS: tuple[AlertKind, ...] = ("calls", "per_cent", "passed", "forecast")
"""Alerts after which a customer may want to take his calls back."""
Alerts = Mapping[str, Sequence[Alert]]


def terms_of(contract: Contract, usual: AlertTerms) -> AlertTerms:
    """Return of what a customer is told: as his contract says, and else as is usual."""
    return (contract.alerts or OwnAlerts()).beside(usual)


def alerts_on(book: Book, found: LiveMonth, usual: AlertTerms) -> Alerts:
    """Return the alerts that hold at the end of a day, of each contract in service that has some, by number."""
    terms = {one.id: terms_of(one, usual) for one in book.contracts}
    alerts: dict[str, list[Alert]] = {}
    for one in found.counts:
        name = one.invoice.contract.id
        alerts.setdefault(name, []).extend(alerts_of(one, found.day, terms[name]))
    for alert in _deadlines(book, found.day, terms):
        if alert.contract in alerts:
            alerts[alert.contract].append(alert)
    return {name: some for name, some in alerts.items() if some}


def _deadlines(book: Book, day: date, terms: Mapping[str, AlertTerms]) -> Iterator[Alert]:
    farthest = max((one.deadlines for one in terms.values()), default=0)
    if not farthest:
        return
    due, _ = deadlines(book, day, Span(farthest, "days"))
    contracts = {one.id: one for one in book.contracts}
    for one in due:
        before = terms[one.contract].deadlines
        if one.kind in DAYS and before and one.day - day <= timedelta(days=before):
            since = max(one.day - timedelta(days=before), contracts[one.contract].start)
            yield Alert(
                contract=one.contract,
                month=str(Month.of(since)),
                kind="deadline",
                threshold=f"{one.kind}@{one.day}",
                reached_on=since,
                sentence=deadline_told(told_to_customer(one), one.day),
            )


def take_back_told(alerts: Iterable[Alert], terms: AlertTerms) -> str:
    """Return how a customer takes his calls back, where an alert is about what further calls cost."""
    return terms.take_back if any(one.kind in OF_CALLS for one in alerts) else ""


def alert_mails(
    book: Book, found: LiveMonth, alerts: Alerts, usual: AlertTerms, known: frozenset[str], now: datetime
) -> Iterator[AlertMail | NotReported]:
    """Yield a mail for each contract with the alerts of which it was not told yet, or why it has none."""
    contracts, day = {one.id: one for one in book.contracts}, found.day
    rows = {row["contract"]: row for row in live_summary(found, book.zone)["contracts"]}
    for name, all_alerts in alerts.items():
        contract = contracts[name]
        if not (new := [one for one in all_alerts if one.id not in known]):
            continue
        whose = correspondents(book, contract, day)
        if isinstance(whose, NotReported):
            yield whose
            continue
        number = f"{day}-{quote(name, safe='')}-alerte-{_digest(new)}"
        so_far = so_far_told(rows[name], month_in_words(found.month).capitalize())
        yield number, as_mail(_mail(number, whose, new, terms_of(contract, usual), so_far, now)), new


def _digest(alerts: Iterable[Alert]) -> str:
    return sha256("\n".join(one.id for one in alerts).encode()).hexdigest()[:8]


def _mail(
    number: str, whose: Correspondents, alerts: Sequence[Alert], terms: AlertTerms, so_far: Sequence[str], now: datetime
) -> CustomerMail:
    return CustomerMail(
        number=number,
        dated=now,
        seller=whose.seller,
        sender=whose.sender,
        customer=whose.customer,
        recipient=whose.recipient,
        subject=subject_of_alerts(whose.customer),
        alerts=[one.sentence for one in alerts],
        take_back=take_back_told(alerts, terms),
        so_far=so_far,
    )
