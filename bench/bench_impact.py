"""Measure `permanence impact`: ``python -m bench.bench_impact [small|year]`` prints its time ÷ that of billing.

The months that are replayed are those that are billed.
Billing reads a month's calls, bills them and stores the bills; a replay reads them, bills them both ways and sums up.
The target holds where both versions measure calls alike.
"""

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.month_data import Size, prepare
from bench.phases import Phases, run_apart

ROOT = Path(__file__).parents[1]
SIZES = {"": (Size(10_000, 500), 3), "small": (Size(2_000, 100), 3), "year": (Size(10_000, 100), 12)}
"""Contracts and calls of a month, and how many months."""
MOST = 2.0
KINDS = {"once": "calls measured once", "again": "calls measured again"}


def main(name: str) -> int:
    """Measure a size, print the report; return 1 when the target is missed."""
    size, months = SIZES[name]
    measured = run_apart("bench.impact_run", prepare(ROOT / "bench" / "out", ROOT / "rules", size), months)
    table = Table("CPU seconds", *KINDS.values(), title=f"{months} months of {size}")
    table.add_row("billing the months", *(f"{_seconds(measured, 'bill'):.2f}" for _ in KINDS))
    table.add_row("replaying them", *(f"{_seconds(measured, kind):.2f}" for kind in KINDS))
    table.add_section()
    table.add_row("replay ÷ billing", *(f"{ratio(measured, kind):.2f}" for kind in KINDS))
    table.add_row("target", f"≤ {MOST:g}", "")
    table.add_row("peak memory, MB", f"{measured.peak / 1e6:,.0f}", "")
    Console().print(table)
    return 0 if ratio(measured, "once") <= MOST else 1


def ratio(measured: Phases, kind: str) -> float:
    """Return how long a replay takes, as a multiple of billing the months."""
    return _seconds(measured, kind) / _seconds(measured, "bill")


def _seconds(measured: Phases, kind: str) -> float:
    return sum(seconds for name, seconds in measured.cpu.items() if name.startswith(f"{kind}: "))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
