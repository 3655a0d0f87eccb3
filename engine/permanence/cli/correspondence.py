"""Whose a mail is: the customer's address and the seller's, as both stand on a day, or why there is none."""

from datetime import date

from attrs import frozen

from ..contracts.book import Book
from ..contracts.parties import legal_on, seller_on
from ..model.contract import Contract
from ..publish.customer_mail import can_be_mailed

NO_ADDRESS = "le contrat n'a pas d'adresse électronique qui convienne"
WRITE_ADDRESS = "écrire email dans [contract.legal]"
NO_SENDER = "le vendeur n'est pas connu, ou n'a pas d'adresse électronique qui convienne"
WRITE_SENDER = "écrire email dans le fichier du vendeur (sellers/)"


@frozen
class NotReported:
    """A customer who gets no mail, why, and what to do."""

    contract: str
    customer: str
    why: str
    to_do: str


@frozen
class Correspondents:
    """Who writes to whom: names and addresses."""

    seller: str
    sender: str
    customer: str
    recipient: str


def correspondents(book: Book, contract: Contract, day: date) -> Correspondents | NotReported:
    """Return who writes to whom of a contract on a day, or why nobody can."""
    customer, recipient = contract.customer.name, legal_on(contract, day).email
    seller = seller_on(contract, book.sellers, day)
    sells = seller.as_of(day) if seller else None
    if not can_be_mailed(recipient):
        return NotReported(contract.id, customer, NO_ADDRESS, WRITE_ADDRESS)
    if sells is None or not can_be_mailed(sells.email):
        return NotReported(contract.id, customer, NO_SENDER, WRITE_SENDER)
    return Correspondents(sells.name, sells.email, customer, recipient)
