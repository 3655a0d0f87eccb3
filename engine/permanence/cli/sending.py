"""Mails of the outbox, handed over one after another: each once, whatever kills the command at whatever moment."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from attrs import define, field

from ..model.mail import SETTLED, MailStanding, OutboxEntry, OutgoingMail, entry_of, handed_over
from ..model.mail_settings import MailTerms
from ..model.problem import Place, Problem, Refused
from ..publish.smtp import Postman, SenderRefused
from ..read.deeds import note
from ..read.file_lock import held_file
from ..read.files import move_file
from ..read.outbox import mails_in
from ..store.mails import MailDatabase, about_to_end, judged, left_by_the_killed, mails_noted

PASSWORD = "PERMANENCE_MAIL_PASSWORD"
SENT = "sent"
"""The folder of the outbox into which a mail goes that was sent."""


def clock() -> int:
    """Return this instant, in UTC seconds."""
    return int(time.time())


def postman_of(terms: MailTerms) -> Postman:
    """Return who hands mails over by the settings, with the password; raise Refused where these lack something."""
    if not terms.host:
        hint = 'write [mail] with host = "…" in permanence.toml: docs/mail.md shows it'
        raise Refused([Problem(Place("permanence.toml"), "it names no server that takes mails", hint)])
    password = _password(terms) if terms.user else ""
    if not (terms.user + password).isascii():
        what, hint = (
            "user or password has signs beyond ASCII, which cannot log in",
            "have others given out by the server",
        )
        raise Refused([Problem(Place("permanence.toml"), what, hint)])
    return Postman(terms, password)


def _password(terms: MailTerms) -> str:
    if given := os.environ.get(PASSWORD):
        return given
    if not terms.password_file:
        hint = f"set {PASSWORD}, or write password_file in [mail] of permanence.toml"
        raise Refused([Problem(Place("permanence.toml"), f"there is no password for {terms.user}", hint)])
    lines = Path(terms.password_file).read_bytes().decode("utf-8", "replace").splitlines()
    if not lines or not lines[0]:
        raise Refused([Problem(Place(terms.password_file), "there is no password in its first line", "write it there")])
    return lines[0]


@contextmanager
def alone(mails: Path) -> Iterator[None]:
    """Let nobody else send mails by the same database meanwhile; raise Refused where another takes too long."""
    with held_file(mails.with_name(f".{mails.name}.sending"), mails):
        yield


@define
class Sending:
    """A run over the outbox: what it has handed over, what cannot be sent, and of which senders nothing is taken."""

    outbox: Path
    database: MailDatabase
    handed: list[MailStanding] = field(factory=list)
    unfit: list[Problem] = field(factory=list)
    senders: dict[str, Problem] = field(factory=dict)

    def run(self, postman: Postman, now: Callable[[], int], *, at_once: bool = False) -> None:
        """Hand over what is due; raise Refused where the server cannot be used, once what was done is noted."""
        left_by_the_killed(self.database, now())
        noted = mails_noted(self.database)
        handed = dict(handed_over(noted))
        for mail in self._mails():
            entry = entry_of(mail, noted, handed)
            if entry.state == "sent" and not entry.is_changed:
                self._put_away(mail)
            elif entry.is_due(now(), at_once=at_once) and mail.sender not in self.senders:
                try:
                    standing = self._hand_over(postman, entry, now)
                except SenderRefused as refused:
                    self.senders[mail.sender] = _not_sent(refused)
                    continue
                if standing.state in SETTLED:
                    handed[mail.message_id] = mail.id

    def _mails(self) -> Iterator[OutgoingMail]:
        for found in mails_in(self.outbox):
            if isinstance(found, Problem):
                self.unfit.append(found)
            else:
                yield found

    def _hand_over(self, postman: Postman, entry: OutboxEntry, now: Callable[[], int]) -> MailStanding:
        mail, before = entry.mail, entry.standing
        verdict = postman.hand_over(mail, lambda: about_to_end(self.database, mail, before, now()))
        standing = judged(self.database, mail, before, verdict, now())
        self.handed.append(standing)
        if standing.state == "sent":
            note("mails sent:", str(self.counts["sent"]))
            self._put_away(mail)
        return standing

    def _put_away(self, mail: OutgoingMail) -> None:
        move_file(self.outbox / f"{mail.id}.eml", self.outbox / SENT)

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many mails came to each state that some came to."""
        return counts_of(self.handed)


def _not_sent(refused: SenderRefused) -> Problem:
    what = f"the server takes no mail from this sender: {refused.answer}"
    hint = "look at user and sender of [mail] in permanence.toml, and at email of the seller; the mails wait"
    return Problem(Place(refused.sender), what, hint)


def counts_of(standings: Iterable[MailStanding]) -> Mapping[str, int]:
    """Return how many mails are in each state that some are in, by its name."""
    found: dict[str, int] = {}
    for one in standings:
        found[one.state] = found.get(one.state, 0) + 1
    return found


def entries_of(outbox: Path, noted: Mapping[str, MailStanding]) -> Iterator[OutboxEntry | Problem]:
    """Yield each mail of the outbox with how far it is, or what keeps it from being sent."""
    handed = handed_over(noted)
    for found in mails_in(outbox):
        yield found if isinstance(found, Problem) else entry_of(found, noted, handed)
