"""Count the month that runs, and again as calls come in: ``python -m bench.live_run FOLDER CALLS…``, one process.

Told are the CPU seconds of counting all anew, of a look at which nothing has changed, and of counting again after so
many further calls, and so many more: copies of the month's last ones, with other ids. With ``import`` beside the number
the calls are imported, and nothing is counted.
"""

import csv
import io
import os
import subprocess
import sys
import time
from collections import deque
from datetime import UTC, datetime
from pathlib import Path

from permanence.cli.kept_month import KeptMonth
from permanence.cli.running_month import OnFile
from permanence.plugin_manager import Plugins

from bench.command_run import COMMAND
from bench.phases import Phases

DAY = datetime(2026, 10, 31, tzinfo=UTC)
ID, LINK = 16, 19
"""The columns of Asterisk's ``uniqueid`` and ``linkedid``."""


def main(lots: list[int]) -> None:
    """Print the phases of a month that is kept."""
    files = OnFile(Path("rules"), Path("contracts"), Path("sellers"), Path("billing.db"), "calls.db")
    phases, month = Phases(), KeptMonth(files, Plugins.installed(), DAY)
    with phases.phase("all anew"):
        month()
    with phases.phase("nothing changed"):
        month()
    for calls in lots:
        further(calls)
        with phases.phase(f"again after {calls}"):
            month()
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
    else:
        main([int(calls) for calls in sys.argv[2:]])
