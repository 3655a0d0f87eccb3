"""A free trial: its calls are calls of the month, and raise neither band nor package of the days that are paid."""

from datetime import date
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.model.invoice import Invoice
from permanence.model.outcome import Outcome
from permanence.model.period import Month

from tests.bill.months import bill, calls, contract, offer, on_file, only_invoice, rule, taken, weekday_offer
from tests.bill.samples import make_call
from tests.docs.documents import SPACES

SMS = '[option.sms]\nprice = "0.125"\n'
SURCHARGE = '[price.busy]\ntitle = "Forte affluence"\namount = "31.00"\n'
PACKAGE = weekday_offer(
    SMS
    + '\n[package]\nincluded = 20\nprice = { simple = "24.00" }\nper_call = { simple = "1.05" }\n'
    + '\n[price.use]\ntitle = "Appels"\nper = "usage.calls"\namount = "0.333"\n'
    + rule("package", "month", "contract.active", 'charge = "package"')
    + rule("use", "month", "contract.active", 'charge = "price.use"')
)
WEEKDAYS = [day for day in range(1, 32) if date(2026, 10, day).weekday() < 5]
FREE_DAYS, PAID_DAYS = ([day for day in WEEKDAYS if (day < 25) is so] for so in (True, False))
DAYS = st.builds(
    lambda free, paid: [some[number % len(some)] for count, some in (free, paid) for number in range(count)],
    st.tuples(st.integers(0, 120), st.just(FREE_DAYS)),
    st.tuples(st.integers(0, 120), st.just(PAID_DAYS)),
)
IN_TRIAL, PAID = "2026-10-22 10:00:00", "2026-10-26 10:00:00"
SIGNED = contract(signed="2026-09-25", more=taken("sms"))
"""The trial of one month ends with 24 October: seven days of October are paid."""


def free(trial_calls: str = "", **tables: str) -> str:
    keys = "trial_billed = false\n" + (f'trial_calls = "{trial_calls}"\n' if trial_calls else "")
    return offer(SMS, term=keys, **tables)


def of_package(trial_calls: str) -> str:
    return PACKAGE + f'\n[term]\ntrial_billed = false\ntrial_calls = "{trial_calls}"\n'


BOOKS = {key: on_file(free(key), SIGNED) for key in ("apart", "count")}
PACKAGES = {key: on_file(of_package(key), SIGNED) for key in ("apart", "count")}
BY_DAYS = on_file(free(billing='partial = "prorate_price_and_bands"'), SIGNED)


def october(book: Book, days: list[int]) -> Invoice:
    return only_invoice(bill(book, [make_call(f"2026-10-{day:02d} 10:00:00", account="C1") for day in days]))


def amounts(invoice: Invoice) -> list[tuple[str, int]]:
    return [(line.code, line.amount) for line in invoice.lines]


def band_of(calls: int) -> int:
    return 50 if calls <= 50 else 50 + 100 * ceil((calls - 50) / 100)


@pytest.mark.parametrize(("key", "band"), [("apart", 1332), ("count", 3365)])
def test_free_calls_raise_the_band_of_the_paid_days_only_where_the_offer_says_so(key: str, band: int) -> None:
    found = only_invoice(bill(BOOKS[key], calls(48, IN_TRIAL) + calls(12, PAID)))
    assert amounts(found) == [("bands", band), ("option.sms", 750)]


def test_a_bill_says_which_calls_had_no_effect() -> None:
    found = only_invoice(bill(BOOKS["apart"], calls(48, IN_TRIAL) + calls(12, PAID)))
    band = found.lines[0]
    assert band.sentence.startswith(
        "60 appels traités en octobre 2026, dont 48 pendant l'essai gratuit, sans effet sur le forfait : "
        "forfait jusqu'à 50 appels, mission simple."
    )
    assert dict(band.decision.facts) == {
        "contract.active": 1,
        "usage.calls": 60,
        "usage.trial_calls": 48,
        "mission": "simple",
    }
    assert (found.calls, found.band) == (60, 50)
    without = only_invoice(bill(BOOKS["apart"], calls(12, PAID))).lines[0]
    assert "essai" not in without.sentence
    assert "usage.trial_calls" not in dict(without.decision.facts)


