"""What the days of a calendar are called, and which readings of the public FAQ they rest on."""

from collections.abc import Mapping

from ...contracts.calendar import Kind
from ...model.event import EVENTS
from ...model.term_rules import TermRules

AT_LATEST = ", au plus tard"
LABELS: Mapping[str, str] = {
    "signed": "Signature",
    "go_live_promised": "Mise en service promise",
    "go_live_late": "Mise en service promise pour ce jour, pas encore notée",
    "go_live": EVENTS["go_live"].french,
    "trial_last_day": "Dernier jour de l'essai",
    "commitment_last_day": "Dernier jour de l'engagement",
    "term_last_day": "Dernier jour de la période en cours",
    "notice_last_day": "Dernier jour pour recevoir un préavis, inclus",
    "reminder_opens": "Rappel de la reconduction : au plus tôt",
    "reminder_closes": "Rappel de la reconduction : au plus tard",
    "renewal": "Reconduction",
    "anniversary": "Anniversaire de la signature",
    "price_notice_last_day": "Dernier jour pour annoncer un nouveau prix par écrit",
    "price_change": "Premier jour d'un nouveau prix, s'il est annoncé à temps",
    "quality_call": "Appel qualité à faire",
    "own_term_last_day": "Dernier jour",
    "contract_last_day": "Dernier jour du contrat",
    "deposit_taken": "Dépôt de garantie demandé avec la première facture",
    "deposit_returned": "Dépôt de garantie rendu avec la dernière facture",
}
TO_LEAVE = ", si vous voulez mettre fin au contrat"
TO_CUSTOMERS: Mapping[str, str] = {
    "trial_last_day": "dernier jour de votre période d'essai",
    "notice_last_day": f"dernier jour pour que nous recevions votre préavis{TO_LEAVE}",
    "renewal": "votre contrat est reconduit",
    "own_term_last_day": "dernier jour de ce dont nous étions convenus",
    "contract_last_day": "dernier jour de votre contrat",
}
"""What days that come by themselves are called where a customer reads of his own contract, after the day."""
TO_SEND = "Dernier jour pour envoyer un préavis, inclus"
CUSTOMER_TO_SEND = f"dernier jour pour envoyer votre préavis{TO_LEAVE}"
"""What the last day for a notice is called where the day counts on which it is sent (A14): to staff, to customers."""
TWO_DAYS = "48 h, en jours ouvrés"
"""How two working days are promised (R19, A20)."""


def promised_within(rules: TermRules) -> str:
    """Return within how long of the signature service is promised, as a calendar says it: ``5 jours ouvrés``."""
    days = rules.go_live_days
    if not days:
        return "le jour de la signature"
    if rules.go_live_calendar == "civil":
        return f"{days} jour{'s' if days > 1 else ''}"
    return TWO_DAYS if days == 2 else f"{days} jour{'s' if days > 1 else ''} ouvré{'s' if days > 1 else ''}"


SOURCES: Mapping[Kind, str] = {
    "signed": "A21",
    "go_live": "A21",
    "trial_last_day": "A16, A18",
    "commitment_last_day": "A10, A11, A18",
    "term_last_day": "A13, A18",
    "notice_last_day": "A14, A18",
    "renewal": "A12, A13, A18",
    "price_notice_last_day": "A27",
    "price_change": "A27",
    "quality_call": "R28",
    "anniversary": "R22, A11",
    "contract_last_day": "A12",
    "deposit_taken": "[deposit]",
    "deposit_returned": "[deposit]",
}
"""The readings of the public FAQ: docs/terms.md says each in a sentence. Laws on reminders stand with countries."""
