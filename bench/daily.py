"""What users run every day, each a whole process as it is typed: `calls import`, `bill`, `check`, `--help`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.table import Table

from bench.apart import run_apart
from bench.command_run import WHOLE
from bench.figures import shown, span
from bench.phases import Phases
from bench.rounds import Spread
from bench.size import MONTH

DATABASES = ("calls.db", "billing.db")
DAY_OF_BILLING = "2026-11-02"


def commands(calls: int) -> dict[str, tuple[str, ...]]:
    """Return the words of each command, in the order in which a month is worked off."""
    imported = ("calls", "import", "csv/calls.csv", "--format", "asterisk")
    return {
        f"import of a CSV of {calls:,} calls": imported,
        "import of the same file again": imported,
        "bill a month from calls.db": ("bill", MONTH, "--on", DAY_OF_BILLING),
        "check of one rule file": ("check", "rules/essentielle-2023-01-01.toml"),
        "--help": ("--help",),
    }


def measure(folder: Path, typed: Mapping[str, Sequence[str]]) -> dict[str, Phases]:
    """Return what each command costs, run one after the other in a folder that has no databases yet."""
    for path in (path for name in DATABASES for path in folder.glob(f"{name}*")):
        path.unlink()
    return {name: run_apart("bench.command_run", folder, *words) for name, words in typed.items()}


def daily_report(title: str, rounds: Sequence[Mapping[str, Phases]]) -> Table:
    """Return the commands as a table: their CPU seconds and their peak memory."""
    table = Table("Command", "CPU seconds", "Range", "Peak MB", title=title)
    for name, seconds in seconds_by_command(rounds).items():
        peak = Spread(one[name].peak / 1e6 for one in rounds)
        table.add_row(name, shown(seconds.median), span(seconds), f"{peak.median:,.0f}")
    return table


def seconds_by_command(rounds: Sequence[Mapping[str, Phases]]) -> dict[str, Spread]:
    """Return the CPU seconds of each command."""
    return {name: Spread(one[name].cpu[WHOLE] for one in rounds) for name in rounds[0]}
