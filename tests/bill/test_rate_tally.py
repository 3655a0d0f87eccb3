"""How many calls of which kind: the rows behind an amount, the month's facts, the closing equation."""

from collections import Counter
from datetime import date

import numpy as np
import permanence.bill.measure.tally
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.bill.measure.option_facts import option_facts
from permanence.bill.measure.outcomes import classify
from permanence.bill.measure.roster import make_roster
from permanence.bill.measure.tally import monthly_counts, outcome_counts, tally
from permanence.model.contract import OptionTaken
from permanence.model.facts import FactField
from permanence.model.money import Micros
from permanence.model.option import Option
from permanence.model.outcome import Outcome
from permanence.model.problem import Place, Problem
from permanence.model.records import CallBatch
from permanence.model.scalars import Words
from permanence.model.usage import Calls, Flags, Measured, UsageRow, WordColumn

from tests.bill.oracle import Call
from tests.bill.samples import (
    OPTIONS,
    all_month,
    columns,
    joined,
    make_call,
    make_contract,
    make_offer,
    records,
)

ROSTER = make_roster([all_month(make_contract(f"C{n}"), make_offer()) for n in range(3)])
MONDAY, SUNDAY = "2026-10-05 10:00:00", "2026-10-11 10:00:00"
MONTH = [
    make_call(MONDAY, account="C0", talk=10),
    make_call(MONDAY, account="C0", talk=20),
    make_call(MONDAY, account="C0", talk=120),
    make_call(MONDAY, account="C0", talk=0, status="no_answer"),
    make_call(SUNDAY, account="C0", talk=160),
    make_call(MONDAY, account="C2", talk=320),
    make_call(MONDAY, account="C9", talk=640),
]
MARKS = WordColumn.of(["", "urgent", "urgent night", "urgent", "night", "", "urgent"])


def row(contract: str, outcome: Outcome, reason: str, window: str, marks: str, calls: int, talk: int) -> UsageRow:
    return UsageRow(
        contract=contract, outcome=outcome, reason=reason, window=window, marks=marks, calls=calls, talk_seconds=talk
    )


def test_the_rows_of_a_contract_are_its_calls_by_outcome_reason_window_and_marks() -> None:
    calls = columns(MONTH)
    usage = tally(calls, classify(calls, ROSTER), ROSTER, MARKS)
    assert usage.rows(0) == (
        row("C0", Outcome.COUNTED, "", "weekdays", "", 1, 10),
        row("C0", Outcome.COUNTED, "", "weekdays", "urgent", 1, 20),
        row("C0", Outcome.COUNTED, "", "weekdays", "urgent night", 1, 120),
        row("C0", Outcome.OUTSIDE, "", "", "night", 1, 160),
        row("C0", Outcome.EXCLUDED, "status", "weekdays", "urgent", 1, 0),
    )
    assert usage.rows(1) == ()
    assert usage.rows(2) == (row("C2", Outcome.COUNTED, "", "weekdays", "", 1, 320),)
    assert usage.rows(-1) == (row("", Outcome.UNASSIGNED, "unknown_line", "", "urgent", 1, 640),)


def test_the_facts_of_a_month_count_calls_and_marks_of_counted_calls() -> None:
    calls = columns(MONTH)
    usage = tally(calls, classify(calls, ROSTER), ROSTER, MARKS)
    found = {name: counts.tolist() for name, counts in monthly_counts(usage, ["urgent", "night", "vip"]).items()}
    assert {name: found.pop(name) for name in [*found] if name.endswith("_seconds")} == {
        "usage.talk_seconds": [150, 0, 320],
        "usage.billed_seconds": [150, 0, 320],
        "usage.urgent_talk_seconds": [140, 0, 0],
        "usage.urgent_billed_seconds": [140, 0, 0],
        "usage.night_talk_seconds": [120, 0, 0],
        "usage.night_billed_seconds": [120, 0, 0],
        "usage.vip_talk_seconds": [0, 0, 0],
        "usage.vip_billed_seconds": [0, 0, 0],
    }
    assert found == {
        "usage.calls": [3, 0, 1],
        "usage.received": [5, 0, 1],
        "usage.outside": [1, 0, 0],
        "usage.excluded": [1, 0, 0],
        "usage.urgent": [2, 0, 0],
        "usage.night": [1, 0, 0],
        "usage.vip": [0, 0, 0],
    }


