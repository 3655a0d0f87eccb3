"""`permanence mail`: each mail is in the server's box once, whatever the server says and whatever kills the command."""

import os
import random
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from permanence.cli import sending
from permanence.cli.sending import clock
from permanence.model.mail import HOUR, MINUTE, PAUSES
from permanence.read import file_lock

from tests.cli.faults import Apart, in_process
from tests.cli.mail_server import DROP, TAKEN, Box, in_turn, serving
from tests.cli.typed import out, refused, typed, values
from tests.docs.documents import SPACES

KILLS = 200 if os.environ.get("SOAK") else 12
"""At how many instants of a run it is killed."""
SETTINGS = '[mail]\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\ntimeout = {timeout}\n'
MAIL = """From: Permanence Exemple <facturation@permanence.example>\r
To: Café du Port <port@client{number}.example>\r
Subject: =?utf-8?q?Vos_appels?=\r
Message-ID: <{name}.1@permanence.example>\r
\r
Bonjour,\r
.{text}\r
"""
NAMES = ("2026-02-02-C0001", "2026-02-02-C0002", "2026-02-02-C0003")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with three mails in its outbox."""
    monkeypatch.chdir(tmp_path)
    write_mails()
    return tmp_path


def write_mails(text: str = "Deux appels.") -> None:
    Path("outbox").mkdir(exist_ok=True)
    for number, name in enumerate(NAMES, 1):
        Path(f"outbox/{name}.eml").write_text(
            MAIL.format(number=number, name=name, text=text).replace("é", "=?utf-8?q?=C3=A9?="), "ascii", newline=""
        )


def settle(port: int, timeout: int = 5, more: str = "") -> None:
    Path("permanence.toml").write_text(SETTINGS.format(port=port, timeout=timeout) + more, "utf-8")


@pytest.fixture
def box() -> Iterator[Box]:
    """Return what a server takes that the settings name."""
    found = Box()
    with serving(found) as port:
        settle(port)
        yield found


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return what puts the clock forward by some seconds."""
    now = [clock()]

    def later(seconds: int) -> None:
        now[0] += seconds

    monkeypatch.setattr("permanence.cli.commands.mail.clock", lambda: now[0])
    return later


def ids(*names: str) -> list[str]:
    return [f"<{name}.1@permanence.example>" for name in names]


def states() -> Mapping[str, str]:
    return {one["mail"]: one["state"] for one in values("mail", "list")["mails"]}


def test_what_waits_is_sent_once_and_put_away(box: Box) -> None:
    assert states() == dict.fromkeys(NAMES, "waiting")
    assert values("mail", "send") == {"handed_over": {"sent": 3}, "mails": []}
    assert (box.ids, box.recipients) == (ids(*NAMES), [f"port@client{number}.example" for number in (1, 2, 3)])
    assert b"\r\n.Deux appels.\r\n" in box.taken[0]
    assert sorted(path.stem for path in Path("outbox/sent").iterdir()) == list(NAMES)
    write_mails()
    assert values("mail", "send") == {"handed_over": {}, "mails": []}
    assert (len(box.taken), list(Path("outbox").glob("*.eml"))) == (3, [])
    assert {one["state"] for one in values("mail", "list", "--all")["mails"]} == {"sent"}


def test_what_the_server_refuses_is_shown_with_its_words_and_the_others_are_sent(box: Box) -> None:
    box.rcpt = in_turn("550 5.1.1 no such mailbox")
    box.ended = in_turn("554 5.7.1 looks like spam")
    told = values("mail", "send")
    assert told["handed_over"] == {"refused": 2, "sent": 1}
    assert [(one["mail"], one["answer"]) for one in told["mails"]] == [
        (NAMES[0], "550 5.1.1 no such mailbox"),
        (NAMES[1], "554 5.7.1 looks like spam"),
    ]
    assert "permanence mail again 2026-02-02-C0001" in out("mail", "list")
    assert values("mail", "send")["handed_over"] == {}
    out("mail", "again", NAMES[0])
    Path(f"outbox/{NAMES[1]}.eml").write_bytes(Path(f"outbox/{NAMES[1]}.eml").read_bytes() + b"PS\r\n")
    assert values("mail", "send")["handed_over"] == {"sent": 2}
    assert sorted(box.ids) == sorted(ids(*NAMES))


