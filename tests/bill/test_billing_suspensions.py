"""A price for the days on which service is suspended: by days, once, and in a month that has no other days."""

import pytest
from permanence.model.period import Month

from tests.bill.months import APRIL, MARCH, MAY, bill, charged, contract, event, offer, on_file, only_invoice, rule

PAUSED = """
[price.paused]
title = "Abonnement suspendu"
amount = "31.00"
during = "suspension"
""" + rule("paused", "month", "contract.suspended_days > 0", 'charge = "price.paused"')
AWAY = [event("2026-03-22", "suspended"), event("2026-05-11", "resumed")]
BANDS = ("bands", 5900)


@pytest.mark.parametrize(
    ("month", "lines"),
    [
        (Month(2026, 2), [BANDS]),
        (MARCH, [("bands", 3997), ("price.paused", 1000)]),
        (APRIL, [("price.paused", 3100)]),
        (MAY, [("bands", 3997), ("price.paused", 1000)]),
        (MAY.next, [BANDS]),
    ],
)
def test_days_of_a_suspension_have_a_price_of_their_own(month: Month, lines: list[tuple[str, int]]) -> None:
    assert charged(bill(on_file(offer(PAUSED), [contract(), *AWAY]), (), month)) == lines


def test_its_line_has_the_days_of_the_suspension() -> None:
    line = only_invoice(bill(on_file(offer(PAUSED), [contract(), *AWAY]), (), MARCH)).lines[-1]
    assert line.period
    assert (f"{line.period.start}", f"{line.period.end}", line.days, line.of_days) == (
        "2026-03-22",
        "2026-04-01",
        10,
        31,
    )
    assert ("contract.suspended_days", 10) in line.decision.facts


def test_it_is_due_once_in_a_month_with_several_parts() -> None:
    moved = event("2026-03-10", "mission_changed", 'mission = "complex"')
    lines = charged(bill(on_file(offer(PAUSED), [contract(), moved, *AWAY]), (), MARCH))
    assert [line for line in lines if line[0] == "price.paused"] == [("price.paused", 1000)]


def test_without_such_a_price_a_month_that_is_suspended_has_no_invoice() -> None:
    assert not bill(on_file(offer(), [contract(), *AWAY]), (), APRIL).invoices


def test_a_suspension_costs_nothing_past_the_end_of_the_contract() -> None:
    term = 'trial = "0 days"\ncommitment = "0 days"\nrenewal_period = "open_ended"\nnotice = "1 month"'
    leave = rule("leave", "notice", "notice.received", 'end = "notice_end"')
    gone = [event("2026-03-01", "suspended"), event("2026-03-15", "notice_received")]
    book = on_file(offer(PAUSED + leave, term=term), [contract(), *gone])
    assert [charged(bill(book, (), month)) for month in (MARCH, APRIL)] == [
        [("price.paused", 3100)],
        [("price.paused", 1447)],
    ]
    assert not bill(book, (), MAY).invoices


@pytest.mark.parametrize("key", ['per = "usage.calls"', 'due = "in_advance"'])
def test_it_is_by_the_month_and_in_arrears(key: str) -> None:
    with pytest.raises(Exception, match=r"during a suspension|is not known"):
        on_file(offer(PAUSED.replace('during = "suspension"', f'during = "suspension"\n{key}')), contract())
