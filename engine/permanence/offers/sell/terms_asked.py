"""What is asked for besides options against the offer: windows, quantities, and terms of one customer's own."""

from collections.abc import Iterator

from attrs import evolve

from ...contracts.agreed_terms import own_terms_otherwise
from ...contracts.choices import quantities_otherwise, windows_otherwise
from ...model.contract import Contract
from ...model.offer import Offer
from ...model.problem import Place, Problem

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
