"""Rate some calls with the plain-Python oracle of the tests: ``python -m bench.oracle_run FOLDER CALLS``.

As billing does, it reads the calls, finds whose they are, judges them and counts; it makes no invoice.
"""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from permanence.on_file import open_book
from permanence.plugin_manager import Plugins

from bench.phases import Phases
from tests.bill.oracle import judge


def main(folder: Path, calls: int) -> None:
    """Print the CPU time of rating one call after the other."""
    phases = Phases()
    book = open_book(folder / "rules", folder / "contracts", Plugins.installed())
    by_line = {line: contract for contract in book.contracts for line in contract.lines}
    with pq.ParquetFile(min((folder / "calls").glob("*.parquet"))) as source:
        some = source.read_row_group(0).slice(0, calls)
    counts: Counter[tuple[str, str, str]] = Counter()
    with phases.phase("rate"):
        for row in some.to_pylist():
            call = _call(row)
            contract = by_line.get(call["account"]) or by_line.get(call["number"])
            if contract:
                counts[contract.id, *judge(call, contract, book.offers[contract.offer])] += 1
    phases.counts["calls"] = len(some)
    phases.tell()


def _call(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the file as the oracle wants a call."""
    return {
        "start": int(row["start"].timestamp()),
        "wait": row["wait_seconds"],
        "talk": row["talk_seconds"],
        "account": row["account"] or "",
        "number": row["number"] or "",
        "status": row["status"],
        "direction": row["direction"],
        "tags": row["tags"] or "",
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