def test_a_package_says_so_too() -> None:
    found = only_invoice(bill(PACKAGES["apart"], calls(48, IN_TRIAL) + calls(22, PAID)))
    package, beyond = found.lines[:2]
    assert "Pendant l'essai gratuit : 48 appels, sans effet sur le forfait." in package.sentence
    assert beyond.sentence.translate(SPACES).startswith("Appels au-delà du forfait : 22, dont 20 compris, à 1,05 €")
    assert dict(beyond.decision.facts)["usage.trial_calls"] == 48


@given(days=DAYS)
def test_the_paid_days_cost_what_their_own_calls_make_and_no_call_is_lost(days: list[int]) -> None:
    paid = [day for day in days if day >= 25]
    apart, alone = october(BOOKS["apart"], days), october(BOOKS["apart"], paid)
    assert apart.band == alone.band == band_of(len(paid))
    assert apart.lines[0].amount == alone.lines[0].amount
    assert apart.calls == len(days) == sum(row.calls for row in apart.usage if row.outcome == Outcome.COUNTED)
    assert sum(line.quantity for line in apart.lines if line.code == "option.sms") == len(days)
    assert october(BOOKS["count"], days).band == band_of(len(days))


@given(days=DAYS)
def test_the_package_of_the_paid_days_is_used_by_their_own_calls(days: list[int]) -> None:
    paid = [day for day in days if day >= 25]
    for key, counted in (("apart", paid), ("count", days)):
        found = october(PACKAGES[key], days)
        beyond = [line.quantity for line in found.lines if line.label == "Appels au-delà du forfait"]
        assert sum(beyond) == max(0, len(counted) - 20)
        assert sum(line.quantity for line in found.lines if line.code == "price.use") == len(days)


@given(days=DAYS)
def test_capacity_by_days_is_that_of_the_days_whose_calls_decide(days: list[int]) -> None:
    paid = [day for day in days if day >= 25]
    assert october(BY_DAYS, days).band == band_of(ceil(len(paid) * 31 / 7))


def test_a_rule_reads_all_calls_of_the_month_and_how_many_of_them_were_free() -> None:
    busy = rule("busy", "month", "usage.calls > 50 and usage.trial_calls < 40", 'charge = "price.busy"')
    book = on_file(free() + SURCHARGE + busy, SIGNED)
    charged = [
        "price.busy" in dict(amounts(only_invoice(bill(book, calls(trial, IN_TRIAL) + calls(60 - trial, PAID)))))
        for trial in (39, 40)
    ]
    assert charged == [True, False]


def test_an_example_may_say_how_many_calls_were_free() -> None:
    example = '[[example]]\ntitle = "free"\nsigned = 2026-09-25\nmonth = "2026-10"\n'
    given_calls = 'given = {{ "usage.calls" = 60, "usage.trial_calls" = {} }}\ntotal = "{}"\n'
    for trial, total in ((48, "13.32"), (9, "33.65")):
        assert on_file(free() + example + given_calls.format(trial, total), contract())


def test_a_month_of_a_free_trial_is_none_of_the_months_in_a_row() -> None:
    above = rule("up", "history", "history.months_above >= 2", 'floor = "reached"')
    known = {"C1": dict.fromkeys((Month(2026, 8), Month(2026, 9)), 160)}
    bands = {}
    for key in ("apart", "count"):
        book = on_file(free(key) + above, contract(signed="2026-08-01"))
        bands[key] = only_invoice(bill(book, past=known)).band
    assert bands == {"apart": 50, "count": 250}
