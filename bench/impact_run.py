"""Bill months, then replay them with a new price, in one process: ``python -m bench.impact_run FOLDER MONTHS``.

Every contract is one of the offer that is replayed: nothing is cheaper in a replay than in billing.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve
from permanence.bill.month import bill_month
from permanence.bill.replay import replacement, replay
from permanence.cli.collector import collector_at_rest
from permanence.cli.screens.impact import impact_summary
from permanence.decide.decider import Decider
from permanence.model.contract import Contract
from permanence.model.money import Cents
from permanence.model.offer import Offer
from permanence.model.subscriptions import Bands
from permanence.on_file import open_book
from permanence.plugin_manager import Plugins
from permanence.store.results import open_billing, publish

from bench.month_data import PERIOD, month_records
from bench.phases import Phases

RAN_AT = datetime(2026, 11, 1, tzinfo=UTC)


def main(folder: Path, months: int) -> None:
    """Print what billing so many months costs, and what replaying them does, measured once and measured again.

    The months are one month so many times: a replay holds what came of all of them, as it does for months that differ.
    """
    phases = Phases()
    found = open_book(folder / "rules", folder / "contracts", Plugins.installed())
    old = max((offer for offer in found.offers.values() if offer.head.id == "essentielle"), key=_sold)
    contracts = tuple(_of(old, contract) for contract in found.contracts)
    dearer = evolve(old, digest="new", bands=_dearer(old.bands) if old.bands else None)
    longer = evolve(dearer, count=evolve(old.count, min_talk_seconds=old.count.min_talk_seconds + 1))
    for _ in range(months):
        book = evolve(found, contracts=contracts)
        with phases.phase("bill: read calls"):
            batch = month_records(folder, PERIOD)
        with phases.phase("bill: bill"):
            run = bill_month(book, PERIOD, batch)
        with phases.phase("bill: publish"), TemporaryDirectory() as name:
            database = open_billing(Path(name, "billing.db"))
            publish(database, run, RAN_AT)
            database.close()
        phases.counts["invoices"] = phases.counts.get("invoices", 0) + len(run.invoices)
        del run, batch
    for title, new in (("once", dearer), ("again", longer)):
        asked = replacement(evolve(found, contracts=contracts), old.version, Decider(new))
        with phases.phase(f"{title}: replay"):
            impact = replay(asked, (PERIOD,) * months, lambda _: month_records(folder, PERIOD).records)
        with phases.phase(f"{title}: sums"):
            impact_summary(impact)
        phases.counts[f"{title}: bills"] = len(impact.bills)
        del impact
    phases.tell()


def _dearer(bands: Bands) -> Bands:
    """Return bands of which each costs a euro more."""
    more = ({mission: Cents(price + 100) for mission, price in step.prices.items()} for step in bands.steps)
    return evolve(
        bands, steps=tuple(evolve(step, prices=prices) for step, prices in zip(bands.steps, more, strict=True))
    )


def _sold(offer: Offer) -> str:
    return offer.version


def _of(offer: Offer, contract: Contract) -> Contract:
    options = tuple(option for option in contract.options if option.id in offer.options)
    return evolve(contract, offer=offer.version, options=options)


if __name__ == "__main__":
    with collector_at_rest():
        main(Path(sys.argv[1]), int(sys.argv[2]))
