"""A new version on past months: what it changes and what it leaves alone, to the cent."""

import re
from typing import Any
from unittest.mock import ANY

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from permanence.bill.measure.call_rules import judge
from permanence.bill.replay import NOT_REPLAYED
from permanence.contracts.signature import pinned
from permanence.model.impact import Impact, LineTotal
from permanence.model.period import Month
from permanence.model.problem import Refused

from tests.bill.floors import rules
from tests.bill.months import (
    NOVEMBER,
    OCTOBER,
    PACKAGE,
    SEPTEMBER,
    THEN,
    bill,
    calls,
    contract,
    event,
    offer,
    on_file,
    only_invoice,
    rule,
    taken,
)
from tests.bill.oracle import Call
from tests.bill.replaying import AGAINST, instead, replayed
from tests.bill.test_billing_properties import CONTRACTS, MONTHS, RULES
from tests.cases_drawn import drawn

NEXT = "essentielle@2026-10-01"
BANDS = {50: "59.00", 150: "149.00", 250: "229.00"}
LATER = ("sold_from = 2026-01-01", "sold_from = 2026-10-01")
CHANGED = (
    contract("C5", '[[contract.option]]\nid = "bilingual"\nuntil = 2026-10-20\n')
    + event("2026-10-12", "mission_changed", 'mission = "complex"', name="C5")
    + event("2026-10-25", "suspended", name="C5")
)
SIGNED = (*CONTRACTS, CHANGED)
EDITS: dict[str, tuple[str, str]] = {
    "nothing": ("", ""),
    "a price": ('simple = "59.00"', 'simple = "61.00"'),
    "an edge": ("up_to = 50", "up_to = 2"),
    "hours": ('hours = "08:00-19:00"', 'hours = "08:00-10:00"'),
    "days": ('days = "mon-fri"', 'days = "sat,sun"'),
    "holidays": ('holidays = "closed"', 'holidays = "as_weekday"'),
    "count": ("[count]", "[count]\nmin_talk_seconds = 5"),
    "legs": ("[count]", '[count]\ndedupe = "call"'),
    "a call rule": ("call.wait_seconds > 60", "call.wait_seconds > 4"),
    "an exclusion": ("call.talk_seconds < 5", "call.talk_seconds > 50"),
    "an option's price": ('price = "39.00"', 'price = "41.50"\nproration = "full"'),
    "what an option counts": ('price = "39.00"', 'price = "0.40"\nkind = "usage"\nlanguages = ["fr", "en"]'),
    "part of a month": ("[billing]", '[billing]\npartial = "full"'),
    "a fee": ("[term]", '[term]\nsetup_fee = "30.00"'),
    "a free trial": ("[term]", '[term]\ntrial_billed = false\ntrial = "10 months"'),
    "an age": ("contract.active", "contract.months < 9 or contract.months >= 9"),
    "a most": ("[billing]", '[billing]\nmost = "60.00"'),
}
MEASURED = {
    "hours": "[coverage]",
    "days": "[coverage]",
    "holidays": "[coverage]",
    "count": "[count]",
    "legs": "[count]",
    "a call rule": '[[rule]] on = "call"',
    "an exclusion": '[[rule]] on = "call"',
    "what an option counts": "[option.bilingual]",
    "an age": '[[rule]] on = "month"',
    "a free trial": "[term]",
}


def edited(text: str, *edits: tuple[str, str]) -> str:
    for before, after in edits:
        assert before in text
        text = text.replace(before, after, 1)
    return text


def nets(impact: Impact, side: str) -> dict[str, int]:
    return {one.contract: getattr(one.amounts, side) for one in impact.bills}


@settings(max_examples=drawn(10))
@given(MONTHS)
def test_an_unchanged_file_changes_nothing_for_any_customer(came_in: list[Call]) -> None:
    impact = replayed(offer(RULES), offer(RULES), SIGNED, came_in)
    assert impact.measured_again == ()
    assert {one.contract for one in impact.bills} == {"C1", "C2", "C3", "C5"}
    assert set(impact.changes) == {0}
    assert all(amounts.change == 0 for one in impact.bills for amounts in one.charged.values())
    assert (impact.total.up, impact.total.down) == (0, 0)


@settings(max_examples=drawn(10))
@given(MONTHS, st.sampled_from(sorted(EDITS)))
def test_what_it_says_was_billed_is_what_was_billed(came_in: list[Call], edit: str) -> None:
    impact = replayed(offer(RULES), edited(offer(RULES), LATER, EDITS[edit]), SIGNED, came_in)
    run = bill(on_file(offer(RULES), SIGNED), came_in)
    assert nets(impact, "before") == {one.contract.id: one.net for one in run.invoices}
    assert {one.contract: one.calls for one in impact.bills} == {one.contract.id: one.calls for one in run.invoices}


