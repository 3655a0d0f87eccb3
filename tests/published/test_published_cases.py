"""Examples that other engines published, run through the functions that bill.

The files are named by the environment variable PUBLISHED_CASES, one or several. An example that is not checked is in a
table below, by its kind or by its own name, with the reason.
"""

import json
import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from attrs import evolve

from tests.published import (
    changes,
    commitments,
    dates,
    durations,
    invoices,
    prorations,
    replaced,
    terms,
    tiers,
    totals,
    usage,
    windows,
)
from tests.published.case import Adapter, Case, OutsideScopeError, answer_to
from tests.published.said import UnreadError

SHARED = Path(__file__).parents[3] / "shared" / "cases"
NAMED = os.environ.get("PUBLISHED_CASES", "")
OTHER_WORDS = Path(__file__).with_name("other_words.json")
"""Examples of the same kinds in other words, with figures by hand: an adapter knows more than what it has seen."""
FILES = (
    [Path(name) for name in NAMED.replace(",", os.pathsep).split(os.pathsep)]
    if NAMED
    else [*sorted(SHARED.glob("published*.json")), OTHER_WORDS]
)
if not FILES or not all(file.is_file() for file in FILES):
    pytest.skip("no published examples: their files are not there", allow_module_level=True)

MODULES = (
    changes,
    commitments,
    dates,
    durations,
    invoices,
    prorations,
    replaced,
    terms,
    tiers,
    totals,
    usage,
    windows,
)
ADAPTERS: dict[str, Adapter] = {kind: adapter for module in MODULES for kind, adapter in module.ADAPTERS.items()}

CLASS = changes.CLASS
PAYMENTS = "payments and balances are the bookkeeping's: Permanence writes draft invoices"
OUT_OF_SCOPE = {
    "call.split": windows.ONE_WINDOW,
    "invoice.balance": PAYMENTS,
    "cgr-evening-span18": windows.ONE_WINDOW,
    "cgr-evening-midnight": windows.ONE_WINDOW,
    "cgr-evening-noconnect": windows.ONE_WINDOW,
    "flexprice-weighted-sum-ERRATUM": "a level weighed by time: calls are counted",
    "flexprice-grid-2": windows.GRIDS,
    "flexprice-grid-3": windows.GRIDS,
    "lago-upgrade-class-1": CLASS,
    "lago-upgrade-class-2": CLASS,
    "lago-upgrade-class-3": CLASS,
    "lago-upgrade-class-4": CLASS,
    "kb-fixed28-2023-05-23-2023-06-15": "28 days to every month: days are counted as they are, or thirty (A7)",
}
NOT_YET: dict[str, str] = {}
IN_PART = {
    "kb-late-two-periods": "the oldest month's late usage, which is ignored there in silence: here it is told too",
    "kb-tl-new-plan-effective": "a price for the whole year: it is billed by the month, and comes to the same",
    "kb-tl-monthly+annual": "a price for the whole year: it is billed by the month, and comes to the same",
    "kb-tl-addon-phase-sub": "an option's trial of its own: it is taken from the day on which that ends",
    "openmeter-maxspend-170": "the reduction tier by tier: it is one line",
    "lago-spending-min-termination": "the price paid in advance, and its credit note: months are billed when they end",
    "kb-chocolate-13-videos": "a price in advance beside calls in arrears: months are billed when they end",
    "tryton-31-days": "the state of the subscription, and that billing again adds nothing",
    "odoo-vat-global-vs-line": "VAT on lines that were not rounded: EN 16931 takes it on the rounded total",
    "odoo-vat-10x3.60": "VAT by line: EN 16931 takes it on the total, by rate",
    "lago-invoice-order": "what is credited, paid ahead and due: that is the bookkeeping's",
    "lago-aggregation": "a maximum, and how many are distinct: a month's facts count and add up",
    "flexprice-windowed-3h": "a commitment for each hour: contracts commit by the month, which stands for the hour",
    "flexprice-tod-0900": "a commitment for each window of a day: contracts commit by the month, which has one here",
    "flexprice-tod-2300": "a commitment for each window of a day: contracts commit by the month, which has one here",
    "openmeter-delta-volume-same-tier": "the second bill: the provisional month is billed again, whole",
    "openmeter-delta-volume-crossing": "the second bill: the provisional month is billed again, whole",
    "zuora-renew-extend": "no worth of a renewal is kept: it is what its months are billed",
    "zuora-renew-shrink": "no worth of a renewal is kept: it is what its months are billed",
}
"""What passes but for one half, and which half that is."""


def read_cases(file: Path) -> list[Case]:
    return [
        Case(one["id"], one["kind"], one.get("source", ""), one["input"], one["expected"])
        for one in json.loads(file.read_text("utf-8"))
    ]


CASES = [case for file in FILES for case in read_cases(file)]


def reason(table: dict[str, str], case: Case) -> str:
    """Return why a case stands in a table, by its name or its kind; nothing when it does not."""
    return table.get(case.id, "") or table.get(case.kind, "")


