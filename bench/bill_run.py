"""Bill a month straight from Parquet in a process of its own: ``python -m bench.bill_run FOLDER MONTH``."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from permanence.bill.basis import basis_of
from permanence.bill.calls_compared import with_calls
from permanence.bill.month import bill_month
from permanence.cli.collector import collector_at_rest
from permanence.contracts.book import Book
from permanence.model.period import Month
from permanence.offers.proved import prove_offers
from permanence.plugin_manager import Plugins
from permanence.read.contracts.contracts import read_contracts
from permanence.read.folders import contract_files, rule_files
from permanence.store.results import open_billing, publish

from bench.month_data import month_records
from bench.phases import Phases

RAN_AT = datetime(2026, 11, 1, tzinfo=UTC)


def main(folder: Path, month: Month) -> None:
    """Print what each phase of a month's bill costs."""
    phases = Phases()
    phases.since_start("imports")
    with phases.phase("read rules"):
        plugins = Plugins.installed()
        proved = prove_offers(rule_files(folder / "rules"), plugins)
    with phases.phase("read contracts"):
        contracts, wrong = read_contracts(contract_files(folder / "contracts"))
    if proved.problems or wrong:
        sys.exit("\n".join(map(str, [*proved.problems, *wrong][:5])))
    book = Book(plugins, proved.deciders, contracts)
    with phases.phase("read calls"):
        batch = month_records(folder, month)
    with phases.phase("bill"):
        run = bill_month(book, month, batch)
        basis = with_calls(basis_of(book, run), batch.records, "calls/*.parquet", "", 0)
    billing = folder / "billing.db"
    for name in (billing, billing.with_name("billing.db-wal"), billing.with_name("billing.db-shm")):
        name.unlink(missing_ok=True)
    with phases.phase("publish"):
        database = open_billing(billing)
        publish(database, run, RAN_AT, basis=basis)
        database.close()
    phases.counts.update(contracts=len(contracts), came_in=run.outcomes.came_in)
    phases.counts.update(invoices=len(run.invoices), questions=run.questions)
    phases.tell()


if __name__ == "__main__":
    with collector_at_rest():
        main(Path(sys.argv[1]), Month.parse(sys.argv[2]))
