"""Examples that other engines published, run through the functions that bill.

The file is named by the environment variable PUBLISHED_CASES. An example that is not checked is in a table
below, by its kind or by its own name, with the reason.
"""

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.published import changes, dates, durations, invoices, prorations, tiers, usage, windows
from tests.published.case import Adapter, Case

FILE = Path(os.environ.get("PUBLISHED_CASES") or Path(__file__).parents[3] / "shared" / "cases" / "published.json")
if not FILE.is_file():
    pytest.skip(f"no published examples: {FILE.name} is not there", allow_module_level=True)

MODULES = (changes, dates, durations, invoices, prorations, tiers, usage, windows)
ADAPTERS: dict[str, Adapter] = {kind: adapter for module in MODULES for kind, adapter in module.ADAPTERS.items()}

CLASS = "up- or downgrade: a change of offer waits for the renewal, whether it costs more or less"
NOT_YET = {
    "rerate.delta": "a bill that has been sent is not corrected by a second one so far",
    "kb-late-two-periods": "a bill that has been sent is not corrected by a second one so far",
}
PAYMENTS = "payments and balances are the bookkeeping's: Permanence writes draft invoices"
COUPONS = "coupons and prepaid credit: an answering service sells by contract, its prices are those of the offer"
WINDOW = "a call lies in one window, that of its start or its answer (A3): no part of it has another price"
OUT_OF_SCOPE = {
    "call.rate_windows": WINDOW,
    "call.split": WINDOW,
    "invoice.balance": PAYMENTS,
    "invoice.totals": COUPONS,
    "tier.percentage": "a part of a payment: there is no payment in a call",
    "tier.graduated_percentage": "a part of a payment: there is no payment in a call",
    "commitment.windowed": "a commitment for each hour of a meter: contracts commit by the month or longer",
    "window.commitment": "a commitment for each hour of a meter: contracts commit by the month or longer",
    "contract.renewal_delta": "the worth of a renewal to the seller: a figure of sales, never invoiced",
    "usage.aggregate": "sums and maxima over page views: calls are counted",
    "usage.per_unit": "prices by the destination's prefix: the service answers calls, the telephone company rates them",
    "flexprice-weighted-sum-ERRATUM": "a level weighed by time: calls are counted",
    "flexprice-grid-2": "the grid of a meter: windows begin and end on any minute",
    "flexprice-grid-3": "the grid of a meter: windows begin and end on any minute",
    "lago-upgrade-class-1": CLASS,
    "lago-upgrade-class-2": CLASS,
    "lago-volume-100.5": "half a unit: calls are whole",
}
IN_PART = {
    "kb-tl-new-plan-effective": "a price for the whole year: it is billed by the month, and comes to the same",
    "openmeter-maxspend-170": "the reduction tier by tier: it is one line",
    "lago-spending-min-termination": "the price paid in advance, and its credit note: months are billed when they end",
    "kb-chocolate-13-videos": "a price in advance beside calls in arrears: months are billed when they end",
    "tryton-31-days": "the state of the subscription, and that billing again adds nothing",
    "odoo-vat-global-vs-line": "VAT on lines that were not rounded: EN 16931 takes it on the rounded total",
    "odoo-vat-10x3.60": "VAT by line: EN 16931 takes it on the total, by rate",
}
"""What passes but for one half, and which half that is."""


def read_cases(file: Path) -> list[Case]:
    return [Case(one["id"], one["kind"], one["input"], one["expected"]) for one in json.loads(file.read_text("utf-8"))]


CASES = read_cases(FILE)


def reason(table: dict[str, str], case: Case) -> str:
    """Return why a case stands in a table, by its name or its kind; nothing when it does not."""
    return table.get(case.id, "") or table.get(case.kind, "")


def marked(case: Case) -> object:
    marks = []
    if why := reason(OUT_OF_SCOPE, case):
        marks.append(pytest.mark.skip(reason=f"out of scope: {case.kind}: {why}"))
    elif why := reason(NOT_YET, case):
        marks.append(pytest.mark.xfail(strict=True, raises=LookupError, reason=f"not yet: {case.kind}: {why}"))
    return pytest.param(case, id=f"{case.kind}-{case.id}", marks=marks)


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
    got, published = ADAPTERS[case.kind](case.given, case.expected)
    assert got == published


def test_each_kind_is_checked_or_not_yet_or_out_of_scope() -> None:
    places = {kind: sum(kind in table for table in (ADAPTERS, NOT_YET, OUT_OF_SCOPE)) for kind in kinds()}
    assert {kind: count for kind, count in places.items() if count != 1} == {}


def kinds() -> set[str]:
    return {case.kind for case in CASES}


def test_no_example_has_two_reasons_and_no_reason_is_left_without_an_example() -> None:
    twice = [case.id for case in CASES if reason(NOT_YET, case) and reason(OUT_OF_SCOPE, case)]
    assert twice == []
    if "PUBLISHED_CASES" not in os.environ:
        known = kinds() | {case.id for case in CASES}
        assert [
            name for table in (ADAPTERS, NOT_YET, OUT_OF_SCOPE, IN_PART) for name in table if name not in known
        ] == []


def test_at_most_15_percent_lie_outside_what_permanence_is_for(
    record_property: Callable[[str, object], None],
) -> None:
    count = tally()
    record_property(
        "counted",
        f"{len(CASES)} published examples: {count['checked']} checked ({count['in_part']} of them in part), "
        f"{count['not_yet']} not yet, {count['out_of_scope']} out of scope",
    )
    assert count["out_of_scope"] * 100 <= 15 * len(CASES)
