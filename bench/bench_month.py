"""Measure a whole month: ``python -m bench.bench_month [small]`` prints figures, and whether they meet their targets.

Each part runs in a process of its own: billing, the floor (reading the same columns and writing the very same rows,
with nothing between; the streaming one drops each call as soon as it is read), billing twice the work, and the
plain-Python oracle on some of the calls. They take turns, and only what is of one round is divided. Issuing the month,
and commands that are typed every day, follow. A target that is missed is told, and is no error: a neighbour may have
been busy.
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial

from attrs import frozen
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.apart import prepared, run_apart
from bench.daily import commands, daily_report, measure, seconds_by_command
from bench.figures import Figure, noise, report, shown, span
from bench.intake import intake_figures, measure_intake
from bench.ledger import ledger_figures, measure_ledger
from bench.phases import Phases
from bench.rounds import ROUNDS, Spread, in_turn, ratios
from bench.size import MONTH, Size, chosen

SIZES = {"": (Size(10_000, 500), Size(2_000, 500)), "small": (Size(1_000, 100), Size(500, 100))}
"""The month that is billed straight from Parquet, and the one of the daily commands."""
MOST_FOR_ORACLE, SHARE_FOR_ORACLE = 20_000, 20
"""The oracle is slow: it rates so many calls at most, and one in so many of a small month."""
BILLED = ("read calls", "bill", "publish")
"""The phases that the floor is compared with: neither imports nor the reading of contract and rule files."""


@frozen
class Round:
    """What ran in one round; neighbours here ran one directly after the other."""

    twice: Phases
    once: Phases
    floor: Phases
    oracle: Phases


def main(name: str) -> None:
    """Measure a size, and print the report."""
    size, daily_size = SIZES[name]
    rounds = [Round(*parts) for parts in track(in_turn(_parts(size)), str(size), ROUNDS, transient=True)]
    folder, typed = prepared(daily_size, "csv"), commands(daily_size.calls)
    days = [measure(folder, typed) for _ in track(range(ROUNDS), "daily commands", transient=True)]
    intakes = [measure_intake(folder) for _ in track(range(ROUNDS), "imports", transient=True)]
    month = prepared(size)
    ledgers = [measure_ledger(month) for _ in track(range(ROUNDS), "ledger", transient=True)]
    figures, of_ledger, of_intake = month_figures(rounds), ledger_figures(ledgers), intake_figures(intakes)
    console = Console()
    console.print(_phases(rounds))
    console.print(report(f"One month: {size}; {ROUNDS} rounds", figures))
    console.print(report(f"Issued and proved: {size}; {ROUNDS} rounds", of_ledger))
    console.print(daily_report(f"Every day: {daily_size}; {ROUNDS} rounds", days))
    console.print(report(f"Calls in and out: {daily_size}; {ROUNDS} rounds", of_intake))
    said = noise(
        [*(figure.spread for figure in (*figures, *of_ledger, *of_intake)), *seconds_by_command(days).values()]
    )
    meant = f"The targets are meant for {SIZES[''][0]}." if name else ""
    console.print(*filter(None, (said, meant)), sep="\n")


def _parts(size: Size) -> list[Callable[[], Phases]]:
    """Return the parts of a round in the order of its fields; the floor needs a month that has been billed."""
    once, twice = prepared(size), prepared(Size(2 * size.contracts, size.calls_each))
    return [
        partial(run_apart, "bench.bill_run", twice, MONTH),
        partial(run_apart, "bench.bill_run", once, MONTH),
        partial(run_apart, "bench.floor", once),
        partial(run_apart, "bench.oracle_run", once, min(MOST_FOR_ORACLE, size.calls // SHARE_FOR_ORACLE)),
    ]


def month_figures(rounds: Sequence[Round]) -> list[Figure]:
    """Return the figures of a month, each with all its rounds."""
    once, twice = [one.once for one in rounds], [one.twice for one in rounds]
    seconds = list(map(_billed, once))
    floor = [one.floor.cpu["read"] + one.floor.cpu["write"] for one in rounds]
    streaming = [one.floor.cpu["read and drop"] + one.floor.cpu["write"] for one in rounds]
    came_in = _counts(once, "came_in")
    per_call = ratios(seconds, came_in.values).values
    oracle = [one.oracle.cpu["rate"] / one.oracle.counts["calls"] for one in rounds]
    contracts = ratios([1e6 * one.cpu["read contracts"] for one in once], _counts(once, "contracts").values)
    return [
        Figure("CPU time of the month", Spread(seconds), "s"),
        Figure("CPU time of its floor", Spread(floor), "s"),
        Figure("CPU time ÷ floor", ratios(seconds, floor), most=2.2),
        Figure("CPU time ÷ streaming floor", ratios(seconds, streaming)),
        Figure("calls per CPU second", ratios(came_in.values, seconds)),
        Figure("invoices per CPU second", ratios(_counts(once, "invoices").values, seconds)),
        Figure("peak memory", Spread(one.peak / 1e6 for one in once), "MB", most=1_500),
        Figure("twice the work ÷ once", ratios(list(map(_billed, twice)), seconds), most=2.2),
        Figure("peak memory, twice the work", Spread(one.peak / 1e6 for one in twice), "MB"),
        Figure("contract files, each", contracts, "µs", most=200),
        Figure("oracle ÷ billing, per call", ratios(oracle, per_call), least=15),
        Figure("questions to durable-rules", _counts(once, "questions")),
        Figure("questions, twice the work", _counts(twice, "questions")),
    ]


def _billed(billing: Phases) -> float:
    """Return the CPU seconds of a month."""
    return sum(billing.cpu[name] for name in BILLED)


def _counts(billings: Sequence[Phases], name: str) -> Spread:
    return Spread(one.counts[name] for one in billings)


def _phases(rounds: Sequence[Round]) -> Table:
    table = Table("CPU seconds", "Once", "Range", "Twice the work", "Range", title="By phase")
    once, twice = [one.once for one in rounds], [one.twice for one in rounds]
    for name in once[0].cpu:
        spreads = (Spread(one.cpu[name] for one in billings) for billings in (once, twice))
        table.add_row(name, *(cell for spread in spreads for cell in (shown(spread.median), span(spread))))
    table.add_section()
    for name in ("read and drop", "read", "write"):
        spread = Spread(one.floor.cpu[name] for one in rounds)
        table.add_row(f"floor: {name}", shown(spread.median), span(spread))
    table.add_row("rows written", shown(rounds[0].floor.counts["rows"]))
    return table


if __name__ == "__main__":
    main(chosen(SIZES, sys.argv[1:]))
