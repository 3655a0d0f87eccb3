"""A mail server of the loopback, which takes mails into a box, and says what a test has it say."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from attrs import define, field

Answers = Callable[[int], str]
"""What the server says the how-many-th time that it is asked, from 1."""
DROP = "drop"
"""In the place of an answer: the line is cut."""
TAKEN = "250 OK"


@define
class Box:
    """What a server has taken, and what it says: to a sender, a recipient, ``DATA``, and when it has all of a mail."""

    mail: Answers = lambda _: TAKEN
    rcpt: Answers = lambda _: TAKEN
    begun: Answers = lambda _: TAKEN
    ended: Answers = lambda _: TAKEN
    taken: list[bytes] = field(factory=list)
    recipients: list[str] = field(factory=list)
    logins: list[str] = field(factory=list)
    asked: dict[str, int] = field(factory=dict)
    got_all: Event = field(factory=Event)
    may_answer: Event = field(factory=Event)
    keeps_what_it_cuts: bool = False

    def __attrs_post_init__(self) -> None:
        self.may_answer.set()

    def counted(self, what: str) -> int:
        self.asked[what] = self.asked.get(what, 0) + 1
        return self.asked[what]

    @property
    def ids(self) -> list[str]:
        """Return the Message-ID of each mail that was taken."""
        return [str(message_from_bytes(one, policy=default)["Message-ID"]) for one in self.taken]

    def said(self, server: SMTP, what: str, answers: Answers) -> str:
        answer = answers(self.counted(what))
        if answer == DROP:
            cut(server)
        return answer

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.said(server, "mail", self.mail)
        if answer == TAKEN:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.said(server, "rcpt", self.rcpt)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        # Hands of the world: while a test holds the answer, the loop goes on.
        answer = self.ended(self.counted("ended"))
        content = bytes(envelope.original_content or b"")
        if answer == TAKEN or (answer == DROP and self.keeps_what_it_cuts):
            self.taken.append(content)
            self.recipients += envelope.rcpt_tos
        self.got_all.set()
        while not self.may_answer.is_set():
            await asyncio.sleep(0.005)
        if answer == DROP:
            cut(server)
        return answer

    def authenticated(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(f"{data.login.decode()} {data.password.decode()}")
        return AuthResult(success=data.password == b"secret", handled=False)


def cut(server: SMTP) -> None:
    """Cut the line as it is."""
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()


class _Server(SMTP):
    """A server that may refuse a mail before its first sign."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        answer = self.event_handler.said(self, "begun", self.event_handler.begun)
        if answer == TAKEN:
            await super().smtp_DATA(arg)
        elif answer != DROP:
            await self.push(answer)


class FreePort(Controller):
    """What lets a server run, on a port that is free: it says which one once it has started."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


class _Controller(FreePort):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


@contextmanager
def serving(box: Box, **settings: Any) -> Iterator[int]:
    """Let a server take mails into a box, on a free port of the loopback; yield the port."""
    controller = _Controller(box, hostname="127.0.0.1", port=0, **settings)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def in_turn(*answers: str, then: str = TAKEN) -> Answers:
    """Return answers one after another, then always the same."""
    told: Mapping[int, str] = dict(enumerate(answers, 1))
    return lambda number: told.get(number, then)
