"""Which plugin is loaded, kept for whoever comes after a process that ended without a word as it ran its module."""

import os
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from ..model.options_on_sale import or_leave
from ..model.problem import Place, Problem
from ..read.asked_record import asked_record
from .console import err
from .screens.problems import show_warnings


@contextmanager
def loading_recorded(without: Collection[str]) -> Iterator[Callable[[str], object]]:
    """Yield what is to be told which plugin is loaded; tell which one a process was loading that ended so.

    It is known to every command of the same user and the same installation, in whatever folder. A plugin that is
    switched off by now, by one of the names ``without``, is told no more.
    """
    with asked_record(_path()) as record:
        plugin, _, origin = record.left.partition(" ") if record else ("", "", "")
        if plugin and not {plugin, plugin.partition(":")[0]} & set(without):
            name = plugin.partition(":")[2]
            what = f'the last command ended without a word while its plugin "{name}" was being loaded'
            show_warnings(err(), [Problem(Place(origin), what, or_leave(plugin), warning=True)])
            err().file.flush()  # it may end this command too
        yield record.note if record else str


def _path() -> Path:
    where = sha256(sys.prefix.encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir(), f"permanence-loading-{os.getuid()}-{where}")
