"""The facts of a month and of a notice, as rules read them."""

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.price.month_facts import Facts, as_columns, month_facts
from permanence.contracts.facts import notice_facts
from permanence.contracts.term import Term
from permanence.model.contract import OptionTaken
from permanence.model.period import Month
from permanence.model.served import Served
from permanence.model.term_rules import TermRules
from permanence.model.usage import WordColumn

from tests.bill.samples import OCTOBER, all_month, make_contract, make_offer

COUNTS = {"usage.calls": 7}


def facts_of(signed: date, month: Month, *options: OptionTaken) -> Facts:
    contract = evolve(make_contract(options=options), signed=signed, live=signed)
    served = Served(contract, make_offer(), month.period)
    if signed in month.period:
        served = evolve(served, served=evolve(month.period, start=signed))
    return month_facts(served, month, COUNTS)


def test_a_month_s_facts_are_those_of_its_contract_its_calendar_and_its_counts() -> None:
    half = OptionTaken(id="bilingual", since=date(2026, 10, 31))
    assert facts_of(date(2026, 1, 15), OCTOBER, half) == {
        "contract.active": 1,
        "contract.in_trial": 0,
        "contract.first_month": 0,
        "contract.months": 8,
        "contract.days": 31,
        "contract.last_month": 0,
        "contract.ended_by": "",
        "contract.ended_early": 0,
        "contract.suspended_days": 0,
        "contract.lines": 1,
        "window.weekdays": 1,
        "window.saturday": 1,
        "mission": "simple",
        "customer.kind": "professional",
        "customer.region": "FR",
        "history.floor": 0,
        "option.bilingual": 1,
        "option.callback": 0,
        "option.round_the_clock": 0,
        "option.night_duty": 0,
        "usage.calls": 7,
    }


@pytest.mark.parametrize(
    ("signed", "in_trial", "first", "months", "days"),
    [
        (date(2026, 10, 1), 1, 1, 0, 31),
        (date(2026, 10, 10), 1, 1, 0, 22),
        (date(2026, 9, 10), 1, 0, 0, 31),
        (date(2026, 9, 1), 0, 0, 1, 31),
        (date(2025, 10, 1), 0, 0, 12, 31),
    ],
)
def test_the_calendar_is_read_on_the_first_day_served(
    signed: date, in_trial: int, first: int, months: int, days: int
) -> None:
    facts = facts_of(signed, OCTOBER)
    names = ("contract.in_trial", "contract.first_month", "contract.months", "contract.days")
    assert tuple(facts[name] for name in names) == (in_trial, first, months, days)


def test_an_option_that_ended_before_the_month_or_begins_after_it_is_not_held() -> None:
    over = OptionTaken(id="callback", until=date(2026, 10, 1))
    later = OptionTaken(id="bilingual", since=date(2026, 11, 1))
    facts = facts_of(date(2026, 1, 15), OCTOBER, over, later)
    assert (facts["option.callback"], facts["option.bilingual"]) == (0, 0)


@pytest.mark.parametrize(
    ("day", "in_time", "in_trial", "renewed"),
    [
        (date(2026, 2, 14), 1, 1, 0),
        (date(2026, 2, 15), 1, 0, 0),
        (date(2026, 11, 15), 1, 0, 0),
        (date(2026, 11, 16), 0, 0, 0),
        (date(2027, 2, 15), 1, 0, 1),
    ],
)
def test_a_notice_is_judged_on_the_day_it_is_received(day: date, in_time: int, in_trial: int, renewed: int) -> None:
    contract = evolve(make_contract(), signed=date(2026, 1, 15), live=date(2026, 1, 15), notice=day)
    assert notice_facts(Term(contract, TermRules())) == {
        "notice.received": 1,
        "notice.in_time": in_time,
        "notice.not_reminded": 0,
        "contract.in_trial": in_trial,
        "contract.renewed": renewed,
        "customer.kind": "professional",
    }


def test_a_notice_between_signature_and_go_live_is_given_in_the_trial() -> None:
    contract = evolve(make_contract(), signed=date(2026, 1, 15), live=date(2026, 1, 20), notice=date(2026, 1, 16))
    assert notice_facts(Term(contract, TermRules()))["contract.in_trial"] == 1


def test_the_first_month_is_that_of_go_live_not_of_signature() -> None:
    contract = evolve(make_contract(), signed=date(2026, 9, 28), live=date(2026, 10, 1))
    assert month_facts(all_month(contract, make_offer()), OCTOBER, COUNTS)["contract.first_month"] == 1
    assert (
        month_facts(all_month(contract, make_offer(), Month(2026, 9)), Month(2026, 9), COUNTS)["contract.first_month"]
        == 0
    )


def test_a_notice_that_was_never_received_has_no_facts() -> None:
    with pytest.raises(ValueError, match="contract C1 has received no notice"):
        notice_facts(Term(make_contract(), TermRules()))


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(["FR", "FR-974", "FR-57"])), min_size=1))
def test_columns_hold_each_contract_s_facts_in_order(rows: list[tuple[int, str]]) -> None:
    facts: list[Facts] = [{"usage.calls": count, "customer.region": region, "left": 0} for count, region in rows]
    columns = as_columns(facts, ("usage.calls", "customer.region"))
    counts, regions = columns["usage.calls"], columns["customer.region"]
    assert isinstance(regions, WordColumn)
    assert not isinstance(counts, WordColumn)
    assert list(zip(counts.tolist(), (regions[row] for row in range(len(rows))), strict=True)) == rows
    assert set(columns) == {"usage.calls", "customer.region"}


def test_the_days_of_a_whole_month_are_its_length() -> None:
    served = all_month(make_contract(), make_offer(), Month(2027, 2))
    assert month_facts(served, Month(2027, 2), {})["contract.days"] == 28
