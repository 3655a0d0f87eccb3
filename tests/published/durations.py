"""Calls priced by their length, each said as a rule file says it, billed from the calls on."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import numpy as np
from attrs import evolve, frozen
from permanence.bill.measure.durations import billed_lengths
from permanence.model.duration import DurationRules
from permanence.model.invoice import Invoice

from tests.bill.months import MONDAY, bill, contract, on_file, only_invoice, weekday_offer
from tests.bill.samples import make_call

from .case import Adapter, Answer, Given
from .said import Said, UnreadError, as_micros, fraction

HUNDRED = 100
"""So many equal calls cost whole cents, where one alone costs hundredths of a cent."""
FIRST = ("initial_increment", "first_increment", "initial_block", "init_block", "minimum_increment", "connection_block")
FURTHER = ("increment", "rate_increment", "further_increment", "billing_block", "block", "subsequent_increment")
LENGTH = ("duration", "length", "talk", "talk_time", "billsec", "usage")
LENGTHS = ("durations", "lengths", "calls", "talk_times")
FREE = ("included", "free", "grace")
BUNDLE = ("package", "free_package", "bundle", "package_remaining", "free_seconds_remaining", "monthly_included")
SHORTEST = ("min_duration_to_bill", "minimum_duration_to_bill", "min_duration", "shortest")
FEE = ("connect_fee", "connection_fee", "connection_charge", "setup_fee", "fee_per_call", "connect_charge")
RATE = ("rate", "rate_initial", "price", "sellrate", "cost_per_unit")
COST = ("cost", "total", "amount", "charge", "expected_total")
PER = {"second": 1, "minute": 60, "hour": 3600}
PRICES = """
[count]
min_talk_seconds = {shortest}

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
included = {bundle}

[[rule]]
id = "call"
on = "month"
when = "{begun}"
then = {{ charge = "price.call" }}

[[rule]]
id = "talk"
on = "month"
when = "contract.active"
then = {{ charge = "price.talk" }}
"""


@frozen
class Tariff:
    """What a call costs: a fee, free seconds, a first increment and further ones, a rate for so many seconds."""

    rate: Fraction = Fraction(0)
    per: int = 60
    fee: Fraction = Fraction(0)
    first: int = 1
    further: int = 1
    free: int = 0
    shortest: int = 0
    bundle: int = 0
    begun: str = "usage.billed_seconds > 0"

    @property
    def rules(self) -> DurationRules:
        """Return how its seconds are counted."""
        return DurationRules(free=self.free, first=self.first, further=self.further)

    def billed(self, *lengths: int) -> list[int]:
        """Return the seconds that conversations of some lengths are billed as."""
        seconds: list[int] = billed_lengths(self.rules, np.array(lengths, np.int32)).tolist()
        return [0 if length < self.shortest else one for length, one in zip(lengths, seconds, strict=True)]

    def invoice(self, lengths: Iterable[int]) -> Invoice:
        """Return the bill of calls of some lengths."""
        prices = PRICES.format(
            shortest=self.shortest,
            free=self.free,
            first=self.first,
            further=self.further,
            fee=written(self.fee),
            rate=written(self.rate),
            per=self.per,
            bundle=self.bundle,
            begun=self.begun,
        )
        came_in = [make_call(MONDAY, talk=talk) for talk in lengths]
        return only_invoice(bill(on_file(weekday_offer(prices), contract()), came_in))


def written(amount: Fraction) -> str:
    """Return an amount as a rule file has it."""
    size = as_micros(abs(amount), "a rate")
    return f"{'-' if amount < 0 else ''}{size // 1_000_000}.{size % 1_000_000:06d}"


def increments(given: Said) -> tuple[int, int]:
    """Return the first increment and the further ones, in seconds: ``30/6``, or each by its own word."""
    if given.has("mode", "rounding_mode", "billing_increment", "increments"):
        parts = str(given.value("mode", "rounding_mode", "billing_increment", "increments")).split("/")
        first, further = (int(fraction(part, "an increment")) for part in (parts * 2)[:2])
        return max(1, first), max(1, further)
    further = max(1, given.seconds(*FURTHER, default=1))
    return max(1, given.seconds(*FIRST, default=further)), further


def rate_of(given: Said) -> tuple[Fraction, int]:
    """Return a rate, and for how many seconds it is."""
    by_unit = {f"{word}_per_{unit}": size for word in ("rate", "price", "cost") for unit, size in PER.items()}
    if name := given.word(*by_unit):
        return given.amount(name), by_unit[name]
    each = given.text("per_unit", "rate_unit", "unit", default="")
    return given.amount(*RATE, default=0), PER[each] if each in PER else given.seconds("per", default=60)


def tariff_of(given: Given) -> Tariff:
    """Return what calls cost, of one rate or of two: the second of a first increment's rate begins where that ends."""
    known = {
        "free": given.seconds(*FREE, default=0),
        "shortest": given.seconds(*SHORTEST, default=0),
        "bundle": given.seconds(*BUNDLE, default=0),
        "fee": given.amount(*FEE, default=0),
    }
    if not given.has("rates", "tiers", "intervals"):
        first, further = increments(given)
        rate, per = rate_of(given)
        return Tariff(rate=rate, per=per, first=first, further=further, **known)  # type: ignore[arg-type]
    slots = sorted(given.tables("rates", "tiers", "intervals"), key=start_of)
    rates = [(*rate_of(slot), increments(slot)[1]) for slot in slots]
    (rate, per, first), (later, later_per, further) = (rates * 2)[:2]
    starts = [start_of(slot) for slot in slots]
    if starts[0] != 0 or len(slots) > 2 or (len(slots) == 2 and starts[1] != first):
        raise UnreadError("input.rates: only a first increment, and further ones from where it ends, are known")
    one = Tariff(rate=later, per=later_per, first=first, further=further, **known)  # type: ignore[arg-type]
    if (rate, per) == (later, later_per):
        return one
    if one.free:
        raise UnreadError("input.rates: free seconds beside a first increment at another rate are not known")
    dearer = one.fee + rate * first / per
    return evolve(one, fee=dearer, free=first, first=further, begun="usage.talk_seconds > 0")


