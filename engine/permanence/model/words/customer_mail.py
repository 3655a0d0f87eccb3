"""What a mail to a customer says: the calls received, each with what became of it, and the month so far."""

from collections.abc import Iterable, Sequence
from datetime import date

from ..outcome import OUTCOMES, Outcome
from .french import day_in_words, from_day_to_day
from .lines import calls_in_words

GREETING = "Bonjour,"
FOLLOW = "Suivre vos appels, votre forfait et vos factures"
COLUMNS = ("Heure", "Appelant", "Durée", "Suite donnée")


def subject_of_days(days: Sequence[date], calls: int) -> str:
    """Return ``Vos appels du 28 novembre 2026 : 12 appels``, or of several days one after another."""
    when = f"du {day_in_words(days[0])}" if len(days) == 1 else from_day_to_day(days[0], days[-1])
    return f"Vos appels {when} : {calls_in_words(calls)}"


def days_in_total(days: Sequence[date], received: int, counted: int) -> str:
    """Return how many calls came in on the days, and how many of them count."""
    if not received:
        return "Aucun appel reçu ce jour." if len(days) == 1 else "Aucun appel reçu ces jours."
    became = OUTCOMES[Outcome.COUNTED]
    of_them = became.one if counted <= 1 else became.several
    verb = "reçu" if received == 1 else "reçus"
    return f"{calls_in_words(received)} {verb}, dont {counted or 'aucun'} {of_them} dans votre forfait."


def time_in_words(day: date, hour: int, minute: int, *, with_day: bool) -> str:
    """Return ``10 h 04``, or ``28/11 10 h 04`` where there are several days."""
    told = f"{hour}\u00a0h\u00a0{minute:02d}"
    return f"{day:%d/%m} {told}" if with_day else told


def talk_in_words(seconds: int) -> str:
    """Return ``2 min 05 s`` or ``45 s``."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def became_in_words(outcome: str, reason: str) -> str:
    """Return what became of a call, with the reason where there is one: ``exclu : trop court``."""
    return f"{outcome} : {reason}" if reason else outcome


def as_text(blocks: Iterable[Sequence[str]]) -> str:
    """Return a mail as plain text: blocks of lines, without the empty ones."""
    lines = ("\n".join(filter(None, block)) for block in blocks)
    return "\n\n".join(filter(None, lines)) + "\n"
