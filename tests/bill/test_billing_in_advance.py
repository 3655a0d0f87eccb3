"""Prices that are due in advance: a month's base on the invoice of the month before, and what is taken back of it."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.model.contract import Contract
from permanence.model.due import DueTime
from permanence.model.invoice import Invoice
from permanence.model.period import Month, Period
from permanence.read.contracts.contracts import read_contracts

from tests.bill.months import bill, calls, contract, event, on_file, only_invoice, rule, taken, weekday_offer
from tests.cases_drawn import drawn

TERM = """
[term]
trial = "0 days"
commitment = "0 days"
renewal_period = "open_ended"
notice = "1 month"
setup_fee = "25.00"
"""
BASE = weekday_offer(
    TERM
    + """
[price.base]
title = "Abonnement"
amount = "39.00"
due = "in_advance"

[price.calls]
title = "Appels"
amount = "1.00"
per = "usage.calls"

[option.bilingual]
price = "31.00"
"""
    + rule("base", "month", "contract.active", 'charge = "price.base"')
    + rule("calls", "month", "usage.calls > 0", 'charge = "price.calls"')
    + rule("leave", "notice", "notice.received", 'end = "notice_end"')
)
FEBRUARY, MARCH, APRIL, MAY = Month(2026, 2), Month(2026, 3), Month(2026, 4), Month(2026, 5)
PLAN = """
[plans]
due = "in_advance"

[plan.small]
title = "Petite"
price = { simple = "31.00" }
included = 10
beyond = { simple = "2.00" }

[plan.large]
title = "Grande"
price = { simple = "62.00" }
included = 50
beyond = { simple = "1.00" }
"""
PLANS = weekday_offer(
    TERM.replace('setup_fee = "25.00"\n', "")
    + PLAN
    + rule("plan", "month", "contract.active", 'charge = "plan"')
    + rule("leave", "notice", "notice.received", 'end = "notice_day"')
)


def month_of(book: Book, month: Month) -> Invoice:
    return only_invoice(bill(book, calls(3, f"{month}-02 10:00:00"), month))


def lines(invoice: Invoice) -> list[tuple[str, int, str]]:
    """Return what each line charges, how much, and for which days."""
    found: list[tuple[str, int, str]] = []
    for line in invoice.lines:
        assert line.period
        assert line.period.end
        found.append((line.code, line.amount, f"{line.period.start:%m-%d}/{line.period.end:%m-%d}"))
    return found


def test_the_base_of_march_stands_on_the_invoice_of_february() -> None:
    february = month_of(on_file(BASE, contract(signed="2026-01-05")), FEBRUARY)
    assert lines(february) == [("price.calls", 300, "02-01/03-01"), ("price.base", 3900, "03-01/04-01")]
    assert february.period == Period(date(2026, 2, 1), date(2026, 4, 1))
    assert february.lines[-1].sentence.endswith("Facturé d'avance.")


def test_the_first_invoice_has_the_set_up_the_rest_of_its_month_and_the_next() -> None:
    first = month_of(on_file(BASE, contract(signed="2026-04-16")), APRIL)
    assert lines(first) == [
        ("price.base", 1950, "04-16/05-01"),
        ("setup_fee", 2500, "04-16/04-17"),
        ("price.base", 3900, "05-01/06-01"),
    ]


def test_the_last_invoice_has_nothing_in_advance_and_takes_back_what_was_billed_too_much() -> None:
    book = on_file(BASE, [contract(signed="2026-01-05"), event("2026-04-05", "notice_received")])
    assert lines(month_of(book, MARCH))[-1] == ("price.base", 3900, "04-01/05-01")
    assert lines(month_of(book, APRIL))[-1] == ("price.base", 503, "05-01/05-05")
    assert lines(month_of(book, MAY)) == []


def test_what_was_not_known_is_corrected_with_its_reason() -> None:
    book = on_file(
        PLANS,
        [contract(signed="2026-01-05", more='plan = "small"'), event("2026-04-16", "plan_changed", 'plan = "large"')],
    )
    assert lines(month_of(book, MARCH)) == [("plan", 3100, "04-01/05-01")]
    april = month_of(book, APRIL)
    assert [(line.code, line.amount) for line in april.lines] == [
        ("plan", 1550),
        ("plan", 3100),
        ("plan", -3100),
        ("plan", 6200),
    ]
    back = april.lines[2]
    assert back.label.endswith(", Petite, 10 appels compris, régularisation")
    assert back.sentence.endswith(
        " : facturé d'avance, du 1er au 30 avril 2026, et repris. Changement de formule le 16 avril 2026."
    )


def test_a_month_that_is_not_served_at_all_is_taken_back_by_an_invoice_of_its_own() -> None:
    book = on_file(
        PLANS,
        [
            contract(signed="2026-01-05", more='plan = "small"'),
            event("2026-04-01", "suspended"),
            event("2026-06-10", "resumed"),
        ],
    )
    assert lines(month_of(book, MARCH)) == [("plan", 3100, "04-01/05-01")]
    april = month_of(book, APRIL)
    assert (april.net, april.served.days, april.total) == (-3100, 0, -3720)
    assert not bill(book, (), MAY).invoices
    assert [amount for _, amount, _ in lines(month_of(book, Month(2026, 6)))] == [2170, 3100]


def test_what_is_asked_for_and_holds_from_the_next_month_is_billed_in_advance_as_it_will_be() -> None:
    effect = rule("later", "event", 'event.what == "plan_changed"', 'effect = "next_month"')
    book = on_file(
        PLANS + effect,
        [contract(signed="2026-01-05", more='plan = "small"'), event("2026-03-16", "plan_changed", 'plan = "large"')],
    )
    assert lines(month_of(book, MARCH)) == [("plan", 6200, "04-01/05-01")]
    assert lines(month_of(book, APRIL)) == [("plan", 6200, "05-01/06-01")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            BASE.replace('per = "usage.calls"', 'per = "usage.calls"\ndue = "in_advance"'),
            "is not known before the month is over",
        ),
        (
            BASE.replace('"contract.active"', '"usage.calls > 3"').replace("'contract.active'", "'usage.calls > 3'"),
            "is due in advance",
        ),
        (PLANS.replace("[plans]", "[plans]\nbest = true"), "the cheapest plan is not known"),
    ],
)
def test_what_hangs_on_what_is_counted_cannot_be_due_in_advance(text: str, wrong: str) -> None:
    with pytest.raises(Exception, match=wrong):
        on_file(text, contract())


YEAR = PLANS.replace("in_advance", "year_in_advance").replace("notice_day", "notice_end")


def test_a_year_at_once_stands_on_the_first_invoice_month_by_month() -> None:
    book = on_file(YEAR, contract(signed="2026-02-16", more='plan = "small"'))
    first = month_of(book, FEBRUARY)
    assert [line.amount for line in first.lines] == [1439] + [3100] * 11
    assert first.period == Period(date(2026, 2, 16), date(2027, 2, 1))
    assert not month_of(book, MARCH).lines
    assert [line.amount for line in month_of(book, Month(2027, 1)).lines] == [3100] * 12


def test_who_leaves_within_the_year_has_the_rest_of_it_back_on_the_last_invoice() -> None:
    book = on_file(YEAR, [contract(signed="2026-02-01", more='plan = "small"'), event("2026-04-16", "notice_received")])
    assert month_of(book, APRIL).net == 0
    last = month_of(book, MAY)
    assert [line.amount for line in last.lines] == [1500] + [-3100] * 9
    assert last.lines[-1].period == Period(date(2027, 1, 1), date(2027, 2, 1))
    assert not bill(book, (), MAY.next).invoices


DESKS = """
[quantity.desks]
title = "Postes"
unit = "poste"
units = "postes"
default = 2

