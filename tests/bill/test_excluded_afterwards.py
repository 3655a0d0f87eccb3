"""A call that somebody excluded afterwards: excluded whichever of its records was named, and asked of no rule."""

from collections.abc import Mapping

import pytest
from permanence.bill.month import measure_month
from permanence.model.exclusion import Exclusion, excluded_by, excluded_otherwise
from permanence.model.outcome import Outcome

from tests.bill.months import OCTOBER, contract, on_file, rule, weekday_offer
from tests.bill.samples import at, make_call, records

WHY = "Faux numéro"
PRICE = '[price.file]\ntitle = "Dossier"\namount = "1.00"\n\n' + rule(
    "file", "month", "contract.active", 'charge = "price.file"'
)
MARK = rule("mark", "call", "call.talk_seconds > 5", 'mark = "long"')
START = at("2026-10-06 10:00:00")
CAME_IN = [
    make_call(START, row=11, account="C1", linked=0),
    make_call(START + 60, row=12, account="C1", linked=0),
    make_call(START + 600, row=13, account="C1", linked=-1),
    make_call(START - 8 * 3600, row=14, account="C1", linked=-1),
]


def became(excluded: Mapping[int, str], count: str = "") -> dict[int, tuple[str, str, str]]:
    """Return by the number of each call what became of it: outcome, reason, marks."""
    book = on_file(weekday_offer(f"\n{count}{PRICE}{MARK}"), contract("C1"))
    measured = measure_month(book, OCTOBER, records(CAME_IN).excluding(excluded))
    judged = measured.judged
    return {
        int(row): (Outcome(int(outcome)).word, judged.classified.reasons[reason], judged.marks[place])
        for place, (row, outcome, reason) in enumerate(
            zip(measured.calls.row, judged.classified.outcome, judged.classified.reason, strict=True)
        )
    }


@pytest.mark.parametrize("named", [11, 12])
def test_a_call_of_several_records_is_excluded_whichever_of_them_was_named(named: int) -> None:
    before, after = became({}), became({named: WHY})
    assert before[11] == ("counted", "", "long")
    assert after == {**before, 11: ("excluded", WHY, "")}


def test_where_an_offer_counts_each_record_that_record_alone_is_excluded() -> None:
    each = '[count]\ndedupe = "call"\n\n'
    before, after = became({}, each), became({12: WHY}, each)
    assert after == {**before, 12: ("excluded", WHY, "")}


def test_a_call_outside_all_windows_is_excluded_too() -> None:
    assert became({})[14][0] == "outside"
    assert became({14: WHY})[14] == ("excluded", WHY, "")


def entry(number: int, call: int, why: str = WHY, *, undone: bool = False) -> Exclusion:
    return Exclusion(number=number, call=call, undone=undone, at=number, by="Accueil", why=why)


def test_what_was_excluded_and_taken_back_since_makes_no_difference() -> None:
    entries = (entry(1, 11), entry(2, 13), entry(3, 13, undone=True), entry(4, 11, undone=True), entry(5, 11, "Essai"))
    assert set(excluded_by(entries)) == {11}
    assert set(excluded_otherwise(entries, 0)) == {11}
    assert set(excluded_otherwise(entries, 1)) == {11}
    assert set(excluded_otherwise(entries, 2)) == {11, 13}
    assert set(excluded_otherwise(entries[:3], 1)) == set()
