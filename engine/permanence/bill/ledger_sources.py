"""What a ledger's documents were made from, gathered while it is gone through: calls, offers, contracts."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import define, field, frozen

from ..model.issued import LedgerEntry


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

    calls: dict[tuple[str, str], CallsRead] = field(factory=dict)
    contracts: dict[str, tuple[str, str]] = field(factory=dict)
    offers: dict[tuple[str, str], str] = field(factory=dict)
    _offers_seen: set[str] = field(factory=set)

    def gathered(self, entries: Iterable[LedgerEntry]) -> Iterator[LedgerEntry]:
        """Yield the documents of a ledger as they come, and note what each was made from."""
        for entry in entries:
            self._note(entry)
            yield entry

    def _note(self, entry: LedgerEntry) -> None:
        """Note what a document says of its sources; its text has them as they are written, keys in order.

        A quote within a text is escaped, so that no text can look like a key. What cannot be read is found elsewhere.
        """
        content = entry.content
        month, read = _after(content, '"month":"', '"'), _after(content, '"read":{', "}")
        if read and (month, read) not in self.calls:
            self.calls[month, read] = CallsRead(entry.number, month, _table(read))
        contract, text = _after(content, '"contract":"', '"'), _after(content, '"contract_text":"', '"')
        if contract and text:
            self.contracts[contract] = text, entry.number
        offers = _after(content, '"offers":{', "}")
        if offers not in self._offers_seen:
            self._offers_seen.add(offers)
            for version, digest in _table(offers).items():
                self.offers.setdefault((version, digest), entry.number)


def _after(content: str, key: str, end: str) -> str:
    start = content.find(key)
    if start < 0:
        return ""
    start += len(key)
    return content[start : content.find(end, start)]


def _table(inner: str) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads(f"{{{inner}}}")
    except ValueError:
        return {}
    return found
