"""What is wrong at which path of a table; the file that it was read from turns paths into places."""

from collections.abc import Callable, Iterable
from typing import Final, Protocol

from attrs import define, field

from ...model.fault import Fault
from ...model.problem import Place, Problem
from .located_toml import Path

WRONG: Final = object()
"""What reading returns in place of a value that cannot be used."""


@define
class Notes:
    """What is noted while tables are read: the faults, and the path that each object was read from.

    ``place_of`` and ``text_place_of`` give the places that objects keep: of a table, and of a text inside its quotes.
    """

    place_of: Callable[[Path], Place]
    text_place_of: Callable[[Path], Place]
    faults: list[Fault] = field(factory=list)
    paths: dict[int, Path] = field(factory=dict)

    def fault(self, path: Path, what: str, hint: str = "", *, at_key: bool = False) -> object:
        """Note a fault and return WRONG."""
        self.faults.append(Fault(path, what, hint, at_key))
        return WRONG

    def path_of(self, read: object) -> Path:
        """Return the path that an object was read from."""
        return self.paths[id(read)]


def named(path: Path) -> str:
    """Return what a message calls the value at a path: ``"days"``, ``"mission" 2``."""
    names = [step for step in path if isinstance(step, str)]
    last = path[-1]
    name = f'"{names[-1]}"' if names else "value"
    return f"{name} {last + 1}" if isinstance(last, int) else name


class Located(Protocol):
    """Where things stand in what was read."""

    def place(self, path: Path, /) -> Place:
        """Return the place of a value."""

    def key_place(self, path: Path, /) -> Place:
        """Return the place of a key."""


def problems(faults: Iterable[Fault], source: Located) -> tuple[Problem, ...]:
    """Return faults as problems with a place, in the file's order.

    A second fault at one path follows from the first, and is left out.
    """
    first: dict[Path, Fault] = {}
    for fault in faults:
        first.setdefault(fault.path, fault)
    found = [
        fault.at(source.key_place(fault.path) if fault.at_key else source.place(fault.path)) for fault in first.values()
    ]
    return tuple(sorted(found, key=lambda problem: (problem.where.line, problem.where.column)))
