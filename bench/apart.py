"""Runs in processes of their own: what one leaves in memory is no help and no burden to the next."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.phases import Phases
from bench.size import Size

OUT = Path(__file__).parent / "out"


def run_apart(module: str, *arguments: object) -> Phases:
    """Return the phases of a module that runs in a process of its own.

    Raises SystemExit with a sentence when it fails; why it did is what it said on stderr.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    ran = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if ran.returncode:
        sys.exit(f"Nothing is measured: `python {' '.join(command[1:])}` ended with exit code {ran.returncode}.")
    told: dict[str, Any] = json.loads(ran.stdout.strip().splitlines()[-1])
    return Phases(**told)


def prepared(size: Size, *more: str) -> Path:
    """Return the folder with a month's files of a size, made first where need be."""
    folder = OUT / f"{size.contracts}x{size.calls_each}"
    run_apart("bench.prepare_run", folder, size.contracts, size.calls_each, *more)
    return folder
