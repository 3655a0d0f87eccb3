"""What a mail server answers is taken for what it is: only a plain yes to a whole mail makes it one that was sent."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

import pytest
from permanence.model.mail import OutgoingMail, Verdict
from permanence.model.mail_settings import MailTerms
from permanence.publish.smtp import Postman

USUAL = {"EHLO": b"250 here", "MAIL": b"250 ok", "RCPT": b"250 ok", "DATA": b"354 go on", ".": b"250 taken"}
COMMANDS = ("MAIL", "RCPT", "DATA", ".")
SENSELESS = (b"hello", b"\xff\xfe", b"", b"100 wait", b"199 wait", b"300 go on", b"354 go on", b"399 go on", b"-1 what")
"""Answers of which none says that a mail is taken, refused or put off; one alone lets it be sent, after ``DATA``."""


@contextmanager
def answering(answers: Mapping[str, bytes]) -> Iterator[int]:
    """Let a server of the loopback give these answers, the usual ones else; yield its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            line, _ = listener.accept()
            with line, line.makefile("rb") as said:
                line.sendall(b"220 here\r\n")
                in_mail = False
                for words in said:
                    command = "." if in_mail else words[:4].strip().decode("ascii").upper()
                    if in_mail and words != b".\r\n":
                        continue
                    answer = answers.get(command, USUAL.get(command, b"250 ok"))
                    line.sendall(answer + b"\r\n")
                    in_mail = command == "DATA" and answer.startswith(b"354")

        thread = Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def handed_over(answers: Mapping[str, bytes]) -> tuple[Verdict, bool]:
    """Return what became of a mail, and whether its end was near."""
    mail = OutgoingMail(
        id="a",
        message_id="<a@permanence.example>",
        sender="facturation@permanence.example",
        recipients=("c0001@client.example", "c0002@client.example"),
        subject="Vos appels",
        digest="",
        content=b"Subject: Vos appels\r\n\r\nBonjour\r\n",
    )
    ends = list[bool]()
    with answering(answers) as port, Postman(MailTerms(host="127.0.0.1", port=port, tls="none"), "") as postman:
        verdict = postman.hand_over(mail, lambda: ends.append(True))
    return verdict, bool(ends)


def test_a_plain_yes_to_all_of_it_makes_a_mail_that_was_sent() -> None:
    assert handed_over({}) == (Verdict("sent", "250 taken"), True)
    assert handed_over({"RCPT": b"251 elsewhere", ".": b"250 taken"})[0].state == "sent"


@pytest.mark.parametrize("command", COMMANDS)
def test_an_answer_that_is_none_never_makes_a_mail_that_was_sent(command: str) -> None:
    for answer in SENSELESS:
        if (command, answer) == ("DATA", b"354 go on"):
            continue
        verdict, near_its_end = handed_over({command: answer})
        assert verdict.state == ("unknown" if command == "." else "put_off"), (command, answer, verdict)
        assert near_its_end is (command == ".")


def test_after_data_a_yes_is_no_leave_to_send_the_mail() -> None:
    assert handed_over({"DATA": b"250 ok"})[0].state == "put_off"
