"""A month issued and proved: against the writing of its drafts, invoices a second, and what an invoice is made from."""

from collections.abc import Sequence
from pathlib import Path

from bench.apart import run_apart
from bench.figures import Figure
from bench.phases import Phases
from bench.rounds import Spread, ratios
from bench.size import MONTH


def measure_ledger(folder: Path) -> Phases:
    """Return what a month costs whose drafts are written, issued and proved one directly after the other."""
    return run_apart("bench.ledger_run", folder, MONTH)


def ledger_figures(rounds: Sequence[Phases]) -> list[Figure]:
    """Return the figures, each with all its rounds."""
    issued = [one.counts["issued"] for one in rounds]
    written, issuing, proving = ([one.cpu[name] for one in rounds] for name in ("write drafts", "issue", "verify"))
    made_from = [one.counts["capsule_bytes"] + one.counts["text_bytes"] for one in rounds]
    return [
        Figure("CPU time of issuing", Spread(issuing), "s"),
        Figure("issuing ÷ writing the drafts", ratios(issuing, written), most=1.5),
        Figure("invoices proved per CPU second", ratios(issued, proving), least=20_000),
        Figure("capsule of an invoice, all texts with it", ratios(made_from, issued), "bytes", most=2_048),
        Figure("issued document", ratios([one.counts["document_bytes"] for one in rounds], issued), "bytes"),
    ]
