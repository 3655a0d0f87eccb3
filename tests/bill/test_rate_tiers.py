"""Prices by steps: each call at its own step's price, or all at that of the step reached; lots; least and most."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from attrs import evolve
from hypothesis import assume, example, given
from hypothesis import strategies as st
from permanence.bill.price.bands import Unpriceable
from permanence.bill.price.limit import missing
from permanence.bill.price.month_lines import month_lines
from permanence.bill.price.priced_month import PricedMonth
from permanence.bill.price.tiers import tiers_of
from permanence.model.decision import Decision
from permanence.model.invoice import ChargeLine
from permanence.model.money import Cents, Micros, cents, micros
from permanence.model.offer import Rule, Then
from permanence.model.period import Period
from permanence.model.price import Price, PriceStep
from permanence.model.scalars import Words
from permanence.model.served import Served

from tests.bill.samples import OCTOBER, make_contract, make_offer

CHARGED = Decision(
    Rule(id="r", on="month", when="contract.active", then=Then(charge="price.calls"), why="Dégressif."), ()
)


def step(up_to: int | None, amount: str, flat: str = "0.00") -> PriceStep:
    return PriceStep(up_to=up_to, amount=micros(amount), flat=cents(flat))


def price(*steps: PriceStep, **keys: object) -> Price:
    return Price(title=Words("Appels traités"), per="usage.calls", steps=steps, **keys)  # type: ignore[arg-type]


def month(one: Price, calls: int, billed: int = 31) -> PricedMonth:
    return PricedMonth(
        served=Served(make_contract(), evolve(make_offer(), prices={"calls": one}), OCTOBER.period),
        month=OCTOBER,
        billed=Period(OCTOBER.next.first - timedelta(days=billed), OCTOBER.next.first),
        facts={"usage.calls": calls},
    )


def lines(one: Price, calls: int, billed: int = 31) -> tuple[ChargeLine, ...]:
    return month_lines([(month(one, calls, billed), (CHARGED,))])


def lines_in_parts(one: Price, counts: Sequence[int], decided: Sequence[Decision] = ()) -> tuple[ChargeLine, ...]:
    """Return the lines of a month of so many parts: one rule charges all of them, unless each has its own."""
    parts = []
    for number, count in enumerate(counts):
        before = {"usage.calls": sum(counts[:number])} if number else {}
        part = evolve(month(one, sum(counts)), counts={"usage.calls": count}, before=before)
        parts.append((part, (decided[number] if decided else CHARGED,)))
    return month_lines(parts)


def two_rules() -> tuple[Decision, Decision]:
    return CHARGED, evolve(CHARGED, rule=evolve(CHARGED.rule, id="r2"))


def due(one: Price, calls: int) -> int:
    return sum(line.amount for line in lines(one, calls))


FALLING = (step(100, "1.00"), step(200, "0.80"), step(None, "0.50"))
prices = st.builds(
    lambda tops, amounts, flats, every, included, model: price(
        *(
            PriceStep(up_to=top and top * every, amount=Micros(amount), flat=Cents(flat))
            for top, amount, flat in zip([*sorted(tops), None], amounts, flats, strict=False)
        ),
        every=every,
        included=included,
        model=model,
    ),
    st.lists(st.integers(0, 40), unique=True, max_size=3),
    st.lists(st.integers(0, 3_000_000), min_size=4, max_size=4),
    st.lists(st.integers(0, 5_000), min_size=4, max_size=4),
    st.integers(1, 12),
    st.integers(0, 30),
    st.sampled_from(["graduated", "volume"]),
)


def in_cents(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def call_by_call(one: Price, calls: int) -> int:
    """The oracle: each call put into its step by itself, a lot paid for with its first call, a fee with a step's."""
    if one.model == "volume":
        past = max(0, calls - one.included)
        reached = next(step for step in one.steps if step.up_to is None or past <= step.up_to)
        begun = sum(1 for call in range(past) if call % one.every == 0)
        return in_cents(begun * Decimal(reached.amount) / 10_000) + reached.flat
    exact: Counter[int] = Counter()
    fees = {0}
    for call in range(max(0, calls - one.included)):
        place = next(n for n, step in enumerate(one.steps) if step.up_to is None or call < step.up_to)
        fees.add(place)
        if call % one.every == 0:
            exact[place] += one.steps[place].amount
    return sum(in_cents(Decimal(size) / 10_000) for size in exact.values()) + sum(one.steps[n].flat for n in fees)


@given(prices, st.integers(0, 600))
def test_steps_lots_and_fees_come_to_what_is_counted_call_by_call(one: Price, calls: int) -> None:
    assert due(one, calls) == call_by_call(one, calls)


