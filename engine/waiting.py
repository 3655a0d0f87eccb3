"""Why a contract has to wait, in the French that staff read."""

from collections.abc import Iterator, Mapping

from .model.contract import Contract
from .model.offer import Offer
from .model.problem import nearest
from .read.contract_checks import check_contract


def why_it_waits(contract: Contract, offers: Mapping[str, Offer]) -> str:
    """Return why a contract contradicts what is on sale; nothing when it does not."""
    problems = tuple(check_contract(contract, offers))
    if not problems:
        return ""
    # A check that has no French of its own yet is told in the words of `permanence check`.
    return " ".join(_in_french(contract, offers)) or " · ".join(problem.what for problem in problems)


def _in_french(contract: Contract, offers: Mapping[str, Offer]) -> Iterator[str]:
    offer = offers.get(contract.offer)
    if offer is None:
        yield f"L'offre « {contract.offer} » n'existe pas{_hint(contract.offer, offers)}."
        return
    if contract.mission not in offer.head.mission:
        yield f"L'offre {offer.version} n'a pas de mission « {contract.mission} »."
    for option in contract.options:
        if option.id not in offer.options:
            yield f"L'offre {offer.version} n'a pas d'option « {option.id} »{_hint(option.id, offer.options)}."


def _hint(word: str, known: Mapping[str, object]) -> str:
    found = nearest(word, known)
    return f" ; la plus proche est « {found} »" if found else ""
