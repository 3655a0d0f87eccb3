"""Measure `permanence documents`: ``python -m bench.bench_documents [small]`` prints what 1,000 documents cost.

The command is typed as users type it, with what it starts; a month of the invented service was issued before. The
target missed is told, and is no error.
"""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bench.apart import OUT
from bench.figures import Figure, report
from bench.rounds import ROUNDS, Spread
from bench.size import MONTH

SIZES = {"": 1_000, "small": 100}
MOST = 60.0
"""CPU seconds for 1,000 documents."""
RULES = Path(__file__).parents[1] / "rules"


def main(name: str) -> None:
    """Measure so many documents, and print the report."""
    count = SIZES[name]
    folder = _issued(count)
    spent = [_spent(folder) for _ in track(range(ROUNDS), f"{count} documents", transient=True)]
    seconds = Figure(f"{count} documents", Spread(spent), "s", most=MOST * count / SIZES[""])
    Console().print(report(f"Documents: {ROUNDS} rounds", [seconds]))


def _issued(count: int) -> Path:
    """Return a folder in which the month of so many contracts is issued, made first where need be."""
    folder = OUT / f"documents-{count}"
    if not (folder / "issued").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copytree(RULES, folder / "rules")
        for words in _steps(count):
            _typed(folder, words)
        (folder / "issued").touch()
    return folder


def _steps(count: int) -> Iterator[str]:
    yield f"sample . --contracts {count} --months {MONTH}"
    yield "contracts import customers.csv --offer essentielle@2023-01-01"
    yield f"calls import cdr-{MONTH}.csv.gz --format asterisk"
    yield f"bill {MONTH} --on 2026-11-01"
    yield f"issue {MONTH} --on 2026-11-03"


def _typed(folder: Path, words: str) -> None:
    command = [sys.executable, "-m", "permanence", *words.split()]
    subprocess.run(command, cwd=folder, env={**os.environ, "COLUMNS": "100"}, check=True, stdout=subprocess.DEVNULL)


def _spent(folder: Path) -> float:
    """Return the CPU seconds of the command and of what it starts, with nothing written yet."""
    shutil.rmtree(folder / "documents", ignore_errors=True)
    before = _children()
    _typed(folder, f"documents {MONTH}")
    return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else "")
