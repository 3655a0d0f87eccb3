"""A mail on its way: what it is, how far it is, and when it is tried again."""

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from .scalars import Words

MailState = Literal["waiting", "handing_over", "sent", "refused", "put_off", "unknown"]
MAIL_STATES: Mapping[MailState, Words] = {
    "waiting": Words("à envoyer", "waiting"),
    "handing_over": Words("en cours de remise", "being handed over"),
    "sent": Words("envoyé", "sent"),
    "refused": Words("refusé", "refused"),
    "put_off": Words("remis à plus tard", "put off"),
    "unknown": Words("sort inconnu", "not known"),
}
"""How far a mail is, in words; only from the first and from what is put off does it go on by itself."""

MINUTE, HOUR = 60, 3600
PAUSES = (5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, *(8 * HOUR,) * 13)
"""Seconds to the next try after each one that was put off; after the last, in the fifth day, a mail is given up."""


@frozen(kw_only=True)
class OutgoingMail:
    """A mail in the outbox: ``id`` is the name of its file without ending, ``not_before`` an instant in UTC seconds."""

    id: str
    message_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    digest: str
    content: bytes
    not_before: int = 0


@frozen(kw_only=True)
class MailStanding:
    """How far a mail is, by what was noted last: ``digest`` is that of what was handed over, ``answer`` the server's.

    ``at`` is when that was, ``next_try`` when it is tried again, in UTC seconds.
    """

    id: str
    message_id: str
    recipient: str
    subject: str
    digest: str
    state: MailState
    tries: int
    at: int
    next_try: int | None = None
    answer: str = ""


@frozen
class Verdict:
    """What became of handing a mail over: its state, and what the server said of it, or why nobody knows."""

    state: Literal["sent", "refused", "put_off", "unknown"]
    answer: str


SETTLED: tuple[MailState, ...] = ("handing_over", "sent", "unknown")
"""States in which the server has the mail, or may have it: it is not handed over again by itself."""


@frozen(kw_only=True)
class OutboxEntry:
    """A mail of the outbox with how far it is, None while it was never handed over.

    ``twin`` is another file's mail of the same Message-ID that the server has, or may have.
    """

    mail: OutgoingMail
    standing: MailStanding | None = None
    twin: str = ""

    @property
    def state(self) -> MailState:
        """Return how far the mail is: one that was refused and is another since waits again."""
        if self.standing is None or (self.standing.state == "refused" and self.is_changed):
            return "waiting"
        return self.standing.state

    @property
    def is_changed(self) -> bool:
        """Tell whether the file is another than that which was handed over."""
        return self.standing is not None and self.standing.digest != self.mail.digest

    def is_due(self, now: int, *, at_once: bool = False) -> bool:
        """Tell whether the mail is to be handed over now; ``at_once``, one that is put off need not wait."""
        if self.twin or self.mail.not_before > now or self.state not in ("waiting", "put_off"):
            return False
        again = self.standing.next_try if self.standing and self.state == "put_off" else None
        return at_once or again is None or again <= now


def entry_of(mail: OutgoingMail, noted: Mapping[str, MailStanding], handed: Mapping[str, str]) -> OutboxEntry:
    """Return a mail with how far it is by what was noted; ``handed`` has whose each Message-ID is that a server has."""
    whose = handed.get(mail.message_id, mail.id)
    return OutboxEntry(mail=mail, standing=noted.get(mail.id), twin=whose if whose != mail.id else "")


def handed_over(noted: Mapping[str, MailStanding]) -> Mapping[str, str]:
    """Return whose each Message-ID is that a server has, or may have."""
    return {one.message_id: one.id for one in noted.values() if one.state in SETTLED}


def next_try(tries: int, now: int) -> int | None:
    """Return when a mail is tried again that was put off for the how-many-th time; None when it is given up."""
    return now + PAUSES[tries - 1] if tries <= len(PAUSES) else None