def test_a_month_without_calls_has_zeros_and_no_rows() -> None:
    calls = columns([])
    usage = tally(calls, classify(calls, ROSTER), ROSTER)
    assert usage.rows(0) == ()
    assert monthly_counts(usage)["usage.received"].tolist() == [0, 0, 0]


def test_both_equations_close() -> None:
    came_in = [*MONTH, make_call(MONDAY, account="C0", linked=1), make_call(MONDAY, account="C0", linked=1)]
    batch = CallBatch(records=records(came_in), duplicates=5, refused=(Problem(Place("calls.csv", 3), "negative"),) * 2)
    calls = joined(came_in, ROSTER)
    counts = outcome_counts(calls, classify(calls, ROSTER), batch)
    assert (counts.came_in, counts.duplicates, counts.refused, counts.records) == (16, 5, 2, 9)
    assert (counts.calls, counts.by_outcome) == (8, (5, 1, 1, 1, 0))


KINDS = st.builds(
    make_call,
    st.sampled_from((MONDAY, SUNDAY)),
    account=st.sampled_from(("C0", "C1", "C9")),
    talk=st.integers(0, 2**31 - 1),
    status=st.sampled_from(("answered", "no_answer")),
)


@given(st.lists(st.tuples(KINDS, st.sampled_from(("", "a", "a b"))), max_size=40))
def test_rows_count_every_call_once_and_every_second_of_talk(marked: list[tuple[Call, str]]) -> None:
    calls, marks = columns([call for call, _ in marked]), WordColumn.of([word for _, word in marked])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(permanence.bill.measure.tally, "CHUNK", 7)
        usage = tally(calls, classify(calls, ROSTER), ROSTER, marks)
    rows = [each for contract in (-1, 0, 1, 2) for each in usage.rows(contract)]
    assert sum(each.calls for each in rows) == len(marked)
    assert sum(each.talk_seconds for each in rows) == sum(call["talk"] for call, _ in marked)
    by_marks = Counter(word for _, word in marked)
    assert {word: sum(each.calls for each in rows if each.marks == word) for word in by_marks} == by_marks


def held(*options: OptionTaken) -> list[OptionTaken]:
    return list(options)


def test_an_option_counts_its_calls_while_a_contract_has_it() -> None:
    taken = [
        held(OptionTaken(id="bilingual", since=date(2026, 10, 6)), OptionTaken(id="callback")),
        held(OptionTaken(id="bilingual")),
        held(),
    ]
    other = make_offer()
    offers = [make_offer(), other, other]
    roster = make_roster([all_month(make_contract(f"C{n}", options=taken[n]), offers[n]) for n in range(3)])
    days = [
        make_call(f"2026-10-0{day} 10:00:00", account=f"C{n}", language=language, tags=tags)
        for day in (5, 6)
        for n in range(3)
        for language in ("", "fr", "en")
        for tags in ("", "callback", "callback spam")
    ]
    calls = columns(days)
    facts = option_facts(calls, classify(calls, roster), roster)
    assert {name: counts.tolist() for name, counts in facts.counts.items()} == {
        "usage.bilingual": [2, 4, 0],
        "usage.callback": [6, 0, 0],
    }
    assert facts.faults == ()


