"""Why a contract has to wait, in the French that staff read."""

from collections.abc import Iterator, Mapping

from .book import Book
from .contradictions import in_french, stands
from .history import history_of
from .model.contract import Contract
from .model.offer import Offer
from .model.problem import Place, Problem, Refused, did_you_mean, nearest
from .model.wording import EVENTS
from .read.contract_checks import check_contract, was_edited


def why_it_waits(book: Book, contract: Contract) -> str:
    """Return why a contract contradicts what is on sale, or itself; nothing when it does not."""
    found = against_offers(contract, book.offers)
    if found or not (contract.events or contract.notice):
        return found
    history = history_of(book, contract)
    sentences = [in_french(one, EVENTS[one.event.what]) for one in history.contradictions]
    sentences += filter(None, (against_offers(then, book.offers) for then in stands(history)))
    return " ".join(dict.fromkeys(sentences))


def against_offers(contract: Contract, offers: Mapping[str, Offer]) -> str:
    """Return why a contract cannot be billed by the offer that it names; nothing when it can."""
    problems = tuple(check_contract(contract, offers))
    if not problems:
        return ""
    # A check that has no French of its own yet is told in the words of `permanence check`.
    return " ".join(_in_french(contract, offers)) or " · ".join(problem.what for problem in problems)


def contract_of(book: Book, name: str) -> Contract:
    """Return the contract of a number; raise Refused when there is none, or it has to wait."""
    known = {contract.id: contract for contract in book.contracts}
    if name not in known:
        raise Refused([Problem(Place("CONTRACT"), f'there is no contract "{name}"', did_you_mean(name, known))])
    if reason := why_it_waits(book, known[name]):
        raise Refused([Problem(known[name].place, reason)])
    return known[name]


def _in_french(contract: Contract, offers: Mapping[str, Offer]) -> Iterator[str]:
    offer = offers.get(contract.offer)
    if offer is None:
        yield f"L'offre « {contract.offer} » n'existe pas{_hint(contract.offer, offers)}."
        return
    if was_edited(contract, offer):
        yield f"Le fichier {offer.file} a été modifié après la signature de {contract.id} : ses prix ne sont plus sûrs."
    if contract.mission not in offer.head.mission:
        yield f"L'offre {offer.version} n'a pas de mission « {contract.mission} »."
    for option in contract.options:
        if option.id not in offer.options:
            yield f"L'offre {offer.version} n'a pas d'option « {option.id} »{_hint(option.id, offer.options)}."


def _hint(word: str, known: Mapping[str, object]) -> str:
    found = nearest(word, known)
    return f" ; la plus proche est « {found} »" if found else ""
