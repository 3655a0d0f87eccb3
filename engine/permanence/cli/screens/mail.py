"""What `permanence mail` prints: what was handed over, and each mail that needs somebody or some time."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from rich.console import Console

from ...model.clock import local_time
from ...model.mail import MAIL_STATES, MailStanding, MailState, OutboxEntry
from ...model.problem import Problem
from ...model.words.mail_standing import (
    ASK,
    CHANGED,
    MEND,
    SEND_CHANGED,
    TAKE_AWAY,
    TWIN,
    UNFIT,
    again_in_words,
    mails_in_words,
    not_before_in_words,
)
from .output import Record, show_sentence

PARIS = "Europe/Paris"
ON_HOUR = "À l'heure convenue, les premiers"
EMPTY = "Rien n'attend dans la boîte d'envoi."


def mail_summary(
    counts: Mapping[str, int], entries: Iterable[OutboxEntry | Problem], noted: Mapping[str, MailStanding]
) -> Record:
    """Return how far mails are as plain values: what was handed over now, and each that is not done, instants in UTC.

    Those that are in the outbox no more are among them while somebody has to say what becomes of them.
    """
    told = [_unfit(one) if isinstance(one, Problem) else _entry(one) for one in entries if not _is_done(one)]
    there = {one["mail"] for one in told}
    left = [one for one in noted.values() if one.state in ("unknown", "handing_over", "refused")]
    return {"handed_over": dict(counts), "mails": [*told, *(_standing(one) for one in left if one.id not in there)]}


def _is_done(one: OutboxEntry | Problem) -> bool:
    return isinstance(one, OutboxEntry) and one.state == "sent" and not one.is_changed


def all_summary(noted: Iterable[MailStanding]) -> Record:
    """Return every mail that a server was ever given, as plain values."""
    return {"mails": [_standing(one) for one in noted]}


def _entry(one: OutboxEntry) -> Record:
    if one.standing:
        told = {**_standing(one.standing), "state": one.state}
        if one.state == "waiting":
            return {**told, "recipient": ", ".join(one.mail.recipients), "told": MAIL_STATES["waiting"].fr, "to_do": ""}
        if one.is_changed and one.state != "put_off":
            return {**told, "told": f"{told['told']} ; {CHANGED}", "to_do": SEND_CHANGED.format(id=one.mail.id)}
        return told
    mail = one.mail
    told = _row(mail.id, ", ".join(mail.recipients), mail.subject, "waiting")
    if one.twin:
        return {**told, "told": TWIN.format(twin=one.twin), "to_do": TAKE_AWAY}
    if mail.not_before:
        told["not_before"] = _utc(mail.not_before)
        told["when"] = not_before_in_words(*local_time(mail.not_before, PARIS))
    return told


def _standing(one: MailStanding) -> Record:
    told = _row(one.id, one.recipient, one.subject, one.state)
    told |= {"tries": one.tries, "at": _utc(one.at), "answer": one.answer}
    if one.next_try is not None:
        told["next_try"] = _utc(one.next_try)
        told["told"] += f", {again_in_words(*local_time(one.next_try, PARIS))}"
    told["to_do"] = {"unknown": ASK, "refused": MEND}.get(one.state, "").format(id=one.id)
    return told


def _row(name: str, recipient: str, subject: str, state: MailState) -> Record:
    told = {"mail": name, "recipient": recipient, "subject": subject, "state": state}
    return {
        **told,
        "told": MAIL_STATES[state].fr,
        "tries": 0,
        "answer": "",
        "next_try": None,
        "not_before": None,
        "to_do": "",
    }


def _unfit(problem: Problem) -> Record:
    told = _row(str(problem.where), "", "", "waiting")
    return {**told, "state": "unfit", "told": UNFIT, "answer": problem.what, "to_do": TAKE_AWAY}


def _utc(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).isoformat()


def show_sent(console: Console, summary: Record) -> None:
    """Print what was handed over, then the mails that are not done."""
    show_sentence(console, f"{mails_in_words(summary['handed_over']).capitalize()}.")
    show_mails(console, summary)


def show_mails(console: Console, summary: Record) -> None:
    """Print how many mails are in each state, and from when on; then each that needs somebody, and what to do."""
    mails = summary["mails"]
    counts: dict[str, int] = {state: sum(one["state"] == state for one in mails) for state in MAIL_STATES}
    show_sentence(console, f"Boîte d'envoi : {mails_in_words(counts)}." if mails else EMPTY)
    if waiting := [one for one in mails if one["not_before"]]:
        show_sentence(console, f"{ON_HOUR} {min(waiting, key=lambda one: str(one['not_before']))['when']}.")
    for one in mails:
        if one["answer"] or one["to_do"] or one["state"] != "waiting":
            recipient = f" ({one['recipient']})" if one["recipient"] else ""
            show_sentence(console, f"{one['mail']}{recipient} : {one['told']}")
            for more in filter(None, (one["answer"], one["to_do"])):
                show_sentence(console, more, indent="  ")
