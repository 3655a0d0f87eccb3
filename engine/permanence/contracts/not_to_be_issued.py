"""What contracts lack before their invoices can be issued, told by `check` long before."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ..model.contract import Contract
from ..model.period import ONE_DAY
from ..model.problem import Place, Problem
from ..model.seller import Seller
from .parties import Lacking, parties_on
from .signature import counted


def not_to_be_issued(contracts: Iterable[Contract], sellers: Sequence[Seller]) -> Iterator[Problem]:
    """Yield a warning for each file and each thing that contracts of it lack before their invoices can be issued.

    They are looked at as they stand with every event on file, and before they move to another seller.
    """
    found: dict[tuple[str, Lacking], list[str]] = {}
    for contract in contracts:
        moves = (event.on - ONE_DAY for event in contract.events if event.what == "seller_changed")
        tried = (parties_on(contract, sellers, date.max, sold) for sold in (date.max, *moves))
        for lacking in dict.fromkeys(one for parties in tried if isinstance(parties, tuple) for one in parties):
            found.setdefault((contract.place.file, lacking), []).append(contract.id)
    for (file, lacking), names in found.items():
        some, told = counted(names)
        lack = "lacks" if len(names) == 1 else "lack"
        what = f"no invoice can be issued of {some}, which {lack} {lacking.words.en}: {told}"
        yield Problem(Place(file), what, lacking.hint, warning=True)