@given(prices, st.lists(st.integers(0, 150), min_size=1, max_size=4))
def test_a_month_in_parts_that_one_rule_charges_has_the_lines_of_the_whole_month(one: Price, counts: list[int]) -> None:
    assert lines_in_parts(one, counts) == lines(one, sum(counts))


@given(prices, st.lists(st.integers(0, 150), min_size=2, max_size=2))
def test_the_parts_of_a_month_come_to_the_same_units_and_fees_as_the_whole(one: Price, counts: list[int]) -> None:
    def sums(found: Iterable[ChargeLine]) -> Counter[tuple[str, int]]:
        total: Counter[tuple[str, int]] = Counter()
        for line in found:
            total[line.label, line.unit_price] += line.quantity
        return total

    assert sums(lines_in_parts(one, counts, two_rules())) == sums(lines(one, sum(counts)))


def test_calls_later_in_the_month_go_on_where_those_before_ended() -> None:
    found = lines_in_parts(price(*FALLING, included=20), [110, 20], two_rules())
    assert [(line.label, line.quantity) for line in found] == [
        ("Appels traités, de 21 à 120", 90),
        ("Appels traités, de 21 à 120", 10),
        ("Appels traités, de 121 à 220", 10),
    ]
    assert found[0].sentence.startswith("Appels traités : 110, dont 20 compris, dont 90 au tarif")
    assert found[1].sentence.startswith("Appels traités : 20, dont 10 au tarif « de 21 à 120 »")


@given(prices, st.integers(0, 600))
def test_with_graduated_steps_one_call_more_never_costs_less(one: Price, calls: int) -> None:
    assume(one.model == "graduated")
    assert due(one, calls + 1) >= due(one, calls)


@pytest.mark.parametrize(("calls", "amount"), [(0, 0), (100, 10000), (101, 10080), (200, 18000), (250, 20500)])
def test_each_call_is_billed_at_the_price_of_its_own_step(calls: int, amount: int) -> None:
    assert due(price(*FALLING), calls) == amount


@pytest.mark.parametrize(("calls", "amount"), [(0, 0), (100, 10000), (101, 8080), (200, 16000), (201, 10050)])
def test_by_volume_all_calls_are_billed_at_the_price_of_the_step_reached(calls: int, amount: int) -> None:
    assert due(price(*FALLING, model="volume"), calls) == amount


def test_each_step_reached_is_a_line_at_its_own_price_and_says_which_calls_it_is_for() -> None:
    found = lines(price(*FALLING), 250)
    assert [(line.label, line.quantity, line.unit_price, line.amount) for line in found] == [
        ("Appels traités, jusqu'à 100", 100, 1_000_000, 10000),
        ("Appels traités, de 101 à 200", 100, 800_000, 8000),
        ("Appels traités, au-delà de 200", 50, 500_000, 2500),
    ]
    assert found[1].sentence == (
        "Appels traités : 250, dont 100 au tarif « de 101 à 200 », à 0,80\u00a0€ l'unité. Dégressif."
    )
    assert found[1].decision.facts == (("usage.calls", 250),)


def test_included_calls_come_off_first_and_the_labels_count_them() -> None:
    found = lines(price(*FALLING, included=20), 130)
    assert [(line.label, line.amount) for line in found] == [
        ("Appels traités, de 21 à 120", 10000),
        ("Appels traités, de 121 à 220", 800),
    ]
    assert found[1].sentence.startswith("Appels traités : 130, dont 20 compris, dont 10 au tarif « de 121 à 220 »")
    assert lines(price(*FALLING, included=20), 20) == ()


def test_a_lot_that_is_begun_is_due_in_full() -> None:
    lots = price(step(100, "8.00"), step(None, "6.00"), every=10)
    found = lines(lots, 101)
    assert [(line.quantity, line.unit, line.amount) for line in found] == [
        (10, "lots de 10", 8000),
        (1, "lots de 10", 600),
    ]
    assert found[1].sentence == (
        "Appels traités : 101, dont 1 au tarif « au-delà de 100 », soit 1 lot de 10, à 6,00\u00a0€ le lot. Dégressif."
    )
    assert ", soit 10 lots de 10, à 8,00" in found[0].sentence


