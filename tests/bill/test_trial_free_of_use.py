"""A trial that is free of everything: what is used in it is charged at no price, and decides none."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from permanence.bill.month import bill_month
from permanence.contracts.book import Book
from permanence.model.invoice import Invoice
from permanence.model.records import CallBatch
from permanence.model.work import Work

from tests.bill.months import SEPTEMBER, bill, contract, event, on_file, only_invoice, rule, taken, weekday_offer
from tests.bill.oracle import Call
from tests.bill.samples import make_call, records
from tests.bill.test_billing_trial import WEEKDAYS
from tests.cases_drawn import drawn
from tests.docs.documents import SPACES

TABLES = """
[term]
trial_billed = false
trial_usage = "USAGE"
setup_fee = "20.00"

[option.sms]
price = "0.125"

[option.appointments]
price = "15.00"
included = 2
tag = "booked"
steps = [{ up_to = 5, amount = "1.20" }, { amount = "0.90" }]

[tag.booked]
title = "Rendez-vous pris"

[price.calls]
title = "Appels"
per = "usage.calls"
included = 5
fewest = 4
steps = [{ up_to = 20, amount = "0.30", flat = "3.00" }, { amount = "0.20", flat = "2.00" }]
by_days = ["flat", "up_to"]

[price.talk]
title = "Conversation"
per = "usage.talk_seconds"
for_each = 60
model = "volume"
steps = [{ up_to = 1200, amount = "0.50" }, { amount = "0.40" }]
least = "9.00"
most = "30.00"

[price.booked]
title = "Rendez-vous"
per = "usage.booking"
amount = "1.00"
included = 1

[price.answered]
title = "Réponse"
per = "usage.calls"
amount = "2.00"

[price.per_call]
title = "Plafond"
most_per_call = "2.50"
of = ["price.booked", "price.answered"]

[price.late]
title = "Retard"
per = "occurrence.late"
amount = "8.00"

[occurrence.late]
title = "Retard"
when = "si un paiement est en retard"

[work.letters]
title = "Lettres"
unit = "lettre"
units = "lettres"

[price.letters]
title = "Lettre"
per = "work.letters"
amount = "2.50"

[[rule]]
id = "bookings"
on = "call"
when = 'call.tag.booked'
then = { mark = "booking" }
"""
CHARGED = ("calls", "talk", "booked", "answered", "per_call", "late", "letters")
RULES = "".join(
    rule(name.replace("_", "-"), "month", "contract.active", f'charge = "price.{name}"') for name in CHARGED
)
OTHERS = {
    "package": '\n[package]\nincluded = 20\nprice = { simple = "24.00" }\nper_call = { simple = "1.05" }\n',
    "bands": '\n[bands]\nsteps = [{ up_to = 50, simple = "59.00" }, { up_to = 999, simple = "149.00" }]\n',
    "plan": '\n[plan.one]\ntitle = "Un"\nprice = { simple = "31.00" }\nincluded = 10\nbeyond = "average"\n',
}
WANTED = taken("sms") + taken("appointments")


def free(kind: str, usage: str = "free") -> str:
    own = rule("subscription", "month", "contract.active", f'charge = "{kind}"')
    return weekday_offer(TABLES.replace("USAGE", usage) + OTHERS[kind] + RULES + own)


def book(kind: str, usage: str = "free", more: str = "") -> Book:
    plan = 'plan = "one"\n' if kind == "plan" else ""
    return on_file(free(kind, usage), contract(signed="2026-09-25", more=plan + WANTED) + more)


CHANGED = event("2026-10-28", "option_removed", 'option = "sms"')
BOOKS = {**{kind: book(kind) for kind in OTHERS}, "package changed": book("package", more=CHANGED)}
"""The trial of one month ends with 24 October: seven days of October are paid."""


def came_in(days: list[int], when: str = "2026-10") -> list[Call]:
    """Return a call on each day, of which two of three book."""
    return [
        make_call(f"{when}-{day:02d} 10:00:00", account="C1", talk=90, tags="booked" if number % 3 else "")
        for number, day in enumerate(days)
    ]


def amounts(invoice: Invoice) -> list[tuple[str, str, int, int]]:
    return [(line.code, line.label, line.quantity, line.amount) for line in invoice.lines]


@pytest.mark.parametrize("kind", BOOKS)
@settings(max_examples=drawn(15), deadline=None)
@given(days=st.lists(st.sampled_from(WEEKDAYS), max_size=60))
def test_what_is_used_in_it_changes_nothing_of_the_days_that_are_paid(kind: str, days: list[int]) -> None:
    calls = came_in(sorted(days))
    paid = calls[sum(day < 25 for day in days) :]
    found, alone = (only_invoice(bill(BOOKS[kind], some)) for some in (calls, paid))
    assert amounts(found) == amounts(alone)
    assert (found.calls, alone.calls) == (len(calls), len(paid))


def test_a_month_in_the_trial_has_no_line_but_what_is_due_once_and_what_occurred() -> None:
    late = event("2026-09-28", "occurred", 'occurrence = "late"')
    letters = Work(contract="C1", day=date(2026, 9, 28), what="letters", quantity=3)
    batch = CallBatch(records=records(came_in([25, 28, 28], "2026-09")), work=(letters,))
    found = only_invoice(bill_month(book("package", more=late), SEPTEMBER, batch))
    assert {line.code: line.amount for line in found.lines} == {"setup_fee": 2000, "price.late": 800}
    assert found.calls == 3
    charged = only_invoice(bill_month(book("package", usage="charged"), SEPTEMBER, batch))
    assert {"price.letters", "price.answered", "option.sms"} <= {line.code for line in charged.lines}


def test_lines_of_the_days_after_it_say_how_much_was_used_in_it() -> None:
    found = only_invoice(bill(BOOKS["package"], came_in([21, 22, 26])))
    told = {line.code: line.sentence.translate(SPACES) for line in found.lines if "complément" not in line.label}
    assert " Pendant l'essai gratuit : 2, sans frais." in told["price.answered"]
    assert " Pendant l'essai gratuit : 3 minutes, sans frais." in told["price.talk"]
    assert "Pendant l'essai gratuit : 2 appels, sans effet sur le forfait." in told["package"]
    facts = next(dict(line.decision.facts) for line in found.lines if line.code == "price.answered")
    assert facts["usage.calls"] == 1
