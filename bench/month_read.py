"""Reading a month's calls in a process of its own, from one source: ``python -m bench.month_read SOURCE MONTH``."""

import sys

from permanence.model.clock import month_bounds
from permanence.model.period import Month
from permanence.on_file import calls_between

from bench.phases import Phases


def main(source: str, month: Month) -> None:
    """Print the CPU time of reading a month from calls.db, or from a pattern of Parquet files."""
    phases = Phases()
    phases.since_start("imports")
    bounds = month_bounds(month, "Europe/Paris")
    with phases.phase("read"):
        calls_between(source, *bounds)
    phases.tell()


if __name__ == "__main__":
    main(sys.argv[1], Month.parse(sys.argv[2]))
