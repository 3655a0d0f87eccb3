"""The sentences of alerts: what is about to cost more, what came outside the hours, what ends soon (French)."""

from datetime import date

from ..money import Cents
from .amounts import in_money
from .french import day_in_words
from .lines import calls_in_words
from .numbers import in_thousands

NO_PRICE_BEYOND = "l'offre n'a pas de prix au-delà"


def calls_left_told(left: int, passing: Cents | None, currency: str) -> str:
    """Return that few calls are left at the present price, and what the one after them adds."""
    if left:
        few = "qu'un seul appel" if left == 1 else f"que {calls_in_words(left)}"
        return f"Il ne reste plus {few} à ce prix : {_beyond(passing, currency)}."
    beyond = NO_PRICE_BEYOND if passing is None else f"le prochain ajoute {in_money(passing, currency)} HT"
    return f"Il ne reste aucun appel à ce prix : {beyond}."


def share_used_told(share: int, total: int, left: int, passing: Cents | None, currency: str) -> str:
    """Return that a share of the calls at the present price is used, how many are left, and what comes then."""
    used = f"{share} % des {in_thousands(total)} appels à ce prix sont utilisés"
    return f"{used}, il en reste {in_thousands(left)} : {_beyond(passing, currency)}." if left else f"{used}."


def _beyond(passing: Cents | None, currency: str) -> str:
    return NO_PRICE_BEYOND if passing is None else f"ensuite, le premier appel ajoute {in_money(passing, currency)} HT"


def passed_told(last: int, step: str) -> str:
    """Return that a count is passed up to which a lower price held, and which price holds now."""
    return f"Vous avez dépassé {calls_in_words(last)} ce mois-ci" + (f" : {step}." if step else ".")


def overrun_told(passes_on: date, expected: int, passing: Cents | None, currency: str) -> str:
    """Return on which day the next price is expected, with how many calls by the month's end."""
    told = f"À ce rythme, le prix suivant est atteint le {day_in_words(passes_on)}"
    return f"{told}, pour {calls_in_words(expected)} à la fin du mois : {_beyond(passing, currency)}."


def outside_told(day: date) -> str:
    """Return on which day the first call of the month came outside the hours, and that it costs nothing."""
    return (
        f"Le {day_in_words(day)}, un appel est arrivé hors de vos horaires, le premier du mois : il n'est pas compté."
    )


def deadline_told(what: str, day: date) -> str:
    """Return what a day is."""
    return f"Le {day_in_words(day)} : {what}."


def subject_of_alerts(customer: str) -> str:
    """Return what a mail with alerts is about."""
    return f"À savoir sur votre permanence téléphonique ({customer})"
