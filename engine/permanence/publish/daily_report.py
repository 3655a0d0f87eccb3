"""The mail of a day to a customer: text and HTML, as it is sent, the same bytes for the same values."""

from collections.abc import Sequence
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from attrs import astuple, frozen

from ..model.words.daily_report import COLUMNS, GREETING, as_text
from .page import filled


@frozen(kw_only=True)
class DailyReport:
    """What the mail of a day says; ``number`` names it, of contract and day, ``sent`` is the day's end.

    ``rows`` are the day's calls: time, caller, length, what became of it. ``of_day`` and ``so_far`` are sentences.
    """

    number: str
    sent: datetime
    seller: str
    sender: str
    customer: str
    recipient: str
    subject: str
    of_day: Sequence[str]
    rows: Sequence[Sequence[str]]
    so_far: Sequence[str]


def can_be_mailed(address: str) -> bool:
    """Tell whether a mail can go to an address, or come from it, as the mail's own standard has it (RFC 5322)."""
    if not address:
        return False
    try:
        Address(addr_spec=address)
    except (ValueError, MessageError):
        return False
    return True


def as_mail(report: DailyReport) -> bytes:
    """Return a mail in the form in which it is sent, with CRLF; nothing in it is of the moment or of chance.

    The addresses are such as `can_be_mailed` tells of.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(report.seller, addr_spec=report.sender)
    mail["To"] = Address(report.customer, addr_spec=report.recipient)
    mail["Subject"] = report.subject
    mail["Date"] = format_datetime(report.sent)
    mail["Message-ID"] = f"<{report.number}.{_digest(report)}@{report.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(as_text(report.of_day, report.rows, report.so_far, report.seller), cte="quoted-printable")
    page = filled(
        "daily_report.html",
        language="fr",
        title=report.subject,
        greeting=GREETING,
        columns=COLUMNS,
        of_day=report.of_day,
        rows=report.rows,
        so_far=report.so_far,
        seller=report.seller,
    )
    mail.add_alternative(page, subtype="html", cte="quoted-printable")
    mail.set_boundary(sha256(f"{report.number}\n{page}".encode()).hexdigest()[:48])
    return mail.as_bytes()


def _digest(report: DailyReport) -> str:
    """Return what tells a mail from another of its contract and day: the SHA-256 of all that it says, shortened."""
    return sha256(repr(astuple(report)).encode()).hexdigest()[:16]
