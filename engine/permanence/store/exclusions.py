"""Calls excluded afterwards: into calls.db, an entry each time, and out of it; and the digest of these entries."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Literal

from attrs import astuple
from sqlite_utils import Database

from ..model.deed import Deed
from ..model.exclusion import Exclusion, excluded_by
from ..model.problem import Place, Problem, Refused
from .audit import note_deed
from .excluded_calls import exclusions
from .opening import statements_of, writing

PUT = "INSERT INTO exclusion (id, call, what, at, by, why) VALUES (?, ?, ?, ?, ?, ?)"
Decision = Literal["excluded", "undone"]
"""What somebody does of a call: it is excluded, or that is undone."""


def digest_of(entries: Iterable[Exclusion]) -> str:
    """Return the SHA-256 of some entries, which another order or another word changes."""
    return sha256(repr([astuple(entry) for entry in entries]).encode()).hexdigest()


def exclude(
    database: Database, call: int, what: Decision, at: int, by: str, why: str, deed: Deed | None = None
) -> bool:
    """Note that a call is excluded, or counted again, and tell whether that was not so before, in the same words.

    Raises Refused where the call is excluded for another reason, or where nothing is there to be undone.
    """
    with writing(database):
        entries = exclusions(database)
        there = excluded_by(entries).get(call)
        if what == "excluded" and there:
            if (there.by, there.why) == (by, why):
                return False
            hint = f"take that back first: `permanence calls exclude {call} --undo`"
            raise Refused([Problem(_place(call), f"{there.by} excluded it already: {there.why}", hint)])
        if what == "undone" and not there:
            last = next((entry for entry in reversed(entries) if entry.call == call), None)
            if last and (last.by, last.why) == (by, why):
                return False
            raise Refused([Problem(_place(call), "it is not excluded", "there is nothing to take back")])
        database.execute(PUT, (len(entries) + 1, call, what, at, by, why))
        note_deed(statements_of(database), deed, {"call": call, "what": what, "by": by})
        return True


def _place(call: int) -> Place:
    return Place(f"call {call}")
