"""Measure the month that runs beside its bill: ``python -m bench.bench_live [small]``.

Each round bills the month from `calls.db`, counts it as `permanence live` does, and asks for one contract: with nothing
changed, after further calls, once contract and rule files were written, while another process watches the month, and in
one that watches the contract. A process that keeps the month counts it again after further calls. What is divided is of
one round; calls that came in stay for the next.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from permanence.cli.kept_live import NAME as KEPT
from rich.console import Console
from rich.progress import track

from bench.apart import prepared, run_apart
from bench.command_run import COMMAND, WHOLE
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
NOTHING = "with nothing changed"
AT_ONCE = 2_000
"""So many calls of five million come in within eight minutes of a month: whoever looks more often has fewer."""


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

    ask = {NOTHING: one()}
    for calls in lots:
        ask[f"after {calls:,} calls"] = one(partial(run_apart, "bench.live_run", folder, calls, "import"))
    for told, file in FILES.items():
        ask[f"once {told} had been written"] = one((folder / file).touch)
    beside: Callable[[], Phases] = partial(_beside_a_watch, folder, lots[0], one())
    shown_alone: Callable[[], Phases] = partial(run_apart, "bench.live_run", folder, ONE[1], *lots)
    kept: Callable[[], Phases] = partial(run_apart, "bench.live_run", folder, *lots)
    runs = [typed("bill", MONTH, "--on", DAY_OF_BILLING), typed("live", *ON), *ask.values(), beside, shown_alone, kept]
    rows = track(in_turn(runs, rounds), str(size), rounds)
    bill, every, *asked, while_watched, shown, again = zip(*rows, strict=True)
    billed = [phases.cpu[WHOLE] for phases in bill]
    figures = [
        Figure("CPU time of `bill`", Spread(billed), "s"),
        Figure("CPU time of `live`, all", Spread(phases.cpu[WHOLE] for phases in every), "s"),
        Figure("`live` ÷ `bill`", ratios([phases.cpu[WHOLE] for phases in every], billed)),
    ]
    for told, found in zip(ask, asked, strict=True):
        most = 0.3 if told == NOTHING else None
        figures.append(Figure(f"`live C0004` {told}", Spread(phases.cpu[WHOLE] for phases in found), "s", most=most))
    told = f"`live C0004` after {lots[0]:,} calls, while the month is watched"
    figures.append(Figure(told, Spread(phases.cpu[WHOLE] for phases in while_watched), "s", most=0.3))
    for calls in lots:
        seconds = [phases.cpu[f"again after {calls}"] for phases in shown]
        figures.append(Figure(f"`live C0004 --watch` again after {calls:,} calls", Spread(seconds), "s", most=0.3))
    for calls in lots:
        seconds = [phases.cpu[f"again after {calls}"] for phases in again]
        figures.append(Figure(f"all again after {calls:,} calls", Spread(seconds), "s"))
        most = 0.1 if calls <= AT_ONCE else None
        figures.append(Figure(f"all again after {calls:,} calls ÷ `bill`", ratios(seconds, billed), most=most))
    figures.append(Figure("a look without a change", Spread(phases.cpu["nothing changed"] for phases in again), "s"))
    Console().print(report(f"The month that runs: {size}; {rounds} rounds", figures))
    Console().print(noise(figure.spread for figure in figures))


def _beside_a_watch(folder: Path, calls: int, ask: Callable[[], Phases]) -> Phases:
    """Return what asking for a contract costs after further calls, once a process that watches all has seen them."""
    kept, silent = folder / KEPT, subprocess.DEVNULL
    watch = subprocess.Popen(
        [COMMAND, "live", "--watch", "--every", "0.2", *ON], cwd=folder, stdout=silent, stderr=silent
    )
    try:
        _wait_for(kept, kept.stat().st_mtime_ns)
        before = kept.stat().st_mtime_ns
        run_apart("bench.live_run", folder, calls, "import")
        _wait_for(kept, before)
        return ask()
    finally:
        watch.terminate()
        watch.wait()


def _wait_for(kept: Path, before: int) -> None:
    """Return once a file has been written since."""
    while kept.stat().st_mtime_ns == before:
        time.sleep(0.2)


if __name__ == "__main__":
    main(chosen(SIZES, sys.argv[1:]))
