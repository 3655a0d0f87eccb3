"""How far mails are, in French: states counted, why one does not go on, and what somebody may do."""

from collections.abc import Mapping
from datetime import date

from ..mail import MAIL_STATES, MailState
from .french import day_in_words
from .numbers import in_thousands

SEVERAL: Mapping[MailState, str] = {"sent": "envoyés", "refused": "refusés", "put_off": "remis à plus tard"}
"""States whose word has another form for several mails."""
CHANGED = "le fichier a changé depuis l'envoi"
TWIN = "le même message que {twin}, déjà remis"
UNFIT = "ne peut pas être envoyé"
SEND_CHANGED = "l'envoyer quand même : permanence mail again {id} ; sinon retirer le fichier"
ASK = (
    "demander au destinataire, ou lire le journal du serveur ; arrivé : permanence mail arrived {id} ; "
    "sinon : permanence mail again {id}"
)
MEND = "corriger l'adresse et réécrire le compte rendu, ou : permanence mail again {id}"
TAKE_AWAY = "retirer le fichier"
SAID = {"waiting": "à renvoyer", "sent": "arrivé"}
"""What somebody has said of a mail whose fate nobody knew."""


def mails_in_words(counts: Mapping[str, int]) -> str:
    """Return ``12 messages : 10 envoyés, 1 refusé, 1 sort inconnu``."""
    many = sum(counts.values())
    told = f"{in_thousands(many)} messages" if many > 1 else f"{many or 'aucun'} message"
    each = [
        f"{in_thousands(counts[state])} {_state(state, counts[state])}" for state in MAIL_STATES if counts.get(state)
    ]
    return f"{told} : {', '.join(each)}" if each else told


def _state(state: MailState, many: int) -> str:
    return SEVERAL.get(state, MAIL_STATES[state].fr) if many > 1 else MAIL_STATES[state].fr


def again_in_words(day: date, minute: int) -> str:
    """Return when a mail is tried again: ``nouvel essai le 2 février 2026 à 10 h 05``."""
    return f"nouvel essai le {day_in_words(day)} à {minute // 60}\u00a0h\u00a0{minute % 60:02d}"


def not_before_in_words(day: date, minute: int) -> str:
    """Return from when on a mail may be sent: ``à partir du 2 février 2026 à 7 h 00``."""
    return f"à partir du {day_in_words(day)} à {minute // 60}\u00a0h\u00a0{minute % 60:02d}"
