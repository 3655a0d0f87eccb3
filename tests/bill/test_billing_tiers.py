"""A month billed by steps, with a least and a most, and with thirty days to every month."""

import pytest
from permanence.model.invoice import ChargeLine
from permanence.model.period import Month

from tests.bill.months import (
    NOVEMBER,
    OCTOBER,
    bill,
    calls,
    charged,
    contract,
    event,
    offer,
    on_file,
    only_invoice,
    rule,
    taken,
    weekday_offer,
)

PER_CALL = """
[term]
TERM

[billing]
BILLING

[price.calls]
title = "Appels traités"
per = "usage.calls"
steps = [{ up_to = 100, amount = "1.10" }, { up_to = 200, amount = "0.95", flat = "5.00" }]

[option.bilingual]
price = "39.00"

[[rule]]
id = "calls"
on = "month"
when = "contract.active"
then = { charge = "price.calls" }
why = "Chaque appel est facturé au tarif de son palier."
"""


def per_call(billing: str = "", term: str = "") -> str:
    return weekday_offer(PER_CALL.replace("BILLING", billing).replace("TERM", term), name="au-fil")


def signed(day: str = "2026-01-05", more: str = "") -> str:
    return contract(signed=day, version="au-fil@2026-01-01", more=more)


def test_an_offer_may_be_priced_by_the_call_alone() -> None:
    invoice = only_invoice(bill(on_file(per_call(), signed()), calls(130)))
    assert [(line.label, line.quantity, line.amount) for line in invoice.lines] == [
        ("Appels traités, jusqu'à 100", 100, 11000),
        ("Appels traités, de 101 à 200", 30, 2850),
        ("Appels traités, de 101 à 200, part fixe", 1, 500),
    ]
    assert (invoice.calls, invoice.band, invoice.net) == (130, None, 14350)
    assert [vat.amount for vat in invoice.vat] == [2870]


def test_a_count_above_the_last_step_puts_the_contract_on_hold_and_names_the_count() -> None:
    (hold,) = bill(on_file(per_call(), signed()), calls(201)).holds
    assert hold.reason == "L'offre au-fil@2026-01-01 n'a pas de prix pour 201 appels : il lui faut d'autres tranches."
    other = per_call().replace('per = "usage.calls"', 'per = "usage.received"').replace("up_to = 200", "up_to = 150")
    (hold,) = bill(on_file(other, signed()), calls(201)).holds
    assert "n'a pas de prix pour « Appels reçus, comptés ou non » = 201 :" in hold.reason


def limit(run_lines: tuple[ChargeLine, ...]) -> ChargeLine:
    (line,) = [line for line in run_lines if line.code in ("least", "most")]
    return line


def test_a_month_is_brought_up_to_its_least_by_a_rule_whose_place_is_the_key() -> None:
    book = on_file(per_call('least = "60.00"'), signed(more=taken("bilingual")))
    invoice = only_invoice(bill(book, calls(3)))
    line = invoice.lines[-1]
    assert [(one.code, one.amount) for one in invoice.lines] == [
        ("price.calls", 330),
        ("option.bilingual", 3900),
        ("least", 1770),
    ]
    assert (line.label, line.quantity, line.unit_price) == ("Complément au minimum mensuel", 1, 17_700_000)
    assert line.sentence == (
        "Total du mois : 42,30\u00a0€, pour un minimum mensuel de 60,00\u00a0€. L'offre prévoit un minimum mensuel."
    )
    assert (line.decision.rule.id, line.decision.rule.place.text) == ("monthly-least", 'least = "60.00"')
    assert line.decision.facts == (("contract.active", 1),)
    assert "least" not in dict(charged(bill(book, calls(60))))


def test_a_month_is_brought_down_to_its_most() -> None:
    book = on_file(per_call('least = "60.00"\nmost = "120.00"'), signed())
    invoice = only_invoice(bill(book, calls(150)))
    line = limit(invoice.lines)
    assert (invoice.net, line.code, line.amount, line.label) == (
        12000,
        "most",
        -4250,
        "Réduction au plafond mensuel",
    )
    assert (line.decision.rule.id, line.decision.rule.place.text) == ("monthly-most", 'most = "120.00"')
    assert only_invoice(bill(book, calls(50))).net == 6000


@pytest.mark.parametrize(
    ("partial", "net"), [("prorate_price", 4258), ("full", 6000), ("prorate_price_and_bands", 4258)]
)
def test_the_least_of_a_first_month_follows_the_offer_s_convention(partial: str, net: int) -> None:
    book = on_file(per_call(f'least = "60.00"\npartial = "{partial}"'), signed("2026-10-10"))
    assert charged(bill(book)) == [("least", net)]
    assert only_invoice(bill(book, month=NOVEMBER)).net == 6000


def test_the_least_by_days_says_so() -> None:
    line = limit(only_invoice(bill(on_file(per_call('least = "60.00"'), signed("2026-10-10")))).lines)
    assert line.sentence.endswith(" Au prorata : 22 jours sur 31, du 10 au 31 octobre 2026.")


def test_a_set_up_fee_counts_towards_the_least_of_its_month() -> None:
    book = on_file(per_call('least = "60.00"', term='setup_fee = "25.00"'), signed("2026-10-01"))
    assert charged(bill(book)) == [("setup_fee", 2500), ("least", 3500)]


