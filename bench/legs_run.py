"""Reading a month's records and joining them to calls: ``python -m bench.legs_run FILE MONTH``."""

import sys

from permanence.bill.measure.one_call import one_call_each
from permanence.model.clock import month_bounds
from permanence.model.period import Month
from permanence.on_file import calls_between

from bench.phases import Phases


def main(source: str, month: Month) -> None:
    """Print the CPU time of reading from a Parquet file, and of joining what was read."""
    phases = Phases()
    phases.since_start("imports")
    bounds = month_bounds(month, "Europe/Paris")
    with phases.phase("read"):
        records = calls_between(source, *bounds).records
    with phases.phase("join"):
        legs = records.legs
        calls = one_call_each(records.each, legs, legs.heads)
    phases.counts.update(records=len(records), calls=len(calls))
    phases.tell()


if __name__ == "__main__":
    main(sys.argv[1], Month.parse(sys.argv[2]))
