"""Issue a month and prove its ledger, in a process of its own: ``python -m bench.ledger_run FOLDER MONTH``.

The drafts are written, issued, and proved one directly after the other; what an invoice is made from is weighed.
"""

import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from attrs import evolve
from permanence.bill.basis import basis_of
from permanence.bill.calls_compared import with_calls
from permanence.bill.ledger_verified import first_wrong
from permanence.bill.month import bill_month
from permanence.cli.collector import collector_at_rest
from permanence.cli.compared import compare_files
from permanence.cli.issuing import Issuing
from permanence.cli.made_with import made_with
from permanence.model.issued import Document, encoded
from permanence.model.party import Address, LegalData
from permanence.model.period import Month
from permanence.on_file import open_book
from permanence.plugin_manager import Plugins
from permanence.read.contracts.contract_text import write_contracts
from permanence.read.contracts.contracts import read_contracts
from permanence.read.folders import contract_files
from permanence.store.kept_money import money_in
from permanence.store.ledger import entries, issue, issued_texts
from permanence.store.results import open_billing, publish

from bench.month_data import month_records
from bench.phases import Phases

SELLERS = Path(__file__).parents[1] / "sellers"
NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
LIVES = LegalData(
    address=Address(lines=("2 rue de l'Exemple",), postcode="75001", town="Paris"), siren="none", vat_number="none"
)
CAPSULE = ("capsule", "read", "offers", "indices", "contract_text", "made_with")
"""What an issued document says of what it was worked out from."""


def main(folder: Path, month: Month) -> None:
    """Print what writing, issuing and proving a month costs, and what its capsules weigh."""
    phases = Phases()
    phases.since_start("imports")
    rules, contracts = folder / "rules", _contracts(folder)
    plugins = Plugins.installed()
    book = open_book(rules, contracts, plugins, sellers=SELLERS)
    batch = month_records(folder, month)
    run = bill_month(book, month, batch)
    basis = with_calls(basis_of(book, run), batch.records, f"{folder}/calls/*.parquet", "", 0)
    billing = folder / "ledger.db"
    for path in folder.glob("ledger.db*"):
        path.unlink()
    made = made_with(plugins)
    database = open_billing(billing)
    with phases.phase("write drafts"):
        publish(database, run, NOW, basis=basis, made_with=made)
    comparison = compare_files(billing, rules, contracts, month, book)
    with phases.phase("issue"):
        issuing = Issuing.of(book, month, date(2026, 11, 2), comparison, made, money_in(database))
        issued = issue(database, month, issuing.made, date(2026, 11, 2), lambda: NOW)
    database.close()
    if not issued.entries:
        sys.exit(f"Nothing was issued: {issuing.left[:3]}")
    with phases.phase("verify"):
        texts = issued_texts(billing)
        wrong = first_wrong(entries(billing), texts)
    if wrong:
        sys.exit(str(wrong))
    documents = [one.document for one in issued.entries]
    phases.counts.update(
        issued=len(documents),
        document_bytes=sum(len(one.content) for one in issued.entries),
        capsule_bytes=sum(len(encoded(_capsule(one))) for one in documents),
        text_bytes=sum(len(text.encode()) for _, text in texts.values()),
    )
    phases.tell()


def _capsule(document: Document) -> dict[str, Any]:
    return {name: document[name] for name in CAPSULE}


def _contracts(folder: Path) -> Path:
    """Return the folder's contracts, each with an address, so that its invoices can be issued."""
    target = folder / "contracts-issued"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    found, _ = read_contracts(contract_files(folder / "contracts"))
    (target / "contracts.toml").write_text(write_contracts([evolve(one, legal=LIVES) for one in found]), "utf-8")
    return target


if __name__ == "__main__":
    with collector_at_rest():
        main(Path(sys.argv[1]), Month.parse(sys.argv[2]))
