"""Why a contract's month could not be billed, in the French that staff read."""

from ..contracts.book import Book
from ..contracts.waiting import blamed
from ..decide.vocabulary import vocabulary
from ..model.invoice import ChargeLine
from ..model.period import Month
from ..model.served import Served
from ..model.words.amounts import rate_in_money


def hidden_price(book: Book, line: ChargeLine, served: Served, month: Month) -> str:
    """Return that something charges a price which is in no quote, and whose it is."""
    kind, _, name = line.code.partition(".")
    who = blamed(book, name, served.offer.version) if kind == "option" else f"offre {served.offer.version}"
    price = f"« {line.label} » à {rate_in_money(line.unit_price, served.offer.head.currency)}"
    return f"L'{who} facture {price} au contrat {served.contract.id}, {month} : ce prix n'est dans aucun devis."


def no_price(served: Served, fact: str, count: int) -> str:
    """Return that an offer has no price for what was counted."""
    known = vocabulary(served.offer, "month")
    meaning = known[fact].meaning if fact in known else fact
    what = f"{count} appels" if fact == "usage.calls" else f"« {meaning} » = {count}"
    return f"L'offre {served.offer.version} n'a pas de prix pour {what} : il lui faut d'autres tranches."
