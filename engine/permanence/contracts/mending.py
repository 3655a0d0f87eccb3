"""What somebody has to do so that a contract on hold has its bill, in the French that staff read."""

from ..model.period import Month
from .book import Book
from .history import history_of
from .waiting import NOT_LIVE, why_it_waits


def what_to_do(book: Book, name: str, reason: str, month: Month, *, changed: bool) -> str:
    """Return what to do for a contract that waits in a month, for a reason that it was told of when that was billed.

    ``changed`` tells whether what the month rests on is otherwise since.
    """
    again = f"permanence bill {month}"
    contract = next((one for one in book.contracts if one.id == name), None)
    if contract is None:
        return f"Le contrat n'est plus au dossier ; facturez de nouveau : {again}"
    now = why_it_waits(book, contract, month.last)
    offer = book.offers.get(contract.offer)
    places = " ou ".join(filter(None, (f"{contract.place.file}:{contract.place.line}", offer.file if offer else "")))
    if now:
        told = "" if now == reason else f"À présent : {now} "
        return f"{told}Corrigez {places}, puis {again}"
    if reason == NOT_LIVE and history_of(book, contract).contract.live is None:
        return f'Notez la mise en service, what = "go_live", dans {contract.place.file}, puis {again}'
    if reason == NOT_LIVE or changed:
        return f"La cause semble levée ; facturez de nouveau : {again}"
    return f"Corrigez {places}, ou le module de l'option, puis {again}"
