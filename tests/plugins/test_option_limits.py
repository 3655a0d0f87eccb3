"""The least of an option's price by a count is for who has the option, whatever rule charges it."""

from collections.abc import Iterator

import pytest
from permanence import Cents, Micros, Option, Price
from permanence.plugin_manager import Plugins

from tests.bill.months import bill, calls, contract, offer, on_file, taken
from tests.plugins.hostile import parcel

OFFER = """
[option.parcel]
price = "0.00"

[[rule]]
id = "parcels"
on = "month"
when = "contract.active"
then = { charge = "option.parcel" }
why = "Les colis sont facturés."
"""


def test_who_has_not_an_option_is_brought_to_no_least_of_its_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    def priced(self: Option) -> Iterator[Price]:
        yield Price(title=parcel.PARCEL, per="usage.parcels", amount=Micros(500_000), least=Cents(2_000))

    monkeypatch.setattr(parcel.Parcel, "priced", priced)
    contracts = [contract("C1", taken("parcel")), contract("C2")]
    book = on_file(offer(OFFER), contracts, Plugins.of(parcel))
    run = bill(book, [*calls(3, account="C1", tags="parcel"), *calls(3, account="C2", tags="parcel")])
    assert not run.holds
    assert {one.contract.id: one.net for one in run.invoices} == {"C1": 5900 + 2_000, "C2": 5900}
