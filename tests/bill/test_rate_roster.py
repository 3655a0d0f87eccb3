"""Whose call it is, and when: lines that change hands, options inside a month, plugins that fail."""

from collections.abc import Sequence
from datetime import date

import pytest
from attrs import evolve
from permanence.bill.measure.roster import Roster, make_roster
from permanence.model.contract import OptionTaken
from permanence.model.coverage import CoverageWindow
from permanence.model.money import Micros
from permanence.model.option import Option
from permanence.model.period import Period
from permanence.model.scalars import Words
from permanence.model.served import Served
from permanence_options.round_the_clock import RoundTheClock

from tests.bill.samples import OCTOBER, OPTIONS, all_month, at, make_call, make_contract, make_offer, measured


class Broken(Option):
    """An option whose plugin fails when it is asked for windows."""

    id = "broken"
    label = Words("En panne", "En panne")

    def widen(self, windows: tuple[CoverageWindow, ...]) -> tuple[CoverageWindow, ...]:
        raise RuntimeError("no such night")


class Odd(Option):
    """An option whose plugin returns something else than windows."""

    id = "odd"
    label = Words("Bizarre", "Bizarre")

    def widen(self, windows: tuple[CoverageWindow, ...]) -> tuple[CoverageWindow, ...]:
        return ("08:00-19:00",)  # type: ignore[return-value]


def half(name: str, lines: Sequence[str], first: int, last: int) -> Served:
    return Served(make_contract(name, lines), make_offer(), Period(date(2026, 10, first), date(2026, 10, last)))


def whose(roster: Roster, day: int, account: str, number: str = "") -> str:
    verdict = measured([make_call(f"2026-10-{day:02d} 10:00:00", account=account, number=number)], roster)[0]
    return verdict.contract or verdict.reason


def test_a_call_is_found_by_account_then_by_number() -> None:
    roster = make_roster([all_month(make_contract("C1", ("C1", "+331")), make_offer())])
    assert [whose(roster, 5, *words) for words in (("C1", "+331"), ("C1", ""), ("", "+331"), ("C1", "+339"))] == [
        "C1"
    ] * 4
    assert whose(roster, 5, "C9", "+331") == "C1"


def test_a_line_that_no_contract_names_is_unknown() -> None:
    roster = make_roster([all_month(make_contract(), make_offer())])
    assert [whose(roster, 5, *words) for words in (("C9", ""), ("", "+339"), ("", ""))] == ["unknown_line"] * 3


def test_account_and_number_of_two_contracts_in_service_make_a_call_ambiguous() -> None:
    roster = make_roster([half("C1", ("A",), 1, 32 - 1), half("C2", ("B",), 10, 20)])
    assert [whose(roster, day, "A", "B") for day in (9, 12, 19, 21)] == ["C1", "ambiguous", "ambiguous", "C1"]
    assert [whose(roster, day, "B", "A") for day in (9, 12, 21)] == ["C1", "ambiguous", "C1"]


def test_a_line_goes_from_a_contract_that_ended_to_the_next_that_began() -> None:
    roster = make_roster([half("C1", ("A", "B"), 1, 8), half("C2", ("A",), 13, 31)])
    assert [whose(roster, day, "A") for day in (7, 8, 12, 13, 30)] == [
        "C1",
        "not_in_service",
        "not_in_service",
        "C2",
        "C2",
    ]
    assert [whose(roster, day, "A", "B") for day in (7, 9, 13)] == ["C1", "not_in_service", "C2"]


def test_a_line_that_two_contracts_hold_on_one_day_is_ambiguous_that_day() -> None:
    roster = make_roster([half("C1", ("A",), 1, 15), half("C2", ("A",), 13, 31)])
    assert [whose(roster, day, "A") for day in (12, 13, 14, 15)] == ["C1", "ambiguous", "ambiguous", "C2"]
    assert whose(roster, 13, "A", "A") == "ambiguous"


def test_a_line_that_is_ambiguous_stays_so_whatever_the_other_word_says() -> None:
    roster = make_roster([half("C1", ("A", "B"), 1, 31), half("C2", ("A",), 1, 31)])
    assert [whose(roster, 5, *words) for words in (("A", "B"), ("B", "A"), ("B", ""))] == [
        "ambiguous",
        "ambiguous",
        "C1",
    ]


