"""A rate of VAT that the law changes on a day applies from that day, and touches no offer and no contract (A27)."""

from datetime import date

import pytest
from attrs import evolve
from permanence.model import regions
from permanence.model.contract import Customer
from permanence.model.period import Month
from permanence.model.regions import REGIONS
from permanence.model.vat_rates import Vat
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import make_quote

from tests.bill.months import bill, contract, offer, on_file, only_invoice
from tests.installed import PLUGINS
from tests.offers.asking import deciders

BEFORE, AFTER, LATER = Month(2028, 6), Month(2028, 7), Month(2028, 8)
NEW_LAW = Vat(
    date(2028, 7, 1),
    {"normal": 2150, "intermediate": 1100, "reduced": 550, "none": 0},
    "Taux applicable {}",
    "a law to come",
)
MOVED_TO_REUNION = '[[event]]\non = 2028-07-20\nwhat = "region_moved"\nregion = "FR-974"\n'


@pytest.fixture
def new_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a law change the mainland's rates on the first of July 2028."""
    mainland = REGIONS["FR"].vat
    changed = {
        code: evolve(region, vat=(*region.vat, NEW_LAW)) if region.vat is mainland else region
        for code, region in REGIONS.items()
    }
    monkeypatch.setattr(regions, "REGIONS", changed)


def rates(region: str, month: Month, vat: str = "20", more: str = "") -> list[tuple[int, int]]:
    text = offer().replace("sold_from = 2026-01-01", f'sold_from = 2026-01-01\nvat = "{vat}"')
    invoice = only_invoice(bill(on_file(text, contract(region=region, more=more)), month=month))
    return [(line.rate, line.amount) for line in invoice.vat]


@pytest.mark.usefixtures("new_law")
@pytest.mark.parametrize(
    ("region", "vat", "before", "after"),
    [
        ("FR", "20", (2000, 1180), (2150, 1269)),
        ("FR-57", "20", (2000, 1180), (2150, 1269)),
        ("FR-2A", "10", (1000, 590), (1100, 649)),
        ("FR", "5.5", (550, 325), (550, 325)),
        ("FR", "0", (0, 0), (0, 0)),
        ("FR-974", "20", (850, 502), (850, 502)),
        ("FR-973", "20", (0, 0), (0, 0)),
        ("FR-988", "20", (0, 0), (0, 0)),
    ],
)
def test_the_month_before_has_the_old_rate_and_the_month_after_the_new_one(
    region: str, vat: str, before: tuple[int, int], after: tuple[int, int]
) -> None:
    assert (rates(region, BEFORE, vat), rates(region, AFTER, vat)) == ([before], [after])


@pytest.mark.usefixtures("new_law")
def test_who_moves_has_the_rate_that_the_new_region_has_at_the_end_of_the_month() -> None:
    months = (BEFORE, AFTER, LATER)
    assert [rates("FR", month, more=MOVED_TO_REUNION)[0][0] for month in months] == [2000, 850, 850]
    back = MOVED_TO_REUNION.replace("FR-974", "FR")
    assert [rates("FR-974", month, more=back)[0][0] for month in months] == [850, 2150, 2150]


@pytest.mark.parametrize(("day", "rate"), [(date(2028, 7, 31), 2150), (date(2028, 8, 1), 2000)])
def test_a_month_has_the_rate_of_its_last_day(day: date, rate: int, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = evolve(REGIONS["FR"], vat=(*REGIONS["FR"].vat, evolve(NEW_LAW, since=day)))
    monkeypatch.setattr(regions, "REGIONS", {**REGIONS, "FR": changed})
    assert rates("FR", AFTER)[0][0] == rate


@pytest.mark.usefixtures("new_law")
@pytest.mark.parametrize(("made", "rate"), [(date(2028, 6, 30), 2000), (date(2028, 7, 1), 2150)])
def test_a_quote_has_the_rate_of_its_day(made: date, rate: int) -> None:
    customer = Customer(name="Garage du Parc")
    asked = Asked(customer=customer, mission="simple", calls=40, options=(), made=made, valid_until=made)
    quote = make_quote(deciders()["essentielle"], asked, PLUGINS)
    assert (quote.vat_rate, quote.vat_reason) == (rate, "Taux applicable en métropole")
    assert quote.month.vat == (quote.month.net * rate + 5_000) // 10_000


@pytest.mark.usefixtures("new_law")
def test_the_law_changes_the_vat_and_nothing_else() -> None:
    book = on_file(offer(), contract())
    before, after = only_invoice(bill(book, month=BEFORE)), only_invoice(bill(book, month=AFTER))
    assert (before.net, before.lines[0].label) == (after.net, after.lines[0].label)
    assert {line.reason for invoice in (before, after) for line in invoice.vat} == {"Taux applicable en métropole"}
