"""What a ledger's documents were made from, gathered while it is gone through: calls, offers, contracts."""

from collections.abc import Mapping
from typing import Any

from attrs import define, field, frozen

from ..model.proved_document import ProvedDocument


@frozen
class CallsRead:
    """The calls that documents of a month were counted from, and the number of the first of these documents."""

    number: str
    month: str
    read: Mapping[str, Any]


@define
class LedgerSources:
    """What documents were made from, each once: offers' digests by version, the last text of each contract, calls.

    ``contracts`` and ``offers`` name the document that rests on each.
    """

    calls: dict[tuple[object, ...], CallsRead] = field(factory=dict)
    contracts: dict[str, tuple[str, str]] = field(factory=dict)
    offers: dict[tuple[str, str], str] = field(factory=dict)
    _offers_seen: set[tuple[tuple[str, str], ...]] = field(factory=set)

    def note(self, document: ProvedDocument) -> None:
        """Note what a document was made from."""
        number, month, read = document.number, document.month, document.read
        if read:
            self.calls.setdefault((month, *read.values()), CallsRead(number, month, read))
        self.contracts[document.contract] = document.contract_text, number
        offers = tuple(document.offers.items())
        if offers not in self._offers_seen:
            self._offers_seen.add(offers)
            for named in offers:
                self.offers.setdefault(named, number)
