"""VAT by region, per rate, on the rounded total."""

from datetime import date

import pytest
from permanence.bill.price.vat import rate_for, vat_on
from permanence.model.decision import Decision
from permanence.model.invoice import ChargeLine
from permanence.model.money import Cents, micros
from permanence.model.offer import Rule, Then
from permanence.model.vat_rates import VatClass

DAY = date(2026, 10, 31)
OUTSIDE = "FR-975", "FR-977", "FR-978", "FR-986", "FR-987", "FR-988"


@pytest.mark.parametrize(
    ("region", "rate"),
    [
        ("FR", 2000),
        ("FR-57", 2000),
        ("FR-2A", 2000),
        ("FR-20R", 2000),
        ("FR-GES", 2000),
        ("FR-971", 850),
        ("FR-972", 850),
        ("FR-974", 850),
        ("FR-973", 0),
        ("FR-976", 0),
        *((region, 0) for region in OUTSIDE),
    ],
)
def test_the_normal_rate_is_that_of_the_region(region: str, rate: int) -> None:
    assert rate_for(region, "20", DAY)[0] == rate


@pytest.mark.parametrize(("mainland", "rate"), [("20", 2000), ("10", 1000), ("5.5", 550), ("0", 0)])
def test_an_offer_may_have_another_rate_in_the_mainland(mainland: VatClass, rate: int) -> None:
    assert rate_for("FR", mainland, DAY)[0] == rate


def test_reduced_rates_are_one_rate_overseas() -> None:
    assert rate_for("FR-974", "10", DAY)[0] == rate_for("FR-971", "5.5", DAY)[0] == 210


def test_what_is_exempt_in_the_mainland_is_exempt_overseas() -> None:
    assert rate_for("FR-974", "0", DAY)[0] == rate_for("FR-973", "0", DAY)[0] == 0


@pytest.mark.parametrize(
    ("region", "reason"),
    [
        ("FR-69", "Taux applicable en métropole"),
        ("FR-971", "Taux applicable en Guadeloupe (art. 296 du CGI)"),
        ("FR-972", "Taux applicable en Martinique (art. 296 du CGI)"),
        ("FR-974", "Taux applicable à La Réunion (art. 296 du CGI)"),
        ("FR-973", "TVA non applicable en Guyane (art. 294-1 du CGI)"),
        ("FR-976", "TVA non applicable à Mayotte (art. 294-1 du CGI)"),
        ("FR-987", "TVA non applicable en Polynésie française, hors du territoire de la TVA (BOI-TVA-CHAMP-20-10)"),
    ],
)
def test_the_reason_names_the_place_and_the_law(region: str, reason: str) -> None:
    assert rate_for(region, "20", DAY)[1] == reason


@pytest.mark.parametrize(
    ("asked", "day", "rate"),
    [
        ("20", date(2013, 12, 31), 1960),
        ("20", date(2014, 1, 1), 2000),
        ("10", date(2011, 12, 31), 550),
        ("10", date(2012, 1, 1), 700),
        ("10", date(2014, 1, 1), 1000),
        ("5.5", date(2012, 1, 1), 550),
    ],
)
def test_the_law_s_own_changes_hold_from_their_day(asked: VatClass, day: date, rate: int) -> None:
    assert rate_for("FR", asked, day)[0] == rate


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
    (vat,) = vat_on([line] * 7, 2000, "")
    assert (vat.base, vat.amount) == (581, 116)
