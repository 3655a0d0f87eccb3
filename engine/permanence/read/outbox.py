"""The outbox: mails as files, put there, and each read as it goes on its way, or told why it cannot."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

from ..model.mail import OutgoingMail
from ..model.problem import Place, Problem
from ..model.signs import cleaned
from .file_lock import changing
from .files import replace_file

NOT_BEFORE = "Deferred-Delivery"
"""The header with the instant before which a mail is not to be delivered (RFC 4021)."""
RECIPIENTS = ("To", "Cc", "Bcc")
WRITE_AGAIN = "write it again, or take the file away"


def put_mails(outbox: Path, mails: Iterable[tuple[str, bytes]]) -> tuple[Path, ...]:
    """Write mails into an outbox, each by its number, in place of those that are there; return their files."""
    with changing(outbox):
        return tuple(_put(outbox / f"{number}.eml", content) for number, content in mails)


def _put(path: Path, content: bytes) -> Path:
    replace_file(path, content)
    return path


def mails_in(outbox: Path) -> Iterator[OutgoingMail | Problem]:
    """Yield the mails of an outbox in order of their files' names, or what keeps one from being sent."""
    for path in sorted(outbox.glob("*.eml")):
        yield read_mail(path)


def read_mail(path: Path) -> OutgoingMail | Problem:
    """Return a mail as it goes on its way, or what keeps it from that."""
    if not path.is_file():
        return _unfit(path, "it is no file")
    try:
        path.stem.encode()
        content = path.read_bytes()
    except UnicodeEncodeError:
        return _unfit(path, "its name has signs that are no text")
    except OSError as error:
        return _unfit(path, f"it cannot be read: {error.strerror}")
    return _read(path, content)


def _read(path: Path, content: bytes) -> OutgoingMail | Problem:
    try:
        read = message_from_bytes(content, _class=EmailMessage, policy=default)
        senders, recipients = _addresses(read, "From"), [one for name in RECIPIENTS for one in _addresses(read, name)]
        message_id, subject = str(read["Message-ID"] or "").strip(), cleaned(str(read["Subject"] or ""))
        not_before = _instant(str(read[NOT_BEFORE])) if read[NOT_BEFORE] else 0
    except (ValueError, MessageError, LookupError, AttributeError, TypeError) as error:
        return _unfit(path, f"it is no mail that can be read: {cleaned(str(error))}")
    for missing, what in ((not message_id, "a Message-ID"), (not senders, "a sender"), (not recipients, "a recipient")):
        if missing:
            return _unfit(path, f"it has not {what}")
    if not content.isascii() or not all(one.isascii() for one in (*senders, *recipients, message_id)):
        return _unfit(path, "it has signs beyond ASCII that are not encoded")
    return OutgoingMail(
        id=path.stem,
        message_id=message_id,
        sender=senders[0],
        recipients=tuple(dict.fromkeys(recipients)),
        subject=subject,
        digest=sha256(content).hexdigest(),
        content=content,
        not_before=not_before,
    )


def _addresses(read: EmailMessage, name: str) -> list[str]:
    found: list[Address] = [one for header in read.get_all(name, []) for one in header.addresses]
    return [one.addr_spec for one in found if one.domain]


def _instant(text: str) -> int:
    found: datetime = parsedate_to_datetime(text)
    return int(found.timestamp())


def _unfit(path: Path, what: str) -> Problem:
    return Problem(Place(str(path)), what, WRITE_AGAIN)