@pytest.mark.parametrize("edit", EDITS)
@settings(max_examples=drawn(6))
@given(came_in=MONTHS)
def test_what_it_says_would_be_billed_is_what_contracts_of_the_new_version_are_billed(
    edit: str, came_in: list[Call]
) -> None:
    new = edited(offer(RULES), LATER, EDITS[edit])
    impact = replayed(offer(RULES), new, SIGNED, came_in)
    sold = edited(new, (LATER[1], "sold_from = 2025-12-01"))
    run = bill(on_file(sold, [one.replace(AGAINST, "essentielle@2025-12-01") for one in SIGNED]), came_in)
    assert nets(impact, "after") == {one.contract.id: one.net for one in run.invoices}
    assert {one.contract: one.band_after for one in impact.bills} == {one.contract.id: one.band for one in run.invoices}
    assert impact.measured_again == ((MEASURED[edit],) if edit in MEASURED else ())


@settings(max_examples=drawn(10))
@given(st.lists(st.sampled_from((0, 50, 51, 150, 151, 250)), min_size=1, max_size=4), st.sampled_from(sorted(BANDS)))
def test_a_price_raised_by_one_euro_adds_a_euro_for_each_bill_that_carries_it(counts: list[int], band: int) -> None:
    price = BANDS[band]
    new = edited(offer(), (f'simple = "{price}"', f'simple = "{float(price) + 1:.2f}"'))
    signed = [contract(f"C{number}") for number in range(len(counts))]
    months = (SEPTEMBER, OCTOBER)
    came_in = {
        month: [
            call
            for number, count in enumerate(counts)
            for call in calls(count, f"{month}-14 10:00:00", account=f"C{number}")
        ]
        for month in months
    }
    impact = replayed(offer(), new, signed, came_in, months=months)
    book = on_file(offer(), signed)
    carrying = sum(one.band == band for month in months for one in bill(book, came_in[month], month).invoices)
    assert impact.total.amounts.change == 100 * carrying
    assert impact.by_rule["subscription"].change == 100 * carrying
    label = f"Permanence Essentielle, jusqu'à {band} appels, mission simple"
    changed = {name: line for name, line in impact.by_line.items() if line.bills}
    assert changed == ({("bands", "subscription", label): LineTotal(ANY, carrying)} if carrying else {})
    assert all(line.amounts.change == 100 * carrying for line in changed.values())


@settings(max_examples=drawn(10))
@given(st.lists(MONTHS, min_size=3, max_size=3), st.sampled_from(sorted(EDITS)))
def test_months_contracts_and_rules_sum_to_the_same(each: list[list[Call]], edit: str) -> None:
    months = (SEPTEMBER, OCTOBER, NOVEMBER)
    new = edited(offer(RULES), LATER, EDITS[edit])
    impact = replayed(offer(RULES), new, SIGNED, dict(zip(months, each, strict=True)), months=months)
    by_month, by_contract = impact.by_month.values(), impact.by_contract.values()
    assert tuple(impact.by_month) == months
    for side in ("before", "after", "change"):
        whole = getattr(impact.total.amounts, side)
        assert whole == sum(getattr(total.amounts, side) for total in by_month)
        assert whole == sum(getattr(total.amounts, side) for total in by_contract)
        assert whole == sum(getattr(amounts, side) for amounts in impact.by_rule.values())
        assert whole == sum(getattr(line.amounts, side) for line in impact.by_line.values())
    for name in ("bills", "calls", "up", "down"):
        whole = getattr(impact.total, name)
        assert whole == sum(getattr(total, name) for total in by_month)
        assert whole == sum(getattr(total, name) for total in by_contract)


@pytest.mark.parametrize(("edit", "times"), [("a price", 1), ("a most", 1), ("hours", 2)])
def test_calls_are_measured_once_where_both_versions_measure_alike(
    monkeypatch: pytest.MonkeyPatch, edit: str, times: int
) -> None:
    measured: list[int] = []

    def counted(found: Any, *rest: Any) -> Any:
        measured.append(len(found))
        return judge(found, *rest)

    monkeypatch.setattr("permanence.bill.month.judge", counted)
    others = edited(offer(), ('id = "essentielle"', 'id = "autre"'))
    signed = [contract("C1"), contract("C2", version="autre@2026-01-01")]
    came_in = [*calls(7), *calls(5, account="C2")]
    replayed([offer(RULES), others], edited(offer(RULES), LATER, EDITS[edit]), signed, came_in)
    assert measured == [12, 7][:times]