def marked(case: Case) -> object:
    marks = []
    if why := reason(OUT_OF_SCOPE, case):
        marks.append(pytest.mark.skip(reason=f"out of scope: {case.kind}: {why}"))
    elif why := reason(NOT_YET, case):
        marks.append(
            pytest.mark.xfail(
                strict=True, raises=(UnreadError, OutsideScopeError), reason=f"not yet: {case.kind}: {why}"
            )
        )
    return pytest.param(case, id=f"{case.kind}-{case.id}", marks=marks)


def answer(case: Case) -> tuple[object, object]:
    """Return the answer of the adapter of a case's kind; raise UnreadError, with a sentence, where there is none."""
    if case.kind not in ADAPTERS:
        raise UnreadError(f"no adapter is of the kind {case.kind}")
    return answer_to(case, ADAPTERS[case.kind], bool(reason(IN_PART, case)))


def tally() -> Counter[str]:
    """Return how many cases are checked, in part, not yet, or out of scope."""
    count = Counter(checked=0, in_part=0, not_yet=0, out_of_scope=0)
    for case in CASES:
        if reason(OUT_OF_SCOPE, case):
            count["out_of_scope"] += 1
        elif reason(NOT_YET, case):
            count["not_yet"] += 1
        else:
            count["checked"] += 1
            count["in_part"] += bool(reason(IN_PART, case))
    return count


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_what_another_engine_published_comes_out_here(case: Case) -> None:
    try:
        got, published = answer(case)
    except OutsideScopeError as outside:
        if not NAMED or reason(NOT_YET, case):
            raise
        pytest.skip(f"out of scope: {case.kind}: {outside}")
    assert got == published


def test_what_lies_out_of_scope_is_refused_by_name() -> None:
    for case in CASES:
        if reason(OUT_OF_SCOPE, case) and case.kind in ADAPTERS:
            with pytest.raises((OutsideScopeError, UnreadError)) as refused:
                answer(case)
            assert len(str(refused.value).split()) > 3


def shapes() -> list[Case]:
    """Return one example for each set of words that those of a kind have."""
    found = {(case.kind, *sorted(case.given)): case for case in reversed(CASES) if not reason(OUT_OF_SCOPE, case)}
    return [case for case in reversed(found.values()) if case.kind in ADAPTERS and not reason(NOT_YET, case)]


NONE = pytest.param(None, marks=pytest.mark.skip(reason="no example of these files is checked"))
SHAPES = [pytest.param(case, id=f"{case.kind}-{case.id}") for case in shapes()] or [NONE]


@pytest.mark.parametrize("case", SHAPES)
@pytest.mark.parametrize("table", ["given", "expected"])
def test_a_word_that_is_not_known_is_refused_by_name(case: Case, table: str) -> None:
    more: dict[str, object] = {**getattr(case, table), "heliotrope": "7"}
    with pytest.raises(UnreadError, match="heliotrope"):
        answer_to(evolve(case, given=more) if table == "given" else evolve(case, expected=more), ADAPTERS[case.kind])


@pytest.mark.parametrize("case", SHAPES)
def test_a_word_that_is_missing_or_says_nothing_known_is_refused_and_breaks_nothing(case: Case) -> None:
    for name in case.given:
        without = {key: value for key, value in case.given.items() if key != name}
        for given in (without, {**case.given, name: "heliotrope"}, {**case.given, name: ["heliotrope"]}):
            with suppress(UnreadError, OutsideScopeError):
                answer_to(evolve(case, given=given), ADAPTERS[case.kind])


def test_each_kind_is_checked_or_not_yet_or_out_of_scope() -> None:
    places = {kind: kind in ADAPTERS or kind in OUT_OF_SCOPE or kind in NOT_YET for kind in kinds()}
    assert [kind for kind, known in places.items() if not known] == []


def kinds() -> set[str]:
    return {case.kind for case in CASES}


def test_no_example_has_two_reasons_and_no_reason_is_left_without_an_example() -> None:
    twice = [case.id for case in CASES if reason(NOT_YET, case) and reason(OUT_OF_SCOPE, case)]
    assert twice == []
    if not NAMED and SHARED.is_dir():
        known = kinds() | {case.id for case in CASES}
        assert [
            name for table in (ADAPTERS, NOT_YET, OUT_OF_SCOPE, IN_PART) for name in table if name not in known
        ] == []


def test_at_most_10_percent_lie_outside_what_permanence_is_for(
    record_property: Callable[[str, object], None],
) -> None:
    count = tally()
    record_property(
        "counted",
        f"{len(CASES)} published examples: {count['checked']} checked ({count['in_part']} of them in part), "
        f"{count['not_yet']} not yet, {count['out_of_scope']} out of scope",
    )
    if not NAMED:
        assert count["out_of_scope"] * 100 <= 10 * len(CASES)
