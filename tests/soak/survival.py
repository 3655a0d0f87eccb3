"""A command and what it leaves: as it was, as it is after an undisturbed run, and after a fault and a plain re-run."""

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import chdir, closing
from pathlib import Path

from attrs import define, field

from tests.cli.faults import files_in
from tests.cli.typed import typed
from tests.soak.commands import Writing
from tests.soak.layer import KILLED, Faulty, run, start

Dump = Mapping[str, str | bytes]
TOLD = ("No space left", "make room", "SQLite says", "Input/output error", "disk I/O error", "could not")
BESIDE = ("-wal", "-shm", "-journal", ".part")
DATABASE = b"SQLite format 3\0"


def dump(folder: Path) -> Dump:
    """Return all that a folder holds, canonically: files byte for byte, databases as their statements.

    What stands beside a file until it is whole, and beside a database while it is in use, is left out.
    """
    found: dict[str, str | bytes] = {
        name: content for name, content in files_in(folder).items() if not _is_beside(Path(name), (".part", ".lock"))
    }
    for path in folder.rglob("*.db*"):
        left_out = _is_beside(path.relative_to(folder), BESIDE)
        content = path.read_bytes() if path.is_file() and not left_out else b""
        if not content:
            continue
        found[path.relative_to(folder).as_posix()] = database_text(path) if content[:16] == DATABASE else content
    return found


def _is_beside(path: Path, endings: tuple[str, ...]) -> bool:
    """Tell whether a file, or a folder that it is in, stands beside what it is to be."""
    return path.name.endswith(endings) or any(part.endswith(".part") for part in path.parts)


def database_text(path: Path) -> str:
    """Return a database as statements, after SQLite has found it whole."""
    with closing(sqlite3.connect(path)) as database:
        (whole,) = database.execute("PRAGMA integrity_check").fetchone()
        (version,) = database.execute("PRAGMA user_version").fetchone()
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
        # Who did what is noted each time that it is done: a re-run has a row more.
        lines = (line for line in database.iterdump() if not line.startswith('INSERT INTO "audit"'))
        return "\n".join([f"{whole} {broken} {version}", *lines])


class LossError(AssertionError):
    """What a fault has lost, told with the command and the moment."""


@define
class Survival:
    """A command, the folder that it starts from, and what each fault made of it.

    ``seen`` are the states that faults at calls left and that were run again already: a look at each once is enough.
    """

    writing: Writing
    before: Path
    folder: Path
    seen: list[Dump] = field(init=False, factory=list)
    old: Dump = field(init=False)
    new: Dump = field(init=False)
    calls: int = field(init=False)
    seconds: float = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with chdir(self._prepared("old")):
            typed(*self.writing.words)  # what the command loads is loaded once, not in each process
        self.old = dump(self._prepared("old"))
        there = self._prepared("new")
        began = time.monotonic()
        ended = run(self.writing.words, there)
        self.seconds, self.calls, self.new = time.monotonic() - began, ended.calls, dump(there)
        if ended.code or self.new == self.old:
            raise LossError(f"{self.writing.name} does nothing: {ended}")
        again = run(self.writing.words, there)
        if dump(there) != self.new:
            what = differing(dump(there), self.new)
            raise LossError(f"{self.writing.name} run twice is another: {again.stderr} {what}")

    def fault(self, kind: int, at: int) -> Faulty:
        """Return how the command ends with a fault at a call of this number; raise LossError where anything is."""
        here = self._prepared("here")
        ended = run(self.writing.words, here, kind, at)
        moment = f"{self.writing.name}, fault {kind} at call {at} of {self.calls}"
        if kind != KILLED:
            self._is_told(ended, moment)
        left = dump(here)
        if left not in self.seen:
            self.seen.append(left)
            self._goes_on(here, left, moment)
        return ended

    def killed_at_random(self, seed: int) -> None:
        """Kill the command at a moment drawn by a seed; raise LossError where anything is."""
        here = self._prepared("here")
        moment = random.Random(f"{self.writing.name} {seed}").uniform(0, self.seconds * 1.05)
        process = start(self.writing.words, here)
        time.sleep(moment)
        os.kill(process.apart.child, signal.SIGKILL)
        process.ended()
        self._goes_on(here, dump(here), f"{self.writing.name}, killed after {moment:.4f} s (seed {seed})")

    def _prepared(self, name: str) -> Path:
        here = self.folder / name
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(self.before, here)
        if self.writing.prepare:
            self.writing.prepare(here)
        return here

    def _is_told(self, ended: Faulty, moment: str) -> None:
        if ended.code and (ended.code != 1 or "Traceback" in ended.stderr or not ended.stderr.strip()):
            raise LossError(f"{moment}: {ended}")
        if ended.code and not any(word in ended.stderr for word in TOLD):
            raise LossError(f"{moment} is not told as what it is: {ended}")

    def _goes_on(self, here: Path, left: Dump, moment: str) -> None:
        for name in self.old.keys() - left.keys():
            raise LossError(f"{moment}: {name} is gone")
        if self.writing.whole:
            for name in _databases(left):
                if name in self.old and not any(_alike(left[name], one.get(name)) for one in (self.old, self.new)):
                    raise LossError(f"{moment}: {name} is between: {differing(left, self.new)}")
        again = run(self.writing.words, here)
        # Where all was done before the fault, it may be refused: a quote that was signed is not signed again.
        if (after := dump(here)) != self.new:
            raise LossError(f"{moment}: after a plain re-run {again.stderr} {differing(after, self.new)}")


def _alike(one: str | bytes, other: str | bytes | None) -> bool:
    """Tell whether two databases say the same, whatever the order of their tables: one written anew has another."""
    if isinstance(one, str) and isinstance(other, str):
        return sorted(one.splitlines()) == sorted(other.splitlines())
    return one == other


def _databases(found: Dump) -> Iterator[str]:
    return (name for name, content in found.items() if isinstance(content, str))


def differing(one: Dump, other: Dump) -> str:
    """Return what differs between two dumps, the first lines of it."""
    told = []
    for name in sorted({*one, *other}):
        mine, theirs = one.get(name), other.get(name)
        if mine == theirs:
            continue
        if isinstance(mine, str) and isinstance(theirs, str):
            lines = {*mine.splitlines()} ^ {*theirs.splitlines()}
            told.append(f"{name}: {sorted(lines)[:6]}")
        else:
            told.append(f"{name}: {mine is not None} / {theirs is not None}")
    return "; ".join(told)[:3000]
