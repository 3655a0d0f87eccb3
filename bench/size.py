"""How much is measured, and of which month; whoever starts the runs needs no more than this module.

A process counts as its peak the memory of the one that started it, too: whoever starts the runs has to stay small.
"""

import sys
from collections.abc import Mapping, Sequence

from attrs import frozen

MONTH = "2026-10"


@frozen
class Size:
    """How much work: contracts, and calls for each."""

    contracts: int
    calls_each: int

    @property
    def calls(self) -> int:
        """Return how many calls there are in all."""
        return self.contracts * self.calls_each

    def __str__(self) -> str:
        return f"{self.contracts:,} contracts × {self.calls_each:,} calls"


def chosen(sizes: Mapping[str, object], words: Sequence[str]) -> str:
    """Return the name of the size that a command line asks for, the empty one of the whole size if it names none.

    Raises SystemExit with a sentence for a size that is not there.
    """
    name = " ".join(words)
    if name not in sizes:
        sys.exit(f'There is no size "{name}": choose {", ".join(filter(None, sizes))}, or none for the whole.')
    return name