[price.desk]
title = "Poste"
amount = "7.33"
per = "quantity.desks"
included = 1
due = "in_advance"
"""
AGENDA = """
[option.shared_agenda]
price = "20.00"
creation = "45.00"
due = "in_advance"

[option.appointments]
price = "15.00"
due = "in_advance"
steps = [{ up_to = 20, amount = "1.20", flat = "2.00" }, { amount = "0.90" }]

[option.bilingual]
price = "31.00"
"""
LIVED = (
    PLANS
    + DESKS
    + AGENDA
    + rule("desk", "month", "contract.active", 'charge = "price.desk"')
    + rule("later", "event", 'event.what == "plan_changed" and event.name == "large"', 'effect = "next_month"')
)
HAPPENINGS = (
    ("plan_changed", 'plan = "small"'),
    ("plan_changed", 'plan = "large"'),
    ("quantity_changed", 'quantity_of = "desks"\nquantity = 1'),
    ("quantity_changed", 'quantity_of = "desks"\nquantity = 4'),
    ("option_added", 'option = "shared_agenda"'),
    ("option_removed", 'option = "shared_agenda"'),
    ("option_added", 'option = "bilingual"'),
    ("suspended", ""),
    ("resumed", ""),
    ("notice_received", ""),
    ("notice_withdrawn", ""),
    ("region_moved", 'region = "FR-974"'),
)
DAYS = st.dates(date(2026, 2, 1), date(2026, 6, 30)).map(
    lambda day: day.replace(day=min(day.day, 28)) if day.day % 3 else day.replace(day=1)
)
CHOSEN = 'plan = "small"\n' + taken("appointments")
LIFE = [Month(2026, month) for month in range(1, 13)]


BANDS = (
    weekday_offer(
        TERM
        + """
[bands]
steps = [{ up_to = 3, simple = "31.00" }, { up_to = 6, simple = "62.00" }]
then = { every = 3, simple = "10.00" }
due = "in_advance"

