"""Calls on their way in and out of calls.db, as multiples of what it costs at the least, measured pair by pair."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from bench.apart import run_apart
from bench.command_run import WHOLE
from bench.figures import Figure
from bench.phases import Phases
from bench.rounds import Spread, ratios
from bench.size import MONTH

KINDS = {"none": "no call", "few": "1 % of calls", "all": "all calls"}
"""Months in which so many calls have several records, by the names of their files."""
IMPORT = (
    *("calls", "import", "csv/calls.csv.gz", "--format", "asterisk"),
    *("--calls", "intake.db", "--billing", "intake-billing.db"),
)
"""No month was billed from these calls: there is none to be compared."""


@frozen
class Intake:
    """What ran in one round: neighbours here ran one directly after the other."""

    floor: Phases
    taken: Phases
    again: Phases
    start: Phases
    database: Phases
    parquet: Phases
    legs: Mapping[str, Phases]


def measure_intake(folder: Path) -> Intake:
    """Return what an import costs, the same file again, and a month read from what was imported."""
    for path in folder.glob("intake.db*"):
        path.unlink()
    return Intake(
        floor=run_apart("bench.import_floor", folder),
        taken=run_apart("bench.command_run", folder, *IMPORT),
        again=run_apart("bench.command_run", folder, *IMPORT),
        start=run_apart("bench.command_run", folder, "calls", "import", "--help"),
        database=run_apart("bench.month_read", folder / "intake.db", MONTH),
        parquet=run_apart("bench.month_read", folder / "calls" / "*.parquet", MONTH),
        legs={kind: run_apart("bench.legs_run", folder / "legs" / f"{kind}.parquet", MONTH) for kind in KINDS},
    )


def intake_figures(rounds: Sequence[Intake]) -> list[Figure]:
    """Return the figures, each with all its rounds."""
    taken = [one.taken.cpu[WHOLE] for one in rounds]
    floor = [one.floor.cpu["read"] + one.floor.cpu["take in"] for one in rounds]
    again = Spread(one.again.cpu[WHOLE] - one.start.cpu[WHOLE] for one in rounds)
    read = ratios([one.database.cpu["read"] for one in rounds], [one.parquet.cpu["read"] for one in rounds])
    return [
        Figure("import of the CSV, packed", Spread(taken), "s"),
        Figure("import ÷ reading it and taking it in", ratios(taken, floor), most=1.8),
        Figure("peak memory of the import", Spread(one.taken.peak / 1e6 for one in rounds), "MB", most=300),
        Figure("the same file again, above starting up", again, "s", most=0.3),
        Figure("a month from calls.db ÷ from Parquet", read, most=3),
        *_legs_figures(rounds, "few", 0.2),
        *_legs_figures(rounds, "all", 0.6),
    ]


def _legs_figures(rounds: Sequence[Intake], kind: str, most: float) -> list[Figure]:
    """Return what several records of a call cost, to be joined and to be read; of a month of one kind."""
    cpu, plain = [one.legs[kind].cpu for one in rounds], [one.legs["none"].cpu["read"] for one in rounds]
    read = [one["read"] for one in cpu]
    return [
        Figure(f"joining ÷ reading, {KINDS[kind]}", ratios([one["join"] for one in cpu], read), most=most),
        Figure(f"reading with links ÷ without, {KINDS[kind]}", ratios(read, plain)),
    ]
