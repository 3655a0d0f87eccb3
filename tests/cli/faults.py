"""Commands with a fault at a write-like call of theirs: killed, refused space, interrupted, or slow."""

import builtins
import errno
import gc
import io
import json
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import astuple, frozen
from permanence.plugin_manager import Plugins

from tests.cli.typed import typed

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
NAMES = ("rename", "remove", "link", "symlink", "mkdir", "rmdir", "chmod", "chown", "truncate")
CHANGES = {f"os.{name}" for name in NAMES}
"""What Python tells its auditors of calls that change files; flushing and writing it does not tell."""

_installed = cache(Plugins.installed)
Fault = Callable[[str], None]
"""Is told each write-like call before it is made, by name: it returns, raises, or ends the process."""


def installed(without: tuple[str, ...] = (), *_: object) -> Plugins:
    """Return the plugins that are installed, looked for once; nobody is told that they are loaded."""
    return _installed(without)


def passed(_call: str) -> None:
    """Let a call pass."""


@frozen
class Ended:
    """How a command ended: exit code and output, and the calls that were made; killed when there is no exit code."""

    code: int | None
    stdout: str = ""
    stderr: str = ""
    calls: tuple[str, ...] = ()


@frozen
class Apart:
    """A process of its own: called, it waits for the end and returns what came of it, None where it was killed."""

    child: int
    reads: int

    def __call__(self) -> Any:
        with os.fdopen(self.reads, "rb") as pipe:
            made = pipe.read()
        os.waitpid(self.child, 0)
        found = json.loads(made) if made else None
        assert not (isinstance(found, dict) and "broken" in found), found["broken"]
        return found


def in_process(act: Callable[[], Any]) -> Apart:
    """Start something in a process of its own."""
    reads, writes = os.pipe()
    with warnings.catch_warnings():
        # Python warns of threads that a child does not have; it runs one command and ends.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(reads)
        say = os.write
        try:
            gc.disable()
            made = json.dumps(act()).encode()
        except BaseException:
            made = json.dumps({"broken": traceback.format_exc()}).encode()
        while made:
            made = made[say(writes, made) :]
        os._exit(0)
    os.close(writes)
    return Apart(child, reads)


def run(words: Sequence[str], folder: Path, fault: Fault = passed) -> Ended:
    """Return how a command ends that runs in a folder, with a fault at its write-like calls."""
    calls: list[str] = []

    def each(call: str) -> None:
        calls.append(call)
        fault(call)

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        # Looking for plugins on the machine takes as long as what a small command does.
        patch.setattr(Plugins, "installed", installed)
        with interposed(each):
            ended = typed(*words)
    return Ended(ended.exit_code, ended.stdout, ended.stderr, tuple(calls))


def started(words: Sequence[str], folder: Path, fault: Fault = passed) -> Callable[[], Ended]:
    """Start a command in a process of its own, and return what waits for it and returns how it ends."""
    installed()
    wait = in_process(lambda: astuple(run(words, folder, fault)))

    def wait_for_end() -> Ended:
        found = wait()
        return Ended(found[0], found[1], found[2], tuple(found[3])) if found else Ended(None)

    return wait_for_end


def run_apart(words: Sequence[str], folder: Path, fault: Fault = passed) -> Ended:
    """Return how a command ends that runs in a process of its own."""
    return started(words, folder, fault)()


told: list[Fault] = []
"""Who is told of the calls of this process that change files."""


@cache
def listen() -> None:
    """Hear what Python tells its auditors, for good: an auditor cannot be taken away."""

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        is_opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        for each in told if is_opened or event in CHANGES else ():
            each(event)

    sys.addaudithook(hear)


@contextmanager
def interposed(each: Fault) -> Iterator[None]:
    """Tell each write-like call of this process, Python's and those of the system alike, before it is made.

    A write is told when half of it has been written.
    """
    write, fsync, opened = os.write, os.fsync, io.open

    def half_write(descriptor: int, content: Any) -> int:
        half = len(content) // 2
        written = write(descriptor, content[:half])
        each("os.write")
        return written + write(descriptor, content[half:])

    def told_fsync(descriptor: int) -> None:
        each("os.fsync")
        fsync(descriptor)

    def told_open(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        found = opened(file, mode, *arguments, **named)
        if set(mode) & set("wax+"):
            each("opened for writing")
        return found

    patched: Mapping[tuple[Any, str], Any] = {
        (os, "write"): half_write,
        (os, "fsync"): told_fsync,
        (io, "open"): told_open,
        (builtins, "open"): told_open,
    }
    kept = {where: getattr(*where) for where in patched}
    for (module, name), ours in patched.items():
        setattr(module, name, ours)
    listen()
    told.append(each)
    try:
        yield
    finally:
        told.remove(each)
        for (module, name), theirs in kept.items():
            setattr(module, name, theirs)


def killed_at(number: int) -> Fault:
    """Return a fault that kills the process at its call of this number, from 0."""

    def fault(call: str) -> None:
        nonlocal number
        if number == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        number -= 1

    return fault


def without_space_at(number: int) -> Fault:
    """Return a fault that refuses space at the call of this number, from 0."""

    def fault(call: str) -> None:
        nonlocal number
        number -= 1
        if number == -1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return fault


def interrupted_at(number: int) -> Fault:
    """Return a fault that is Ctrl-C at the call of this number, from 0."""

    def fault(call: str) -> None:
        nonlocal number
        number -= 1
        if number == -1:
            raise KeyboardInterrupt

    return fault


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file in a folder and below, by its path, but for databases."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".db" not in path.name
    }