def test_only_contracts_of_the_version_in_question_are_replayed() -> None:
    others = edited(offer(), ('id = "essentielle"', 'id = "autre"'))
    moved = contract("C3") + event("2026-10-11", "offer_changed", 'offer = "autre@2026-01-01"', name="C3")
    old = offer(rule("now", "event", 'event.what == "offer_changed"', 'effect = "at_once"'))
    signed = [contract("C1"), contract("C2", version="autre@2026-01-01"), moved]
    new = edited(old, ('simple = "59.00"', 'simple = "90.00"'))
    impact = replayed([old, others], new, signed, months=(OCTOBER, NOVEMBER))
    found = {(one.contract, one.month): one.amounts.change for one in impact.bills}
    assert found == {("C1", OCTOBER): 3100, ("C1", NOVEMBER): 3100, ("C3", OCTOBER): 1000}


def test_a_contract_whose_option_or_mission_is_missing_is_listed_with_what_it_was_billed() -> None:
    more = '[option.bilingual]\nprice = "39.00"\n'
    signed = [
        contract("C1", taken("bilingual")),
        contract("C2", 'mission = "complex"'),
        contract("C3"),
        contract("C4", '[[contract.option]]\nid = "bilingual"\nuntil = 2026-09-01\n'),
    ]
    new = re.sub(r', complex = "[\d.]+"', "", edited(offer(), LATER, (', "complex"]', "]")))
    impact = replayed(offer(more), new, signed)
    assert [one.contract for one in impact.bills] == ["C3", "C4"]
    assert [(one.contract, one.before, one.after, one.why_before) for one in impact.not_compared] == [
        ("C1", 9800, None, ""),
        ("C2", 7900, None, ""),
    ]
    assert [one.why_after for one in impact.not_compared] == [
        f"L'offre {NEXT} n'a pas d'option « bilingual ».",
        f"L'offre {NEXT} n'a pas de mission « complex ».",
    ]
    assert impact.total.amounts.before == 2 * 5900


def test_a_count_without_a_price_in_one_version_is_listed_with_the_reason() -> None:
    topped = edited(offer(), (THEN, ""))
    came_in = calls(251)
    fewer = replayed(offer(), topped, contract(), came_in).not_compared
    assert [(one.before, one.after, one.why_before) for one in fewer] == [(29400, None, "")]
    assert "n'a pas de prix pour 251 appels" in fewer[0].why_after
    more = replayed(topped, offer(), contract(), came_in).not_compared
    assert [(one.before, one.after, one.why_after) for one in more] == [(None, 29400, "")]


def test_a_contract_that_waits_is_listed_and_not_replayed() -> None:
    signed = [contract("C1", taken("unknown")), contract("C2", taken("unknown"), version="none@2026-01-01")]
    (left,) = replayed(offer(), offer(), signed).not_compared
    assert (left.contract, left.before, left.after, left.why_after) == ("C1", None, None, NOT_REPLAYED)
    assert left.why_before == f"L'offre {AGAINST} n'a pas d'option « unknown »."


def test_a_month_that_reaches_another_band_moves_up_or_down() -> None:
    signed = [contract(f"C{number}") for number in range(1, 4)]
    came_in = [*calls(45), *calls(120, account="C2"), *calls(60, account="C3")]
    new = edited(offer(), ("up_to = 50", "up_to = 40"), ("up_to = 150", "up_to = 100"))
    total = replayed(offer(), new, signed, came_in).total
    assert (total.up, total.down) == (2, 1)
    assert total.amounts.change == 9000 + 8000


def test_an_offer_without_bands_on_one_side_moves_nobody() -> None:
    flat = '[price.all]\ntitle = "Forfait"\namount = "99.00"\n'
    new = re.sub(r"\[bands\].*?(?=\[\[rule)", flat, offer(), flags=re.DOTALL).replace('"bands"', '"price.all"')
    impact = replayed(offer(), new, contract())
    assert (impact.total.up, impact.total.down, impact.total.amounts.change) == (0, 0, 4000)
    assert {name[::2]: line.amounts.change for name, line in impact.by_line.items()} == {
        ("price.all", "Forfait"): 9900,
        ("bands", "Permanence Essentielle, jusqu'à 50 appels, mission simple"): -5900,
    }
    assert impact.by_rule["subscription"].change == 4000


