"""Contracts as they stand in their files: the very lines of each, with those of its events."""

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from attrs import define, field

from ...model.contract import Contract
from ...model.problem import Place
from ..toml.located_toml import BOM
from .contract_text import HEAD, write_contracts
from .contracts import HEADER


def contract_blocks(text: str) -> frozenset[str]:
    """Return each contract and event of a text as it stands, from its header to the next, without lines around it."""
    starts = [found.start() for found in HEADER.finditer(text)]
    ends = [*starts[1:], len(text)]
    return frozenset(text[start:end].strip() for start, end in zip(starts, ends, strict=False))


@define
class ContractsFiled:
    """The texts of contracts, out of files that are read once each."""

    _files: dict[str, tuple[Sequence[str], Sequence[int]]] = field(factory=dict)

    def text(self, contract: Contract) -> str:
        """Return the text of a file that has one contract with its events, as they stand where they are on file.

        One that stands in a list on a line, or beside texts of several lines, is written anew.
        """
        places = (contract.place, *(event.place for event in contract.events))
        parts = [self._part(place) for place in places]
        return HEAD + "\n" + "".join(parts) if all(parts) else write_contracts([contract])

    def _part(self, place: Place) -> str:
        """Return the lines from a header to the next; nothing where there is no header at a place."""
        lines, headers = self._file(place.file)
        number = place.line - 1
        if not 0 <= number < len(lines) or not HEADER.match(lines[number]):
            return ""
        following = bisect_right(headers, number)
        return "".join(lines[number : headers[following] if following < len(headers) else None])

    def _file(self, name: str) -> tuple[Sequence[str], Sequence[int]]:
        if name not in self._files:
            text = Path(name).read_text(encoding="utf-8").removeprefix(BOM)
            lines = [] if '"""' in text or "'''" in text else text.splitlines(keepends=True)
            self._files[name] = lines, [number for number, line in enumerate(lines) if HEADER.match(line)]
        return self._files[name]
