"""Contract files → contracts, or everything that is wrong with them at once."""

import re
from bisect import bisect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from attrs import frozen

from ..model.contract import Contract
from ..model.keys import key
from ..model.problem import Place, Problem, Refused
from .contract_checks import check_alone, check_together
from .faults import Notes, problems
from .located_toml import LocatedToml, read_toml
from .located_toml import Path as TomlPath
from .structure import record_of

HEADER = re.compile(r"^[ \t]*\[\[[ \t]*contract[ \t]*\]\]", re.MULTILINE)


@frozen(kw_only=True)
class ContractFile:
    """A contract file: one contract or many."""

    format: Literal[1] = key("Version of the file format.")
    contracts: tuple[Contract, ...] = key("The contracts.", name="contract")


def read_contracts(
    paths: Iterable[Path], progress: Callable[[int], object] | None = None
) -> tuple[tuple[Contract, ...], tuple[Problem, ...]]:
    """Return the contracts in some files, and every problem of every file.

    Contracts beside problems are there for further checks, never for billing.
    ``progress`` is told after each file how many contracts were in it.
    """
    contracts: list[Contract] = []
    found: list[Problem] = []
    for path in paths:
        some, wrong = _read_file(path)
        contracts += some
        found += wrong
        if progress:
            progress(len(some))
    return tuple(contracts), (*found, *check_together(contracts))


def _read_file(path: Path) -> tuple[tuple[Contract, ...], tuple[Problem, ...]]:
    try:
        source = read_toml(path)
    except Refused as refused:
        return (), refused.problems
    notes = Notes(_contract_places(source), source.text_place)
    contracts = record_of(ContractFile).read_fields(source.table, (), notes).get("contracts", ())
    for contract in contracts:
        notes.faults += (fault.below(notes.path_of(contract)) for fault in check_alone(contract))
    return contracts, problems(notes.faults, source)


def _contract_places(source: LocatedToml) -> Callable[[TomlPath], Place]:
    """Return what tells the place of a contract: its header's line, which is cheap to count.

    Where counting could err (texts of several lines, contracts in one list), the parser is asked.
    """
    headers = [found.start() for found in HEADER.finditer(source.text)]
    several_lines = '"""' in source.text or "'''" in source.text
    if several_lines or len(headers) != len(source.table.get("contract", ())):
        return source.key_place
    ends = [found.start() for found in re.finditer("\n", source.text)]
    lines = [bisect(ends, header) + 1 for header in headers]

    def place(path: TomlPath) -> Place:
        number = path[1]
        assert isinstance(number, int)
        return source.line(lines[number])

    return place
