"""Who holds a lock that a command waits for, as Linux tells it; elsewhere nobody can say."""

import os
import pwd
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from ..model.signs import cleaned
from ..model.waiting import Bystander

LOCKS, PROCESSES = Path("/proc/locks"), Path("/proc")
OF_WRITERS = {"-shm": (120,), "": (1 << 30, (1 << 30) + 1)}
"""The bytes that SQLite locks for who writes: in the index of the write-ahead log, or without one in the database."""
MOST_WORDS = 3


class Holders(Bystander):
    """The processes of this machine, by the locks that they hold."""

    def who_holds(self, path: str) -> str:
        """Return the process that writes to a database, or holds a folder; nothing where that cannot be known."""
        with suppress(OSError, ValueError, IndexError):
            for process in _holders(Path(path)):
                return _told(process)
        return ""

    def tell(self, path: str, who: str) -> None:
        """Print for whom the command waits."""
        from .console import err  # what draws takes long to load, and few commands wait

        err().print(f"{Path(path).name}: waiting for the end of {who}…", soft_wrap=True, markup=False, highlight=False)


def _holders(path: Path) -> Iterator[int]:
    wanted = dict(_wanted(path))
    for line in LOCKS.read_text("ascii").splitlines():
        _, kind, _, access, process, where, first, last = (line.split() + [""] * 8)[:8]
        bytes_locked = wanted.get((kind, where))
        if access != "WRITE" or bytes_locked is None or not int(process) > 0:
            continue
        if not bytes_locked or any(int(first) <= one <= int(last) for one in bytes_locked):
            yield int(process)


def _wanted(path: Path) -> Iterator[tuple[tuple[str, str], tuple[int, ...]]]:
    if path.is_dir():
        yield ("FLOCK", _named(path)), ()
        return
    for suffix, bytes_locked in OF_WRITERS.items():
        file = path.with_name(path.name + suffix)
        if file.exists():
            yield ("POSIX", _named(file)), bytes_locked


def _named(path: Path) -> str:
    facts = path.stat()
    return f"{os.major(facts.st_dev):02x}:{os.minor(facts.st_dev):02x}:{facts.st_ino}"


def _told(process: int) -> str:
    here = PROCESSES / str(process)
    facts, words = here.stat(), (here / "cmdline").read_bytes().decode(errors="replace").split("\0")
    ours = [number for number, word in enumerate(words) if Path(word).name == "permanence"]
    typed = ["permanence", *_command(words[ours[0] + 1 :])] if ours else words[:1]
    try:
        user = pwd.getpwuid(facts.st_uid).pw_name
    except KeyError:
        user = f"user {facts.st_uid}"
    since = datetime.fromtimestamp(_began(here), UTC).isoformat(" ", "seconds")
    return f"`{cleaned(' '.join(typed))}` (process {process} of {user}, since {since})"


def _command(words: list[str]) -> Iterator[str]:
    """Yield the words that name a command, and what it is about; options are left out, as numbers may be in them."""
    for word in words[:MOST_WORDS]:
        if word.startswith("-") or not word:
            return
        yield word


def _began(process: Path) -> float:
    """Return the instant at which a process began, in seconds since 1970 UTC."""
    ticks = int((process / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[19])
    booted = next(
        line for line in (PROCESSES / "stat").read_text("ascii").splitlines() if line.startswith("btime ")
    ).split()[1]
    return int(booted) + ticks / os.sysconf("SC_CLK_TCK")
