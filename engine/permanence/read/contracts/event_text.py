"""Events → the end of the contract files that hold their contracts: nothing above is touched."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import evolve

from ...model.contract import Contract
from ...model.event import Event
from ...model.problem import Place, Problem, Refused
from ..toml.located_toml import LocatedToml, as_text, parse
from ..toml.written import toml_lines
from .contracts import contracts_in

AS_TABLES = "write each of them below an [[event]] header of its own"


def with_events(contracts: Sequence[Contract], events: Sequence[Event]) -> Mapping[Path, bytes]:
    """Return the content of each file that holds a contract of some events: what is in it, then the events.

    ``contracts`` are all that are on file. Raises Refused where a file would not be read as the same contracts with
    just these events more: one that has its events in a list takes none at its end.
    """
    added: dict[str, list[Event]] = {}
    file_of = {contract.id: contract.place.file for contract in contracts}
    for event in events:
        added.setdefault(file_of[event.contract], []).append(event)
    return {Path(file): _appended(Path(file), some) for file, some in added.items()}


def _appended(path: Path, added: Sequence[Event]) -> bytes:
    """Return the content of a file with events at its end, its own way of ending lines kept."""
    raw = path.read_bytes()
    before = parse(as_text(raw, path.as_posix()), path.as_posix())
    signed, happened, _ = contracts_in(before)
    alone = len(signed) == 1
    end = "\r\n" if b"\r\n" in raw else "\n"
    lines = [] if raw.endswith(b"\n") else [""]
    for event in added:
        lines += ["", *toml_lines(evolve(event, contract="") if alone else event, "[[event]]")]
    content = raw + "".join(f"{line}{end}" for line in lines).encode()
    if _read_again(content, before) != (signed, (*happened, *added)):
        where = before.key_place(("event",)) if happened else Place(path.as_posix())
        raise Refused([Problem(where, "an event cannot be added at the end of this file", AS_TABLES)])
    return content


def _read_again(content: bytes, before: LocatedToml) -> tuple[tuple[Contract, ...], tuple[Event, ...]] | None:
    """Return what a file's new content says, its new events without their places; None where it is no TOML."""
    try:
        after = parse(as_text(content, before.file), before.file)
    except Refused:
        return None
    signed, happened, wrong = contracts_in(after)
    known = len(before.table.get("event", ()))
    events = (*happened[:known], *(evolve(one, place=Place("")) for one in happened[known:]))
    return None if wrong else (signed, events)
