"""Plans month by month: the contract's own by its days, what goes beyond, and the cheapest where that is charged."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.price.form import price_faults
from permanence.bill.price.month_lines import month_lines
from permanence.bill.price.price_list import tariff
from permanence.bill.price.priced_month import PricedMonth
from permanence.model.chosen import Chosen
from permanence.model.decision import Decision
from permanence.model.invoice import ChargeLine
from permanence.model.money import cents, micros
from permanence.model.offer import Offer, Rule, Then
from permanence.model.period import Month, Period, ServiceDays
from permanence.model.plan import Plan, PlanRules
from permanence.model.scalars import Words
from permanence.model.served import Served

from tests.bill.samples import make_contract, make_offer

JUNE = Month(2026, 6)
SIZES = {"standard": ("60.00", 30, "2.40"), "heavy": ("150.00", 100, "2.30")}
CHARGE = (Decision(Rule(id="plan", on="month", when="contract.active", then=Then(charge="plan")), ()),)


def plan(title: str, price: str, included: int, beyond: str) -> Plan:
    each = "average" if beyond == "average" else {"simple": micros(beyond)}
    return Plan(title=Words(title), prices={"simple": cents(price)}, included=included, beyond=each)  # type: ignore[arg-type]


def offer(sizes: Mapping[str, tuple[str, int, str]] = SIZES, **rules: object) -> Offer:
    plans = {name: plan(name.title(), *size) for name, size in sizes.items()}
    return evolve(make_offer(options=()), bands=None, plans=plans, plan_rules=PlanRules(**rules))  # type: ignore[arg-type]


def lines(sold: Offer, *stretches: tuple[str, int, int]) -> Sequence[ChargeLine]:
    """Return the lines of June from stretches of it: the plan, up to which day, with how many calls."""
    whole, parts, first, before = ServiceDays.of(JUNE.period), [], JUNE.first, 0
    total = sum(calls for _, _, calls in stretches)
    for name, last, calls in stretches:
        days = Period(first, JUNE.next.first if last == 30 else JUNE.first.replace(day=last + 1))
        served = Served(evolve(make_contract(), plan=name), sold, days, whole)
        counts = {"usage.calls": calls}
        month = PricedMonth(
            served=served,
            month=JUNE,
            billed=days,
            facts={"usage.calls": total},
            counts=counts,
            before={"usage.calls": before},
        )
        parts.append((month, CHARGE))
        first, before = days.end or first, before + calls
    return month_lines(parts)


def amounts(found: Sequence[ChargeLine]) -> list[str]:
    return [f"{line.amount / 100:.2f}" for line in found]


@pytest.mark.parametrize(
    ("name", "calls", "told"),
    [("standard", 45, ["60.00", "36.00"]), ("heavy", 130, ["150.00", "69.00"]), ("heavy", 100, ["150.00"])],
)
def test_a_plan_costs_its_price_and_what_goes_beyond(name: str, calls: int, told: list[str]) -> None:
    assert amounts(lines(offer(), (name, 30, calls))) == told


@pytest.mark.parametrize(
    ("included", "told"), [("whole", ["30.00", "75.00"]), ("by_days", ["30.00", "12.00", "75.00"])]
)
def test_each_of_two_plans_of_a_month_counts_for_its_days(included: str, told: list[str]) -> None:
    found = lines(offer(included=included), ("standard", 15, 20), ("heavy", 30, 40))
    assert amounts(found) == told


def test_a_plan_that_is_taken_up_again_goes_on_where_it_was() -> None:
    found = lines(offer(), ("standard", 10, 20), ("heavy", 20, 0), ("standard", 30, 15))
    assert amounts(found) == ["40.00", "12.00", "50.00"]


def test_what_goes_beyond_costs_the_average_of_the_plan_exactly() -> None:
    [_, beyond] = lines(offer({"third": ("10.00", 3, "average")}), ("third", 30, 5))
    assert (beyond.quantity, beyond.unit_price, beyond.for_each, beyond.amount) == (2, micros("10.00"), 3, 667)


@given(calls=st.integers(0, 400))
def test_the_best_plan_is_never_dearer_than_any(calls: int) -> None:
    found = lines(offer(best=True), ("", 30, calls))
    prices = [(6_000, 30, 240), (15_000, 100, 230)]
    each = [Fraction(price) + max(0, calls - free) * beyond for price, free, beyond in prices]
    assert sum(line.amount for line in found) == min(each)
    assert "Formule" in found[0].sentence or "formule" in found[0].sentence


def test_the_best_plan_is_told_beside_the_one_of_the_contract() -> None:
    [line, _] = lines(offer(best=True), ("heavy", 30, 40))
    assert "La formule la moins chère du mois est « Standard », 84,00" in line.sentence
    assert "(formule du contrat : « Heavy », 150,00" in line.sentence


@pytest.mark.parametrize(
    ("sizes", "what"),
    [
        ({"none": ("10.00", 0, "average")}, "a plan that includes nothing has no average price"),
        ({"less": ("10.00", -1, "1.00")}, '"included" is negative'),
        ({"low": ("-1.00", 5, "1.00")}, 'the price for "simple" is negative'),
    ],
)
def test_what_is_wrong_with_a_plan_is_said(sizes: Mapping[str, tuple[str, int, str]], what: str) -> None:
    sold = evolve(offer(sizes), rules=tuple(one.rule for one in CHARGE))
    assert what in [fault.what for fault in price_faults(evolve(sold, head=evolve(sold.head, mission=("simple",))), ())]


def test_a_quote_lists_the_plan_of_the_customer_alone_and_all_where_the_best_is_charged() -> None:
    rules = tuple(one.rule for one in CHARGE)
    own, best = (evolve(offer(best=best), rules=rules) for best in (False, True))
    chosen = Chosen("simple", "standard")
    assert [price.unit_price for price in tariff(own, chosen).prices] == [micros("60.00"), micros("2.40")]
    assert len(tariff(best, chosen).prices) == 4