def test_the_lines_of_a_contract_without_service_this_month_are_known_but_not_in_service() -> None:
    roster = make_roster([half("C1", ("A",), 5, 5)], [make_contract("C2", ("B",))])
    assert [whose(roster, 6, line) for line in ("A", "B", "C")] == ["not_in_service", "not_in_service", "unknown_line"]


def test_service_begins_and_ends_at_local_midnight() -> None:
    roster = make_roster([half("C1", ("A",), 5, 6)])
    times = ["2026-10-04 23:59:59", "2026-10-05 00:00:00", "2026-10-05 23:59:59", "2026-10-06 00:00:00"]
    found = measured([make_call(time, account="A") for time in times], roster)
    assert [verdict.reason for verdict in found] == ["not_in_service", "", "", "not_in_service"]


def test_a_contract_is_cut_into_segments_where_its_options_begin_and_end() -> None:
    taken = [
        OptionTaken(id="round_the_clock", since=date(2026, 10, 10)),
        OptionTaken(id="bilingual", until=date(2026, 10, 20)),
        OptionTaken(id="callback", since=date(2026, 11, 20)),
    ]
    roster = make_roster([all_month(make_contract(options=taken), make_offer())])
    assert [(segment.start, segment.end, segment.options) for segment in roster.segments] == [
        (at("2026-10-01 00:00:00"), at("2026-10-10 00:00:00"), ("bilingual",)),
        (at("2026-10-10 00:00:00"), at("2026-10-20 00:00:00"), ("bilingual", "round_the_clock")),
        (at("2026-10-20 00:00:00"), at("2026-11-01 00:00:00"), ("round_the_clock",)),
    ]
    assert len(roster.profiles) == 2


def test_options_widen_the_windows_in_the_order_of_the_rule_file() -> None:
    taken = [OptionTaken(id="night_duty"), OptionTaken(id="round_the_clock")]
    one = all_month(make_contract(options=taken), make_offer())
    other = all_month(make_contract(options=taken), make_offer(options=[OPTIONS[3], OPTIONS[2]]))
    found = [[window.id for window in make_roster([each]).profiles[0].timetable.windows] for each in (one, other)]
    assert found == [["round_the_clock", "night_duty_evening", "night_duty_morning"], ["round_the_clock"]]


def test_contracts_that_differ_in_nothing_that_decides_share_a_profile() -> None:
    offer = make_offer()
    served = [all_month(make_contract(f"C{number}"), offer) for number in range(5)]
    assert len(make_roster(served).profiles) == 1
    assert len(make_roster([*served, all_month(make_contract("C9", region="FR-57"), offer)]).profiles) == 2


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (Broken(price=Micros(1)), "RuntimeError: no such night"),
        (Odd(price=Micros(1)), "TypeError: widen() returned '08:00-19:00' among the windows"),
    ],
)
def test_a_plugin_that_fails_to_widen_is_named_with_its_contracts_and_no_other_is_touched(
    option: Option, message: str
) -> None:
    offer = make_offer(options=[option, RoundTheClock(price=Micros(1))])
    name = type(option).id
    inside = [OptionTaken(id=name, until=date(2026, 10, 9)), OptionTaken(id=name, since=date(2026, 10, 12))]
    held = [inside, [OptionTaken(id="round_the_clock")], [OptionTaken(id=name)]]
    roster = make_roster([all_month(make_contract(f"C{n}", options=taken), offer) for n, taken in enumerate(held)])
    assert [(fault.option, fault.contracts, fault.message) for fault in roster.faults] == [(name, (0, 2), message)]
    calls = [make_call("2026-10-05 22:00:00", account=f"C{n}") for n in range(3)]
    assert [verdict.outcome for verdict in measured(calls, roster)] == ["outside", "counted", "outside"]


def test_a_contract_of_an_unknown_region_is_named_and_measured_with_the_national_holidays() -> None:
    roster = make_roster([all_month(make_contract(region="FR-99"), make_offer())])
    assert [(fault.option, fault.contracts) for fault in roster.faults] == [("", (0,))]
    assert roster.faults[0].message == '"FR-99" is not a region such as FR, FR-57, FR-974, CH-GE or GB'
    assert whose(roster, 5, "C1") == "C1"


def test_days_of_service_must_have_an_end() -> None:
    endless = evolve(all_month(make_contract(), make_offer()), served=Period(OCTOBER.first))
    with pytest.raises(ValueError, match="without an end"):
        make_roster([endless])


def test_a_month_without_contracts_has_only_unknown_lines() -> None:
    assert whose(make_roster([]), 5, "C1") == "unknown_line"
