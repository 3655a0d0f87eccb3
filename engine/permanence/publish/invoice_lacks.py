"""What keeps an issued document from becoming a file that machines accept, and what to do (French)."""

import re

from attrs import frozen

from ..model.currency import EURO
from ..model.customer_document import CustomerDocument

NUMBER = re.compile(r"[A-Za-z0-9+_/-]{1,35}")
"""How the French rules have numbers (BR-FR-01, BR-FR-02)."""


@frozen
class DocumentLack:
    """What a document lacks, and what to do."""

    why: str
    to_do: str


AS_IT_WAS = "l'envoyer sous sa forme d'alors ; les suivantes l'ont"
UNREADABLE = DocumentLack("ce qui en est conservé ne se lit pas comme un document", "permanence verify")
WITHOUT_PARTIES = DocumentLack("elle a été émise avant que les documents ne disent qui vend, et à qui", AS_IT_WAS)
"""Of documents that cannot be told at all."""


def lack_of_page(sign: str) -> DocumentLack:
    """Return what a document lacks whose page cannot be set; ``sign`` is what its fonts have not, where it is that."""
    if sign:
        to_do = "l'écrire en lettres latines, grecques ou cyrilliques pour les factures à venir"
        return DocumentLack(f"les polices de la page n'ont pas de signe pour « {sign} »", to_do)
    return DocumentLack("sa page ne se compose pas", "le signaler, avec le document")


def lack_of(document: CustomerDocument) -> DocumentLack | None:
    """Return what a document lacks; None of one that is whole."""
    if document.payment is None and not document.gives_back:
        return DocumentLack(
            "elle a été émise avant que les factures ne disent leur échéance",
            AS_IT_WAS,
        )
    if not NUMBER.fullmatch(document.number):
        return DocumentLack(
            "son numéro a plus de 35 signes, ou d'autres que lettres, chiffres, « + », « - », « _ » et « / »",
            "commencer autrement les numéros à venir ([seller.series])",
        )
    in_france = document.parties.seller.address.state == "FR"
    if in_france and document.currency != EURO and document.tax:
        return DocumentLack(
            f"elle est en {document.currency}, et le montant de la TVA en euros n'y est pas",
            "facturer en euros ce qui est taxé en France",
        )
    return None