def test_a_line_in_place_of_another_is_told_with_both_and_what_is_only_called_otherwise_changes_nothing() -> None:
    signed = [contract("C1"), contract("C2")]
    came_in = [*calls(45), *calls(120, account="C2")]
    renamed = ('title = { fr = "Permanence Essentielle"', 'title = { fr = "Permanence Utile"')
    new = edited(offer(), LATER, renamed, ("up_to = 50", "up_to = 40"))
    impact = replayed(offer(), new, signed, came_in)
    told = "Permanence {}, jusqu'à {{}} appels, mission simple"
    told = f"{told.format('Essentielle')} → {told.format('Utile')}"
    assert {name[2]: (line.amounts.change, line.bills) for name, line in impact.by_line.items()} == {
        told.format(50, 150): (9000, 1),
        told.format(150, 150): (0, 0),
    }


def test_lines_of_which_there_are_more_in_one_version_are_in_place_of_none() -> None:
    more = edited(PACKAGE, LATER, ("included = 20", "included = 30"))
    version = "a-la-carte@2026-01-01"
    impact = replayed(PACKAGE, more, contract(version=version), calls(25), against=version)
    assert {name[2]: line.amounts.change for name, line in impact.by_line.items()} == {
        "Permanence Essentielle, 30 appels compris": 2400,
        "Permanence Essentielle, 20 appels compris": -2400,
        "Appels au-delà du forfait": -525,
    }


def test_each_rule_is_told_by_the_sentence_of_the_new_version_or_else_of_the_old_one() -> None:
    why = "Le forfait correspond au nombre d'appels traités dans le mois."
    assert replayed(offer(), edited(offer(), LATER, (why, "Après.")), contract()).whys == {"subscription": "Après."}
    silent = edited(offer(), LATER, (f'why = "{why}"\n', ""))
    assert replayed(offer(), silent, contract()).whys == {"subscription": why}


def test_floors_follow_what_each_version_makes_of_the_months_before() -> None:
    months = [SEPTEMBER, OCTOBER, NOVEMBER]
    counts = dict(zip([Month(2026, 7), Month(2026, 8), *months], (160, 160, 160, 40, 40), strict=True))
    came_in = {month: calls(count, f"{month}-14 10:00:00") for month, count in counts.items()}
    past = {"C1": {Month(2026, 7): 160, Month(2026, 8): 160}}
    signed = contract(signed="2026-07-01")
    new = edited(offer(rules()), (LATER[0], "sold_from = 2026-06-01"))
    impact = replayed(offer(), new, signed, came_in, months=months, past=past)
    assert [(one.band_before, one.band_after) for one in impact.bills] == [(250, 250), (50, 250), (50, 250)]
    other = "essentielle@2026-06-01"
    back = replayed(new, offer(), signed.replace(AGAINST, other), came_in, months=months, past=past, against=other)
    assert [(one.band_before, one.band_after) for one in back.bills] == [(250, 250), (250, 50), (250, 50)]
    known, book = dict(past["C1"]), on_file(new, signed.replace(AGAINST, other))
    for one, month in zip(back.bills, months, strict=True):
        invoice = only_invoice(bill(book, came_in[month], month, {"C1": known}))
        assert one.amounts.before == invoice.net
        known[month] = invoice.calls


def test_each_version_has_a_past_of_its_own_where_it_counts_otherwise() -> None:
    months = [Month(2026, 7), Month(2026, 8), SEPTEMBER, OCTOBER]
    counts = dict(zip(months, (160, 160, 160, 40), strict=True))
    came_in = {month: calls(count, f"{month}-21 10:00:00", talk=90) for month, count in counts.items()}
    signed = contract(signed="2026-07-01")
    new = edited(offer(rules()), LATER, ("[count]", "[count]\nmin_talk_seconds = 91"))
    impact = replayed(offer(rules()), new, signed, came_in, months=months)
    assert [(one.band_before, one.band_after) for one in impact.bills] == [(250, 50)] * 4


def test_a_contract_lives_by_the_terms_that_it_had_though_the_new_version_has_others() -> None:
    moved = contract(signed="2026-10-01") + event("2026-10-12", "mission_changed", 'mission = "complex"')
    later = rule("later", "event", 'event.what == "mission_changed"', 'effect = "next_month"')
    impact = replayed(offer(rules()), edited(offer(rules() + later), LATER), moved, months=(OCTOBER, NOVEMBER))
    assert [one.amounts.before for one in impact.bills] == [round(5900 * 11 / 31) + round(7900 * 20 / 31), 7900]
    assert set(impact.changes) == {0}


