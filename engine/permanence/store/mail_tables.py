"""The tables of mails: how far each is, and each step of its way, which stays as it was noted."""

from .audit_tables import AUDIT_TABLES
from .guards import stays
from .table import UTC_SECONDS, Column, Table

C = Column
STEP_STAYS = "what became of a mail stays as it was noted"
ALERTED = "what a customer was told stays as it was told"
MAIL_TABLES = (
    Table(
        "mail",
        "Messages",
        "Each mail that was handed over to a server, or was to be: how far it is.",
        (
            C("id", "TEXT", "Name of its file without .eml: day and contract of a daily report"),
            C("message_id", "TEXT", "Its Message-ID, made of contract, day and content"),
            C("recipient", "TEXT", "To whom it goes"),
            C("subject", "TEXT", "Its subject"),
            C("sha256", "TEXT", "SHA-256 of the file that was handed over last"),
            C("state", "TEXT", "waiting, handing_over, sent, refused, put_off or unknown"),
            C("tries", "INTEGER", "How many times it was handed over", "times"),
            C("at", "INTEGER", "When it came to be so", UTC_SECONDS),
            C("next_try", "INTEGER?", "When it is tried again", UTC_SECONDS),
            C("answer", "TEXT", "What the server said last, or why nobody knows"),
        ),
        label="id",
        indexes=(("message_id",), ("state",)),
    ),
    Table(
        "mail_step",
        "Étapes des messages",
        "Each step of each mail, in order: it stays when the mail goes on.",
        (
            C("id", "INTEGER", "Number, from 1"),
            C("mail", "TEXT", "Which mail", refers_to="mail"),
            C("at", "INTEGER", "When", UTC_SECONDS),
            C("state", "TEXT", "What it came to be"),
            C("sha256", "TEXT", "SHA-256 of the file"),
            C("answer", "TEXT", "What the server said, or who said so instead"),
        ),
        label="mail",
        indexes=(("mail",),),
        triggers=stays("mail_step", STEP_STAYS, "id"),
    ),
    Table(
        "mail_of_alerts",
        "Messages avec alertes",
        "Each mail with alerts as it was written into the outbox: written again, it is the same.",
        (
            C("id", "TEXT", "Name of its file without .eml"),
            C("contract", "TEXT", "Whose"),
            C("at", "INTEGER", "When it was written", UTC_SECONDS),
            C("content", "TEXT", "The file"),
        ),
        label="id",
        triggers=stays("mail_of_alerts", ALERTED, "id"),
    ),
    Table(
        "alert",
        "Alertes",
        "Each alert that a customer was told of in a mail of its own: once for a contract, a month and a threshold.",
        (
            C("id", "TEXT", "Contract, month and threshold"),
            C("contract", "TEXT", "Whose"),
            C("month", "TEXT", "Which month"),
            C("kind", "TEXT", "calls, per_cent, passed, forecast, outside or deadline"),
            C("threshold", "TEXT", "What was passed, and of which band: 20@150; a deadline by its kind and day"),
            C("reached_on", "TEXT", "Day on which it was passed", "date"),
            C("sentence", "TEXT", "What the customer was told"),
            C("mail", "TEXT", "In which mail", refers_to="mail_of_alerts"),
        ),
        label="id",
        indexes=(("mail",), ("contract",)),
        triggers=stays("alert", ALERTED, "id"),
    ),
    *AUDIT_TABLES,
)
