"""Calls priced by their length, each said as a rule file says it, billed from the calls on."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np
from permanence.bill.measure.durations import billed_lengths
from permanence.model.duration import DurationRules
from permanence.model.money import cents

from tests.bill.months import MONDAY, bill, contract, on_file, only_invoice, weekday_offer
from tests.bill.samples import make_call

from .case import Adapter, Answer, Given

HUNDRED = 100
"""So many equal calls cost whole cents, where one alone costs hundredths of a cent."""
PRICES = """
[duration]
free = {free}
first = {first}
further = {further}

[price.call]
title = "Mise en relation"
amount = "{fee}"
per = "usage.calls"

[price.talk]
title = "Conversation"
amount = "{rate}"
per = "usage.billed_seconds"
for_each = {per}

[[rule]]
id = "call"
on = "month"
when = "usage.billed_seconds > 0"
then = {{ charge = "price.call" }}

[[rule]]
id = "talk"
on = "month"
when = "contract.active"
then = {{ charge = "price.talk" }}
"""


def net(given: Given, lengths: Iterable[int], free: int = 0) -> int:
    """Return the cents due for calls of some lengths; one price, with a first increment and further ones."""
    first, further = (given["rates"] * 2)[:2]
    one_price = (first["rate"], first["per_s"]) == (further["rate"], further["per_s"])
    if len(given["rates"]) > 2 or not one_price or further["from_s"] not in (0, first["increment_s"]):
        raise LookupError("only prices of one amount, whose first increment may differ from the further ones")
    prices = PRICES.format(
        free=free,
        first=first["increment_s"],
        further=further["increment_s"],
        fee=given.get("connect_fee", "0"),
        rate=first["rate"],
        per=first["per_s"],
    )
    came_in = [make_call(MONDAY, talk=talk) for talk in lengths]
    return only_invoice(bill(on_file(weekday_offer(prices), contract()), came_in)).net


def batch(given: Given, expected: Given) -> Answer:
    """Callmeter: each call is rounded up by itself, before they are added up."""
    return net(given, given["durations_s"]), Fraction(expected["total"]) * 100


def rate(given: Given, expected: Given) -> Answer:
    return net(given, [given["duration_s"]] * HUNDRED), Fraction(expected["cost"]) * 100 * HUNDRED


def exact_rate(given: Given, expected: Given) -> Answer:
    """CGRateS: increments that are each rounded would add up to more."""
    return rate(given, {"cost": expected["exact"]})


def billed(rules: DurationRules, *lengths: int) -> list[int]:
    """Return the seconds that conversations of some lengths are billed as."""
    seconds: list[int] = billed_lengths(rules, np.array(lengths, np.int32)).tolist()
    return seconds


def minutes(given: Given, expected: Given) -> Answer:
    first, further = map(int, given["mode"].split("/"))
    rules = DurationRules(first=first, further=further)
    return [Fraction(seconds, 60) for seconds in billed(rules, *given["durations_s"])], expected["minutes"]


def seconds(given: Given, expected: Given) -> Answer:
    """Aplisay: exact multiples are unchanged, and zero stays zero."""
    step = given["increment_s"]
    rules = DurationRules(first=step, further=step)
    assert billed(rules, 0, step, 2 * step) == [0, step, 2 * step]
    (got,) = billed(rules, given["duration_s"])
    return (got, Fraction(got, 60)), (expected["billed_s"], Fraction(expected["minutes"]))


def included(given: Given, expected: Given) -> Answer:
    """ASTPP: the free seconds come off before any increment, and a call within them is billed as none."""
    free, length = given["included_s"], given["duration_s"]
    if "billed_s" in expected:
        return billed(DurationRules(free=free), length), [expected["billed_s"]]
    first, price = given["initial_increment_s"], {"rate": given["rate"], "per_s": 60}
    increments = [(0, first), (first, given["increment_s"])]
    rates = [{**price, "from_s": since, "increment_s": increment} for since, increment in increments]
    return net({"rates": rates}, [length], free), cents(expected["cost"])


ADAPTERS: Mapping[str, Adapter] = {
    "call.batch": batch,
    "call.billed_minutes": minutes,
    "call.billed_seconds": seconds,
    "call.included_seconds": included,
    "call.rate": rate,
}
