"""CPU seconds by phase and peak memory of one process, handed to the process that started it as JSON."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from typing import Any

from attrs import field, frozen

BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024
"""Unit of ru_maxrss: bytes on macOS, kilobytes elsewhere."""


@frozen
class Phases:
    """CPU seconds by phase, whatever else was counted, and peak memory in bytes."""

    cpu: dict[str, float] = field(factory=dict)
    counts: dict[str, float] = field(factory=dict)
    peak: int = 0

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count the CPU time of a block, of every thread of the process."""
        start = time.process_time()
        yield
        self.cpu[name] = self.cpu.get(name, 0.0) + time.process_time() - start

    def since_start(self, name: str) -> None:
        """Count the CPU time of the process so far."""
        self.cpu[name] = time.process_time()

    def tell(self) -> None:
        """Print everything as JSON, the last line that the process prints."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_PER_UNIT
        sys.stdout.write(f"\n{json.dumps({'cpu': self.cpu, 'counts': self.counts, 'peak': peak})}\n")


def run_apart(module: str, *arguments: object) -> Phases:
    """Return the phases of a module that runs in a process of its own.

    Raises CalledProcessError when it fails; what it said stands on stderr.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    told: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return Phases(**told)


def median_of(rounds: Sequence[Phases]) -> Phases:
    """Return the phases of several rounds of one thing: the median of each figure."""
    cpu = {name: median(one.cpu[name] for one in rounds) for name in rounds[0].cpu}
    counts = {name: median(one.counts[name] for one in rounds) for name in rounds[0].counts}
    return Phases(cpu, counts, int(median(one.peak for one in rounds)))
