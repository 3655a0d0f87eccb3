"""How many cases are drawn of a property: few whenever all tests run, ten times as many with SOAK=1."""

import os


def drawn(few: int) -> int:
    """Return how many cases are drawn where so few are enough whenever all tests run."""
    return 10 * few if "SOAK" in os.environ else few
