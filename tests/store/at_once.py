"""What a process of its own does to a database while others do the same."""

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from permanence.store.migrations import LAYOUTS
from permanence.store.opening import make_ready
from sqlite_utils import Database

from tests.store.small_databases import FILL

SPAWN = multiprocessing.get_context("spawn")
LONGEST_WAIT = 120
"""Seconds after which processes that wait for each other are stuck."""


def together(use: Callable[..., None], processes: int, *given: object) -> list[Any]:
    """Let processes do the same, each told to wait for the others; return what each says of its end, "" for good."""
    meeting, said = SPAWN.Barrier(processes), SPAWN.Queue()
    started = [SPAWN.Process(target=use, args=(meeting, said, *given)) for _ in range(processes)]
    for process in started:
        process.start()
    answers = [said.get(timeout=2 * LONGEST_WAIT) for _ in started]
    for process in started:
        process.join()
    said.close()
    return answers


def fill_each(meeting: Barrier, said: Any, paths: list[Path]) -> None:
    """Fill one database after another, each at the same moment as the other processes."""
    answer = ""
    for path in paths:
        meeting.wait(LONGEST_WAIT)
        try:
            FILL[path.name](path)
        except Exception as error:
            answer += f"{path}: {error!r}\n"
    said.put(answer)


def killed_at(statement: int, path: Path) -> int:
    """Let a process make a database ready and kill itself at a statement; return its exit code."""
    process = SPAWN.Process(target=_kill_at, args=(statement, path))
    process.start()
    process.join()
    return process.exitcode or 0


def _kill_at(statement: int, path: Path) -> None:
    seen: list[str] = []

    def count(text: str) -> None:
        seen.append(text)
        if len(seen) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    layout = next(layout for layout in LAYOUTS if path.name == f"{layout.name}.db")
    with closing(Database(sqlite3.connect(path))) as database:
        database.conn.set_trace_callback(count)
        make_ready(database, layout)
