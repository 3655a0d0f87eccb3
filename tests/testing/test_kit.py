"""The kit's builders: calls, a month, an offer with an option, a contract that has it, and the lines of its bill."""

from datetime import date

import pytest
from permanence.model.problem import Refused
from permanence.testing import bill, call, columns, contract, offer, option_month, option_of
from permanence_options.appointments import Appointments
from permanence_options.callback import Callback
from permanence_options.night_duty import NightDuty
from permanence_options.shared_agenda import SharedAgenda

from tests.plugins.nine.outbound_minutes import OutboundMinutes

CALLBACK = option_of(Callback, 'price = "0.90"\ninstallation = "80.00"')


def test_calls_are_columns_as_an_option_measures_them() -> None:
    kinds = (call(tags=["callback", "urgent"], count=2), call(numbers={"pages": 3}, words={"agent": "a7"}, talk=61))
    calls = columns(*kinds)
    assert CALLBACK.measure(calls)["usage.callback"].tolist() == [True, True, False]
    assert calls.amounts("pages").tolist() == [0, 0, 3]
    assert calls.words_of("agent")[2] == "a7"
    assert (calls.talk.tolist(), calls.wait.tolist()) == ([60, 60, 61], [0, 0, 0])


def test_a_month_is_whole_unless_it_is_said_otherwise() -> None:
    (charge,) = CALLBACK.charge(option_month({"usage.callback": 3}))
    assert (charge.quantity, charge.unit_price) == (3, 900_000)
    assert [one.label for one in CALLBACK.charge(option_month(starts=1))] == ["Installation du bouton de rappel"]


def test_a_month_is_billed_like_any_contracts() -> None:
    lines = bill(CALLBACK, call(tags=["callback"], count=3), call(), since=date(2026, 10, 5))
    assert [(line.label, line.quantity, line.amount) for line in lines] == [
        ("Installation du bouton de rappel", 1, 8000),
        ("Rappel demandé par le site (web callback)", 3, 270),
    ]
    assert bill(CALLBACK, call(tags=["callback"]), since=date(2026, 10, 6), until=date(2026, 10, 6)) == ()


def test_calls_at_night_count_where_the_option_opens_the_night() -> None:
    night = option_of(NightDuty, 'price = "70.00"')
    (line,) = bill(night, call("2026-10-05 22:00"))
    assert (line.amount, line.days, line.of_days) == (7000, 31, 31)


def test_the_offer_has_the_missions_that_the_option_has_amounts_for() -> None:
    agenda = option_of(SharedAgenda, 'price = { simple = "20.00", complex = "30.00" }')
    assert offer(agenda).head.mission == ("simple", "complex")
    assert [line.amount for line in bill(agenda, mission="complex")] == [3000]
    assert contract(agenda).mission == "simple"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('steps = [{ amount = "1,20" }]\nincluded = -1', (23, '"1,20" is not an amount such as "59.00"')),
        ('steps = [{ amount = "1.20" }]\nincluded = -1', (24, '"included" is negative')),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_its_line(table: str, told: tuple[int, str]) -> None:
    with pytest.raises(Refused) as refused:
        option_of(Appointments, table)
    assert [(one.where.line, one.what) for one in refused.value.problems] == [told]


def test_a_key_may_have_a_least_and_a_table_below_it_is_refused() -> None:
    with pytest.raises(Refused, match='"increment" is at least 1'):
        option_of(OutboundMinutes, 'price = "0.15"\nincrement = 0')
