"""The sentences of a month that runs: what it is so far, what further calls cost, and what is expected."""

from datetime import date

from ..money import Cents
from .amounts import in_money
from .french import day_in_words
from .lines import calls_in_words

NO_FORECAST = "Prévision : aucun jour entier de service n'est encore connu."
NO_NEXT_PRICE = "Aucun palier de prix n'est plus devant."


def moment_in_words(day: date, minute: int) -> str:
    """Return ``le 28 octobre 2026 à 10 h 04``, of a local day and the minute of that day."""
    return f"le {day_in_words(day)} à {minute // 60} h {minute % 60:02d}"


def left_in_words(left: int | None, passing: Cents | None, currency: str) -> str:
    """Return how many calls are left at the present price, and what the one after them adds."""
    if left is None:
        return NO_NEXT_PRICE
    before = f"Il reste {calls_in_words(left)} à ce prix" if left else "Il ne reste aucun appel à ce prix"
    if passing is None:
        return f"{before} ; l'offre n'a pas de prix au-delà."
    return f"{before} ; le suivant ajoute {in_money(passing, currency)} HT."


def next_call_in_words(added: Cents | None, currency: str) -> str:
    """Return what the next call adds to the month."""
    if added is None:
        return "L'offre n'a pas de prix pour un appel de plus."
    return f"Un appel de plus ajoute {in_money(added, currency)} HT." if added else "Un appel de plus n'ajoute rien."


def forecast_in_words(days: int, since: date, expected: int, passes_on: date | None, left: int | None) -> str:
    """Return what is expected at the month's end, what that rests on, and when the next price is reached."""
    rests = f"{days} jours de service" if days > 1 else "1 jour de service"
    told = f"Prévision : {calls_in_words(expected)} à la fin du mois, d'après la moyenne de chaque jour de la semaine"
    told += f" sur {rests} depuis le {day_in_words(since)}"
    if passes_on:
        return f"{told} ; le prix suivant est atteint le {day_in_words(passes_on)}."
    return f"{told}." if left is None else f"{told} ; le prix suivant n'est pas atteint ce mois-ci."
