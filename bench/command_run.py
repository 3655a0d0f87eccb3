"""Run a `permanence` command as it is typed, and tell what it cost: ``python -m bench.command_run FOLDER WORDS…``.

A process counts as its peak the memory of the one that started it, too: this one loads next to nothing.
"""

import resource
import subprocess
import sys
from pathlib import Path

from bench.phases import Phases

COMMAND = Path(sys.executable).with_name("permanence")
WHOLE = "whole"


def main(folder: Path, words: list[str]) -> int:
    """Print the CPU time and the peak memory of a command; return its exit code."""
    try:
        ran = subprocess.run([COMMAND, *words], cwd=folder, stdout=subprocess.PIPE, text=True, check=False)
    except FileNotFoundError:
        sys.exit(f"There is no `permanence` beside {sys.executable}: `make bench` installs it.")
    if ran.returncode:
        sys.stderr.write(ran.stdout)
        return ran.returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    Phases(cpu={WHOLE: used.ru_utime + used.ru_stime}).tell(resource.RUSAGE_CHILDREN)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
