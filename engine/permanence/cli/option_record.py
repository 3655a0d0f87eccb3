"""Which option is asked, kept beside results for whoever comes after a process that ended without a word."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..model.problem import Place, Problem
from ..read.asked_record import asked_record
from .console import err
from .option_watch import HINT, BeingAsked, option_watch, whose
from .screens.problems import show_findings


@contextmanager
def options_recorded(results: Path) -> Iterator[None]:
    """Keep beside some results which option is asked, while the block works; tell what an earlier process left there.

    That of a process which ended without a word, by `os._exit` or killed, says of which option it was waiting.
    """
    watch = option_watch()
    with asked_record(results.with_name(f"{results.name}-asked")) as record:
        if record and record.left:
            asked = BeingAsked(*record.left.split(" ", 1)[::-1])
            what = f"the last command ended without a word while the {whose(asked)} was being asked"
            show_findings(err(), [Problem(Place(str(results)), what, HINT, warning=True)])
        if watch and record:
            watch.record = record.note
        try:
            yield
        finally:
            if watch:
                watch.record = None
