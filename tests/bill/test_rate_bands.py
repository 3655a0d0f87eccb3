"""Bands: 50 calls, then steps of 100 without a top (R2)."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from permanence.bill.price.bands import Unpriceable, band_of, calls_for_band
from permanence.model.money import Cents
from permanence.model.subscriptions import BandGrowth, Bands, BandStep

STEPS = (
    BandStep(up_to=50, prices={"simple": Cents(5900), "complex": Cents(7900)}),
    BandStep(up_to=150, prices={"simple": Cents(14900), "complex": Cents(19400)}),
)
BANDS = Bands(steps=STEPS, then=BandGrowth(every=100, prices={"simple": Cents(6500), "complex": Cents(8450)}))


@pytest.mark.parametrize(
    ("calls", "band"), [(0, 50), (50, 50), (51, 150), (150, 150), (151, 250), (250, 250), (1050, 1050), (1051, 1150)]
)
def test_a_count_reaches_the_band_of_requirement_r2(calls: int, band: int) -> None:
    assert band_of(BANDS, "simple", calls).up_to == band


def test_a_month_without_a_call_pays_the_lowest_band() -> None:
    assert band_of(BANDS, "complex", 0).price == 7900


def test_past_the_last_step_each_band_adds_the_same() -> None:
    assert band_of(BANDS, "simple", 351).price == 14900 + 3 * 6500


@given(st.integers(0, 100_000))
def test_every_count_lies_in_exactly_the_band_that_the_formula_names(calls: int) -> None:
    expected = 50 if calls <= 50 else 50 + 100 * math.ceil((calls - 50) / 100)
    assert band_of(BANDS, "simple", calls).up_to == expected


@given(st.integers(0, 10_000))
def test_one_call_more_never_costs_less(calls: int) -> None:
    assert band_of(BANDS, "simple", calls + 1).price >= band_of(BANDS, "simple", calls).price


def test_a_count_above_the_last_band_of_an_offer_with_a_top_cannot_be_priced() -> None:
    with pytest.raises(Unpriceable, match=r"151 calls lie above the last band \(150\)"):
        band_of(Bands(steps=STEPS), "simple", 151)


@example(34, 21, 31)
@given(st.integers(0, 5000), st.integers(1, 31), st.integers(28, 31))
def test_capacity_by_days_compares_the_count_with_the_days_share_of_the_band(calls: int, days: int, month: int) -> None:
    days = min(days, month)
    reached = band_of(BANDS, "simple", calls_for_band(calls, 0, days, month)).up_to
    assert reached * days >= calls * month
    assert reached == 50 or (reached - 100) * days < calls * month


def test_a_contracted_band_is_a_floor() -> None:
    assert calls_for_band(12, 150, 1, 1) == 150
    assert calls_for_band(151, 150, 1, 1) == 151
