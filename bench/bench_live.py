"""Measure the month that runs beside its bill: ``python -m bench.bench_live [small]``.

Each round bills the month from `calls.db`, counts it as `permanence live` does, and asks for one contract twice; then a
process that keeps the month counts it again after further calls. What is divided is of one round.
"""

import sys
from collections.abc import Callable
from functools import partial

from rich.console import Console
from rich.progress import track

from bench.apart import prepared, run_apart
from bench.command_run import WHOLE
from bench.daily import DATABASES, DAY_OF_BILLING, commands
from bench.figures import Figure, noise, report
from bench.phases import Phases
from bench.rounds import ROUNDS, Spread, in_turn, ratios
from bench.size import MONTH, Size, chosen

SIZES = {"": (Size(10_000, 500), 3, 200), "small": (Size(400, 250), ROUNDS, 50)}
"""Contracts and calls, how many rounds, and how many calls come in: of half a minute at a busy hour, and more."""
ON = ("--on", "2026-10-31")


def main(name: str) -> None:
    """Measure a size, and print the report."""
    size, rounds, calls = SIZES[name]
    folder = prepared(size, "csv")
    for path in (path for database in (*DATABASES, "live.kept") for path in folder.glob(f"{database}*")):
        path.unlink()
    run_apart("bench.command_run", folder, *next(iter(commands(size.calls).values())))

    def typed(*words: str) -> Callable[[], Phases]:
        return partial(run_apart, "bench.command_run", folder, *words)

    def second() -> Phases:
        return [typed("live", "C0004", *ON)() for _ in range(2)][1]

    runs = [typed("bill", MONTH, "--on", DAY_OF_BILLING), typed("live", *ON), second]
    runs.append(partial(run_apart, "bench.live_run", folder, calls))
    bill, every, warm, kept = zip(*track(in_turn(runs, rounds), str(size), rounds), strict=True)
    billed = [phases.cpu[WHOLE] for phases in bill]
    again = [phases.cpu["again"] for phases in kept]
    figures = [
        Figure("CPU time of `bill`", Spread(billed), "s"),
        Figure("CPU time of `live`, all", Spread(phases.cpu[WHOLE] for phases in every), "s"),
        Figure("`live` ÷ `bill`", ratios([phases.cpu[WHOLE] for phases in every], billed)),
        Figure("CPU time of `live C0004`, warm", Spread(phases.cpu[WHOLE] for phases in warm), "s", most=0.3),
        Figure(f"again after {calls:,} calls", Spread(again), "s"),
        Figure(f"again after {calls:,} calls ÷ `bill`", ratios(again, billed), most=0.1),
        Figure("contracts counted again", Spread(phases.counts["touched"] for phases in kept)),
        Figure("a look without a change", Spread(phases.cpu["nothing changed"] for phases in kept), "s"),
    ]
    Console().print(report(f"The month that runs: {size}; {rounds} rounds", figures))
    Console().print(noise(figure.spread for figure in figures))


if __name__ == "__main__":
    main(chosen(SIZES, sys.argv[1:]))
