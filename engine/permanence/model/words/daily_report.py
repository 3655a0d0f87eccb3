"""What the mail of a day says: the calls received, each with what became of it, and the month so far."""

from collections.abc import Sequence
from datetime import date

from ..outcome import OUTCOMES, Outcome
from .french import day_in_words
from .lines import calls_in_words

NO_CALLS = "Aucun appel reçu ce jour."
GREETING = "Bonjour,"
FOLLOW = "Suivre vos appels, votre forfait et vos factures"
COLUMNS = ("Heure", "Appelant", "Durée", "Suite donnée")


def subject_of_day(day: date, calls: int) -> str:
    """Return ``Vos appels du 28 novembre 2026 : 12 appels``."""
    return f"Vos appels du {day_in_words(day)} : {calls_in_words(calls)}"


def day_in_total(received: int, counted: int) -> str:
    """Return how many calls came in on the day, and how many of them count."""
    if not received:
        return NO_CALLS
    became = OUTCOMES[Outcome.COUNTED]
    of_them = became.one if counted <= 1 else became.several
    verb = "reçu" if received == 1 else "reçus"
    return f"{calls_in_words(received)} {verb}, dont {counted or 'aucun'} {of_them} dans votre forfait."


def talk_in_words(seconds: int) -> str:
    """Return ``2 min 05 s`` or ``45 s``."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def became_in_words(outcome: str, reason: str) -> str:
    """Return what became of a call, with the reason where there is one: ``exclu : trop court``."""
    return f"{outcome} : {reason}" if reason else outcome


def as_text(sentences: Sequence[str], rows: Sequence[Sequence[str]], so_far: Sequence[str], sender: str) -> str:
    """Return the mail as plain text."""
    calls = ["  ".join(filter(None, row)) for row in rows]
    blocks = [[GREETING], sentences, calls, so_far, [sender]]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"
