"""A process whose calls that change files can be counted, refused or be its last; and whose clock can stand still."""

import ctypes
import os
import secrets
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from attrs import frozen
from permanence.plugin_manager import Plugins

from tests.cli.faults import Apart, in_process, installed
from tests.cli.typed import typed
from tests.proved_once import proved_once

SOURCE = Path(__file__).with_name("failing_calls.c")
PRELOAD = "LD_PRELOAD"
PASSED, KILLED, NO_SPACE, REFUSED = range(4)
"""What becomes of a call: nothing; SIGKILL; ENOSPC from there on; EIO once."""
KINDS = {"killed": KILLED, "no space": NO_SPACE, "refused": REFUSED}
NOON = 1_796_126_400
"""2026-12-01 12:00 UTC: the instant at which all commands run."""


@frozen
class Faulty:
    """How a command ended, with how many calls of those that change files; no exit code when it was killed."""

    code: int | None
    stdout: str = ""
    stderr: str = ""
    calls: int = 0


def library() -> Path:
    """Return the layer as a shared library, compiled once for each state of its source."""
    made = Path(gettempdir(), f"permanence-failing-calls-{sha256(SOURCE.read_bytes()).hexdigest()[:16]}.so")
    if not made.exists():
        beside = made.with_suffix(f".{os.getpid()}")
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", beside, SOURCE, "-ldl"], check=True)
        beside.rename(made)
    return made


def within_the_layer(module: str) -> None:
    """Begin this process anew, with the layer in it, where it is not; offers are proved once in it."""
    proved_once()
    Plugins.installed = installed  # type: ignore[method-assign, assignment]
    if os.environ.get(PRELOAD) != str(library()):
        os.environ[PRELOAD] = str(library())
        os.execv(sys.executable, [sys.executable, "-m", module, *sys.argv[1:]])


@frozen
class Started:
    """A command that runs in a process of its own."""

    apart: Apart

    def ended(self) -> Faulty:
        """Return how it ended, once it has."""
        found = self.apart()
        return Faulty(*found) if found else Faulty(None)


def start(words: Sequence[str], folder: Path, kind: int = PASSED, at: int = 0, clock: int = NOON) -> Started:
    """Start a command in a folder, with a fault at its call of this number, from 0, at an instant."""
    return Started(in_process(lambda: _ended(words, folder, kind, at, clock)))


def run(words: Sequence[str], folder: Path, kind: int = PASSED, at: int = 0, clock: int = NOON) -> Faulty:
    """Return how such a command ended."""
    return start(words, folder, kind, at, clock).ended()


def _no_chance(size: int) -> bytes:
    """Return the key that each process makes: what two of them leave can be compared."""
    return bytes(size)


def _ended(words: Sequence[str], folder: Path, kind: int, at: int, clock: int) -> Any:
    os.chdir(folder)
    secrets.token_bytes = _no_chance  # type: ignore[assignment]
    layer = ctypes.CDLL(None)
    layer.disarm.restype = ctypes.c_long
    layer.freeze(ctypes.c_long(clock))
    layer.arm(kind, ctypes.c_long(at))
    try:
        ended = typed(*words)
    finally:
        calls = layer.disarm()
    return [ended.exit_code, ended.stdout, ended.stderr, calls]