class Talkative(Option):
    """An option that counts in begun minutes, and which calls were long."""

    id = "talkative"
    label = Words("Bavard", "Bavard")
    facts = (
        FactField("usage.minutes", "number", "Minutes entamées", "minutes"),
        FactField("usage.long", "number", "Appels longs", "appels"),
    )

    def measure(self, calls: Calls) -> dict[str, Measured]:
        return {"usage.minutes": -(-calls.talk // 60), "usage.long": calls.talk > 100}


def test_an_option_may_measure_numbers_which_are_summed_for_each_contract_beside_what_is_counted() -> None:
    offer = make_offer(options=[*OPTIONS, Talkative(price=Micros(1))])
    having = [all_month(make_contract(name, options=[OptionTaken(id="talkative")]), offer) for name in ("C0", "C1")]
    roster = make_roster([*having, all_month(make_contract("C2"), offer)])
    talks = [("C0", 61), ("C0", 0), ("C1", 3_599), ("C2", 500), ("C1", 1)]
    calls = columns([make_call(MONDAY, account=account, talk=talk) for account, talk in talks])
    facts = option_facts(calls, classify(calls, roster), roster)
    counts = {name: counts.tolist() for name, counts in facts.counts.items()}
    assert counts == {"usage.minutes": [2, 61, 0], "usage.long": [0, 1, 0]}
    noted = [facts.of_calls[row] for row in range(len(calls))]
    assert noted == ["usage.minutes", "", "usage.long usage.minutes", "", "usage.minutes"]


class Unanswered(Option):
    """An option that counts, among all the calls a contract received, those that nobody answered."""

    id = "unanswered"
    label = Words("Appels perdus", "Appels perdus")
    facts = (FactField("usage.unanswered", "number", "Appels reçus sans réponse", "appels"),)
    measures = "received"

    def measure(self, calls: Calls) -> dict[str, Flags]:
        return {"usage.unanswered": ~calls.status.is_in(["answered"])}


def test_an_option_may_ask_for_all_calls_received_and_not_only_the_counted() -> None:
    offer = make_offer(options=[*OPTIONS, Unanswered(price=Micros(1))])
    taken = [OptionTaken(id="unanswered"), OptionTaken(id="round_the_clock")]
    roster = make_roster([all_month(make_contract("C0", options=taken), offer), all_month(make_contract(), offer)])
    calls = columns(
        [make_call(MONDAY, account=account, status=status) for account in ("C0", "C1", "C9") for status in ("", "busy")]
        + [make_call(MONDAY, account="C0")]
    )
    facts = option_facts(calls, classify(calls, roster), roster)
    assert {name: counts.tolist() for name, counts in facts.counts.items()} == {"usage.unanswered": [2, 0]}


NEITHER = "TypeError: measure() gave neither a yes/no nor a whole number per call for usage.moody"


class Moody(Option):
    """An option whose plugin returns what the test hands it."""

    id = "moody"
    label = Words("Lunatique", "Lunatique")
    facts = (FactField("usage.moody", "number", "Appels d'humeur"),)
    answer: object = None

    def measure(self, calls: object) -> object:  # type: ignore[override]
        if self.answer is None:
            raise ZeroDivisionError("not today")
        return self.answer


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (None, "ZeroDivisionError: not today"),
        ({}, "ValueError: measure() returned nothing, not usage.moody"),
        ({"usage.other": np.ones(1, np.bool_)}, "ValueError: measure() returned usage.other, not usage.moody"),
        ({"usage.moody": np.ones(2, np.bool_)}, NEITHER),
        ({"usage.moody": np.ones(2, np.int64)}, NEITHER),
        ({"usage.moody": np.ones(1, np.float64)}, NEITHER),
        ({"usage.moody": [True]}, NEITHER),
        ({"usage.moody": np.array([-1])}, "ValueError: measure() gave a number below zero for usage.moody: -1"),
        (
            {"usage.moody": np.array([10**9 + 1])},
            "ValueError: measure() gave 1000000001 for usage.moody, more than 1000000000 in one call",
        ),
    ],
)
def test_a_plugin_that_fails_to_measure_is_named_with_its_contracts_and_no_other_is_touched(
    monkeypatch: pytest.MonkeyPatch, answer: object, message: str
) -> None:
    monkeypatch.setattr(Moody, "answer", answer)
    offer = make_offer(options=[*OPTIONS, Moody(price=Micros(1))])
    taken = [["bilingual"], ["moody"], ["bilingual", "moody"]]
    served = [
        all_month(make_contract(f"C{n}", options=[OptionTaken(id=name) for name in names]), offer)
        for n, names in enumerate(taken)
    ]
    roster = make_roster(served)
    calls = columns([make_call(MONDAY, account=f"C{n}", language="en") for n in (0, 2)])
    facts = option_facts(calls, classify(calls, roster), roster)
    assert [(fault.option, fault.contracts, fault.message) for fault in facts.faults] == [("moody", (2,), message)]
    counted = {name: counts.tolist() for name, counts in facts.counts.items()}
    assert counted == {"usage.bilingual": [1, 0, 1], "usage.moody": [0, 0, 0]}
