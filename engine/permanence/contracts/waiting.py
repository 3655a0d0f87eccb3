"""Why a contract has to wait, in the French that staff read."""

from ..model.contract import Contract
from ..model.event import EVENTS
from ..model.problem import Place, Problem, Refused, did_you_mean
from .against_offer import against_offers
from .book import Book
from .contradictions import in_french, stands
from .history import History, history_of
from .signature import not_as_signed

NOT_LIVE = (
    "La mise en service n'est pas notée, et rien n'est facturé avant elle : ajoutez l'événement what = \"go_live\"."
)


def why_it_waits(book: Book, contract: Contract) -> str:
    """Return why a contract contradicts what is on sale, or itself; nothing when it does not."""
    return at_odds(book, contract) or contradicted(book, history_of(book, contract))


def at_odds(book: Book, contract: Contract) -> str:
    """Return why a contract cannot be what was signed, or cannot be billed by its offer; nothing when it can."""
    return against_offers(contract, book.offers) or " ".join(one.french for one in not_as_signed(book, contract))


def contradicted(book: Book, history: History) -> str:
    """Return what contradicts itself in a contract's history, or what is on sale then; nothing where nothing does."""
    if not (history.settled or history.contract.notice):
        return ""
    sentences = [in_french(one, EVENTS[one.event.what].french) for one in history.contradictions]
    sentences += filter(None, (against_offers(then, book.offers) for then in stands(history)))
    return " ".join(dict.fromkeys(sentences))


def contract_of(book: Book, name: str) -> Contract:
    """Return the contract of a number; raise Refused when there is none, or it has to wait."""
    known = {contract.id: contract for contract in book.contracts}
    if name not in known:
        raise Refused([Problem(Place("CONTRACT"), f'there is no contract "{name}"', did_you_mean(name, known))])
    if reason := why_it_waits(book, known[name]):
        raise Refused([Problem(known[name].place, reason)])
    return known[name]
