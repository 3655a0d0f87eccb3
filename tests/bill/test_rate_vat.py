"""VAT by region, per rate, on the rounded total."""

import pytest
from permanence.bill.price.vat import rate_for, vat_on
from permanence.model.decision import Decision
from permanence.model.invoice import ChargeLine
from permanence.model.money import Cents, micros
from permanence.model.offer import Rule, Then


@pytest.mark.parametrize(
    ("region", "rate"),
    [
        ("FR", 2000),
        ("FR-57", 2000),
        ("FR-2A", 2000),
        ("FR-971", 850),
        ("FR-972", 850),
        ("FR-974", 850),
        ("FR-973", 0),
        ("FR-976", 0),
    ],
)
def test_the_normal_rate_is_that_of_the_region(region: str, rate: int) -> None:
    assert rate_for(region, "20")[0] == rate


@pytest.mark.parametrize(("mainland", "rate"), [("20", 2000), ("10", 1000), ("5.5", 550), ("0", 0)])
def test_an_offer_may_have_another_rate_in_the_mainland(mainland: str, rate: int) -> None:
    assert rate_for("FR", mainland)[0] == rate


def test_reduced_rates_are_one_rate_overseas() -> None:
    assert rate_for("FR-974", "10")[0] == rate_for("FR-971", "5.5")[0] == 210


def test_what_is_exempt_in_the_mainland_is_exempt_overseas() -> None:
    assert rate_for("FR-974", "0")[0] == rate_for("FR-973", "0")[0] == 0


def test_the_reason_names_the_article() -> None:
    assert rate_for("FR-973", "20")[1] == "TVA non applicable en Guyane (art. 294-1 du CGI)"


def test_vat_is_rounded_once_on_the_total_not_line_by_line() -> None:
    rule = Rule(id="r", on="month", when="contract.active", then=Then(charge="bands"))
    line = ChargeLine(
        code="bands",
        label="",
        quantity=1,
        unit="",
        unit_price=micros("0.83"),
        days=1,
        of_days=1,
        amount=Cents(83),
        decision=Decision(rule, ()),
        sentence="",
    )
    (vat,) = vat_on([line] * 7, "FR", "20")
    assert (vat.base, vat.amount) == (581, 116)
