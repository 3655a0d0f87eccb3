"""A mail to a customer: text and HTML, as it is sent, the same bytes for the same values."""

from collections.abc import Sequence
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from attrs import astuple, frozen

from ..model.words.customer_mail import COLUMNS, FOLLOW, GREETING, as_text
from .page import filled

LINE = 78
"""The most signs that a line of a mail should have (RFC 5322, 2.1.1)."""
AS_WRITTEN = SMTP.clone(refold_source="none")
"""Lines of headers stay as they were made: where Python breaks a quoted name, it loses the quotes, and what is in it
becomes addresses."""


@frozen(kw_only=True)
class CustomerMail:
    """What a mail says; ``number`` names it, ``dated`` is its date, ``not_before`` from when on it may be delivered.

    ``alerts`` and what follows from them come first; ``of_days`` and ``so_far`` are sentences; ``rows`` are calls:
    time, caller, length, what became of it; ``page`` is the address of his page, where he has a link to it.
    """

    number: str
    dated: datetime
    seller: str
    sender: str
    customer: str
    recipient: str
    subject: str
    alerts: Sequence[str] = ()
    take_back: str = ""
    of_days: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    so_far: Sequence[str] = ()
    page: str = ""
    not_before: datetime | None = None


def can_be_mailed(address: str) -> bool:
    """Tell whether a mail can go to an address, or come from it, as the mail's own standard has it (RFC 5322)."""
    if not address.isascii() or not address:
        return False
    try:
        Address(addr_spec=address)
    except (ValueError, MessageError):
        return False
    return True


def as_mail(told: CustomerMail) -> bytes:
    """Return a mail in the form in which it is sent, with CRLF; nothing in it is of the moment or of chance.

    The addresses are such as `can_be_mailed` tells of.
    """
    mail, digest = EmailMessage(policy=AS_WRITTEN), _digest(told)
    for header, name, address in (("From", told.seller, told.sender), ("To", told.customer, told.recipient)):
        mail.set_raw(header, _named(header, name, address))
    mail["Subject"] = told.subject
    mail["Date"] = format_datetime(told.dated)
    mail["Message-ID"] = f"<{told.number}.{digest[:16]}@{told.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    if told.not_before:
        mail["Deferred-Delivery"] = format_datetime(told.not_before)
    top = [GREETING], [*told.alerts, told.take_back]
    blocks = [*top, told.of_days, _lines(told.rows), told.so_far, _page(told), [told.seller]]
    mail.set_content(as_text(blocks), cte="quoted-printable")
    words = {"greeting": GREETING, "columns": COLUMNS, "follow": FOLLOW}
    page = filled("customer_mail.html", language="fr", title=told.subject, told=told, **words)
    mail.add_alternative(page, subtype="html", cte="quoted-printable")
    mail.set_boundary(digest[:48])
    return mail.as_bytes()


def _named(header: str, name: str, address: str) -> str:
    """Return a name and its address in lines for a header.

    A name that is long, beyond ASCII, or looks encoded is in words that are encoded: nothing in these is a sign of the
    header (RFC 2047, 5).
    """
    whole = Address(name, addr_spec=address)
    line = str(whole)
    if line.isascii() and "=?" not in name and len(f"{header}: {line}") <= LINE:
        return line
    encoded = Header(name, "utf-8", maxlinelen=LINE - 1, header_name=header).encode(linesep="\r\n")
    return f"{encoded}\r\n <{whole.addr_spec}>"


def _page(told: CustomerMail) -> Sequence[str]:
    return [f"{FOLLOW} : {told.page}"] if told.page else ()


def _lines(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    return ["  ".join(filter(None, row)) for row in rows]


def _digest(told: CustomerMail) -> str:
    """Return the SHA-256 of all that a mail says, which tells it from another of its contract and day."""
    return sha256(repr(astuple(told)).encode()).hexdigest()