def test_a_sender_of_whom_nothing_is_taken_leaves_his_mails_waiting_and_the_others_are_sent(box: Box) -> None:
    box.mail = in_turn("550 5.7.1 not yours")
    path = Path(f"outbox/{NAMES[2]}.eml")
    path.write_bytes(path.read_bytes().replace(b"facturation@", b"autre@"))
    ended = typed("mail", "send")
    assert ended.exit_code == 1
    assert ended.stderr.startswith("facturation@permanence.example: the server takes no mail from this sender: 550")
    assert (box.ids, states()) == (ids(NAMES[2]), dict.fromkeys(NAMES[:2], "waiting"))
    assert values("mail", "send")["handed_over"] == {"sent": 2}


def test_what_is_put_off_is_tried_again_after_longer_and_longer_pauses(box: Box, hours: Callable[[int], None]) -> None:
    box.rcpt = in_turn(*("451 4.7.1 greylisted",) * 5)
    assert values("mail", "send")["handed_over"] == {"put_off": 3}
    assert "nouvel essai le" in out("mail", "list")
    hours(5 * MINUTE - 1)
    assert values("mail", "send")["handed_over"] == {}
    hours(1)
    assert values("mail", "send")["handed_over"] == {"put_off": 2, "sent": 1}
    hours(15 * MINUTE)
    assert values("mail", "send")["handed_over"] == {"sent": 2}
    assert sorted(box.ids) == sorted(ids(*NAMES))
    assert sum(PAUSES) < 5 * 24 * HOUR


def test_what_is_put_off_too_often_is_given_up_and_shown(box: Box, hours: Callable[[int], None]) -> None:
    box.rcpt = lambda _: "451 4.7.1 greylisted"
    for name in NAMES[1:]:
        Path(f"outbox/{name}.eml").unlink()
    for pause in PAUSES:
        assert values("mail", "send")["handed_over"] == {"put_off": 1}
        hours(pause)
    (told,) = values("mail", "send")["mails"]
    assert (told["state"], told["tries"]) == ("refused", len(PAUSES) + 1)
    assert "abandonné" in told["answer"]


def test_the_pause_is_left_out_where_somebody_says_so(box: Box) -> None:
    box.begun = in_turn("421 4.3.2 going down")
    assert values("mail", "send")["handed_over"] == {"put_off": 1, "sent": 2}
    assert values("mail", "send", "--now")["handed_over"] == {"sent": 1}
    assert sorted(box.ids) == sorted(ids(*NAMES))


@pytest.mark.parametrize("moment", ["rcpt", "begun"])
def test_a_line_that_is_cut_before_the_end_of_a_mail_puts_it_off(box: Box, moment: str) -> None:
    setattr(box, moment, in_turn(TAKEN, DROP))
    assert values("mail", "send")["handed_over"] == {"sent": 2, "put_off": 1}
    assert values("mail", "send", "--now")["handed_over"] == {"sent": 1}
    assert sorted(box.ids) == sorted(ids(*NAMES))


@pytest.mark.parametrize("keeps", [True, False])
def test_a_line_that_is_cut_after_the_end_of_a_mail_leaves_it_unknown_and_it_is_not_sent_again(
    box: Box, keeps: bool
) -> None:
    box.ended, box.keeps_what_it_cuts = in_turn(TAKEN, DROP), keeps
    told = values("mail", "send")
    assert told["handed_over"] == {"sent": 2, "unknown": 1}
    (one,) = told["mails"]
    assert (one["mail"], one["state"]) == (NAMES[1], "unknown")
    assert f"permanence mail arrived {NAMES[1]}" in one["to_do"]
    assert values("mail", "send", "--now")["handed_over"] == {}
    out("mail", "arrived" if keeps else "again", NAMES[1])
    assert values("mail", "send") == {"handed_over": {} if keeps else {"sent": 1}, "mails": []}
    assert sorted(box.ids) == sorted(ids(*NAMES))


