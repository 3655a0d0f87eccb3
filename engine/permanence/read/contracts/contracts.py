"""Contract files → contracts, or everything that is wrong with them at once."""

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

from attrs import evolve, frozen

from ...model.contract import Contract
from ...model.event import ON_NO_BILL, Event
from ...model.keys import key
from ...model.line import one_spelling
from ...model.problem import Place, Problem, Refused, did_you_mean
from ...model.slip import Slip
from ..toml.faults import Notes, problems
from ..toml.located_toml import LocatedToml, read_toml
from ..toml.located_toml import Path as TomlPath
from ..toml.structure import record_of
from .contract_checks import YEARS, check_alone, check_together
from .event_checks import check_event
from .instruction_checks import check_instructions
from .setting_checks import Options, contract_setting_faults, event_setting_faults

NO_OPTIONS: Options = {}
TABLES = ("contract", "event")
HEADER = re.compile(r"^[ \t]*\[\[[ \t]*(contract|event)[ \t]*\]\]", re.MULTILINE)


@frozen(kw_only=True)
class ContractFile:
    """A contract file: contracts as they were signed, and what happened to them since, appended."""

    format: Literal[1] = key("Version of the file format.")
    contracts: tuple[Contract, ...] = key("The contracts.", name="contract", default=())
    events: tuple[Event, ...] = key("What happened to contracts, of this file or of another.", name="event", default=())


@frozen
class Read:
    """A contract file as it was read: contracts without their events, events, and what was wrong with it so far.

    Of a file that is no TOML there is no ``source``, and all of it is ``refused``.
    """

    contracts: tuple[Contract, ...] = ()
    events: tuple[Event, ...] = ()
    source: LocatedToml | None = None
    notes: Notes | None = None
    refused: tuple[Problem, ...] = ()

    @property
    def happened(self) -> tuple[Event, ...]:
        """Return the events with the number of their contract; without those of which nobody can tell it."""
        named = (event if event.contract else evolve(event, contract=self.only) for event in self.events)
        return tuple(event for event in named if event.contract)

    @property
    def only(self) -> str:
        """Return the number of the one contract of the file, nothing where there are none or several."""
        return self.contracts[0].id if len(self.contracts) == 1 else ""

    def problems(self, told: Iterable[Contract], options: Options = NO_OPTIONS) -> tuple[Problem, ...]:
        """Return what is wrong in the file, given its contracts with the events that all files have of them."""
        if self.source is None or self.notes is None:
            return self.refused
        faults, path_of = list(self.notes.faults), self.notes.path_of
        for signed, contract in zip(self.contracts, told, strict=True):
            since = contract.signed if contract.signed.year in YEARS else None
            mine = (*check_alone(contract), *contract_setting_faults(signed, options), *check_instructions(signed))
            faults += (fault.below(path_of(signed)).of(contract.id, since) for fault in mine)
        for event in self.events:
            since = event.on if event.on.year in YEARS and event.what != "go_live" else None
            theirs = (*check_event(event, self.only), *event_setting_faults(event, options))
            if event.what in ON_NO_BILL:
                theirs = tuple(evolve(fault, holds=False) for fault in theirs)
            faults += (fault.below(path_of(event)).of(event.contract or self.only, since) for fault in theirs)
        return problems(faults, self.source)


def read_contracts(
    paths: Iterable[Path], progress: Callable[[int], object] | None = None, options: Options = NO_OPTIONS
) -> tuple[tuple[Contract, ...], tuple[Problem, ...]]:
    """Return the contracts in some files, each with its own slips, and every problem of every file.

    Contracts beside problems other than slips are there for further checks, never for billing.
    ``progress`` is told after each file how many contracts were in it. ``options`` are the classes that plugins offer,
    by id: what a contract settles of an option is read as its class says.
    """
    files: list[Read] = []
    for path in paths:
        files.append(_read_file(path))
        if progress:
            progress(len(files[-1].contracts))
    signed = [contract for file in files for contract in file.contracts]
    told, unknown = _with_events(signed, [event for file in files for event in file.happened])
    found: list[Problem] = []
    mine = iter(told)
    for file in files:
        found += file.problems(list(islice(mine, len(file.contracts))), options)
    found += (*unknown, *check_together(told))
    return with_slips(told, found), tuple(found)


def with_slips(contracts: Iterable[Contract], found: Iterable[Problem]) -> tuple[Contract, ...]:
    """Return contracts with what was found of each alone, and holds it."""
    slips: dict[str, list[Slip]] = {}
    for slip in (problem for problem in found if isinstance(problem, Slip) and problem.holds):
        for name in slip.contracts:
            slips.setdefault(name, []).append(slip)
    return tuple(evolve(one, slips=tuple(slips[one.id])) if one.id in slips else one for one in contracts)


def each_once(contracts: Iterable[Contract]) -> tuple[Contract, ...]:
    """Return contracts, of those with one number the first alone, with the lines of all: it waits for all of them."""
    first: dict[str, Contract] = {}
    for contract in contracts:
        other = first.setdefault(contract.id, contract)
        if other is not contract:
            lines = {one_spelling(line): line for line in (*other.lines, *contract.lines)}
            first[contract.id] = evolve(other, lines=tuple(lines.values()))
    return tuple(first.values())


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


def _read_file(path: Path) -> Read:
    try:
        source = read_toml(path)
    except Refused as refused:
        return Read(refused=refused.problems)
    return _read(source)


def contracts_in(source: LocatedToml) -> tuple[tuple[Contract, ...], tuple[Event, ...], tuple[Problem, ...]]:
    """Return the contracts of a file, the events in it, which may be of others, and what keeps it from being read."""
    read = _read(source)
    wrong = (problem for problem in read.problems(read.contracts) if not isinstance(problem, Slip))
    return read.contracts, read.happened, tuple(wrong)


def _read(source: LocatedToml) -> Read:
    notes = Notes(_places(source), source.text_place)
    file = record_of(ContractFile).read_fields(source.table, (), notes)
    contracts, events = file.get("contracts", ()), file.get("events", ())
    if not contracts and not events and not notes.faults:
        notes.fault((), "the file has neither a [[contract]] nor an [[event]]")
    return Read(contracts, events, source, notes)


def _places(source: LocatedToml) -> Callable[[TomlPath], Place]:
    """Return what tells the place of a contract or an event: its header's line, which is cheap to count.

    Where counting could err (texts of several lines, contracts in one list, none), the parser is asked.
    """
    headers = list(HEADER.finditer(source.text))
    ends = [found.start() for found in re.finditer("\n", source.text)]
    lines = {name: [bisect(ends, one.start()) + 1 for one in headers if one[1] == name] for name in TABLES}
    several_lines = '"""' in source.text or "'''" in source.text
    there = {name: source.table.get(name, []) for name in TABLES}
    if several_lines or any(not isinstance(one, list) or len(one) != len(lines[name]) for name, one in there.items()):
        return source.key_place

    def place(path: TomlPath) -> Place:
        table, number = path[:2]
        assert isinstance(table, str)
        assert isinstance(number, int)
        header = source.line(lines[table][number])
        return evolve(header, width=len(header.text.rstrip()))

    return place
