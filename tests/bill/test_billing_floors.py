"""Floors from past months: what a month is billed, by which rules, and what keeps it from being billed."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.model.decision import HeldFloor
from permanence.model.invoice import Invoice
from permanence.model.outcome import Outcome
from permanence.model.period import Month
from permanence.model.problem import Refused

from tests.bill.floors import SIGNED, months, remembering, rules
from tests.bill.months import (
    APRIL,
    JANUARY,
    MARCH,
    MAY,
    bill,
    calls,
    contract,
    event,
    offer,
    on_file,
    only_invoice,
    rule,
)

COUNTS = st.lists(st.sampled_from([0, 50, 51, 150, 151, 250, 251, 350, 351, 1050]), max_size=14)
FLOOR_PRICE = '[price.floor]\ntitle = "Plancher"\namount = "1.00"\n' + rule(
    "floor", "month", "history.floor > 150", 'charge = "price.floor"'
)
LEAVES = rule("leaves", "notice", "notice.received", 'end = "notice_day"')
AT_ONCE = rule("changes", "event", "event.same_offer", 'effect = "at_once"')


def past(*counts: int) -> dict[str, dict[Month, int]]:
    """Return what was counted of C1 in its first months."""
    return {"C1": dict(zip(months(SIGNED, len(counts)), counts, strict=True))}


def after(*counts: int, now: int = 0, **terms: str) -> Invoice:
    """Return the invoice of the month after these ones, with so many calls in it."""
    month = months(SIGNED, len(counts) + 1)[-1]
    came_in = calls(now, f"{month.first}T12:00:00".replace("T", " "))
    return only_invoice(bill(remembering(**terms), came_in, month, past(*counts)))


def band_of(count: int) -> int:
    """Return the band of a count, as requirement R2 has it."""
    return 50 if count <= 50 else 50 + 100 * -((50 - count) // 100)


def floors_by_hand(counts: Sequence[int], up: int, down: int, kind: str) -> list[int]:
    """Return the floor of each month and of the one after, by looking back from each of them at all spans."""
    floors, floor, since = list[int](), 0, 0
    for now in range(len(counts) + 1):
        spans = [[band_of(count) for count in counts[first:now]] for first in range(since, now + 1)]
        above = next(span for span in spans if all(band > max(floor, 50) for band in span))
        below = next(span for span in spans if all(band < floor for band in span))
        if len(above) >= up:
            floor, since = min(above) if kind == "reached" else max(min(above) - 100, 50), now
        elif len(below) >= down:
            floor, since = 0, now
        floor = floor if floor > 50 else 0
        floors.append(floor)
    return floors


@given(COUNTS, st.integers(1, 4), st.integers(1, 3), st.sampled_from(["reached", "passed"]))
def test_the_floor_of_each_month_is_the_one_worked_out_by_hand(
    counts: list[int], up: int, down: int, kind: str
) -> None:
    expected = floors_by_hand(counts, up, down, kind)
    for month, floor in zip(months(SIGNED, len(counts) + 1), expected, strict=True):
        run = bill(remembering(up, down, kind), (), month, past(*counts))
        assert only_invoice(run).band == (floor or 50)


@given(COUNTS.filter(bool), st.lists(st.integers(0, 500), min_size=1, max_size=5))
def test_a_bill_does_not_depend_on_later_months(counts: list[int], later: list[int]) -> None:
    month = months(SIGNED, len(counts) + 1)[-1]
    known = bill(remembering(), (), month, past(*counts))
    assert bill(remembering(), (), month, past(*counts, *later)).invoices == known.invoices


@given(COUNTS.filter(bool))
def test_without_rules_on_past_months_each_month_stands_alone(counts: list[int]) -> None:
    book = on_file(offer(), contract(signed="2026-01-01"))
    month = months(SIGNED, len(counts) + 1)[-1]
    assert bill(book, (), month, past(*counts)).invoices == bill(book, (), month).invoices


def test_the_line_names_both_rules_and_says_why() -> None:
    (line,) = after(160, 260, 160, now=3).lines
    assert line.amount == 22900
    assert line.sentence == (
        "3 appels traités en avril 2026 : forfait jusqu'à 50 appels, mission simple. Le forfait correspond au nombre"
        " d'appels traités dans le mois. Plancher : forfait jusqu'à 250 appels : Dépassé 3 mois de suite."
    )
    assert line.decision.rule.id == "subscription"
    assert isinstance(line.decision.floor, HeldFloor)
    assert line.decision.floor.decision.rule.id == "up"
    facts = dict(line.decision.facts)
    place = str(facts.pop("history.rule"))
    assert place.startswith("up, ")
    assert place.endswith(f"0.toml:{line.decision.floor.decision.rule.place.line}")
    assert facts == {
        "contract.active": 1,
        "usage.calls": 3,
        "mission": "simple",
        "history.floor": 250,
        "history.months_above": 3,
        "history.since": "2026-04",
    }


def test_a_floor_that_does_not_hold_the_month_up_is_not_named() -> None:
    (line,) = after(160, 160, 160, now=200).lines
    assert (line.amount, line.decision.floor) == (22900, None)
    assert "Plancher" not in line.sentence
    assert [name for name, _ in line.decision.facts if name.startswith("history.")] == []


def test_a_floor_says_since_when_it_holds_and_what_its_rule_met_then() -> None:
    (line,) = after(160, 160, 160, 160, 40).lines
    facts = dict(line.decision.facts)
    assert (facts["history.since"], facts["history.months_above"]) == ("2026-04", 3)


def test_a_floor_that_is_set_again_to_the_same_band_holds_since_it_was_first_set() -> None:
    (line,) = after(260, 260, 260, 260, 260, 260, kind="passed").lines
    assert dict(line.decision.facts)["history.since"] == "2026-04"


def test_a_floor_rule_without_a_sentence_still_says_the_band() -> None:
    text = offer(rules().replace('why = "Dépassé 3 mois de suite."\n', ""))
    run = bill(on_file(text, contract(signed="2026-01-01")), (), APRIL, past(160, 160, 160))
    assert only_invoice(run).lines[0].sentence.endswith(" Plancher : forfait jusqu'à 250 appels.")


@pytest.mark.parametrize(("counts", "band"), [((), 150), ((160, 160, 160), 250)])
def test_of_the_contracted_band_and_the_floor_the_higher_holds(counts: tuple[int, ...], band: int) -> None:
    assert after(*counts, floor='floor = "contracted"').band == band


def test_the_floor_is_a_band_and_does_not_follow_the_days() -> None:
    """Fifteen days of thirty double the count that decides the band, never the floor."""
    text = offer(rules() + LEAVES, billing='partial = "prorate_price_and_bands"')
    book = on_file(text, contract(signed="2026-01-01", more="notice = 2026-04-15"))
    invoice = only_invoice(bill(book, calls(30, "2026-04-01 12:00:00"), APRIL, past(160, 160, 160)))
    assert (invoice.served.days, invoice.band, invoice.net) == (15, 250, 11450)


def test_a_month_in_part_counts_by_the_band_that_it_reached_by_its_days() -> None:
    """Thirty calls in the last 16 days of January decide as 59 do: the band up to 150, above the lowest."""
    book = on_file(offer(rules(up=1), billing='partial = "prorate_price_and_bands"'), contract(signed="2026-01-16"))
    run = bill(book, (), JANUARY.next, {"C1": {JANUARY: 30}})
    assert only_invoice(run).band == 150


def test_a_trial_that_is_not_billed_counts_by_its_calls_where_the_offer_says_so() -> None:
    free = 'trial_billed = false\ntrial_calls = "count"'
    book = on_file(offer(rules(), term=free), contract(signed="2026-01-01"))
    assert only_invoice(bill(book, (), APRIL, past(160, 160, 160))).band == 250


def test_a_monthly_rule_may_read_the_floor() -> None:
    surcharge = rules() + FLOOR_PRICE
    book = on_file(offer(surcharge), contract(signed="2026-01-01"))
    assert [line.code for line in only_invoice(bill(book, (), APRIL, past(160, 160, 160))).lines] == [
        "bands",
        "price.floor",
    ]
    assert [line.code for line in only_invoice(bill(book, (), APRIL, past(160, 160, 40))).lines] == ["bands"]


def test_an_example_of_the_offer_may_give_the_floor() -> None:
    example = '[[example]]\ntitle = "held up"\ngiven = {{ "history.floor" = 250 }}\ntotal = "{}"\n'
    assert on_file(offer(rules() + example.format("229.00")), contract())
    with pytest.raises(Refused, match='the example "held up" expects 59,00'):
        on_file(offer(rules() + example.format("59.00")), contract())


def test_an_offer_without_rules_on_past_months_has_no_floor_to_read() -> None:
    with pytest.raises(Refused, match=r'"history\.floor"'):
        on_file(offer(FLOOR_PRICE), contract())


def test_a_rule_that_takes_a_band_without_a_month_above_sets_nothing() -> None:
    always = rules().replace("history.months_above >= 3", "contract.months >= 1 and history.months_below < 2")
    book = on_file(offer(always), contract(signed="2026-01-01"))
    assert only_invoice(bill(book, (), MARCH, past(160, 40))).band == 250
    assert only_invoice(bill(book, (), APRIL, past(40, 40, 40))).band == 50


def test_a_version_with_other_bands_reads_the_floor_in_them() -> None:
    book = changing_in_may(offer(rules()).replace("up_to = 250", "up_to = 300"))
    assert only_invoice(bill(book, (), APRIL, past(160, 160, 160))).band == 250
    assert only_invoice(bill(book, (), MAY, past(160, 160, 160, 0))).band == 300
    assert only_invoice(bill(book, (), MAY.next, past(160, 160, 160, 0, 0))).band == 50


def test_a_floor_in_the_lowest_band_of_a_new_version_is_none() -> None:
    one = 'steps = [{ up_to = 300, simple = "9.00", complex = "9.00" }]'
    single = re.sub(r"steps = \[.*?\n\]", one, offer(rules() + FLOOR_PRICE), flags=re.DOTALL)
    invoice = only_invoice(bill(changing_in_may(single), (), MAY, past(160, 160, 160, 0)))
    assert (invoice.band, [line.code for line in invoice.lines]) == (300, ["bands"])


def test_a_version_without_rules_on_past_months_has_no_floor() -> None:
    book = changing_in_may(offer())
    assert only_invoice(bill(book, (), APRIL, past(160, 160, 160))).band == 250
    assert only_invoice(bill(book, (), MAY, past(160, 160, 160, 0))).band == 50


def test_a_month_with_a_change_of_version_inside_has_one_floor_at_two_prices() -> None:
    book = changing_in_may(offer(rules()).replace("229.00", "239.00"), day="2026-04-11")
    lines = only_invoice(bill(book, (), APRIL, past(160, 160, 160))).lines
    assert [(line.amount, line.days) for line in lines] == [(7633, 10), (15933, 20)]
    assert {line.decision.floor.since for line in lines if line.decision.floor} == {APRIL}


def test_a_change_inside_a_month_to_a_version_without_floors_ends_the_floor_that_day() -> None:
    lines = only_invoice(bill(changing_in_may(offer(), "2026-04-11"), (), APRIL, past(160, 160, 160))).lines
    assert [(line.amount, line.days) for line in lines] == [(7633, 10), (3933, 20)]


def test_in_a_month_with_two_versions_the_first_is_asked_for_both() -> None:
    book = changing_in_may(offer(rules(up=1)), "2026-04-11")
    assert [line.decision.floor for line in only_invoice(bill(book, (), APRIL, past(0, 0, 160))).lines] == [None, None]
    assert only_invoice(bill(book, (), MAY, past(0, 0, 160, 0))).band == 50
    assert only_invoice(bill(book, (), MAY, past(0, 0, 160, 160))).band == 250


def changing_in_may(later: str, day: str = "2026-05-01") -> Book:
    """Return a book whose contract changes to a later version of its offer on a day, at once."""
    texts = [offer(rules() + AT_ONCE), later.replace("2026-01-01", day)]
    changed = event(day, "offer_changed", f'offer = "essentielle@{day}"')
    return on_file(texts, [contract(signed="2026-01-01"), changed])


def test_a_month_that_is_not_known_holds_the_bill_and_no_other() -> None:
    contracts = [contract(signed="2026-01-01"), contract("C2", signed="2026-04-01")]
    run = bill(
        on_file(offer(rules()), contracts), calls(3, "2026-04-01 12:00:00"), APRIL, {"C1": {JANUARY: 1, MARCH: 1}}
    )
    assert [invoice.contract.id for invoice in run.invoices] == ["C2"]
    assert [(hold.contract.id, hold.reason) for hold in run.holds] == [
        (
            "C1",
            "L'offre essentielle@2026-01-01 tient compte des mois passés, et il en manque un : "
            "facturez d'abord février 2026 (permanence bill 2026-02).",
        )
    ]
    assert run.outcomes.by_outcome[Outcome.HELD] == 3


def test_durable_rules_is_asked_once_per_case_however_many_months_and_contracts() -> None:
    names = [f"C{number}" for number in range(1, 9)]
    book = on_file(offer(rules()), [contract(name, signed="2026-01-01") for name in names])
    known = {name: past(160, 160, 160, 40, 40)["C1"] for name in names}
    proved = book.questions
    run = bill(book, (), months(SIGNED, 6)[-1], known)
    assert proved == run.questions == bill(book, (), months(SIGNED, 6)[-1], known).questions > 0
