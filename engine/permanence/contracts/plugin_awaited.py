"""Contracts that wait because their offer does: it names an option whose plugin is not used."""

from collections.abc import Iterable, Iterator, Mapping

from ..model.contract import Contract
from ..model.problem import NeedsPlugin
from ..model.slip import Slip


def waiting_for_plugins(contracts: Iterable[Contract], waiting: Mapping[str, NeedsPlugin]) -> Iterator[Slip]:
    """Yield what holds each contract of an offer that waits for a plugin; ``waiting`` has those offers by version."""
    for contract in contracts:
        for version in dict.fromkeys((contract.offer, *(one.of for one in contract.options))):
            if why := waiting.get(version):
                yield Slip(
                    contract.place,
                    f'contract "{contract.id}": {version} waits for a plugin: {why.what}',
                    why.hint,
                    contracts=(contract.id,),
                    french=f"L'offre « {version} » ne peut pas être lue : l'option « {why.option} » vient d'un module "
                    "qui n'est pas utilisé. `permanence options --verbose` dit pourquoi.",
                )
