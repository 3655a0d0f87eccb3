"""What a contract chose or agreed of its offer that the offer does not have: its plan, its windows, its quantities."""

from collections.abc import Iterator

from ..model.contract import Contract
from ..model.offer import Offer
from ..model.problem import did_you_mean
from .disagreement import Disagreement, nearest_in_french


def chosen_otherwise(contract: Contract, offer: Offer) -> Iterator[Disagreement]:
    """Yield what a contract chose, or agreed a number of, that its offer does not have, or asks for."""
    yield from plan_otherwise(contract.plan, offer)
    yield from windows_otherwise(contract, offer)
    yield from quantities_otherwise(contract, offer)


def windows_otherwise(contract: Contract, offer: Offer) -> Iterator[Disagreement]:
    """Yield the windows that a contract takes and its offer does not have."""
    windows = [window.id for window in offer.coverage.windows] if contract.windows else []
    for name in dict.fromkeys(contract.windows):
        if name not in windows:
            yield Disagreement(
                f'{offer.version} has no window "{name}"',
                did_you_mean(name, windows),
                f"L'offre {offer.version} n'a pas de plage « {name} »{nearest_in_french(name, windows)}.",
            )


def plan_otherwise(plan: str, offer: Offer) -> Iterator[Disagreement]:
    """Yield that a plan is none of an offer's, or that one has to be named."""
    if plan and not offer.plans:
        french = f"L'offre {offer.version} n'a pas de formules ; le contrat en indique une."
        yield Disagreement(f"{offer.version} has no plans", "leave `plan` out", french)
    elif plan and plan not in offer.plans:
        french = f"L'offre {offer.version} n'a pas de formule « {plan} »{nearest_in_french(plan, offer.plans)}."
        yield Disagreement(f'{offer.version} has no plan "{plan}"', did_you_mean(plan, offer.plans), french)
    elif offer.plans and not plan and not offer.plan_rules.best:
        known = ", ".join(f'"{name}"' for name in offer.plans)
        french = f"L'offre {offer.version} se vend par formules, et le contrat n'en indique pas."
        yield Disagreement(f"{offer.version} is sold by plans", f"say which plan, one of {known}", french)


def quantities_otherwise(contract: Contract, offer: Offer) -> Iterator[Disagreement]:
    """Yield of what a contract has a number that its offer does not count by agreement, or has too few."""
    if not (contract.quantities or offer.quantities):
        return
    agreed: dict[str, list[int]] = {}
    for one in contract.quantities:
        agreed.setdefault(one.id, []).append(one.quantity)
    for name in agreed:
        if name not in offer.quantities:
            near = nearest_in_french(name, offer.quantities)
            yield Disagreement(
                f'{offer.version} has no quantity "{name}"',
                did_you_mean(name, offer.quantities),
                f"L'offre {offer.version} n'a pas de quantité « {name} »{near}.",
            )
    for name, quantity in offer.quantities.items():
        fewest, title = min(agreed.get(name, [quantity.default])), quantity.title.fr
        if fewest < quantity.least:
            yield Disagreement(
                f'{offer.version} asks for at least {quantity.least} of "{name}", and the contract has {fewest}',
                f'write [[contract.quantity]], id = "{name}"',
                f"L'offre {offer.version} demande au moins {quantity.least} : « {title} » ; le contrat a {fewest}.",
            )
