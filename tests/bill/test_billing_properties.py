"""What holds for every month: it is a pure function, order is nothing to it, and lines sum to totals."""

from functools import cache
from random import Random

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.model.invoice import MonthRun

from tests.bill.months import bill, calls, contract, offer, on_file, taken
from tests.bill.oracle import Call, calls_of
from tests.bill.samples import make_call
from tests.cases_drawn import drawn

RULES = """
[option.bilingual]
price = "39.00"

[option.callback]
price = "0.90"
installation = "80.00"

[price.escalation]
title = "Appels transmis au responsable"
amount = "2.50"
per = "usage.escalated"

[[rule]]
id = "urgent"
on = "call"
when = "call.urgent and call.wait_seconds > 60"
then = { mark = "escalated" }

[[rule]]
id = "brief"
on = "call"
when = "call.talk_seconds < 5"
then = { exclude = "brief" }

[[rule]]
id = "escalation"
on = "month"
when = "usage.escalated > 0"
then = { charge = "price.escalation" }
"""
CONTRACTS = (
    contract("C1", taken("bilingual", "2026-10-14")),
    contract("C2", taken("callback") + taken("bilingual"), region="FR-974"),
    contract("C3", signed="2026-10-09"),
    contract("C4", version="none@2026-01-01"),
)
CALLS = st.builds(
    make_call,
    st.integers(0, 30).map(lambda day: f"2026-10-{day + 1:02d} 10:00:00"),
    account=st.sampled_from(("C1", "C2", "C3", "C4", "C5")),
    talk=st.sampled_from((0, 4, 5, 90)),
    wait=st.sampled_from((5, 60, 61)),
    status=st.sampled_from(("answered", "answered", "no_answer")),
    language=st.sampled_from(("", "fr", "en")),
    tags=st.sampled_from(("", "urgent", "callback", "spam", "urgent callback")),
    linked=st.sampled_from((-1, -1, -1, 1, 2)),
)


def in_order(month: list[Call]) -> list[Call]:
    """Return a month's records in order of start; those that share a link have one account."""
    found = enumerate(sorted(month, key=lambda call: int(call["start"])))
    return [
        {
            **call,
            "row": row,
            "linked": call["linked"] if call["linked"] < 0 else 10 * call["linked"] + int(call["account"][1]),
        }
        for row, call in found
    ]


MONTHS = st.lists(CALLS, max_size=60).map(in_order)


@cache
def book() -> Book:
    return on_file(offer(RULES), CONTRACTS)


def bare(run: MonthRun) -> MonthRun:
    """Return a run without how often durable-rules was asked: a book remembers its answers."""
    return evolve(run, questions=0)


def test_billing_twice_gives_the_same() -> None:
    came_in = calls(70, tags="urgent", wait=90) + calls(20, account="C2", language="en")
    first, again = bill(book(), came_in), bill(book(), came_in)
    assert first == again


@settings(max_examples=drawn(15), deadline=None)
@given(MONTHS, st.permutations(range(len(CONTRACTS))))
def test_the_order_of_contracts_changes_nothing(came_in: list[Call], order: list[int]) -> None:
    shuffled = evolve(book(), contracts=tuple(book().contracts[number] for number in order))
    assert bare(bill(shuffled, came_in)) == bare(bill(book(), came_in))


@settings(max_examples=drawn(15), deadline=None)
@given(MONTHS, st.randoms(use_true_random=False))
def test_the_order_of_calls_changes_nothing_that_is_billed(came_in: list[Call], random: Random) -> None:
    shuffled = list(came_in)
    random.shuffle(shuffled)
    one, other = bill(book(), came_in), bill(book(), shuffled)
    assert one.outcomes == other.outcomes
    assert [(i.contract.id, i.lines, i.total) for i in one.invoices] == [
        (i.contract.id, i.lines, i.total) for i in other.invoices
    ]


@given(MONTHS)
def test_lines_sum_to_totals_and_calls_close(came_in: list[Call]) -> None:
    run = bill(book(), came_in)
    assert run.outcomes.records == run.outcomes.came_in == len(came_in)
    assert sum(run.outcomes.by_outcome) == run.outcomes.calls == len(calls_of(came_in, (), book().contracts))
    for invoice in run.invoices:
        assert invoice.net == sum(line.amount for line in invoice.lines)
        assert invoice.total == invoice.net + sum(vat.amount for vat in invoice.vat)
        assert invoice.vat[0].base == invoice.net
        assert invoice.calls == sum(row.calls for row in invoice.usage if row.outcome.name == "COUNTED")
        assert all(line.decision.rule.when and line.sentence for line in invoice.lines)
    assert run.outcomes.by_outcome[0] == sum(invoice.calls for invoice in run.invoices)


@settings(max_examples=drawn(15), deadline=None)
@given(MONTHS, st.sampled_from(("C1", "C2", "C3")))
def test_a_contract_s_bill_does_not_depend_on_the_others(came_in: list[Call], name: str) -> None:
    alone = evolve(book(), contracts=tuple(one for one in book().contracts if one.id == name))
    (mine,) = bill(alone, came_in).invoices
    assert mine == next(invoice for invoice in bill(book(), came_in).invoices if invoice.contract.id == name)


def test_durable_rules_is_asked_no_more_for_fifty_contracts_and_many_calls_than_for_one() -> None:
    kinds = [
        *(("urgent", 90, 60), ("urgent", 30, 60), ("", 90, 60), ("", 30, 60)),
        *(("urgent", 90, 2), ("", 30, 2)),
    ]

    def month(contracts: int, each: int) -> int:
        fresh = on_file(offer(RULES), [contract(f"C{n}", taken("bilingual")) for n in range(contracts)])
        came_in = [
            make_call("2026-10-05 10:00:00", account=f"C{n}", tags=tags, wait=wait, talk=talk)
            for n in range(contracts)
            for tags, wait, talk in kinds
            for _ in range(each)
        ]
        run = bill(fresh, came_in)
        assert len(run.invoices) == contracts
        return run.questions

    assert month(1, 1) == month(50, 20) > 0