def test_another_length_that_calls_are_billed_by_is_measured_again() -> None:
    price = '[price.talk]\ntitle = "Conversation"\namount = "0.01"\nper = "usage.billed_seconds"\n'
    talk = price + rule("talk", "month", "usage.billed_seconds > 0", 'charge = "price.talk"')
    impact = replayed(offer(talk), offer(talk + "[duration]\nfurther = 120\n"), contract(), calls(10, talk=61))
    assert impact.measured_again == ("[duration]",)
    assert impact.by_rule["talk"].change == 10 * (121 - 61)


def test_a_past_month_that_is_not_known_is_the_reason_why_a_bill_is_missing() -> None:
    impact = replayed(offer(), edited(offer(rules()), LATER), contract(signed="2026-08-20"))
    assert impact.bills == ()
    assert "facturez d'abord août 2026" in impact.not_compared[0].why_after


def test_the_largest_rises_and_falls_come_first_and_nobody_unchanged_is_among_them() -> None:
    signed = [contract(f"C{number:02}") for number in range(30)]
    came_in = [call for n in range(30) for call in calls((40, 100, 200)[n % 3], account=f"C{n:02}")]
    new = edited(offer(), ('simple = "149.00"', 'simple = "150.00"'), ('simple = "229.00"', 'simple = "220.00"'))
    impact = replayed(offer(), new, signed, came_in)
    assert [name for name, _ in impact.rises(4)] == ["C01", "C04", "C07", "C10"]
    assert len(impact.rises(100)) == len(impact.falls(100)) == 10
    assert {total.amounts.change for _, total in impact.falls(100)} == {-900}
    assert impact.by_contract["C02"].amounts.change_bp == -393


def test_months_in_which_nobody_was_in_service_are_there_and_empty() -> None:
    impact = replayed(offer(), offer(), contract(signed="2026-12-01"))
    assert (impact.bills, impact.changes, impact.total.bills) == ((), (), 0)
    assert impact.by_month[OCTOBER].bills == 0
    assert impact.total.amounts.change_bp is None


def test_a_replaced_version_leaves_what_is_on_file_as_it_is() -> None:
    book = on_file(offer(), contract())
    asked = instead(book, edited(offer(), LATER, EDITS["a price"]))
    assert asked.changed.offers[AGAINST] is asked.changed.offers[NEXT] is asked.new
    assert list(book.offers) == [AGAINST]


def test_what_cannot_take_the_place_of_another_is_refused() -> None:
    book = on_file([offer(), edited(offer(), LATER)], contract())
    with pytest.raises(Refused, match=r'--against: there is no offer "essentiele@2026-01-01"; did you mean "essent'):
        instead(book, offer(), "essentiele@2026-01-01")
    zoned = edited(offer(), LATER, EDITS["a price"], ("[offer]", '[offer]\ntimezone = "Indian/Reunion"'))
    with pytest.raises(Refused) as refused:
        instead(book, zoned)
    assert [
        problem.what.split(" too")[0].replace(book.offers[NEXT].file, "FILE") for problem in refused.value.problems
    ] == [
        'its time zone is "Indian/Reunion", that of essentielle@2026-01-01 "Europe/Paris"',
        f"{NEXT} is in FILE",
    ]


def test_a_signed_digest_does_not_keep_a_contract_from_being_replayed() -> None:
    book = on_file(offer(), contract())
    (signed,) = book.contracts
    impact = replayed(evolve(book, contracts=(pinned(book, signed),)), edited(offer(), EDITS["a price"]))
    assert impact.changes == (200,)


def test_a_new_version_leaves_agreed_prices_alone_and_discounts_follow_what_it_charges() -> None:
    why = 'why = "Convenu."\n'
    contracts = [
        contract("C1", f'[[contract.agreed]]\ncharge = "bands"\nup_to = 50\namount = "55.00"\n{why}'),
        contract("C2", f'[[contract.discount]]\npercent = "-10"\nof = ["bands"]\n{why}'),
        contract("C3", f'[[contract.discount]]\namount = "-15.00"\nuntil = 2026-10-01\n{why}'),
    ]
    came_in = [call for name in ("C1", "C2", "C3") for call in calls(9, account=name)]
    impact = replayed(offer(), edited(offer(), LATER, EDITS["a price"]), contracts, came_in)
    assert nets(impact, "before") == {"C1": 5500, "C2": 5310, "C3": 5900}
    assert nets(impact, "after") == {"C1": 5500, "C2": 5490, "C3": 6100}
    whose = [one.customer.name for one in on_file(offer(), contracts).contracts]
    assert impact.whys["C2-discount-1"] == f"Convenu ({whose[1]})"
    assert nets(impact, "before") == {
        one.contract.id: one.net for one in bill(on_file(offer(), contracts), came_in).invoices
    }
