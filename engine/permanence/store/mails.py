"""How far each mail is, noted before and after it is handed over, so that none is sent twice after a kill."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import evolve
from sqlite_utils import Database

from ..model.deed import CameOf, Deed
from ..model.mail import MailStanding, MailState, OutgoingMail, Verdict, next_try
from .audit import note_deed
from .migrations import MAIL
from .opening import Tell, open_to_write, reading, statements_of, untold, writing

COLUMNS = "id, message_id, recipient, subject, sha256, state, tries, at, next_try, answer"
FIELDS = COLUMNS.replace("sha256", "digest").split(", ")
ALL = f"SELECT {COLUMNS} FROM mail ORDER BY id"
PUT = f"""
INSERT INTO mail ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in COLUMNS.split(", ")[1:])}
"""
STEP = "INSERT INTO mail_step (mail, at, state, sha256, answer) VALUES (?, ?, ?, ?, ?)"
MailDatabase = Database
"""A mail.db that is open to write."""
KILLED = "interrompu pendant la remise : le serveur l'a peut-être reçu"
GIVEN_UP = "abandonné après cinq jours"


def open_mails(path: Path, tell: Tell = untold, deed: Deed | None = None) -> MailDatabase:
    """Return a mail.db to write to; see `open_to_write`."""
    return open_to_write(path, MAIL, tell, deed)


def mails_of(path: Path) -> Mapping[str, MailStanding]:
    """Return how far each mail is, by its id; none where there is no mail.db."""
    with reading(path, MAIL) as database:
        return mails_noted(database) if database else {}


def mails_noted(database: Database) -> Mapping[str, MailStanding]:
    """Return how far each mail is, by its id."""
    return {row[0]: MailStanding(**dict(zip(FIELDS, row, strict=True))) for row in database.execute(ALL)}


def about_to_end(database: Database, mail: OutgoingMail, before: MailStanding | None, now: int) -> MailStanding:
    """Note that the last sign of a mail is sent now: from here on the server may have it. Return how far it is."""
    return _noted(database, _standing(mail, "handing_over", before.tries if before else 0, now))


def judged(
    database: Database, mail: OutgoingMail, before: MailStanding | None, verdict: Verdict, now: int
) -> MailStanding:
    """Note what became of a mail that was handed over, and return how far it is.

    One that is put off is tried again after a pause, longer each time, until it is given up and counts as refused.
    """
    tries = (before.tries if before and before.digest == mail.digest else 0) + 1
    again = next_try(tries, now) if verdict.state == "put_off" else None
    given_up = verdict.state == "put_off" and again is None
    state: MailState = "refused" if given_up else verdict.state
    answer = f"{verdict.answer} · {GIVEN_UP}" if given_up else verdict.answer
    return _noted(database, evolve(_standing(mail, state, tries, now), next_try=again, answer=answer))


def _standing(mail: OutgoingMail, state: MailState, tries: int, now: int) -> MailStanding:
    return MailStanding(
        id=mail.id,
        message_id=mail.message_id,
        recipient=", ".join(mail.recipients),
        subject=mail.subject,
        digest=mail.digest,
        state=state,
        tries=tries,
        at=now,
    )


def _noted(database: Database, standing: MailStanding) -> MailStanding:
    with writing(database):
        _put(database, standing)
    return standing


def left_by_the_killed(database: Database, now: int) -> None:
    """Note of each mail that was being handed over that nobody knows what became of it.

    Nobody else sends meanwhile: whoever was handing it over was killed.
    """
    with writing(database):
        for one in mails_noted(database).values():
            if one.state == "handing_over":
                _put(database, evolve(one, state="unknown", tries=one.tries + 1, at=now, answer=KILLED))


def decided(
    database: Database, mails: Sequence[MailStanding], state: MailState, why: str, now: int, deed: Deed
) -> None:
    """Note what somebody has decided of mails of whose fate nothing goes on by itself."""
    with writing(database):
        for one in mails:
            _put(database, evolve(one, state=state, at=now, next_try=None, answer=why, tries=0))
        note_deed(statements_of(database), deed, {"mails": [one.id for one in mails], "state": state})


def note_sending(database: Database, deed: Deed, came_of: CameOf) -> None:
    """Note what a run of sending came to."""
    with writing(database):
        note_deed(statements_of(database), deed, came_of)


def _put(database: Database, one: MailStanding) -> None:
    whose = (one.id, one.message_id, one.recipient, one.subject, one.digest)
    database.execute(PUT, (*whose, one.state, one.tries, one.at, one.next_try, one.answer))
    database.execute(STEP, (one.id, one.at, one.state, one.digest, one.answer))