def test_steps_of_seconds_may_have_prices_per_minute() -> None:
    minutes = Price(title=Words("Durée"), per="usage.talk_seconds", steps=FALLING, for_each=60)
    facts = {"usage.calls": 3, "usage.talk_seconds": 190}
    talked = evolve(month(minutes, 3), facts=facts, counts=facts)
    found = month_lines([(talked, (CHARGED,))])
    assert [(line.quantity, line.for_each, line.unit, line.amount) for line in found] == [
        (100, 60, "s", 167),
        (90, 60, "s", 120),
    ]
    assert found[1].sentence.replace("\u00a0", " ") == (
        "Durée : 3 minutes et 10 secondes, dont 1 minute et 30 secondes au tarif "
        "« de 1 minute et 40 secondes à 3 minutes et 20 secondes », à 0,80 € la minute. Dégressif."
    )


def test_one_amount_may_be_that_of_a_lot_too() -> None:
    lots = Price(title=Words("Appels"), per="usage.calls", amount=micros("8.00"), every=10, included=5)
    assert [(line.label, line.quantity, line.amount) for line in lines(lots, 16)] == [("Appels", 2, 1600)]


def test_the_first_step_s_fee_is_due_without_a_call_unless_a_step_up_to_none_comes_before() -> None:
    fee = step(50, "0.00", "30.00"), step(None, "1.00", "10.00")
    assert [(line.label, line.amount) for line in lines(price(*fee), 0)] == [
        ("Appels traités, jusqu'à 50, part fixe", 3000)
    ]
    assert due(price(step(0, "0.00"), *fee), 0) == 0
    assert due(price(step(0, "0.00"), *fee), 1) == 3000
    assert [line.sentence for line in lines(price(*fee), 51)] == [
        "Appels traités : 51, part fixe du tarif « jusqu'à 50 ». Dégressif.",
        "Appels traités : 51, dont 1 au tarif « au-delà de 50 », à 1,00\u00a0€ l'unité. Dégressif.",
        "Appels traités : 51, part fixe du tarif « au-delà de 50 ». Dégressif.",
    ]
    assert lines(price(step(None, "0.00", "9.00")), 3)[0].sentence == "Appels traités : 3, part fixe. Dégressif."


@pytest.mark.parametrize("model", ["graduated", "volume"])
def test_a_count_above_the_last_step_of_a_price_that_has_a_top_cannot_be_priced(model: str) -> None:
    topped = price(*FALLING[:2], included=20, model=model)
    assert len(tiers_of(topped, 220)) == (2 if model == "graduated" else 1)
    with pytest.raises(Unpriceable, match=r"221 usage.calls lie above the last step \(220\)") as failed:
        tiers_of(topped, 221)
    assert failed.value.fact == "usage.calls"


@pytest.mark.parametrize(("calls", "added", "total"), [(0, 4000, 4000), (40, None, 4000), (99, None, 9900)])
def test_a_price_is_brought_up_to_its_least(calls: int, added: int | None, total: int) -> None:
    least = price(*FALLING, least=cents("40.00"), most=cents("200.00"))
    assert due(least, calls) == total
    assert [line.amount for line in lines(least, calls) if "minimum" in line.label] == ([added] if added else [])


def test_a_price_is_brought_down_to_its_most() -> None:
    last = lines(price(*FALLING, least=cents("40.00"), most=cents("200.00")), 1000)[-1]
    assert (last.label, last.quantity, last.unit_price, last.amount) == (
        "Appels traités, réduction au plafond mensuel",
        1,
        -380_000_000,
        -38000,
    )
    assert last.sentence == ("Appels traités : 580,00\u00a0€, pour un plafond mensuel de 200,00\u00a0€. Dégressif.")


def test_the_least_of_a_price_follows_the_days_billed_unless_it_says_otherwise() -> None:
    found = lines(price(*FALLING, least=cents("62.00")), 3, billed=10)
    assert [line.amount for line in found] == [300, 1700]
    assert found[1].sentence.endswith(" Au prorata : 10 jours sur 31, du 22 au 31 octobre 2026.")
    assert [line.amount for line in lines(price(*FALLING, least=cents("62.00"), prorate=False), 3, billed=10)] == [
        300,
        5900,
    ]
    assert [line.amount for line in lines(price(*FALLING, least=cents("62.00")), 3, billed=0)] == [300]


@example(Cents(3_999), Cents(4_000), None)
@example(Cents(40_001), Cents(0), Cents(40_000))
@given(
    st.integers(-50_000, 50_000).map(Cents),
    st.integers(0, 20_000).map(Cents),
    st.none() | st.integers(20_000, 40_000).map(Cents),
)
def test_what_is_added_brings_a_total_between_its_limits_and_no_further(
    total: Cents, least: Cents, most: Cents | None
) -> None:
    within = max(total, least) if most is None else min(max(total, least), most)
    assert total + missing(total, least, most) == within