def test_a_server_that_answers_too_late_leaves_the_mail_unknown(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permanence.publish.smtp.LAST_ANSWER", 0.05)
    box.may_answer.clear()
    assert values("mail", "send")["handed_over"] == {"unknown": 3}
    box.may_answer.set()


def sending_apart() -> Apart:
    return in_process(lambda: typed("mail", "send").exit_code)


def test_killed_between_the_end_of_a_mail_and_the_answer_it_is_told_as_unknown(box: Box) -> None:
    box.may_answer.clear()
    apart = sending_apart()
    assert box.got_all.wait(20)
    os.kill(apart.child, signal.SIGKILL)
    assert apart() is None
    box.may_answer.set()
    assert values("mail", "send")["handed_over"] == {"sent": 2}
    assert states() == {NAMES[0]: "unknown"}
    assert sorted(box.ids) == sorted(ids(*NAMES))


def killed_at_call(number: int) -> Any:
    """Send with SIGKILL at the call of this number, of any function.

    Return how many calls there were, and the number of the first one after each mail's end, with that of the answer.
    """
    calls, ends, answers = 0, list[int](), list[int]()

    def each(frame: FrameType, event: str, _what: object) -> None:
        nonlocal calls
        name = frame.f_code.co_name
        if event == "return" and name == "about_to_end":
            ends.append(calls + 1)
        if event == "call" and name == "judged":
            answers.append(calls)
        if event in ("call", "c_call"):
            calls += 1
            if calls == number:
                os.kill(os.getpid(), signal.SIGKILL)

    run = sending.Sending.run

    def counted(*given: Any, **named: Any) -> None:
        sys.setprofile(each)
        run(*given, **named)
        sys.setprofile(None)

    sending.Sending.run = counted  # type: ignore[method-assign]
    typed("mail", "send")
    return calls, list(zip(ends, answers, strict=False))


def test_killed_at_any_instant_each_mail_is_in_the_box_once_or_told_as_unknown(box: Box) -> None:
    def again() -> None:
        for path in ("outbox", "mail.db", "mail.db-wal", "mail.db-shm"):
            shutil.rmtree(path) if Path(path).is_dir() else Path(path).unlink(missing_ok=True)
        write_mails()
        box.taken.clear()

    # What is loaded once is loaded here, so that each run after it makes the same calls.
    out("mail", "send")
    again()
    calls, windows = in_process(lambda: killed_at_call(0))()
    moments = random.Random(15)
    unknown = 0
    for turn in range(4 * KILLS):
        if turn >= KILLS and unknown:
            break
        again()
        # Half of them anywhere, half while the answer to a whole mail is awaited.
        number = moments.randint(*moments.choice(windows)) if turn % 2 else moments.randrange(1, calls)
        in_process(partial(killed_at_call, number))()
        out("mail", "send")
        left = states()
        assert set(left.values()) <= {"unknown"}, number
        found = [name for name in NAMES for one in box.ids if one == ids(name)[0]]
        assert len(set(found)) == len(found), number
        assert set(NAMES) - set(left) <= set(found), number
        assert len(left) <= 1, number
        unknown += len(left)
    assert unknown


def test_two_who_send_at_once_send_each_mail_once(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = sending_apart(), sending_apart()
    assert (first(), second()) == (0, 0)
    assert sorted(box.ids) == sorted(ids(*NAMES))
    monkeypatch.setattr(file_lock, "PATIENCE", 0.0)
    with sending.alone(Path("mail.db")):
        assert refused("mail", "send")[0].startswith("mail.db: another command")


def test_a_mail_written_otherwise_after_it_was_sent_is_told_and_not_sent_again(box: Box) -> None:
    out("mail", "send")
    write_mails("Trois appels.")
    told = values("mail", "send")
    assert told["handed_over"] == {}
    assert all("a changé depuis l'envoi" in one["told"] for one in told["mails"])
    out("mail", "again", NAMES[0])
    assert values("mail", "send")["handed_over"] == {"sent": 1}


def test_the_same_mail_under_another_name_is_not_sent_again(box: Box) -> None:
    out("mail", "send")
    shutil.copy(f"outbox/sent/{NAMES[0]}.eml", "outbox/copy.eml")
    told = values("mail", "send")
    assert (told["handed_over"], len(box.taken)) == ({}, 3)
    assert told["mails"][0]["told"] == f"le même message que {NAMES[0]}, déjà remis"


def test_a_mail_is_not_sent_before_its_hour(box: Box, hours: Callable[[int], None]) -> None:
    path = Path(f"outbox/{NAMES[0]}.eml")
    path.write_text(
        "Deferred-Delivery: Mon, 05 Jan 2099 07:00:00 +0100\r\n" + path.read_text("ascii"), "ascii", newline=""
    )
    assert values("mail", "send")["handed_over"] == {"sent": 2}
    assert "à partir du 5 janvier 2099 à 7 h 00" in out("mail", "list").translate(SPACES)
    hours(100 * 366 * 24 * HOUR)
    assert values("mail", "send")["handed_over"] == {"sent": 1}


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("Message-ID", "X-Id", "it has not a Message-ID"),
        ("To:", "X-To:", "it has not a recipient"),
        ("From:", "X-From:", "it has not a sender"),
        ("Deux", "Près", "it has signs beyond ASCII that are not encoded"),
    ],
)
def test_a_file_that_is_no_mail_to_send_is_told_and_the_others_are_sent(
    box: Box, was: str, becomes: str, told: str
) -> None:
    path = Path(f"outbox/{NAMES[0]}.eml")
    path.write_text(path.read_text("utf-8").replace(was, becomes), "utf-8")
    found = values("mail", "send")
    assert found["handed_over"] == {"sent": 2}
    assert [(one["state"], one["answer"]) for one in found["mails"]] == [("unfit", told)]


