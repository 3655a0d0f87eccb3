"""What `permanence contracts pin` prints."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console

from ...model.fingerprint import PARTS
from ...offers.sell.pinning import Pinned
from .output import Record, show_sentence


def pinned_summary(done: Sequence[Pinned]) -> Record:
    """Return the contracts that were pinned as plain values."""
    rows = [{"id": one.contract.id, "file": one.contract.place.file, "corrected": list(one.corrected)} for one in done]
    return {"contracts": rows}


def show_pinned(console: Console, done: Sequence[Pinned]) -> None:
    """Print what was corrected, and how many contracts of which file have a fingerprint now."""
    for one in done:
        if one.corrected:
            parts = ", ".join(PARTS[name].words.told("en") for name in one.corrected)
            show_sentence(console, f"{one.contract.id}: corrected {parts}")
    if not done:
        console.print("every contract has the fingerprint of what was signed; nothing was written")
    for file, count in Counter(one.contract.place.file for one in done).items():
        some = "1 contract" if count == 1 else f"{count} contracts"
        console.print(f"{some} in {file}: the fingerprint was written")
