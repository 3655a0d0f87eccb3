"""A month billed by the length of its calls: minutes that a price includes, and the further ones by the minute."""

import pytest
from permanence.model.invoice import ChargeLine

from tests.bill.months import MONDAY, bill, calls, contract, on_file, only_invoice, weekday_offer
from tests.bill.oracle import Call
from tests.bill.samples import make_call
from tests.docs.documents import SPACES

BY_THE_MINUTE = """
[duration]
first = 30
further = 6

[price.month]
title = "Forfait de 150 minutes"
amount = "199.00"

[price.talk]
title = "Conversation au-delà du forfait"
amount = "1.40"
per = "usage.billed_seconds"
for_each = 60
included = 9_000

[[rule]]
id = "month"
on = "month"
when = "contract.active"
then = { charge = "price.month" }
why = "Le forfait comprend 150 minutes."

[[rule]]
id = "talk"
on = "month"
when = "usage.billed_seconds > 9000"
then = { charge = "price.talk" }
why = "Chaque conversation est comptée par tranches de 6 secondes, 30 au moins."
"""
BY_THE_SECOND = """
[price.talk]
title = "Conversation"
amount = "0.013"
per = "PER"

[[rule]]
id = "talk"
on = "month"
when = "contract.active"
then = { charge = "price.talk" }
"""
IN_150_MINUTES = calls(100, talk=90)


def lines(prices: str, came_in: list[Call]) -> tuple[ChargeLine, ...]:
    return only_invoice(bill(on_file(weekday_offer(prices), contract()), came_in)).lines


def test_the_included_minutes_cost_nothing_more() -> None:
    assert [(line.code, line.amount) for line in lines(BY_THE_MINUTE, IN_150_MINUTES)] == [("price.month", 19900)]


@pytest.mark.parametrize(
    ("talk", "seconds", "cents"),
    [(1, 30, 70), (30, 30, 70), (31, 36, 84), (61, 66, 154), (3_601, 3_606, 8414)],
)
def test_a_further_call_is_charged_by_its_increments(talk: int, seconds: int, cents: int) -> None:
    _, line = lines(BY_THE_MINUTE, [*IN_150_MINUTES, make_call(MONDAY, talk=talk)])
    assert (line.quantity, line.unit, line.unit_price, line.for_each, line.amount) == (
        *(seconds, "s", 1_400_000, 60),
        cents,
    )


def test_each_call_is_rounded_up_by_itself_and_the_month_only_once() -> None:
    """A thousand calls of 31 seconds are 36,000 seconds: 27,000 past the forfait, 630 €; of 31,000 it were 513.33."""
    _, line = lines(BY_THE_MINUTE, calls(1_000, talk=31))
    assert (line.quantity, line.amount) == (27_000, 63_000)


def test_the_line_tells_the_seconds_and_the_price_of_a_minute() -> None:
    _, line = lines(BY_THE_MINUTE, [*IN_150_MINUTES, *calls(75, talk=60), make_call(MONDAY, talk=29)])
    assert line.sentence.translate(SPACES) == (
        "Conversation au-delà du forfait : 225 minutes et 30 secondes, dont 150 minutes comprises, à 1,40 € la minute. "
        "Chaque conversation est comptée par tranches de 6 secondes, 30 au moins."
    )
    assert line.decision.facts == (("usage.billed_seconds", 13_530),)


def test_a_call_outside_the_hours_is_not_billed_by_its_length_either() -> None:
    by_night = make_call("2026-10-05 23:00:00", talk=3_600)
    assert len(lines(BY_THE_MINUTE, [*IN_150_MINUTES, by_night])) == 1


@pytest.mark.parametrize("per", ["usage.billed_seconds", "usage.talk_seconds"])
def test_without_increments_every_second_counts_as_itself(per: str) -> None:
    (line,) = lines(BY_THE_SECOND.replace("PER", per), [make_call(MONDAY, talk=talk) for talk in (0, 1, 4_529)])
    assert (line.quantity, line.unit, line.for_each, line.amount) == (4_530, "s", 1, 5_889)
    assert line.sentence.translate(SPACES) == "Conversation : 4 530 secondes, à 0,013 € la seconde."


def test_a_month_without_a_conversation_owes_nothing_by_length() -> None:
    assert lines(BY_THE_SECOND.replace("PER", "usage.billed_seconds"), calls(3, talk=0)) == ()


NIGHTS = """
[duration]
after_call = 20
after_call_most = 15

[price.night]
title = "Nuit"
amount = "0.60"
per = "usage.night_billed_seconds"
for_each = 60

[[rule]]
id = "night"
on = "call"
when = "call.wait_seconds >= 30"
then = { mark = "night" }

[[rule]]
id = "nights"
on = "month"
when = "usage.night > 0"
then = { charge = "price.night" }
"""


def test_a_supplement_by_the_minute_is_for_the_seconds_of_marked_calls_alone() -> None:
    came_in = [make_call(MONDAY, talk=105, wait=40), make_call(MONDAY, talk=600, wait=5)]
    (line,) = lines(NIGHTS, came_in)
    assert (line.quantity, line.unit, line.for_each, line.amount) == (120, "s", 60, 120)
    assert line.sentence.translate(SPACES) == "Nuit : 2 minutes, à 0,60 € la minute."


def test_a_call_without_a_conversation_is_behind_the_work_after_it() -> None:
    run = bill(on_file(weekday_offer(NIGHTS), contract()), [make_call(MONDAY, talk=0, wait=40)])
    (line,) = only_invoice(run).lines
    (kind,) = run.kept.kinds
    assert (line.quantity, line.amount) == (15, 15)
    assert kind.is_behind(["usage.night_billed_seconds"], talk=0)
    assert not kind.is_behind(["usage.talk_seconds"], talk=0)