[price.loyal]
title = "Remise"
percent = "-3"
of = ["bands"]
due = "in_advance"
"""
        + AGENDA
    )
    + DESKS
    + rule("bands", "month", "contract.active", 'charge = "bands"')
    + rule("loyal", "month", "contract.active", 'charge = "price.loyal"')
    + rule("desk", "month", "contract.active", 'charge = "price.desk"')
    + rule("leave", "notice", "notice.received", 'end = "notice_day"')
)
CONTRACTED = BANDS.replace("[bands]", '[bands]\nfloor = "contracted"')
OFFERS = {
    "plans": (LIVED, CHOSEN),
    "bands": (BANDS, taken("appointments")),
    "contracted": (CONTRACTED, "band = 6\n" + taken("appointments")),
}


@cache
def both_ways(kind: str) -> tuple[Book, ...]:
    """Return an offer on file with its prices due in advance, a year at once, and in arrears."""
    sold, chosen = OFFERS[kind]
    texts = (sold.replace('due = "in_advance"', f'due = "{due}"') for due in get_args(DueTime))
    return tuple(on_file(text, contract(more=chosen)) for text in texts)


def contracts_told(tables: list[str]) -> tuple[Contract, ...]:
    with TemporaryDirectory() as folder:
        file = Path(folder, "all.toml")
        file.write_text("format = 1\n" + "".join(tables), encoding="utf-8")
        return read_contracts([file])[0]


@pytest.mark.parametrize("kind", OFFERS)
@settings(max_examples=drawn(8), deadline=None)
@given(
    st.lists(st.integers(0, 14), min_size=len(LIFE), max_size=len(LIFE)),
    st.dates(date(2026, 1, 5), date(2026, 2, 20)),
    st.lists(st.tuples(DAYS, st.sampled_from(HAPPENINGS)), max_size=5, unique_by=lambda one: one[0]),
)
def test_a_life_costs_in_advance_what_it_costs_in_arrears(
    kind: str, counts: list[int], signed: date, happened: list[tuple[date, tuple[str, str]]]
) -> None:
    known = [one for one in happened if kind == "plans" or one[1][0] != "plan_changed"]
    events = [event(f"{day}", what, more) for day, (what, more) in known]
    end = event("2026-11-10", "notice_received") if all(what != "notice_received" for _, (what, _) in happened) else ""
    signed_contract = contract(signed=f"{signed}", more=OFFERS[kind][1])
    totals = []
    lived = contracts_told([signed_contract, *events, end])
    for sold in both_ways(kind):
        book = evolve(sold, contracts=lived)
        runs = [
            bill(book, calls(count, f"{month}-20 10:00:00"), month) for month, count in zip(LIFE, counts, strict=True)
        ]
        assume(not any(run.holds for run in runs))
        totals.append(sum(invoice.net for run in runs for invoice in run.invoices))
    assert totals[0] == totals[1] == totals[2]


def test_an_option_by_the_month_stands_on_the_invoice_of_the_month_before_from_the_month_that_it_is_taken_in() -> None:
    added = event("2026-03-16", "option_added", 'option = "shared_agenda"')
    removed = event("2026-05-11", "option_removed", 'option = "shared_agenda"')
    book = on_file(BASE + AGENDA.replace('[option.bilingual]\nprice = "31.00"\n', ""), [contract(), added, removed])

    def of_agenda(month: Month) -> list[tuple[str, int, str]]:
        return [one for one in lines(month_of(book, month)) if one[0] == "option.shared_agenda"]

    assert of_agenda(FEBRUARY) == []
    assert [amount for _, amount, _ in of_agenda(MARCH)] == [4500, 1032, 2000]
    assert of_agenda(MARCH)[-1] == ("option.shared_agenda", 2000, "04-01/05-01")
    assert of_agenda(APRIL) == [("option.shared_agenda", 2000, "05-01/06-01")]
    assert of_agenda(MAY) == [
        ("option.shared_agenda", 645, "05-01/05-11"),
        ("option.shared_agenda", -2000, "05-01/06-01"),
    ]


def bands_of(book: Book, month: Month, count: int) -> list[tuple[str, int]]:
    invoice = only_invoice(bill(book, calls(count, f"{month}-02 10:00:00"), month))
    return [(line.label, line.amount) for line in invoice.lines if line.code == "bands"]


LOWEST, NEXT = "Permanence Essentielle, jusqu'à 3 appels", "Permanence Essentielle, jusqu'à 6 appels"


def test_the_lowest_band_stands_on_the_invoice_before_and_another_that_calls_reach_takes_its_place() -> None:
    book = on_file(BANDS, contract(signed="2026-01-05"))
    assert bands_of(book, FEBRUARY, 3) == [(LOWEST, 3100)]
    assert bands_of(book, FEBRUARY, 4) == [(NEXT, 6200), (f"{LOWEST}, régularisation", -3100), (LOWEST, 3100)]
    invoice = only_invoice(bill(book, calls(4, "2026-02-02 10:00:00"), FEBRUARY))
    back = next(line for line in invoice.lines if line.code == "bands" and line.amount < 0)
    assert back.sentence.endswith(" et repris. Les appels du mois en atteignent une autre.")
    assert invoice.band == 6


def test_the_band_of_the_contract_is_the_one_in_advance_where_the_offer_bills_at_least_that() -> None:
    book = on_file(CONTRACTED, contract(signed="2026-01-05", more="band = 6\n"))
    assert bands_of(book, FEBRUARY, 0) == [(NEXT, 6200)]
    assert [amount for _, amount in bands_of(book, FEBRUARY, 7)] == [7200, -6200, 6200]
