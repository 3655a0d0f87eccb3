"""What is on file, kept beside the bills as it was read and proved: one contract is opened without the others.

It is used while the files are as they were. What is read of it are values of our own classes and those of plugins:
a file that names anything else is no such file.
"""

import pickle
from collections.abc import Collection, Iterable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

from attrs import evolve, frozen

from ..contracts.book import Book
from ..decide.decider import Decider
from ..model.contract import Contract
from ..model.line import one_spelling
from ..model.problem import NoPlaces
from ..read.parts import Part, Parts
from ..read.sorted_lines import sorted_lines

if TYPE_CHECKING:
    from ..plugin_manager import Plugins

OURS = ("permanence.", "permanence_options.")
PLAIN = {
    "builtins": {"frozenset", "set"},
    "collections": {"OrderedDict"},
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "decimal": {"Decimal"},
    "fractions": {"Fraction"},
    "numpy": {"dtype", "ndarray"},
    "numpy._core.multiarray": {"_reconstruct"},
    "numpy._core.numeric": {"_frombuffer"},
    "pathlib": {"Path", "PosixPath", "PurePosixPath"},
}


class FiledBook(Protocol):
    """What is on file, asked for what one contract's month hangs on."""

    @property
    def zone(self) -> str: ...
    def with_group(self, contract: str, /) -> Mapping[str, Contract]: ...
    def contracts(self, names: Iterable[str], /) -> Mapping[str, Contract]: ...
    def holders(self, lines: Iterable[str], /) -> Collection[str]: ...
    def of(self, contracts: Collection[Contract], /) -> Book: ...


Place = list[int]
"""Where a value begins and ends, and its checksum: what a damaged file has is no value."""


def parts_of_book(book: Book) -> Mapping[str, Part]:
    """Return the parts of a file that has what is on file: each offer and each contract by itself."""
    offers = {version: _packed(_without_places(decider)) for version, decider in book.deciders.items()}
    contracts = {contract.id: _packed((number, contract)) for number, contract in enumerate(book.contracts)}
    sellers = _packed(book.sellers)
    lines: dict[str, list[str]] = {}
    groups: dict[str, list[str]] = {}
    for contract in book.contracts:
        for line in lines_of([contract]):
            lines.setdefault(line, []).append(contract.id)
        if contract.group:
            groups.setdefault(contract.group, []).append(contract.id)
    return {
        "offers": b"".join(offers.values()),
        "places of offers": sorted_lines(_places(offers)),
        "contracts": b"".join(contracts.values()),
        "places of contracts": sorted_lines(_places(contracts)),
        "lines": sorted_lines(lines),
        "groups": sorted_lines(groups),
        "sellers": sellers,
        "places of sellers": sorted_lines(_places({"": sellers})),
    }


def lines_of(contracts: Iterable[Contract]) -> frozenset[str]:
    """Return every line that contracts hold or held at some time, each in its one spelling."""
    held = (word for one in contracts for word in (*one.lines, *(event.line for event in one.events if event.line)))
    return frozenset(map(one_spelling, held))


@frozen(eq=False)
class KeptBook:
    """What is on file, in the parts of a file."""

    parts: Parts
    plugins: "Plugins"

    @property
    def zone(self) -> str:
        """Return the zone of the wall clock."""
        zone: str = self.parts.told["zone"]
        return zone

    def with_group(self, contract: str) -> Mapping[str, Contract]:
        """Return a contract with those of its group, by number; nothing where it is not there."""
        found = self.contracts([contract])
        groups = [one.group for one in found.values() if one.group]
        return self.contracts([contract, *(name for group in groups for name in self.parts.value("groups", group))])

    def contracts(self, names: Iterable[str]) -> Mapping[str, Contract]:
        """Return those of some contracts that are there, by number, in the order in which they are on file."""
        found = [self._opened("contracts", name) for name in dict.fromkeys(names)]
        return {one.id: one for _, one in sorted((one for one in found if one), key=lambda one: one[0])}

    def holders(self, lines: Iterable[str]) -> Collection[str]:
        """Return the contracts that hold some lines, or held them at some time."""
        return {name for line in lines for name in self.parts.value("lines", line) or ()}

    def of(self, contracts: Collection[Contract]) -> Book:
        """Return a book of some contracts and their offers alone."""
        raw = _packed(tuple(contracts))
        versions = [version for version in self.parts.told["offers"] if version.encode() in raw]
        deciders: dict[str, Decider] = {version: self._opened("offers", version) for version in versions}
        return Book(self.plugins, deciders, tuple(contracts), self._opened("sellers", ""))

    def _opened(self, part: str, name: str) -> Any:
        place = self.parts.value(f"places of {part}", name)
        return self._read(self.parts.raw(part)[place[0] : place[1]], place[2]) if place else None

    def _read(self, content: memoryview, digest: int) -> Any:
        if crc32(content) != digest:
            raise ValueError("it is not what was kept")
        return _OwnValues(content, self.plugins).load()


def _without_places(decider: Decider) -> Decider:
    """Return who decides for an offer that no longer knows where each of its keys stands."""
    kept = Decider.__new__(Decider)
    kept.__dict__.update(decider.__dict__, offer=evolve(decider.offer, places=NoPlaces(decider.offer.file)))
    return kept


def _places(packed: Mapping[str, bytes]) -> Mapping[str, Place]:
    found: dict[str, Place] = {}
    start = 0
    for name, content in packed.items():
        found[name] = [start, start + len(content), crc32(content)]
        start += len(content)
    return found


def _packed(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


class _OwnValues(pickle.Unpickler):
    """Reads values of our own classes, of those of plugins, and plain ones."""

    def __init__(self, content: memoryview, plugins: "Plugins") -> None:
        super().__init__(BytesIO(content))
        self._plugins = plugins

    def find_class(self, module: str, name: str) -> Any:
        """Return a class by its name; raise UnpicklingError for whatever else a file names."""
        plain = name in PLAIN.get(module, ())
        if plain or module.startswith(OURS) or module in self._of_plugins():
            found = super().find_class(module, name)
            if plain or isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value that is on file")

    def _of_plugins(self) -> Collection[str]:
        return {found.option.__module__ for found in self._plugins.registered.values()}
