"""A free trial in a month that falls into parts: what changes no price changes no sum."""

import pytest

from tests.bill.months import OCTOBER, bill, contract, event, on_file, only_invoice
from tests.bill.samples import make_call

OFFER = """format = 1

[offer]
id = "essentielle"
title = "Permanence"
sold_from = 2026-01-01
mission = ["simple", "complex"]

[term]
trial = "10 days"
trial_billed = false
trial_calls = "{calls}"
commitment = "0 days"
renewal_period = "open_ended"
notice = "1 month"

[coverage]
window = [{{ id = "always", days = "mon-sun", hours = "00:00-24:00" }}]

[billing]
{billing}

{tables}

[[rule]]
id = "subscription"
on = "month"
when = "contract.active"
then = {{ charge = "{charge}" }}

[[rule]]
id = "asked"
on = "event"
when = 'event.what == "offer_changed"'
then = {{ effect = "at_once" }}
{rules}"""
BANDS = '[bands]\nsteps = [{ up_to = 10, simple = "60.00", complex = "60.00" }]\n'
PACKAGE = (
    '[package]\nincluded = 2\nprice = { simple = "60.00", complex = "60.00" }\n'
    'per_call = { simple = "1.00", complex = "1.00" }\n'
)
CALLED = '[price.called]\ntitle = "Appels"\nper = "usage.calls"\namount = "1.00"\nleast = "20.00"\nprorate = false\n'
CALLED_RULE = '\n[[rule]]\nid = "called"\non = "month"\nwhen = "contract.active"\nthen = { charge = "price.called" }\n'
SVI = '[option.svi]\nprice = "150.00"\n'
TAKEN = '[[contract.option]]\nid = "svi"\n'
MISSION = 'mission = "complex"'
ANOTHER = "essentielle@2026-02-01"


def offer(tables: str, billing: str = "", charge: str = "bands", calls: str = "apart", rules: str = "") -> str:
    return OFFER.format(tables=tables, billing=billing, charge=charge, calls=calls, rules=rules)


@pytest.mark.parametrize(
    ("text", "options", "on", "changed", "calls", "net"),
    [
        (offer(BANDS, 'partial = "full"'), "", "2026-10-20", "mission_changed", 0, 6000),
        (offer(BANDS, 'partial = "full"'), "", "2026-10-05", "mission_changed", 0, 6000),
        (offer(BANDS + CALLED, rules=CALLED_RULE), "", "2026-10-05", "offer_changed", 0, 4065 + 2000),
        (offer(BANDS + SVI, 'most = "60.00"'), TAKEN, "2026-10-11", "offer_changed", 0, 4065),
        (offer(BANDS + SVI, 'least = "300.00"'), TAKEN, "2026-10-11", "offer_changed", 0, 20323),
        (offer(PACKAGE, charge="package", calls="count"), "", "2026-10-11", "mission_changed", 9, 4065 + 700),
        (offer(PACKAGE, charge="package"), "", "2026-10-11", "mission_changed", 9, 4065),
    ],
)
def test_a_change_that_costs_nothing_leaves_the_sum_of_a_month_with_a_free_trial(
    text: str, options: str, on: str, changed: str, calls: int, net: int
) -> None:
    later = text.replace("sold_from = 2026-01-01", "sold_from = 2026-02-01")
    what = MISSION if changed == "mission_changed" else f'offer = "{ANOTHER}"'
    came_in = [make_call("2026-10-03 10:00:00") for _ in range(calls)]
    for happened in ("", event(on, changed, what)):
        book = on_file([text, later], [contract("C1", options, signed="2026-10-01"), happened])
        assert only_invoice(bill(book, came_in, OCTOBER)).net == net, happened
