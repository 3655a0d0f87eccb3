"""The deposit of a contract: how much it is, and what is wrong with what was agreed of it."""

from collections.abc import Iterator

from ..model.contract import Contract
from ..model.money import Cents
from ..model.offer import Offer
from .disagreement import Disagreement


def deposit_of(contract: Contract, offer: Offer) -> Cents | None:
    """Return the deposit of a contract under the offer that it signed; None where there is none."""
    if offer.deposit is None:
        return None
    return offer.deposit.known if contract.deposit is None else contract.deposit


def deposit_otherwise(contract: Contract, offer: Offer) -> Iterator[Disagreement]:
    """Yield that a contract has a deposit which its offer does not ask for, or lacks one that was to be agreed.

    An example's contract, and one that is only quoted, has none yet.
    """
    if offer.deposit is None and contract.deposit is not None:
        french = f"L'offre {offer.version} ne demande pas de dépôt de garantie."
        yield Disagreement(f"{offer.version} asks for no deposit", "take `deposit` out of the contract", french)
    elif offer.deposit and contract.is_on_file and deposit_of(contract, offer) is None:
        french = f"Le dépôt de garantie de l'offre {offer.version} est celui d'un mois ordinaire : il manque."
        hint = 'write `deposit = "…"`, as the quote says'
        yield Disagreement(f"{offer.version} asks for the deposit of a usual month, and none is named", hint, french)
