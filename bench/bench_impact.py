"""Measure `permanence impact`: ``python -m bench.bench_impact [small|year]`` prints its time ÷ that of billing.

The months that are replayed are those that are billed, in one process, round by round.
Billing reads a month's calls, bills them and stores the bills; a replay reads them, bills them both ways and sums up.
The target holds where both versions measure calls alike. Missed, it is told, and is no error.
"""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.progress import track

from bench.apart import prepared, run_apart
from bench.figures import Figure, noise, report
from bench.phases import Phases
from bench.rounds import ROUNDS, Spread, ratios
from bench.size import Size, chosen

SIZES = {"": (Size(10_000, 500), 3), "small": (Size(2_000, 100), 3), "year": (Size(10_000, 100), 12)}
"""Contracts and calls of a month, and how many months."""
MOST = 2.0


def main(name: str) -> None:
    """Measure a size, and print the report."""
    size, months = SIZES[name]
    folder, title = prepared(size), f"{months} months of {size}; {ROUNDS} rounds"
    rounds = [
        run_apart("bench.impact_run", folder, months) for _ in track(range(ROUNDS), title, ROUNDS, transient=True)
    ]
    figures = impact_figures(rounds)
    console = Console()
    console.print(report(title, figures))
    console.print(noise(figure.spread for figure in figures))


def impact_figures(rounds: Sequence[Phases]) -> list[Figure]:
    """Return what replays cost: seconds, and as a multiple of billing the same months."""
    bill, once, again = ([_seconds(one, kind) for one in rounds] for kind in ("bill", "once", "again"))
    return [
        Figure("billing the months", Spread(bill), "s"),
        Figure("replay, calls measured once", Spread(once), "s"),
        Figure("replay, calls measured again", Spread(again), "s"),
        Figure("once ÷ billing", ratios(once, bill), most=MOST),
        Figure("again ÷ billing", ratios(again, bill)),
        Figure("peak memory", Spread(one.peak / 1e6 for one in rounds), "MB"),
    ]


def _seconds(measured: Phases, kind: str) -> float:
    return sum(seconds for name, seconds in measured.cpu.items() if name.startswith(f"{kind}: "))


if __name__ == "__main__":
    main(chosen(SIZES, sys.argv[1:]))
