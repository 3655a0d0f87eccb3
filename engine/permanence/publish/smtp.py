"""Mails handed over to a server by SMTP: each ends sent, refused, put off, or not known."""

import re
import smtplib
import ssl
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from types import TracebackType

from attrs import define, field

from ..model.mail import OutgoingMail, Verdict
from ..model.mail_settings import LAST_ANSWER, MailTerms
from ..model.problem import Place, Problem, Refused
from ..model.signs import cleaned

STARTS_WITH_A_DOT = re.compile(rb"^\.", re.MULTILINE)
MOST_SAID = 300
"""The most signs that are kept of a server's answer."""
NO_ANSWER = "connexion perdue avant la fin de la remise"
NOBODY_KNOWS = "connexion perdue après la remise, avant la réponse"
NO_SENSE, NO_SENSE_AT_THE_END = "réponse qui n'en est pas une", "réponse à la remise qui n'en est pas une"
TAKEN, GO_ON = range(200, 300), range(354, 355)
LATER, NEVER = 400, 500
"""What says yes to a command, and to ``DATA``; what puts off from one on, and refuses from the other (RFC 5321)."""
LOST = (smtplib.SMTPServerDisconnected, OSError)


class SenderRefused(Exception):  # noqa: N818 - it is no error of ours
    """The server takes no mail from a sender, whoever it is for: nothing that is wrong with any one mail."""

    def __init__(self, sender: str, answer: str) -> None:
        super().__init__(f"{sender}: {answer}")
        self.sender = sender
        self.answer = answer


@define
class Postman:
    """A connection to the server that takes mails, made when the first is handed over, and again after it was lost."""

    terms: MailTerms
    password: str = field(repr=False)
    _server: smtplib.SMTP | None = field(default=None, init=False)

    def __enter__(self) -> "Postman":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind:
            self._hang_up()
        else:
            self._leave()

    def hand_over(self, mail: OutgoingMail, about_to_end: Callable[[], object]) -> Verdict:
        """Hand a mail over and return what became of it; ``about_to_end`` is called before its last sign is sent.

        Until then the server has no mail, whatever happens; afterwards it has one unless it says otherwise. Raises
        Refused where the server cannot be reached or lets nobody in, SenderRefused where it takes no mail of a sender:
        these mails wait.
        """
        server = self._server or self._connected()
        try:
            if verdict := self._begun(server, mail):
                return verdict
            server.send(_as_sent(mail.content))
        except LOST as error:
            self._hang_up()
            return Verdict("put_off", _lost(NO_ANSWER, error))
        about_to_end()
        try:
            if server.sock:
                server.sock.settimeout(self.terms.timeout * LAST_ANSWER)
            server.send(b".\r\n")
            code, said = server.getreply()
            if server.sock:
                server.sock.settimeout(self.terms.timeout)
        except LOST as error:
            self._hang_up()
            return Verdict("unknown", _lost(NOBODY_KNOWS, error))
        if code in TAKEN:
            return Verdict("sent", _told(code, said))
        if code >= LATER:
            return self._not_taken(server, code, said)
        self._hang_up()
        return Verdict("unknown", _senseless(NO_SENSE_AT_THE_END, code, said))

    def _begun(self, server: smtplib.SMTP, mail: OutgoingMail) -> Verdict | None:
        """Say from whom and to whom a mail is, and ask for leave to send it; return why there is none."""
        sender = self.terms.sender or mail.sender
        code, said = server.mail(sender)
        if code >= NEVER:
            raise SenderRefused(sender, self._not_taken(server, code, said).answer)
        asked = [(partial(server.rcpt, one), TAKEN) for one in mail.recipients]
        wanted = TAKEN
        for ask, next_wanted in (*asked, (partial(server.docmd, "DATA"), GO_ON)):
            if code not in wanted:
                break
            (code, said), wanted = ask(), next_wanted
        return None if code in wanted else self._not_taken(server, code, said)

    def _not_taken(self, server: smtplib.SMTP, code: int, said: bytes) -> Verdict:
        """Return what an answer means that takes no mail, and make ready for the next one.

        After one that means nothing it is not known any more what the next one answers.
        """
        if code < LATER:
            self._hang_up()
            return Verdict("put_off", _senseless(NO_SENSE, code, said))
        try:
            if code == 421 or server.rset()[0] >= LATER:
                self._leave()
        except LOST:
            self._hang_up()
        return Verdict("refused" if code >= NEVER else "put_off", _told(code, said))

    def _connected(self) -> smtplib.SMTP:
        """Return a connection that is private as the settings say, where who logs in was let in."""
        terms = self.terms
        if terms.user and terms.tls == "none" and not _is_here(terms.host):
            hint = 'write tls = "starttls" or "tls" in [mail] of permanence.toml'
            raise Refused([Problem(self._place, "a password is not sent where everybody can read it", hint)])
        try:
            self._server = self._let_in()
        except smtplib.SMTPAuthenticationError as error:
            told = _told(error.smtp_code, _bytes(error.smtp_error))
            hint = "look at user of [mail] in permanence.toml, and at the password"
            raise Refused([Problem(self._place, f"the server does not let {terms.user} in: {told}", hint)]) from error
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            hint = "look at [mail] of permanence.toml; the mails wait"
            raise Refused([Problem(self._place, f"the server cannot be used: {cleaned(str(error))}", hint)]) from error
        return self._server

    def _let_in(self) -> smtplib.SMTP:
        terms = self.terms
        if terms.tls == "tls":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(terms.host, terms.door, timeout=terms.timeout, context=context)
        else:
            server = smtplib.SMTP(terms.host, terms.door, timeout=terms.timeout)
        try:
            server.ehlo_or_helo_if_needed()
            if terms.tls == "starttls":
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if terms.user:
                server.login(terms.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _leave(self) -> None:
        server, self._server = self._server, None
        if server:
            try:
                server.quit()
            except (smtplib.SMTPException, OSError):
                server.close()

    def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server:
            server.close()

    @property
    def _place(self) -> Place:
        return Place(f"{self.terms.host}:{self.terms.door}")


def _as_sent(content: bytes) -> bytes:
    """Return a mail as it goes over the line, up to the dot that ends it: dots at line starts are doubled."""
    lines = b"\r\n".join(content.splitlines()) + b"\r\n"
    return STARTS_WITH_A_DOT.sub(b"..", lines)


def _told(code: int, said: bytes) -> str:
    return cleaned(f"{code} {' '.join(_bytes(said).decode('utf-8', 'replace').split())}"[:MOST_SAID])


def _senseless(what: str, code: int, said: bytes) -> str:
    return cleaned(f"{what} : {_told(code, said)}"[:MOST_SAID])


def _bytes(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said


def _lost(what: str, error: Exception) -> str:
    return cleaned(f"{what} : {error}"[:MOST_SAID])


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
