"""Alerts that customers were told of, each once, with the mails that told them, in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from sqlite_utils import Database

from ..model.alert import Alert
from ..model.deed import Deed
from .audit import note_deed
from .migrations import MAIL
from .opening import reading, statements_of, writing

PUT_MAIL = "INSERT INTO mail_of_alerts (id, contract, at, content) VALUES (?, ?, ?, ?)"
PUT = """
INSERT INTO alert (id, contract, month, kind, threshold, reached_on, sentence, mail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
NOT_HANDED_OVER = """
SELECT id, content FROM mail_of_alerts
WHERE NOT EXISTS (SELECT 1 FROM mail WHERE mail.id = mail_of_alerts.id AND state IN ('handing_over', 'sent', 'unknown'))
ORDER BY id
"""
AlertMail = tuple[str, bytes, Sequence[Alert]]
"""A mail with alerts: its name, its bytes, and what it tells."""


def write_alerts(
    database: Database, made: Callable[[frozenset[str]], Iterable[AlertMail]], now: int, deed: Deed | None = None
) -> Sequence[AlertMail]:
    """Keep the mails with alerts that customers were not told of yet, and return them; nobody else does meanwhile.

    ``made`` makes them, and is told the ids of all alerts that were told. The ``deed`` is noted where there are some.
    """
    with writing(database):
        found = tuple(made(_told(database)))
        for name, content, alerts in found:
            database.execute(PUT_MAIL, (name, alerts[0].contract, now, content.decode("ascii")))
            for one in alerts:
                what = (one.month, one.kind, one.threshold, one.reached_on.isoformat(), one.sentence)
                database.execute(PUT, (one.id, one.contract, *what, name))
        if found:
            told = {"alerts": sum(len(alerts) for _, _, alerts in found), "in_mails": [name for name, _, _ in found]}
            note_deed(statements_of(database), deed, told)
    return found


def alerts_told(path: Path) -> frozenset[str]:
    """Return the ids of the alerts of which customers were told; none where there is no mail.db."""
    with reading(path, MAIL) as database:
        return _told(database) if database else frozenset()


def _told(database: Database) -> frozenset[str]:
    return frozenset(name for (name,) in database.execute("SELECT id FROM alert"))


def alert_mails_waiting(database: Database) -> Iterator[tuple[str, bytes]]:
    """Yield the mails with alerts that no server has, or may have: each by its name, with its bytes."""
    for name, content in database.execute(NOT_HANDED_OVER).fetchall():
        yield name, content.encode("ascii")
