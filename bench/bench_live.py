"""Measure the month that runs beside its bill: ``python -m bench.bench_live [small]``.

Each round bills the month from `calls.db`, counts it as `permanence live` does, and asks for one contract: with nothing
changed, after further calls, and once contract and rule files were written. A process that keeps the month counts it
again after further calls. What is divided is of one round; calls that came in stay for the next.
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

SIZES = {"": (Size(10_000, 500), 3, (200, 2_000, 20_000)), "small": (Size(400, 250), ROUNDS, (50, 500))}
"""Contracts and calls, how many rounds, and how many calls come in: of half a minute at a busy hour, and more."""
ONE = ("live", "C0004")
FILES = {"contract files": "contracts/contracts.toml", "a rule file": "rules/continue-2023-01-01.toml"}
ON = ("--on", "2026-10-31")


def main(name: str) -> None:
    """Measure a size, and print the report."""
    size, rounds, lots = SIZES[name]
    folder = prepared(size, "csv")
    for path in (path for database in (*DATABASES, "live") for path in folder.glob(f"{database}*")):
        path.unlink()
    run_apart("bench.command_run", folder, *next(iter(commands(size.calls).values())))

    def typed(*words: str) -> Callable[[], Phases]:
        return partial(run_apart, "bench.command_run", folder, *words)

    def one(change: Callable[[], object] = int) -> Callable[[], Phases]:
        def measured() -> Phases:
            change()
            return typed(*ONE, *ON)()

        return measured

    ask = {"with nothing changed": one()}
    for calls in lots:
        ask[f"after {calls:,} calls"] = one(partial(run_apart, "bench.live_run", folder, calls, "import"))
    for told, file in FILES.items():
        ask[f"once {told} had been written"] = one((folder / file).touch)
    kept: Callable[[], Phases] = partial(run_apart, "bench.live_run", folder, *lots)
    runs = [typed("bill", MONTH, "--on", DAY_OF_BILLING), typed("live", *ON), *ask.values(), kept]
    bill, every, *asked, again = zip(*track(in_turn(runs, rounds), str(size), rounds), strict=True)
    billed = [phases.cpu[WHOLE] for phases in bill]
    figures = [
        Figure("CPU time of `bill`", Spread(billed), "s"),
        Figure("CPU time of `live`, all", Spread(phases.cpu[WHOLE] for phases in every), "s"),
        Figure("`live` ÷ `bill`", ratios([phases.cpu[WHOLE] for phases in every], billed)),
    ]
    for told, found in zip(ask, asked, strict=True):
        figures.append(Figure(f"`live C0004` {told}", Spread(phases.cpu[WHOLE] for phases in found), "s", most=0.3))
    for calls in lots:
        seconds = [phases.cpu[f"again after {calls}"] for phases in again]
        figures.append(Figure(f"all again after {calls:,} calls", Spread(seconds), "s"))
        figures.append(Figure(f"all again after {calls:,} calls ÷ `bill`", ratios(seconds, billed), most=0.1))
    figures.append(Figure("a look without a change", Spread(phases.cpu["nothing changed"] for phases in again), "s"))
    Console().print(report(f"The month that runs: {size}; {rounds} rounds", figures))
    Console().print(noise(figure.spread for figure in figures))


if __name__ == "__main__":
    main(chosen(SIZES, sys.argv[1:]))
