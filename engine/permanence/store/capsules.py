"""What drafts were worked out from, besides rules and contract: rows of a month's run, a JSON text each."""

from collections.abc import Iterator, Mapping

from ..model.invoice import Invoice, MonthRun
from ..model.issued import written


def capsules(run: MonthRun) -> Iterator[tuple[Invoice, str, str]]:
    """Yield each draft with what was counted in each part of its month, and in the months before it."""
    counts: dict[str, list[Mapping[str, int]]] = {}
    for served, found in zip(run.served, run.counts, strict=False):
        counts.setdefault(served.contract.id, []).append({name: count for name, count in found.items() if count})
    for invoice in run.invoices:
        past = {str(month): calls for month, calls in run.past.get(invoice.contract.id, {}).items()}
        yield invoice, written(counts.get(invoice.contract.id, [])), written(past)
