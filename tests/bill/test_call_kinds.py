"""What is kept of each call: all that became of it, and every fact of its contract's month that it adds to."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.calls_behind import calls_behind
from permanence.contracts.book import Book
from permanence.model.invoice import MonthRun
from permanence.model.kept_calls import CallKind
from permanence.model.outcome import Outcome

from tests.bill.months import OCTOBER, THEN, bill, calls, contract, event, offer, on_file, rule, taken
from tests.bill.oracle import Call
from tests.bill.samples import make_call, records
from tests.bill.test_billing_options import ESCALATION, OPTIONS

BY_DAY, BY_NIGHT = "2026-10-12 10:00:00", "2026-10-12 22:00:00"
AT_THE_ENDS = "2026-10-24 10:00:00", "2026-10-01 00:00:00", "2026-10-31 23:59:59"
TALK = """
[price.talk]
title = "Conversation"
amount = "1.40"
for_each = 60
per = "usage.talk_seconds"

[price.outside]
title = "Appels hors plage"
amount = "0.50"
per = "usage.outside"
"""
CHARGED = TALK + "".join(
    rule(name, "month", "contract.active", f'charge = "price.{name}"') for name in ("talk", "outside")
)
SHORT = rule("short", "call", "call.talk_seconds < 10", 'exclude = "brief"')
RULES = OPTIONS + ESCALATION + CHARGED + SHORT
CONTRACTS = (
    contract("C1", taken("bilingual") + taken("callback")),
    contract("C2", taken("round_the_clock", "2026-10-15"))
    + event("2026-10-20", "mission_changed", 'mission = "complex"', "C2"),
    contract("C3", version="none@2026-01-01"),
    contract("C4", signed="2026-11-01"),
)
FIELDS = st.fixed_dictionaries(
    {
        "start": st.sampled_from([BY_DAY, BY_DAY, BY_DAY, BY_NIGHT, *AT_THE_ENDS]),
        "account": st.sampled_from(["C1", "C1", "C1", "C2", "C3", "C4", "C9"]),
        "status": st.sampled_from(["answered", "answered", "answered", "no_answer"]),
        "direction": st.sampled_from(["inbound", "inbound", "inbound", "outbound"]),
        "tags": st.sampled_from(["", "urgent", "urgent callback", "spam"]),
        "language": st.sampled_from(["", "en"]),
        "wait": st.sampled_from([5, 61]),
        "talk": st.sampled_from([5, 60, 200]),
    }
)


@pytest.fixture(scope="module")
def book() -> Book:
    return on_file(offer(RULES), CONTRACTS)


def spelt(run: MonthRun) -> list[tuple[int, str, str, str, str, str]]:
    """Return what is kept of each call, in words, in the order of the calls."""
    kept = run.kept
    names = (*kept.contracts, "")
    kinds = [kept.kinds[kind] for kind in kept.kind.tolist()]
    return [
        (call, names[whose], kind.outcome.word, kind.reason, kind.window, " ".join(kind.marks))
        for call, whose, kind in zip(kept.call.tolist(), kept.contract.tolist(), kinds, strict=True)
    ]


def numbered(came_in: Sequence[Call]) -> list[Call]:
    return [{**call, "row": number} for number, call in enumerate(came_in, 1)]


@given(st.lists(FIELDS, max_size=30))
def test_what_is_kept_is_what_the_list_of_calls_of_each_contract_says(
    book: Book, found: list[dict[str, object]]
) -> None:
    came_in = numbered([make_call(**fields) for fields in found])  # type: ignore[arg-type]
    run = bill(book, came_in)
    kept = spelt(run)
    assert [call for call, *_ in kept] == [call["row"] for call in came_in]
    for name in ("C1", "C2"):
        listed = calls_behind(book, OCTOBER, name, records(came_in), lambda _: {})
        assert sorted(one for one in kept if one[1] == name) == sorted(
            (one["call"], name, one["outcome"], one["reason"], one["window"], one["marks"]) for one in listed
        )
    counts = Counter(outcome for _, _, outcome, *_ in kept)
    assert tuple(counts[one.word] for one in Outcome) == run.outcomes.by_outcome


@given(st.lists(FIELDS, max_size=30))
def test_a_fact_that_a_line_read_is_the_number_of_the_calls_that_add_to_it(
    book: Book, found: list[dict[str, object]]
) -> None:
    run = bill(book, numbered([make_call(**fields) for fields in found]))  # type: ignore[arg-type]
    kept = run.kept
    adding = Counter[tuple[str, str]]()
    for whose, kind, talk in zip(kept.contract.tolist(), kept.kind.tolist(), kept.talk.tolist(), strict=True):
        if whose >= 0:
            for fact in kept.kinds[kind].adds_to(talk):
                adding[kept.contracts[whose], fact] += talk if fact.endswith("_seconds") else 1
    for invoice in run.invoices:
        facts = {name: value for line in invoice.lines for name, value in line.decision.facts}
        for name, value in facts.items():
            # A month in parts has lines that read those of their part alone.
            if name.startswith("usage.") and invoice.contract.id == "C1":
                assert value == adding[invoice.contract.id, name], name


def test_lines_read_facts_of_every_sort_that_calls_add_to(book: Book) -> None:
    urgent = calls(6, BY_DAY, tags="urgent callback", wait=61, language="en")
    run = bill(book, numbered(urgent + calls(1, BY_NIGHT) + calls(1, BY_DAY, talk=61)))
    (invoice,) = (one for one in run.invoices if one.contract.id == "C1")
    read = {name for line in invoice.lines for name, _ in line.decision.facts}
    added = [run.kept.kinds[kind].adds_to(60) & read for kind in run.kept.kind.tolist()[5:]]
    plain = {"usage.calls", "usage.talk_seconds"}
    assert added == [
        {*plain, "usage.escalated", "usage.callback"},
        {"usage.outside"},
        plain,
    ]


def test_calls_of_contracts_that_wait_are_held_with_them(book: Book) -> None:
    kept = spelt(bill(book, numbered(calls(2, account="C3") + calls(1, account="C4") + calls(1, account="C9"))))
    assert [(whose, outcome) for _, whose, outcome, *_ in kept] == [
        ("C3", "held"),
        ("C3", "held"),
        ("", "unassigned"),
        ("", "unassigned"),
    ]


def test_calls_of_a_contract_that_cannot_be_priced_are_held_too() -> None:
    book = on_file(offer().replace(THEN, ""), [contract("C1"), contract("C2")])
    kept = spelt(bill(book, numbered(calls(251) + calls(1, account="C2"))))
    assert Counter(one[1:3] for one in kept) == {("C1", "held"): 251, ("C2", "counted"): 1}


def test_a_month_without_a_call_keeps_none(book: Book) -> None:
    assert len(bill(book).kept) == 0
    assert bill(book).kept.kinds == ()


@pytest.mark.parametrize(
    ("kind", "talk", "facts"),
    [
        (CallKind(Outcome.UNASSIGNED, "unknown_line"), 60, set()),
        (CallKind(Outcome.HELD), 60, set()),
        (CallKind(Outcome.OUTSIDE), 60, {"usage.outside", "usage.received"}),
        (
            CallKind(Outcome.EXCLUDED, facts=("usage.outgoing",)),
            0,
            {"usage.excluded", "usage.received", "usage.outgoing"},
        ),
        (
            CallKind(Outcome.COUNTED, marks=("escalated",), facts=("usage.billed_seconds",)),
            0,
            {
                *("usage.calls", "usage.trial_calls", "usage.received", "usage.escalated"),
                *("usage.billed_seconds", "usage.escalated_billed_seconds"),
            },
        ),
        (CallKind(Outcome.COUNTED), 0, {"usage.calls", "usage.trial_calls", "usage.received"}),
        (
            CallKind(Outcome.COUNTED, marks=("escalated",)),
            1,
            {
                *("usage.calls", "usage.trial_calls", "usage.received", "usage.escalated"),
                *("usage.talk_seconds", "usage.billed_seconds"),
                *("usage.escalated_talk_seconds", "usage.escalated_billed_seconds"),
            },
        ),
    ],
)
def test_a_call_adds_to_the_facts_of_its_kind(kind: CallKind, talk: int, facts: set[str]) -> None:
    assert kind.adds_to(talk) == facts


def test_a_call_is_behind_the_lines_that_read_a_fact_that_it_adds_to() -> None:
    kind = CallKind(Outcome.COUNTED, facts=("usage.bilingual",))
    assert kind.is_behind(["contract.active", "usage.calls"], 0)
    assert kind.is_behind(["option.bilingual", "usage.bilingual"], 0)
    assert not kind.is_behind(["contract.active", "usage.talk_seconds"], 0)
    assert not kind.is_behind(["contract.active"], 60)


def test_of_a_month_only_the_calls_asked_for_are_taken(book: Book) -> None:
    kept = bill(book, numbered(calls(2) + calls(3, BY_NIGHT))).kept
    some = kept.take(np.array([1, 4]))
    assert some.call.tolist() == [2, 5]
    assert [kept.kinds[kind].outcome for kind in some.kind.tolist()] == [Outcome.COUNTED, Outcome.OUTSIDE]
