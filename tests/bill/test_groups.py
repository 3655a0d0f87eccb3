"""Contracts of a group share what one offer includes: what is beyond is divided by their calls, exactly."""

from collections.abc import Mapping, Sequence
from functools import cache

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.basis import basis_of, compared
from permanence.bill.groups import shared_out
from permanence.bill.month import bill_month
from permanence.contracts.book import Book
from permanence.model.invoice import MonthRun
from permanence.model.records import CallBatch

from tests.bill.months import OCTOBER, PACKAGE, contract, event, on_file, rule
from tests.bill.samples import make_call, records

SHARED = PACKAGE.replace("included = 20", 'included = 20\nincluded_for = "group"')
CHANGE = rule("asked", "event", 'event.what == "mission_changed"', 'effect = "at_once"')
TWO_MISSIONS = (
    SHARED.replace("sold_from = 2026-01-01", 'sold_from = 2026-01-01\nmission = ["simple", "complex"]')
    .replace('simple = "24.00"', 'simple = "24.00", complex = "30.00"')
    .replace('simple = "1.05"', 'simple = "1.05", complex = "2.00"')
)
NAMES = ("C1", "C2", "C3")
MONDAYS = ("2026-10-05", "2026-10-19")


def of_group(name: str, more: str = "", group: str = "port", live: str | None = None) -> str:
    named = f'group = "{group}"\n{more}' if group else more
    return contract(name, named, version="a-la-carte@2026-01-01", live=live)


@cache
def port() -> Book:
    return on_file(SHARED, "".join(map(of_group, NAMES)))


def billed(book: Book, calls: Mapping[str, int], day: str = MONDAYS[0]) -> MonthRun:
    made = [make_call(f"{day} 10:00:00", account=name) for name, count in calls.items() for _ in range(count)]
    return bill_month(book, OCTOBER, CallBatch(records=records(made)))


def beyond(run: MonthRun) -> dict[str, int]:
    """Return how many calls each contract is charged beyond what is included."""
    return {
        invoice.contract.id: sum(line.quantity for line in invoice.lines if line.unit == "appels")
        for invoice in run.invoices
    }


def test_what_is_beyond_is_divided_by_the_calls_of_each_contract() -> None:
    assert beyond(billed(port(), {"C1": 16, "C2": 18})) == {"C1": 7, "C2": 7, "C3": 0}
    assert beyond(billed(port(), {"C1": 5, "C2": 15})) == {"C1": 0, "C2": 0, "C3": 0}


def test_a_contract_of_no_group_has_included_calls_of_its_own() -> None:
    alone = on_file(SHARED, of_group("C1") + of_group("C2", group=""))
    assert beyond(billed(alone, {"C1": 16, "C2": 23})) == {"C1": 0, "C2": 3}


def test_groups_are_apart() -> None:
    apart = on_file(SHARED, of_group("C1") + of_group("C2") + of_group("C3", group="gare"))
    assert beyond(billed(apart, {"C1": 16, "C2": 8, "C3": 22})) == {"C1": 3, "C2": 1, "C3": 2}


@given(st.lists(st.integers(0, 30), min_size=3, max_size=3))
def test_the_group_together_is_charged_what_one_contract_with_all_calls_is(counts: Sequence[int]) -> None:
    found = beyond(billed(port(), dict(zip(NAMES, counts, strict=True))))
    alone = on_file(PACKAGE, contract("C1", version="a-la-carte@2026-01-01"))
    assert sum(found.values()) == beyond(billed(alone, {"C1": sum(counts)}))["C1"]
    assert all(0 <= found[name] <= count for name, count in zip(NAMES, counts, strict=True))


@given(st.dictionaries(st.text("ab", min_size=1), st.integers(0, 1000), min_size=1), st.data())
def test_whose_calls_are_beyond_hangs_on_no_order(calls: Mapping[str, int], data: st.DataObject) -> None:
    past = data.draw(st.integers(0, sum(calls.values())))
    other = dict(data.draw(st.permutations(list(calls.items()))))
    found = shared_out(past, calls)
    assert found == shared_out(past, other)
    assert sum(found.values()) == past
    together = max(1, sum(calls.values()))
    assert all(abs(found[one] * together - past * count) < together for one, count in calls.items())


def test_a_line_tells_the_calls_of_the_group() -> None:
    run = billed(port(), {"C1": 16, "C2": 18})
    [first, *_] = run.invoices
    assert first.lines[0].sentence == (
        "Vingt appels sont compris. Appels de tous les contrats du groupe « port » : 34 pour 20 compris, 14 au-delà, "
        "répartis selon les appels de chacun."
    )
    assert dict(first.lines[1].decision.facts)["group.beyond"] == 7


def test_contracts_of_a_group_wait_for_one_that_waits() -> None:
    waiting = on_file(SHARED, of_group("C1") + of_group("C2", live=""))
    run = billed(waiting, {"C1": 16, "C2": 18})
    assert run.invoices == ()
    assert "Le contrat C2 du groupe « port » attend" in next(one.reason for one in run.holds if one.contract.id == "C1")


def test_what_comes_later_to_one_contract_concerns_the_bills_of_its_group() -> None:
    book = on_file(SHARED, "".join(map(of_group, NAMES)) + of_group("C4", group=""))
    outdated = evolve(compared(book, basis_of(book, billed(book, {"C1": 16})), {}), calls={"C2": 1})
    assert [outdated.concerns(name) for name in (*NAMES, "C4")] == [True, True, True, False]


def test_parts_of_a_month_have_their_share_of_what_is_beyond() -> None:
    parts = of_group("C1") + event("2026-10-12", "mission_changed", 'mission = "complex"') + of_group("C2")
    book = on_file(TWO_MISSIONS + CHANGE, parts)
    made = [make_call(f"{day} 10:00:00", account="C1") for day in MONDAYS for _ in range(10)]
    run = bill_month(book, OCTOBER, CallBatch(records=records(made)))
    assert beyond(run) == {"C1": 0, "C2": 0}
    made += [make_call(f"{MONDAYS[0]} 11:00:00", account="C2") for _ in range(20)]
    run = bill_month(book, OCTOBER, CallBatch(records=records(made)))
    assert beyond(run) == {"C1": 10, "C2": 10}
    assert [line.quantity for line in run.invoices[0].lines if line.unit == "appels"] == [5, 5]
