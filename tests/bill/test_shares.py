"""Prices that are so many per cent of others: supplements and discounts, of what, one beside or after the other."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.price.form import price_faults
from permanence.bill.price.month_lines import month_lines
from permanence.bill.price.priced_month import PricedMonth
from permanence.model.decision import Decision
from permanence.model.money import Cents, Micros, PerCent, cents, micros, per_cent, plain_per_cent
from permanence.model.offer import BillingRules, Offer, Rule, Then
from permanence.model.period import Period, ServiceDays
from permanence.model.price import Price
from permanence.model.scalars import Words
from permanence.model.served import Served
from permanence.model.subscriptions import Bands, BandStep
from permanence.offers.proved import prove_offers

from tests.bill.months import rule, weekday_offer
from tests.bill.samples import OCTOBER, make_contract, make_offer
from tests.installed import PLUGINS

BANDS = Bands(
    steps=(
        BandStep(up_to=50, prices={"simple": cents("59.00")}),
        BandStep(up_to=150, prices={"simple": cents("149.00")}),
    )
)


def share(percent: str, *of: str) -> Price:
    return Price(title=Words(f"Part de {percent} %"), percent=per_cent(percent), of=of)


def offer(prices: Mapping[str, Price], bands: Bands | None = BANDS, **billing: object) -> Offer:
    return evolve(make_offer(options=()), bands=bands, prices=prices, billing=BillingRules(**billing))  # type: ignore[arg-type]


def charging(*codes: str) -> tuple[Decision, ...]:
    rules = (Rule(id=code, on="month", when="contract.active", then=Then(charge=code)) for code in codes)
    return tuple(Decision(rule, ()) for rule in rules)


def month(sold: Offer, calls: int, days: Period = OCTOBER.period) -> PricedMonth:
    served = Served(make_contract(), sold, days, ServiceDays.of(OCTOBER.period))
    return PricedMonth(served=served, month=OCTOBER, billed=days, facts={"usage.calls": calls})


def amounts(sold: Offer, codes: Sequence[str], calls: int = 60) -> list[str]:
    found = month_lines([(month(sold, calls), charging(*codes))])
    return [f"{line.code} {line.amount / 100:.2f}" for line in found]


@pytest.mark.parametrize(
    ("percents", "lines"),
    [
        ({"loyal": share("-3", "bands")}, ["bands 149.00", "price.loyal -4.47"]),
        ({"bilingual": share("25", "subscription")}, ["bands 149.00", "price.bilingual 37.25"]),
        (
            {"bilingual": share("25", "bands"), "always": share("60", "bands")},
            ["bands 149.00", "price.bilingual 37.25", "price.always 89.40"],
        ),
        (
            {"always": share("60", "bands"), "loyal": share("-10", "price.always")},
            ["bands 149.00", "price.always 89.40", "price.loyal -8.94"],
        ),
    ],
)
def test_a_share_of_the_plan_is_so_many_per_cent_of_its_line(percents: Mapping[str, Price], lines: list[str]) -> None:
    assert amounts(offer(percents), ["bands", *(f"price.{name}" for name in percents)]) == lines


def test_a_share_comes_behind_the_share_that_it_is_of_whatever_the_order_of_rules() -> None:
    percents = {"always": share("60", "bands"), "loyal": share("-10", "price.always", "bands")}
    assert amounts(offer(percents), ["price.loyal", "price.always", "bands"]) == [
        "bands 149.00",
        "price.always 89.40",
        "price.loyal -23.84",
    ]


@pytest.mark.parametrize(("percents", "off"), [("same_base", "-5.00"), ("one_after_other", "-4.50")])
def test_two_discounts_are_of_the_same_base_or_one_after_the_other_as_the_offer_says(percents: str, off: str) -> None:
    plan = Bands(steps=(BandStep(up_to=150, prices={"simple": cents("100.00")}),))
    sold = offer({"ten": share("-10", "all"), "five": share("-5", "all")}, plan, percents=percents)
    assert amounts(sold, ["bands", "price.ten", "price.five"]) == [
        "bands 100.00",
        "price.ten -10.00",
        f"price.five {off}",
    ]


def test_a_share_of_all_is_of_fees_and_uses_too_and_the_least_of_the_month_comes_after_it() -> None:
    prices = {
        "night": Price(title=Words("Nuit"), amount=micros("1.00"), per="usage.night"),
        "loyal": share("-50", "all"),
    }
    sold = offer(prices, least=cents("80.00"))
    counts = {"usage.calls": 60, "usage.night": 1}
    part = evolve(month(sold, 60), facts=counts, counts=counts)
    found = month_lines([(part, charging("bands", "price.night", "price.loyal", "least"))])
    assert [(line.code, line.amount) for line in found] == [
        ("bands", 14900),
        ("price.night", 100),
        ("price.loyal", -7500),
        ("least", 500),
    ]
    assert [line.base for line in found] == [(), (), ("bands", "price.night"), ("bands", "price.night", "price.loyal")]


def test_a_line_that_is_a_share_says_of_what_it_was_worked_out() -> None:
    [_, line] = month_lines([(month(offer({"loyal": share("-3", "bands")}), 60), charging("bands", "price.loyal"))])
    assert line.sentence.replace("\u00a0", " ") == (
        "Part de -3 % : − 3 % de 149,00 € (Permanence, jusqu'à 150 appels, 149,00 €)."
    )
    assert (line.quantity, line.unit, line.unit_price, line.for_each) == (-300, "%", micros("149.00"), 10_000)


def test_a_share_that_holds_on_some_days_of_a_month_is_of_what_those_days_cost() -> None:
    sold = offer({"half": share("-50", "bands")})
    first, last = (
        Period(OCTOBER.first, OCTOBER.first.replace(day=11)),
        Period(OCTOBER.first.replace(day=11), OCTOBER.next.first),
    )
    parts = [
        (month(sold, 60, first), charging("bands", "price.half")),
        (month(sold, 60, last), charging("bands")),
    ]
    assert [(line.code, line.amount) for line in month_lines(parts)] == [("bands", 14900), ("price.half", -2403)]


def test_a_share_of_nothing_has_no_line() -> None:
    assert amounts(offer({"loyal": share("-3", "price.none")}), ["bands", "price.loyal"]) == ["bands 149.00"]


@given(st.integers(-20_000, 20_000), st.integers(0, 10_000_000))
def test_a_share_is_rounded_once_half_up(percent: int, base: int) -> None:
    plan = Bands(steps=(BandStep(up_to=150, prices={"simple": Cents(base)}),))
    sold = offer({"part": evolve(share("1", "bands"), percent=PerCent(percent))}, plan)
    found = month_lines([(month(sold, 1), charging("bands", "price.part"))])
    exact = Fraction(base * percent, 10_000)
    rounded = int(abs(exact) + Fraction(1, 2)) * (1 if exact >= 0 else -1)
    assert [line.amount for line in found][1:] == ([rounded] if base and percent else [])


@given(st.integers(-99_999_999, 99_999_999))
def test_a_per_cent_that_is_written_is_read_back(share: int) -> None:
    assert per_cent(plain_per_cent(PerCent(share))) == share


@pytest.mark.parametrize("text", ["", "%", "1.234", "1,5", "--3", "25 %%", "1e3"])
def test_what_is_no_per_cent_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a per cent"):
        per_cent(text)


def test_shares_of_each_other_and_of_nothing_that_is_charged_are_refused_at_their_place() -> None:
    sold = offer(
        {
            "a": share("1", "price.b"),
            "b": share("2", "price.a"),
            "self": share("3", "price.self"),
            "none": share("4", "band"),
            "bare": Price(title=Words("Rien"), percent=per_cent("5")),
            "both": Price(title=Words("Deux"), percent=per_cent("5"), of=("all",), amount=Micros(1)),
            "of": Price(title=Words("De"), amount=Micros(1), of=("all",)),
        }
    )
    told = {fault.path[:3]: fault.what for fault in price_faults(sold, [("rule",)])}
    assert told == {
        ("price", "a", "of"): "it is a share of itself: price.a of price.b of price.a",
        ("price", "b", "of"): "it is a share of itself: price.b of price.a of price.b",
        ("price", "self", "of"): "it is a share of itself: price.self of price.self",
        ("price", "none", "of"): '"band" is nothing that the offer charges',
        ("price", "bare", "of"): "a per cent is of something",
        ("price", "both", "amount"): '"percent" and "amount" exclude each other',
        ("price", "of", "of"): '"of" needs a per cent',
    }


@pytest.mark.parametrize("of", [("bands", "price.b"), ("price.c", "price.b")])
def test_a_circle_is_found_whichever_of_several_a_share_is_of(of: tuple[str, ...]) -> None:
    sold = offer({"a": share("1", *of), "b": share("2", "bands", "price.a"), "c": share("3", "bands")})
    told = [fault.what for fault in price_faults(sold, [("rule",)]) if fault.path == ("price", "a", "of")]
    assert told == ["it is a share of itself: price.a of price.b of price.a"]


def test_a_circle_by_way_of_an_option_is_told_in_the_same_words_at_both_of_its_places(tmp_path: Path) -> None:
    tables = '[price.a]\ntitle = "Part"\npercent = "5"\nof = ["option.bilingual"]\n'
    tables += '[option.bilingual]\npercent = "25"\nof = ["price.a"]\n' + rule(
        "a", "month", "contract.active", 'charge = "price.a"'
    )
    path = tmp_path / "offer.toml"
    path.write_text(weekday_offer(tables), "utf-8")
    told = [problem.what for problem in prove_offers([path], PLUGINS).problems]
    assert [what for what in told if "a share of itself" in what] == [
        "it is a share of itself: price.a of option.bilingual of price.a",
        "it is a share of itself: option.bilingual of price.a of option.bilingual",
    ]
