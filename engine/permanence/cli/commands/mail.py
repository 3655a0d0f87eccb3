"""`permanence mail`: the outbox is sent, each mail once, and staff see how far each is."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import click

from ...model.mail import MailState
from ...model.problem import Place, Problem, Refused, did_you_mean
from ...model.words.mail_standing import SAID
from ...read.deeds import note
from ...read.settings import settings_in
from ...store.mails import decided, mails_noted, mails_of, note_sending, open_mails
from ..console import err, out, print_json
from ..deed_typed import deed_typed
from ..ended import Commands
from ..screens.mail import all_summary, mail_summary, show_mails, show_sent
from ..screens.problems import show_problems
from ..sending import Sending, alone, clock, entries_of, postman_of
from ..typed import FOLDER, example, json_option, mail_option
from ..upgraded import tell_upgraded

outbox_argument = click.argument("outbox", type=FOLDER, default=Path("outbox"))


@click.group(cls=Commands)
def mail() -> None:
    """Send the mails of the outbox, each once, and show how far each is."""


@mail.command(short_help="Send the mails that wait.")
@outbox_argument
@click.option("--now", "at_once", is_flag=True, help="Those too that are put off, before their time.")
@mail_option
@json_option
@example("permanence mail send")
def send(outbox: Path, at_once: bool, mail_db: Path, as_json: bool) -> None:
    """Send what waits in an OUTBOX by the server of [mail] in permanence.toml: each mail once, whatever happens.

    What the server puts off is tried again by the same command later, after growing pauses. What it refuses, and
    mails of which nobody knows whether it has them, wait for somebody: they are listed with what to do. Those that
    were sent are in `sent` of the outbox.
    """
    postman = postman_of(settings_in(Path()).mail)
    with alone(mail_db), closing(open_mails(mail_db, tell_upgraded, deed_typed())) as database:
        sending = Sending(outbox, database)
        try:
            with postman:
                sending.run(postman, clock, at_once=at_once)
        finally:
            if sending.handed:
                note_sending(database, deed_typed(), {"handed_over": dict(sending.counts)})
        noted = mails_noted(database)
    summary = mail_summary(sending.counts, entries_of(outbox, noted), noted)
    if as_json:
        print_json(summary)
    else:
        show_sent(out(), summary)
    if sending.senders:
        show_problems(err(), tuple(sending.senders.values()), "the mails of others were handed over")
        raise click.exceptions.Exit(1)


@mail.command("list", short_help="Show how far each mail is.")
@outbox_argument
@click.option("--all", "everything", is_flag=True, help="Every mail that was ever handed over, those sent too.")
@mail_option
@json_option
@example("permanence mail list")
def list_mails(outbox: Path, everything: bool, mail_db: Path, as_json: bool) -> None:
    """Show each mail of an OUTBOX that is not sent: how far it is, what the server said, and what to do."""
    noted = mails_of(mail_db)
    summary = all_summary(noted.values()) if everything else mail_summary({}, entries_of(outbox, noted), noted)
    if as_json:
        print_json(summary)
    else:
        show_mails(out(), summary)


@mail.command(short_help="Let mails be sent once more.")
@click.argument("mails", nargs=-1, required=True)
@mail_option
@json_option
@example("permanence mail again 2026-11-28-C0001")
def again(mails: tuple[str, ...], mail_db: Path, as_json: bool) -> None:
    """Let MAILS be sent once more by the next `mail send`: refused ones, and those that did not arrive."""
    _decide(mails, mail_db, "waiting", as_json=as_json)


@mail.command(short_help="Say that mails have arrived.")
@click.argument("mails", nargs=-1, required=True)
@mail_option
@json_option
@example("permanence mail arrived 2026-11-28-C0001")
def arrived(mails: tuple[str, ...], mail_db: Path, as_json: bool) -> None:
    """Say that MAILS have arrived of which nobody knew it: they are not sent again."""
    _decide(mails, mail_db, "sent", as_json=as_json)


def _decide(names: tuple[str, ...], mail_db: Path, state: MailState, *, as_json: bool) -> None:
    deed = deed_typed()
    with alone(mail_db), closing(open_mails(mail_db, tell_upgraded, deed)) as database:
        noted = mails_noted(database)
        wrong = [_nobodys(name, noted) for name in names if name not in noted]
        if wrong:
            raise Refused(wrong)
        decided(database, [noted[name] for name in names], state, f"{SAID[state]} : {deed.who}", clock(), deed)
    for name in names:
        note(name, f"is noted as {state}")
    if as_json:
        print_json({"mails": [{"mail": name, "state": state} for name in names]})
    else:
        for name in names:
            out().print(f"{name} : {SAID[state]}", soft_wrap=True)


def _nobodys(name: str, noted: Iterable[str]) -> Problem:
    hint = did_you_mean(name, noted) or "`permanence mail list --all` names them"
    return Problem(Place("MAILS"), f'there is no mail "{name}" that was handed over', hint)
