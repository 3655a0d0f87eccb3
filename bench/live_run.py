"""Count the month that runs, and again as calls come in: ``python -m bench.live_run FOLDER CALLS…``, one process.

Told are the CPU seconds of counting all anew, of a look at which nothing has changed, and of counting again after so
many further calls, and so many more: copies of the month's last ones, with other ids. With ``import`` beside the number
the calls are imported, and nothing is counted; with a contract before the numbers that contract alone is watched.
"""

import csv
import io
import os
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from permanence.cli.kept_live import KeptLive
from permanence.cli.kept_month import KeptMonth
from permanence.cli.running_month import OnFile
from permanence.cli.watched_live import watch_counted
from permanence.plugin_manager import Plugins

from bench.command_run import COMMAND
from bench.phases import Phases

DAY = datetime(2026, 10, 31, tzinfo=UTC)
ON_FILE = (Path("rules"), Path("contracts"), Path("sellers"), Path("billing.db"), "calls.db")
ID, LINK = 16, 19
"""The columns of Asterisk's ``uniqueid`` and ``linkedid``."""


def main(lots: list[int]) -> None:
    """Print the phases of a month that is kept."""
    phases, month = Phases(), KeptMonth(OnFile(*ON_FILE), Plugins.installed(), DAY)
    with phases.phase("all anew"):
        month()
    with phases.phase("nothing changed"):
        month()
    for calls in lots:
        further(calls)
        with phases.phase(f"again after {calls}"):
            month()
    phases.tell()


def watched(contract: str, lots: list[int]) -> None:
    """Print what a screen costs that shows a contract: at first, and again after further calls."""
    phases, names, left = Phases(), iter(["at first", *(f"again after {calls}" for calls in lots)]), iter(lots)
    since = time.process_time()

    def looked() -> None:
        nonlocal since
        phases.cpu[next(names)] = time.process_time() - since
        if not (calls := next(left, 0)):
            raise KeyboardInterrupt
        further(calls)
        since = time.process_time()

    with suppress(KeyboardInterrupt):
        watch_counted(KeptLive(*ON_FILE), DAY, contract, looked, as_json=False)
    phases.tell()


def further(calls: int) -> None:
    """Import copies of the last calls, as if the telephone system had written them just now."""
    now, written = str(time.time_ns()), io.StringIO()
    with Path("csv/calls.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            [*row[:ID], row[ID] + now, *row[ID + 1 : LINK], row[LINK] + now, *row[LINK + 1 :]]
            for row in deque(csv.reader(file), calls)
        ]
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    Path("further.csv").write_text(written.getvalue(), encoding="utf-8")
    subprocess.run(
        [COMMAND, "calls", "import", "further.csv", "--format", "asterisk"], check=True, stdout=subprocess.DEVNULL
    )


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    if sys.argv[3:] == ["import"]:
        further(int(sys.argv[2]))
        Phases().tell()
    elif sys.argv[2].isdecimal():
        main([int(calls) for calls in sys.argv[2:]])
    else:
        watched(sys.argv[2], [int(calls) for calls in sys.argv[3:]])
