"""Contracts of a group share what a plan includes that they have; who has another plan has a share in that one."""

from collections.abc import Mapping, Sequence
from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.month import bill_month
from permanence.contracts.book import Book
from permanence.contracts.superfluous import superfluous
from permanence.model.invoice import MonthRun
from permanence.model.records import CallBatch

from tests.bill.months import OCTOBER, contract, event, on_file, rule, weekday_offer
from tests.bill.samples import make_call, records

PLANS = weekday_offer(
    """
[plan.small]
title = "Petite"
price = { simple = "30.00" }
included = 20
beyond = { simple = "2.00" }
included_for = "group"

[plan.large]
title = "Grande"
price = { simple = "60.00" }
included = 50
beyond = { simple = "1.00" }
included_for = "group"

[plan.own]
title = "À soi"
price = { simple = "15.00" }
included = 10
beyond = "average"
"""
    + rule("plan", "month", "contract.active", 'charge = "plan"')
    + rule("asked", "event", 'event.what == "plan_changed"', 'effect = "at_once"'),
    name="formules",
)
NAMES = ("C1", "C2", "C3")


def having(name: str, plan: str = "small", group: str = "port", live: str | None = None) -> str:
    named = f'group = "{group}"\n' if group else ""
    return contract(name, f'{named}plan = "{plan}"\n', version="formules@2026-01-01", live=live)


def billed(book: Book, calls: Mapping[str, int], day: str = "2026-10-05") -> MonthRun:
    made = [make_call(f"{day} 10:00:00", account=name) for name, count in calls.items() for _ in range(count)]
    return bill_month(book, OCTOBER, CallBatch(records=records(made)))


def beyond(run: MonthRun) -> dict[str, list[int]]:
    """Return how many calls each contract is charged beyond what its plan includes, line by line."""
    return {one.contract.id: [line.quantity for line in one.lines if line.unit == "appels"] for one in run.invoices}


@cache
def port() -> Book:
    return on_file(PLANS, "".join(map(having, NAMES)))


def test_what_is_beyond_the_plan_of_a_group_is_divided_by_the_calls_of_each_contract() -> None:
    run = billed(port(), {"C1": 16, "C2": 18})
    assert beyond(run) == {"C1": [7], "C2": [7], "C3": []}
    first = run.invoices[0]
    assert [line.amount for line in first.lines] == [3000, 1400]
    assert first.lines[0].sentence.endswith(
        " Appels de tous les contrats du groupe « port » : 34 pour 20 compris, 14 au-delà, répartis selon les "
        "appels de chacun."
    )
    assert dict(first.lines[0].decision.facts)["group.calls"] == 34
    assert dict(first.lines[1].decision.facts)["group.beyond"] == 7


def test_each_plan_of_a_group_is_shared_by_those_who_have_it() -> None:
    book = on_file(PLANS, having("C1") + having("C2", "large") + having("C3", "large") + having("C4", "own"))
    assert beyond(billed(book, {"C1": 21, "C2": 30, "C3": 30, "C4": 11})) == {
        "C1": [1],
        "C2": [5],
        "C3": [5],
        "C4": [1],
    }


def test_a_contract_of_no_group_has_the_included_calls_of_its_plan() -> None:
    alone = on_file(PLANS, having("C1") + having("C2", group=""))
    assert beyond(billed(alone, {"C1": 16, "C2": 23})) == {"C1": [], "C2": [3]}


def test_a_month_in_two_plans_has_a_share_in_each() -> None:
    changed = event("2026-10-12", "plan_changed", 'plan = "large"')
    book = on_file(PLANS, having("C1") + changed + having("C2") + having("C3", "large"))
    made = [make_call(f"{day} 10:00:00", account="C1") for day in ("2026-10-05", "2026-10-19") for _ in range(30)]
    made += [make_call("2026-10-05 11:00:00", account=name) for name in ("C2", "C3") for _ in range(30)]
    run = bill_month(book, OCTOBER, CallBatch(records=records(made)))
    assert beyond(run) == {"C1": [20, 5], "C2": [20], "C3": [5]}
    told = [line.sentence for line in run.invoices[0].lines if line.unit == "mois"]
    assert [" 60 pour 20 compris" in told[0], " 60 pour 50 compris" in told[1]] == [True, True]


def test_contracts_of_a_plan_wait_for_one_of_their_group_that_waits_and_may_have_it() -> None:
    book = on_file(PLANS, having("C1") + having("C2", live="") + having("C3", "large") + having("C4", "own"))
    assert [one.contract.id for one in billed(book, {"C1": 1}).invoices] == ["C3", "C4"]


def test_a_group_is_read_under_an_offer_with_a_plan_that_is_shared() -> None:
    book, alone = port(), on_file(PLANS.replace('included_for = "group"\n', ""), having("C1"))
    assert [list(superfluous(book, one)) for one in book.contracts] == [[], [], []]
    (told,) = superfluous(alone, alone.contracts[0])
    assert told.what == 'contract "C1": its group, "port", is not read'


@given(st.lists(st.integers(0, 30), min_size=3, max_size=3))
def test_the_group_together_is_charged_what_one_contract_with_all_calls_is(counts: Sequence[int]) -> None:
    found = beyond(billed(port(), dict(zip(NAMES, counts, strict=True))))
    alone = on_file(PLANS, having("C1", group=""))
    assert sum(map(sum, found.values())) == sum(beyond(billed(alone, {"C1": sum(counts)}))["C1"])
