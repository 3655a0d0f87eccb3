"""CPU seconds by phase and peak memory of one process, handed to the process that started it as JSON."""

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

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

    def tell(self, whose: int = resource.RUSAGE_SELF) -> None:
        """Print everything as JSON, the last line that the process prints, with its own peak or its children's."""
        peak = resource.getrusage(whose).ru_maxrss * BYTES_PER_UNIT
        sys.stdout.write(f"\n{json.dumps({'cpu': self.cpu, 'counts': self.counts, 'peak': peak})}\n")
