"""What a customer's page says: how far the month is, the calls, the invoices, and what is due next."""

from datetime import date, datetime

from .french import day_in_words
from .lines import calls_in_words
from .numbers import in_thousands

LOST_TITLE = "Cette page n'est pas disponible"
LOST = (
    "Le lien est incomplet, il a expiré, ou il n'est plus valable.",
    "Ouvrez celui du dernier compte rendu reçu par mail, ou demandez-en un nouveau à votre permanence téléphonique.",
)
BROKEN_TITLE = "Cette page ne peut pas être affichée pour le moment"
BROKEN = ("Réessayez dans quelques minutes.",)
PRIVATE = "Cette page vous est réservée : ne transmettez pas son adresse."
NO_CALLS_TODAY = "Aucun appel connu ce jour."
NO_CALLS = "Aucun appel connu ce mois-ci."
NO_INVOICE = "Aucune facture n'est encore émise."
NO_DEADLINE = "Aucune échéance dans les douze mois à venir."
NONE_NOW = "Aucune consigne en ce moment."
WAITS = "Votre mois en cours n'est pas encore chiffré : votre permanence téléphonique complète votre dossier."
NOT_IN_SERVICE = "Votre contrat n'est pas en service ce mois-ci."


def valid_until(instant: datetime) -> str:
    """Return up to when the link is valid, as the page says it: of midnight, the day that ends then."""
    return f"Lien valable jusqu'au {day_in_words(date.fromordinal(instant.date().toordinal() - 1))} inclus."


def gauge_in_words(calls: int, top: int | None, expected: int | None) -> str:
    """Return what the gauge shows, for who cannot see it."""
    told = calls_in_words(calls)
    told += "" if top is None else f" sur {in_thousands(top)} à ce prix"
    return f"{told}." if expected is None else f"{told} ; {in_thousands(expected)} prévus à la fin du mois."


def reached_in_words(calls: int) -> str:
    """Return ``109 appels à ce jour``."""
    return f"{calls_in_words(calls)} à ce jour"


def expected_in_words(expected: int) -> str:
    """Return ``244 prévus à la fin du mois``."""
    return f"{in_thousands(expected)} prévu{'s' if expected > 1 else ''} à la fin du mois"


def top_in_words(top: int) -> str:
    """Return ``150 : dernier appel à ce prix``."""
    return f"{in_thousands(top)} : dernier appel à ce prix"
