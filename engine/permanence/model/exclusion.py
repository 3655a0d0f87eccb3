"""Calls that somebody excluded after they came in, and who, when and why; or took back into the count."""

from collections.abc import Iterable, Mapping

from attrs import frozen


@frozen(kw_only=True)
class Exclusion:
    """One entry: from its instant on a call is excluded, or, where it is ``undone``, counted as its offer says.

    ``call`` is the number of a record in calls.db, ``at`` in UTC seconds.
    """

    number: int
    call: int
    undone: bool
    at: int
    by: str
    why: str


def excluded_by(entries: Iterable[Exclusion]) -> Mapping[int, Exclusion]:
    """Return what excludes each call that is excluded after some entries, in their order."""
    found: dict[int, Exclusion] = {}
    for entry in entries:
        if entry.undone:
            found.pop(entry.call, None)
        else:
            found[entry.call] = entry
    return found


def excluded_otherwise(entries: Iterable[Exclusion], known: int) -> Mapping[int, Exclusion]:
    """Return the last entry of each call that is excluded, or not, otherwise than after the first ``known`` entries."""
    all_of_them = tuple(entries)
    before, now = excluded_by(all_of_them[:known]), excluded_by(all_of_them)
    last = {entry.call: entry for entry in all_of_them}
    return {
        call: last[call]
        for call in {**before, **now}
        if (call in before) != (call in now) or (call in now and before[call].why != now[call].why)
    }
