"""What is asked for besides options against the offer: windows, quantities, and terms of one customer's own."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import evolve

from ...contracts.agreed_terms import own_terms_otherwise
from ...contracts.choices import quantities_otherwise, windows_otherwise
from ...model.contract import Contract
from ...model.facts import WINDOW
from ...model.offer import Offer
from ...model.problem import Place, Problem
from ...model.quantity import QUANTITY, QuantityAgreed

OF_FAULTS = {"windows": "--window", "quantity": "--quantity", "discount": "--discount", "agreed": "--agreed"}
"""What is typed for each table of a contract."""


def terms_problems(offer: Offer, contract: Contract) -> Iterator[Problem]:
    """Yield what a contract that is asked for chooses and agrees that its offer does not have, or asks for."""
    found = (
        ("--window", windows_otherwise(contract, offer)),
        ("--quantity", quantities_otherwise(contract, offer)),
        ("--discount", own_terms_otherwise(evolve(contract, agreed=()), offer)),
        ("--agreed", own_terms_otherwise(evolve(contract, discounts=()), offer)),
    )
    for option, told in found:
        for one in told:
            hint = "write --quantity NAME=NUMBER" if one.hint.startswith("write [[") else one.hint
            yield Problem(Place(option), one.what, hint)


def facts_chosen(
    offer: Offer, windows: Collection[str], quantities: Iterable[QuantityAgreed]
) -> Mapping[str, int | bool]:
    """Return what a customer chose as facts of a month: the windows that he does not take, and how many he has."""
    left = {f"{WINDOW}{one.id}": False for one in offer.coverage.windows if windows and one.id not in windows}
    return {**left, **{f"{QUANTITY}{one.id}": one.quantity for one in quantities}}
