"""Measure a whole month: ``python -m bench.bench_month [small]`` prints figures, targets, and whether they are met.

Each part runs in a process of its own, one after the other and several times, and the median counts: billing,
the floor (reading the same columns and writing the very same rows, with nothing between), and the plain-Python
oracle on some of the calls.
"""

import sys
from pathlib import Path

from attrs import frozen
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.month_data import MONTH, Size, prepare
from bench.phases import Phases, median_of, run_apart

ROOT = Path(__file__).parents[1]
SIZES = {"": Size(10_000, 500), "small": Size(1_000, 100)}
CALLS_FOR_ORACLE = 20_000
ROUNDS = 3
"""Each part is run so often, turn by turn; the median counts, since a machine's speed drifts."""
BILLED = ("read calls", "bill", "publish")
"""The phases that the floor is compared with: neither imports nor the reading of contract and rule files."""


@frozen
class Measured:
    """One size: what billing it cost, and what its floor is."""

    size: Size
    billing: Phases
    floor: Phases

    @property
    def seconds(self) -> float:
        """Return the CPU seconds of the month."""
        return sum(self.billing.cpu[name] for name in BILLED)

    @property
    def streaming_seconds(self) -> float:
        """Return the CPU seconds of the floor, had it dropped each call as soon as it was read."""
        return self.floor.cpu["read and drop"] + self.floor.cpu["write"]

    @property
    def floor_seconds(self) -> float:
        """Return the CPU seconds of reading the same columns and writing the same rows."""
        return self.floor.cpu["read"] + self.floor.cpu["write"]


@frozen
class Figure:
    """One line of the report; ``most`` or ``least`` is the target, where there is one."""

    name: str
    value: float
    unit: str = ""
    most: float | None = None
    least: float | None = None

    @property
    def met(self) -> bool:
        """Tell whether the figure meets its target; one without a target does."""
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    def cells(self) -> tuple[str, str, str, str]:
        """Return the figure as the cells of a table row."""
        target = f"≤ {_shown(self.most)}" if self.most is not None else ""
        target = f"≥ {_shown(self.least)}" if self.least is not None else target
        mark = ("[green]✓[/]" if self.met else "[red]✗[/]") if target else ""
        return self.name, f"{_shown(self.value)} {self.unit}".strip(), target, mark


def main(name: str) -> int:
    """Measure a size and twice the work, print the report; return 1 when the full size misses a target."""
    size = SIZES[name]
    once, twice = _measure(size), _measure(Size(2 * size.contracts, size.calls_each))
    oracle = run_apart("bench.oracle_run", _folder(size), CALLS_FOR_ORACLE)
    console = Console()
    console.print(_phases(once, twice))
    figures = _figures(once, twice, oracle)
    console.print(_report(size, figures))
    if size != SIZES[""]:
        console.print(f"The targets are meant for {SIZES['']}.")
        return 0
    return 0 if all(figure.met for figure in figures) else 1


def _folder(size: Size) -> Path:
    return prepare(ROOT / "bench" / "out", ROOT / "rules", size)


def _measure(size: Size) -> Measured:
    folder = _folder(size)
    rounds = [
        (run_apart("bench.bill_run", folder, MONTH), run_apart("bench.floor", folder))
        for _ in track(range(ROUNDS), str(size), transient=True)
    ]
    return Measured(size, median_of([billed for billed, _ in rounds]), median_of([floor for _, floor in rounds]))


def _figures(once: Measured, twice: Measured, oracle: Phases) -> list[Figure]:
    cpu, counts = once.billing.cpu, once.billing.counts
    per_call = once.seconds / counts["came_in"]
    oracle_per_call = oracle.cpu["rate"] / oracle.counts["calls"]
    return [
        Figure("calls billed per CPU second", 1 / per_call),
        Figure("invoices per CPU second", counts["invoices"] / once.seconds),
        Figure("CPU time ÷ floor", once.seconds / once.floor_seconds, most=3),
        Figure("the same, were no call kept in memory", once.seconds / once.streaming_seconds),
        Figure("peak memory", once.billing.peak / 1e6, "MB", most=1_500),
        Figure("CPU time of twice the work ÷ once", twice.seconds / once.seconds, most=2.2),
        Figure("peak memory of twice the work", twice.billing.peak / 1e6, "MB"),
        Figure(
            "reading contract files, per contract", cpu["read contracts"] / counts["contracts"] * 1e6, "µs", most=200
        ),
        Figure("plain-Python oracle ÷ billing, per call", oracle_per_call / per_call, least=15),
        Figure("questions to durable-rules", counts["questions"]),
        Figure("the same, at twice the work", twice.billing.counts["questions"]),
    ]


def _phases(*measured: Measured) -> Table:
    table = Table("CPU seconds", *(str(one.size) for one in measured), title="By phase")
    for name in measured[0].billing.cpu:
        table.add_row(name, *(f"{one.billing.cpu[name]:.2f}" for one in measured))
    table.add_section()
    for name in ("read and drop", "read", "write"):
        table.add_row(f"floor: {name}", *(f"{one.floor.cpu[name]:.2f}" for one in measured))
    table.add_row("rows written", *(f"{one.floor.counts['rows']:,.0f}" for one in measured))
    return table


def _report(size: Size, figures: list[Figure]) -> Table:
    table = Table("Figure", "Measured", "Target", "", title=f"One month: {size}")
    for figure in figures:
        table.add_row(*figure.cells())
    return table


def _shown(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
