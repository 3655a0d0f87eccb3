"""Why banks give debits back: the codes of ISO 20022, and what is done then."""

from collections.abc import Mapping

from attrs import frozen


@frozen
class ReturnReason:
    """What a code of ISO 20022 says in French, whether asking again may help, and what else is to be done."""

    french: str
    again: bool = False
    to_do: str = "demander un virement"


NEW_ACCOUNT = "demander un virement et un nouvel IBAN"
NEW_MANDATE = "demander un virement et un nouveau mandat"
RETURNS: Mapping[str, ReturnReason] = {
    "AC01": ReturnReason("compte inconnu", to_do=NEW_ACCOUNT),
    "AC04": ReturnReason("compte clos", to_do=NEW_ACCOUNT),
    "AC06": ReturnReason("compte bloqué"),
    "AC13": ReturnReason("compte d'un particulier, non prélevable en interentreprises", to_do=NEW_MANDATE),
    "AG01": ReturnReason("prélèvement interdit sur ce compte", to_do=NEW_ACCOUNT),
    "AG02": ReturnReason("opération ou séquence refusée", to_do="demander un virement, vérifier avec la banque"),
    "AM04": ReturnReason("provision insuffisante", again=True),
    "AM05": ReturnReason("doublon", to_do="vérifier avec la banque"),
    "BE05": ReturnReason("créancier inconnu", to_do="vérifier l'ICS avec la banque"),
    "MD01": ReturnReason("pas de mandat", to_do=NEW_MANDATE),
    "MD06": ReturnReason(
        "contesté par le client dans les huit semaines", to_do="appeler le client, demander un virement"
    ),
    "MD07": ReturnReason("titulaire décédé", to_do="se rapprocher de la succession"),
    "MS02": ReturnReason("refusé par le client, motif non précisé", again=True),
    "MS03": ReturnReason("motif non précisé par la banque", again=True),
    "RC01": ReturnReason("BIC inexact", to_do=NEW_ACCOUNT),
    "SL01": ReturnReason(
        "refusé par un service de la banque du client", to_do="demander un virement, ou lever l'opposition"
    ),
}
UNKNOWN = ReturnReason("motif non répertorié")
UNTOLD = ReturnReason("sans motif de la banque", to_do="demander le motif à la banque, ou un virement")


def reason_of(code: str) -> ReturnReason:
    """Return what a code says; of one that is not known, or not told, that."""
    return RETURNS.get(code, UNKNOWN) if code else UNTOLD


def reason_in_words(code: str) -> str:
    """Return a code with what it says, for staff (French)."""
    return " : ".join(filter(None, (code, reason_of(code).french)))
