"""Contract files → contracts, or everything that is wrong with them at once."""

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

from attrs import evolve, frozen

from ...model.contract import Contract
from ...model.event import Event
from ...model.keys import key
from ...model.problem import Place, Problem, Refused, did_you_mean
from ..toml.faults import Notes, problems
from ..toml.located_toml import LocatedToml, read_toml
from ..toml.located_toml import Path as TomlPath
from ..toml.structure import record_of
from .contract_checks import check_alone, check_together
from .event_checks import check_event

TABLES = ("contract", "event")
HEADER = re.compile(r"^[ \t]*\[\[[ \t]*(contract|event)[ \t]*\]\]", re.MULTILINE)


@frozen(kw_only=True)
class ContractFile:
    """A contract file: contracts as they were signed, and what happened to them since, appended."""

    format: Literal[1] = key("Version of the file format.")
    contracts: tuple[Contract, ...] = key("The contracts.", name="contract", default=())
    events: tuple[Event, ...] = key("What happened to contracts, of this file or of another.", name="event", default=())


def read_contracts(
    paths: Iterable[Path], progress: Callable[[int], object] | None = None
) -> tuple[tuple[Contract, ...], tuple[Problem, ...]]:
    """Return the contracts in some files, and every problem of every file.

    Contracts beside problems are there for further checks, never for billing.
    ``progress`` is told after each file how many contracts were in it.
    """
    contracts: list[Contract] = []
    events: list[Event] = []
    found: list[Problem] = []
    for path in paths:
        signed, happened, wrong = _read_file(path)
        contracts += signed
        events += happened
        found += wrong
        if progress:
            progress(len(signed))
    told, unknown = _with_events(contracts, events)
    return told, (*found, *unknown, *check_together(told))


def _with_events(contracts: Sequence[Contract], events: Sequence[Event]) -> tuple[tuple[Contract, ...], list[Problem]]:
    """Return contracts with their events, and a problem for each event of a contract that is not there."""
    if not events:
        return tuple(contracts), []
    known = {contract.id for contract in contracts}
    by_contract: dict[str, list[Event]] = {}
    for event in events:
        by_contract.setdefault(event.contract, []).append(event)
    unknown = [
        Problem(event.place, f'there is no contract "{name}"', did_you_mean(name, known))
        for name, some in by_contract.items()
        if name not in known
        for event in some
    ]
    told = (evolve(one, events=tuple(by_contract[one.id])) if one.id in by_contract else one for one in contracts)
    return tuple(told), unknown


def _read_file(path: Path) -> tuple[tuple[Contract, ...], tuple[Event, ...], tuple[Problem, ...]]:
    try:
        source = read_toml(path)
    except Refused as refused:
        return (), (), refused.problems
    return contracts_in(source)


def contracts_in(source: LocatedToml) -> tuple[tuple[Contract, ...], tuple[Event, ...], tuple[Problem, ...]]:
    """Return the contracts of a file, the events in it, which may be of others, and everything that is wrong."""
    notes = Notes(_places(source), source.text_place)
    file = record_of(ContractFile).read_fields(source.table, (), notes)
    contracts, events = file.get("contracts", ()), file.get("events", ())
    if not contracts and not events and not notes.faults:
        notes.fault((), "the file has neither a [[contract]] nor an [[event]]")
    for contract in contracts:
        notes.faults += (fault.below(notes.path_of(contract)) for fault in check_alone(contract))
    only = contracts[0].id if len(contracts) == 1 else ""
    for event in events:
        notes.faults += (fault.below(notes.path_of(event)) for fault in check_event(event, only))
    named = tuple(event if event.contract else evolve(event, contract=only) for event in events)
    return contracts, tuple(event for event in named if event.contract), problems(notes.faults, source)


def _places(source: LocatedToml) -> Callable[[TomlPath], Place]:
    """Return what tells the place of a contract or an event: its header's line, which is cheap to count.

    Where counting could err (texts of several lines, contracts in one list), the parser is asked.
    """
    headers = list(HEADER.finditer(source.text))
    ends = [found.start() for found in re.finditer("\n", source.text)]
    lines = {name: [bisect(ends, one.start()) + 1 for one in headers if one[1] == name] for name in TABLES}
    several_lines = '"""' in source.text or "'''" in source.text
    if several_lines or any(len(lines[name]) != len(source.table.get(name, ())) for name in TABLES):
        return source.key_place

    def place(path: TomlPath) -> Place:
        table, number = path[:2]
        assert isinstance(table, str)
        assert isinstance(number, int)
        header = source.line(lines[table][number])
        return evolve(header, width=len(header.text.rstrip()))

    return place
