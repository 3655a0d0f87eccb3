"""Which option is asked, kept for whoever comes after a command that ended without a word as it asked."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path

from ..model.problem import Place, Problem
from ..read.asked_record import AskedRecord, asked_record
from .console import err
from .option_watch import HINT, BeingAsked, option_watch, whose
from .screens.problems import show_warnings

AT_ONCE = 8
"""How many commands may run in one folder at the same moment, and each have a record."""


@contextmanager
def options_recorded() -> Iterator[None]:
    """Keep which option is asked, while the block works; tell which ones earlier commands were asking when they ended.

    They are commands of the same user and the same installation in the same folder, which ended without a word: by
    `os._exit` or killed.
    """
    watch = option_watch()
    with ExitStack() as stack:
        record = _record(stack)
        if watch and record:
            watch.record = record.note
        try:
            yield
        finally:
            if watch:
                watch.record = None


def _record(stack: ExitStack) -> AskedRecord | None:
    """Return the first record that is free; all others that nobody has are told, and gone."""
    mine: AskedRecord | None = None
    for path in _paths():
        if mine is None:
            mine = stack.enter_context(asked_record(path))
            _tell(mine)
        elif path.exists():
            with asked_record(path) as left:
                _tell(left)
    return mine


def _tell(record: AskedRecord | None) -> None:
    if record and record.left:
        asked = BeingAsked(*record.left.split(" ", 1)[::-1])
        what = f"the last command ended without a word while the {whose(asked)} was being asked"
        show_warnings(err(), [Problem(Place("plugins"), what, HINT, warning=True)])
        err().file.flush()  # it may end this command too


def _paths() -> Iterator[Path]:
    where = sha256(f"{sys.prefix} {_folder()}".encode(errors="surrogateescape")).hexdigest()[:12]
    for number in range(AT_ONCE):
        yield Path(tempfile.gettempdir(), f"permanence-asked-{os.getuid()}-{where}-{number}")


def _folder() -> str:
    try:
        return str(Path.cwd())
    except OSError:
        return ""  # somebody has removed it
