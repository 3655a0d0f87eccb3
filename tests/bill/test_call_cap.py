"""What one call costs at most: what prices charge together for it beyond that is taken off again."""

from tests.bill.months import bill, charged, contract, on_file, weekday_offer
from tests.bill.oracle import Call
from tests.bill.samples import make_call

PRICES = """
[tag.booked]
title = "Rendez-vous pris"

[tag.transferred]
title = "Transfert"

[price.calls]
title = "Appels"
amount = "3.00"
per = "usage.calls"
included = 2

[price.booked]
title = "Rendez-vous"
amount = "3.00"
per = "usage.booked"

[price.transferred]
title = "Transferts"
amount = "3.50"
per = "usage.transferred"

[price.cap]
title = "Plafond par appel"
most_per_call = "6.00"
of = ["price.calls", "price.booked", "price.transferred"]

[[rule]]
id = "booked"
on = "call"
when = "call.tag.booked"
then = { mark = "booked" }

[[rule]]
id = "transferred"
on = "call"
when = "call.tag.transferred"
then = { mark = "transferred" }
""" + "".join(
    f"""
[[rule]]
id = "{name}-price"
on = "month"
when = "contract.active"
then = {{ charge = "price.{name}" }}
"""
    for name in ("calls", "booked", "transferred", "cap")
)


def lines(*tags: str) -> list[tuple[str, int]]:
    """Return what calls come to that bear some tags, one after the other on a morning."""
    calls: list[Call] = [make_call(f"2026-10-05 09:{place:02}:00", tags=borne) for place, borne in enumerate(tags)]
    found = charged(bill(on_file(weekday_offer(PRICES), contract()), calls[::-1]))
    return [(code, cents) for code, cents in found if cents]


def test_a_call_that_bears_one_price_is_not_capped() -> None:
    assert lines("", "", "", "booked", "") == [("price.calls", 900), ("price.booked", 300)]


def test_a_call_past_the_included_ones_that_bears_all_costs_the_most() -> None:
    assert lines("", "", "booked transferred") == [
        ("price.calls", 300),
        ("price.booked", 300),
        ("price.transferred", 350),
        ("price.cap", -350),
    ]


def test_what_is_taken_off_goes_by_what_each_call_bears() -> None:
    """The first is free as a call: 6.50 less 0.50. Of the others one bears all, and one a call and a transfer."""
    assert lines("booked transferred", "", "booked transferred", "transferred") == [
        ("price.calls", 600),
        ("price.booked", 600),
        ("price.transferred", 1050),
        ("price.cap", -350),
        ("price.cap", -100),
    ]