@pytest.mark.parametrize("partial", ["prorate_price", "full"])
def test_a_free_trial_has_neither_least_nor_most(partial: str) -> None:
    billing = f'partial = "{partial}"\nleast = "60.00"\nmost = "61.00"'
    book = on_file(per_call(billing, term="trial_billed = false"), signed("2026-10-01"))
    assert charged(bill(book, calls(100))) == [("price.calls", 11000)]
    assert only_invoice(bill(book, month=NOVEMBER)).net == 6000


@pytest.mark.parametrize(
    ("day", "month", "days", "net"),
    [
        ("2026-10-10", OCTOBER, 21, 4130),
        ("2026-10-31", OCTOBER, 0, 0),
        ("2026-02-28", Month(2026, 2), 3, 590),
        ("2026-02-01", Month(2026, 2), 30, 5900),
        ("2026-01-05", OCTOBER, 30, 5900),
    ],
)
def test_with_thirty_days_to_every_month_a_price_by_days_is_one_of_thirtieths(
    day: str, month: Month, days: int, net: int
) -> None:
    book = on_file(offer(billing='month_days = "thirty"'), contract(signed=day))
    invoice = only_invoice(bill(book, month=month))
    assert [(line.days, line.of_days, line.amount) for line in invoice.lines] == [(days, 30, net)]


def test_options_and_capacity_follow_the_thirtieths_too() -> None:
    billing = 'month_days = "thirty"\npartial = "prorate_price_and_bands"'
    book = on_file(
        offer('[option.bilingual]\nprice = "30.00"', billing=billing),
        contract(signed="2026-10-10", more=taken("bilingual", "2026-10-16")),
    )
    assert charged(bill(book, calls(35, "2026-10-12 10:00:00"))) == [("bands", 4130), ("option.bilingual", 1500)]
    assert charged(bill(book, calls(36, "2026-10-12 10:00:00"))) == [("bands", 10430), ("option.bilingual", 1500)]


def test_a_contract_served_on_a_31st_alone_has_the_capacity_of_one_day_and_no_most_of_nothing() -> None:
    billing = 'month_days = "thirty"\npartial = "prorate_price_and_bands"\nmost = "100.00"'
    book = on_file(offer(billing=billing, term='setup_fee = "25.00"'), contract(signed="2026-12-31"))
    run = bill(book, calls(2, "2026-12-31 10:00:00"), Month(2026, 12))
    assert (charged(run), only_invoice(run).band) == ([("bands", 0), ("setup_fee", 2500)], 150)


CHANGED = event("2026-10-17", "mission_changed", 'mission = "complex"')


def at_once(what: str) -> str:
    return rule("at-once", "event", f'event.what == "{what}"', 'effect = "at_once"')


def test_where_the_mission_changes_steps_go_on_and_the_month_has_one_least() -> None:
    text = per_call('least = "120.00"').replace("sold_from", 'mission = ["simple", "complex"]\nsold_from')
    book = on_file(text + at_once("mission_changed"), signed() + CHANGED)
    came_in = calls(99, "2026-10-16 10:00:00") + calls(2, "2026-10-19 10:00:00")
    assert [(line.code, line.label, line.amount) for line in only_invoice(bill(book, came_in)).lines] == [
        ("price.calls", "Appels traités, jusqu'à 100", 11000),
        ("price.calls", "Appels traités, de 101 à 200", 95),
        ("price.calls", "Appels traités, de 101 à 200, part fixe", 500),
        ("least", "Complément au minimum mensuel", 405),
    ]
    assert [amount for code, amount in charged(bill(book, calls(1))) if code == "least"] == [11890]


def test_a_least_or_most_counts_the_days_and_the_lines_of_the_offer_that_has_it() -> None:
    limited = per_call('least = "62.00"\nmost = "93.00"').replace("2026-01-01", "2026-02-01")
    changed = event("2026-10-17", "offer_changed", 'offer = "au-fil@2026-02-01"')
    book = on_file([per_call() + at_once("offer_changed"), limited], signed() + changed)
    early, late = "2026-10-16 10:00:00", "2026-10-19 10:00:00"
    assert charged(bill(book, calls(90, early) + calls(10, late))) == [
        ("price.calls", 9900),
        ("price.calls", 1100),
        ("least", 1900),
    ]
    assert charged(bill(book, calls(20, early) + calls(50, late)))[-1] == ("most", -1000)


def test_the_least_of_a_price_is_one_for_the_parts_of_a_month() -> None:
    text = per_call().replace("sold_from", 'mission = ["simple", "complex"]\nsold_from')
    text = text.replace('per = "usage.calls"', 'per = "usage.calls"\nleast = "40.01"\nprorate = PRORATE')
    for prorate in ("true", "false"):
        book = on_file(text.replace("PRORATE", prorate) + at_once("mission_changed"), signed() + CHANGED)
        assert only_invoice(bill(book, calls(36, "2026-10-16 10:00:00"))).net == 4001
        assert only_invoice(bill(book, calls(37, "2026-10-16 10:00:00"))).net == 4070


def test_a_price_reaches_its_own_least_first_and_the_month_s_with_it() -> None:
    text = per_call('least = "60.00"').replace('per = "usage.calls"', 'per = "usage.calls"\nleast = "15.00"')
    book = on_file(text, signed(more=taken("bilingual")))
    invoice = only_invoice(bill(book, calls(3)))
    assert [(line.code, line.amount) for line in invoice.lines] == [
        ("price.calls", 330),
        ("option.bilingual", 3900),
        ("price.calls", 1170),
        ("least", 600),
    ]
    assert invoice.lines[2].decision.facts == (("contract.active", 1), ("usage.calls", 3))