def start_of(slot: Said) -> int:
    """Return from which second of a call on a rate holds."""
    return slot.seconds("from", "start", "group_interval_start", default=0)


def lengths_of(given: Given) -> list[int]:
    """Return the lengths of an example's calls."""
    if name := given.word(*LENGTHS, *(f"{name}_s" for name in LENGTHS), *(f"{name}_seconds" for name in LENGTHS)):
        return [int(fraction(one, name)) for one in given.items_of(name)]
    return [given.seconds(*LENGTH)]


def rate(given: Given, expected: Given) -> Answer:
    """So many equal calls as their cost needs whole cents; where a call is round, its rounding is the bill's."""
    tariff, lengths = tariff_of(given), lengths_of(given)
    given.aside("rounding_decimals")
    wanted = expected.amount(*COST, "exact") * 100
    got = tariff.invoice(lengths * HUNDRED).net
    return got, wanted * HUNDRED


def batch(given: Given, expected: Given) -> Answer:
    """Callmeter: each call is rounded up by itself, before they are added up."""
    return tariff_of(given).invoice(lengths_of(given)).net, expected.amount(*COST) * 100


def in_words(expected: Given, seconds: Sequence[int]) -> Answer:
    """Return billed seconds beside what is published of them: in seconds, in minutes, each or added up."""
    whole, minutes = sum(seconds), [Fraction(one, 60) for one in seconds]
    forms = {
        "minutes": minutes,
        "billed_minutes": minutes,
        "total_minutes": sum(minutes),
        "billed_s": whole,
        "billed_seconds": whole,
        "billed": whole,
        "total_s": whole,
        "total_seconds": whole,
        "billed_min": sum(minutes),
    }
    found = {name: expected.value(name) for name in forms if name in expected}
    if not found:
        raise UnreadError("expected says nothing of billed seconds or minutes")
    several = {name: [fraction(one, name) for one in expected.items_of(name)] for name in found}
    got = {name: forms[name] if isinstance(forms[name], list) else [forms[name]] for name in found}
    return got, several


def measured(given: Given, expected: Given) -> Answer:
    """Aplisay: exact multiples are unchanged, and zero stays zero."""
    tariff, lengths = tariff_of(given), lengths_of(given)
    step = tariff.further
    assert evolve(tariff, first=step, free=0, shortest=0).billed(0, step, 2 * step) == [0, step, 2 * step]
    return in_words(expected, tariff.billed(*lengths))


def included(given: Given, expected: Given) -> Answer:
    """The free seconds come off before any increment, and a call within them, or one that is too short, is none.

    A2Billing's packages: a call that is not billed takes no free second either; here it does not count at all.
    """
    tariff, lengths = tariff_of(given), lengths_of(given)
    if expected.has("cost", "amount"):
        return tariff.invoice(lengths).net, expected.amount(*COST) * 100
    bill = tariff.invoice(lengths)
    (seconds,) = [*(one.quantity for one in bill.lines if one.code == "price.talk"), 0][:1]
    got, wanted = in_words(expected, [int(seconds)])
    if expected.has("free_seconds_consumed"):
        billed = sum(tariff.billed(*lengths))
        consumed = (min(tariff.bundle, billed) or sum(min(tariff.free, one) for one in lengths)) if bill.calls else 0
        return (got, consumed), (wanted, expected.whole("free_seconds_consumed"))
    return got, wanted


ADAPTERS: Mapping[str, Adapter] = {
    "call.batch": batch,
    "call.billed_minutes": measured,
    "call.billed_seconds": measured,
    "call.included_seconds": included,
    "call.rate": rate,
}