def test_who_logs_in_has_the_password_from_the_environment_or_a_file(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Box()
    with serving(box, authenticator=box.authenticated, auth_require_tls=False) as port:
        settle(port, more='user = "marie"\n')
        assert refused("mail", "send")[0].startswith("permanence.toml: there is no password for marie")
        monkeypatch.setenv("PERMANENCE_MAIL_PASSWORD", "wrong")
        assert "does not let marie in: 535" in refused("mail", "send")[0]
        monkeypatch.delenv("PERMANENCE_MAIL_PASSWORD")
        settle(port, more='user = "marie"\npassword_file = "mail.password"\n')
        Path("mail.password").write_text("secret\n", "utf-8")
        assert values("mail", "send")["handed_over"] == {"sent": 3}
    assert box.logins[-1] == "marie secret"


def test_a_password_is_never_sent_where_everybody_can_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERMANENCE_MAIL_PASSWORD", "secret")
    Path("permanence.toml").write_text('[mail]\nhost = "smtp.example"\ntls = "none"\nuser = "marie"\n', "utf-8")
    assert "a password is not sent where everybody can read it" in refused("mail", "send")[0]


def test_a_server_that_is_not_there_leaves_every_mail_waiting(here: Path) -> None:
    assert refused("mail", "send")[0].startswith("permanence.toml: it names no server")
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    settle(port)
    assert f"127.0.0.1:{port}: the server cannot be used" in refused("mail", "send")[0]
    assert states() == dict.fromkeys(NAMES, "waiting")


def test_a_server_without_encryption_gets_nothing_where_it_is_asked_for(box: Box) -> None:
    text = Path("permanence.toml").read_text("utf-8")
    Path("permanence.toml").write_text(text.replace('"none"', '"starttls"'), "utf-8")
    assert "STARTTLS" in refused("mail", "send")[0]
    assert box.taken == []


def test_who_decided_what_of_a_mail_is_noted(box: Box) -> None:
    box.rcpt = in_turn("550 no")
    out("mail", "send")
    assert refused("mail", "again", "2026-02-02-C001")[0].startswith("MAILS: there is no mail")
    out("mail", "again", NAMES[0])
    told = [one["came_of"] for one in values("log", "--command", "mail again")["deeds"]]
    assert told == [{"mails": [NAMES[0]], "state": "waiting"}]
    assert "3 messages : 2 envoyés, 1 refusé" in out("log")


def test_a_backup_has_what_was_sent(box: Box) -> None:
    out("mail", "send")
    place = values("backup", "kept")["folder"]
    out("restore", place, "--verify")
    out("restore", place, "--into", "new")
    assert values("mail", "list", "--all", "--mail-db", "new/mail.db") == values("mail", "list", "--all")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a key and a certificate of the loopback, signed by nobody else."""
    path = tmp_path_factory.mktemp("tls") / "loopback.pem"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    names = ("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(path), "-out", str(path.with_suffix(".crt")))
    subprocess.run(["openssl", *made.split(), *names], check=True, capture_output=True)
    path.write_text(path.read_text("ascii") + path.with_suffix(".crt").read_text("ascii"), "ascii")
    return path


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl is installed that makes a certificate")
@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_the_way_to_the_server_is_private_and_its_certificate_is_checked(
    tls: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    how = {"ssl_context": context} if tls == "tls" else {"tls_context": context, "require_starttls": True}
    box = Box()
    with serving(box, authenticator=box.authenticated, auth_require_tls=tls != "tls", **how) as port:
        settle(port, more='user = "marie"\n')
        text = Path("permanence.toml").read_text("utf-8").replace('"none"', f'"{tls}"')
        Path("permanence.toml").write_text(text, "utf-8")
        monkeypatch.setenv("PERMANENCE_MAIL_PASSWORD", "secret")
        assert "CERTIFICATE_VERIFY_FAILED" in refused("mail", "send")[0]
        assert (box.logins, box.taken) == ([], [])
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert values("mail", "send")["handed_over"] == {"sent": 3}
    assert box.logins == ["marie secret"]


@pytest.mark.parametrize(
    ("put", "told"),
    [
        (lambda path: path.mkdir(), "it is no file"),
        (os.mkfifo, "it is no file"),
        (lambda path: path.symlink_to("nowhere"), "it is no file"),
    ],
)
def test_what_is_no_file_in_the_outbox_keeps_no_mail_back(box: Box, put: Callable[[Path], object], told: str) -> None:
    put(Path("outbox/0.eml"))
    found = values("mail", "send")
    assert found["handed_over"] == {"sent": 3}
    assert [(one["state"], one["answer"]) for one in found["mails"]] == [("unfit", told)]


def test_a_file_whose_name_is_no_text_keeps_no_mail_back(box: Box) -> None:
    Path(f"outbox/{NAMES[0]}.eml").rename(Path(os.fsdecode(b"outbox/2026-\xff.eml")))
    found = values("mail", "send")
    assert found["handed_over"] == {"sent": 2}
    assert [one["answer"] for one in found["mails"]] == ["its name has signs that are no text"]


@pytest.mark.parametrize(
    ("more", "password", "told"),
    [
        ('user = "Zoé"', "secret", "signs beyond ASCII"),
        ('user = "marie"', "fenêtre", "signs beyond ASCII"),
        ('user = "marie"\npassword_file = "calls.db"', "", "signs beyond ASCII"),
        ('host = "é..fr"', "", "the server cannot be used"),
        ('sender = "née@permanence.example"', "", 'permanence.toml:1:1: "sender" is an address'),
        ('sender = "a> b@permanence.example"', "", 'permanence.toml:1:1: "sender" is an address'),
        ("port = 65536", "", 'permanence.toml:1:1: "port" is at most 65535'),
        ("timeout = 10000000000", "", 'permanence.toml:1:1: "timeout" is at most 3600'),
    ],
)
def test_settings_that_no_server_can_be_reached_with_are_told(
    monkeypatch: pytest.MonkeyPatch, more: str, password: str, told: str
) -> None:
    monkeypatch.setenv("PERMANENCE_MAIL_PASSWORD", password)
    Path("calls.db").write_bytes(b"\xe8\xff\x00 no text")
    own = more.partition(" ")[0]
    lines = [line for line in SETTINGS.format(port=9, timeout=1).splitlines() if not line.startswith(f"{own} ")]
    Path("permanence.toml").write_text("\n".join([*lines, more]), "utf-8")
    assert told in refused("mail", "send")[0]
    assert all(Path(f"outbox/{name}.eml").exists() for name in NAMES)
