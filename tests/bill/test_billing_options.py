"""Options, call rules and linked legs: what changes which calls count, and what is charged beside the month."""

import re

import pytest
from permanence.model.outcome import Outcome

from tests.bill.months import NOVEMBER, bill, calls, charged, contract, offer, on_file, only_invoice, rule, taken

OPTIONS = """
[option.bilingual]
price = "39.00"

[option.svi]
price = "150.00"

[option.callback]
price = "0.90"
installation = "80.00"

[option.round_the_clock]
price = "120.00"

[option.shared_agenda]
price = "20.00"
creation = "45.00"
proration = "full"
"""
TENTH = "2026-10-10"
BY_DAY, BY_NIGHT = "2026-10-12 10:00:00", "2026-10-12 22:00:00"
ESCALATION = """
[price.escalation]
title = "Appels transmis au responsable"
amount = "2.50"
per = "usage.escalated"
included = 5

[price.duty]
title = "Astreinte"
amount = "31.00"

[price.file]
title = "Dossier"
amount = "31.00"
prorate = false

[[rule]]
id = "urgent"
on = "call"
when = "call.urgent and call.wait_seconds > 60"
then = { mark = "escalated" }

[[rule]]
id = "escalation"
on = "month"
when = "usage.escalated > 5"
then = { charge = "price.escalation" }
why = "Cinq sont compris."

[[rule]]
id = "duty"
on = "month"
when = "usage.escalated > 0"
then = { charge = "price.duty" }

[[rule]]
id = "file"
on = "month"
when = "contract.first_month"
then = { charge = "price.file" }
"""
SHORT = rule("short", "call", "call.talk_seconds < 10", 'exclude = "brief"')
FREE = "trial_billed = false"


def test_nothing_recurring_is_billed_in_a_free_trial() -> None:
    options = taken("bilingual") + taken("shared_agenda") + taken("svi") + taken("callback")
    book = on_file(offer(OPTIONS + ESCALATION, term=FREE), contract(more=options, signed="2026-10-01"))
    assert charged(bill(book, calls(6, tags="urgent callback", wait=61))) == [
        ("price.escalation", 250),
        ("option.svi", 15000),
        ("option.callback", 8000),
        ("option.callback", 540),
        ("option.shared_agenda", 4500),
    ]


def test_a_recurring_option_is_billed_from_the_day_after_a_free_trial() -> None:
    book = on_file(offer(OPTIONS, term=FREE), contract(more=taken("bilingual"), signed="2026-09-15"))
    assert charged(bill(book)) == [("bands", 3235), ("option.bilingual", 2139)]
    assert charged(bill(book, month=NOVEMBER)) == [("bands", 5900), ("option.bilingual", 3900)]


def test_an_option_added_on_the_tenth_is_prorated_by_days() -> None:
    invoice = only_invoice(bill(on_file(offer(OPTIONS), contract(more=taken("bilingual", TENTH)))))
    line = invoice.lines[1]
    assert (line.code, line.amount, line.days, line.of_days) == ("option.bilingual", 2768, 22, 31)
    assert line.sentence == (
        "Le contrat comprend l'option « Secrétaire bilingue ». Au prorata : 22 jours sur 31, du 10 au 31 octobre 2026."
    )
    assert [name for name, _ in line.decision.facts if name.startswith("usage.")] == []


def test_an_option_with_full_proration_costs_the_whole_month_and_its_creation_once() -> None:
    book = on_file(offer(OPTIONS), contract(more=taken("shared_agenda", TENTH)))
    assert charged(bill(book))[1:] == [("option.shared_agenda", 4500), ("option.shared_agenda", 2000)]
    assert charged(bill(book, month=NOVEMBER))[1:] == [("option.shared_agenda", 2000)]


def test_an_option_charged_once_is_charged_in_the_month_of_its_first_day_only() -> None:
    book = on_file(offer(OPTIONS), contract(more=taken("svi", TENTH)))
    assert charged(bill(book))[1:] == [("option.svi", 15000)]
    assert charged(bill(book, month=NOVEMBER)) == [("bands", 5900)]


def test_an_option_charged_per_use_counts_only_while_the_contract_has_it() -> None:
    book = on_file(offer(OPTIONS), contract(more=taken("callback", TENTH)))
    before, since = calls(4, tags="callback"), calls(7, BY_DAY, tags="callback")
    assert charged(bill(book, before + since))[1:] == [("option.callback", 8000), ("option.callback", 630)]


def test_an_option_not_taken_costs_nothing() -> None:
    assert charged(bill(on_file(offer(OPTIONS), contract()), calls(3, tags="callback"))) == [("bands", 5900)]


def test_around_the_clock_from_the_tenth_counts_night_calls_from_then_only() -> None:
    book = on_file(offer(OPTIONS), contract(more=taken("round_the_clock", TENTH)))
    run = bill(book, calls(3, "2026-10-05 22:00:00") + calls(2, BY_NIGHT) + calls(1, BY_DAY))
    assert run.outcomes.by_outcome == (3, 3, 0, 0, 0)
    rows = {(row.outcome, row.window): row.calls for row in only_invoice(run).usage}
    assert rows == {(Outcome.COUNTED, "round_the_clock"): 3, (Outcome.OUTSIDE, ""): 3}
    assert only_invoice(run).window_titles == {
        "weekdays": "en semaine",
        "round_the_clock": "Accueil téléphonique 24 h/24, 7 j/7",
    }


def test_a_window_without_a_title_is_called_by_its_days_and_hours() -> None:
    text = offer(OPTIONS)
    titled = re.search(r"^title = .*en semaine.*\n", text, re.MULTILINE)
    assert titled
    run = bill(on_file(text.replace(titled[0], ""), contract()), calls(1, BY_DAY))
    assert only_invoice(run).window_titles == {"weekdays": "du lundi au vendredi, de 8 h à 19 h"}


def test_a_call_rule_can_keep_calls_out_of_the_count() -> None:
    run = bill(on_file(offer(SHORT), contract()), calls(50) + calls(9, talk=9))
    assert charged(run) == [("bands", 5900)]
    assert run.outcomes.by_outcome == (50, 0, 9, 0, 0)
    assert {(row.reason, row.calls) for row in only_invoice(run).usage} == {("", 50), ("brief", 9)}


@pytest.mark.parametrize(("urgent", "amounts"), [(0, []), (5, [3100]), (6, [250, 3100]), (9, [1000, 3100])])
def test_marked_calls_past_the_included_ones_are_charged(urgent: int, amounts: list[int]) -> None:
    marked = calls(urgent, tags="urgent", wait=61)
    quick, calm = calls(2, tags="urgent", wait=60), calls(3, wait=600)
    run = bill(on_file(offer(ESCALATION), contract()), marked + quick + calm)
    assert [amount for _, amount in charged(run)[1:]] == amounts
    assert sum(row.calls for row in only_invoice(run).usage if row.marks == "escalated") == urgent


def test_a_named_price_follows_the_days_unless_it_says_otherwise() -> None:
    book = on_file(offer(ESCALATION), contract(signed=TENTH))
    run = bill(book, calls(1, BY_DAY, tags="urgent", wait=90))
    assert charged(run) == [("bands", 4187), ("price.duty", 2200), ("price.file", 3100)]


def test_a_named_price_says_how_many_and_how_many_are_free() -> None:
    line = only_invoice(bill(on_file(offer(ESCALATION), contract()), calls(9, tags="urgent", wait=61))).lines[1]
    assert line.sentence == (
        "Appels transmis au responsable : 9, dont 5 compris, à 2,50\u00a0€ l'unité. Cinq sont compris."
    )
    assert line.decision.facts == (("usage.escalated", 9),)


def test_the_records_of_a_transferred_call_count_as_one() -> None:
    came_in = calls(50) + calls(2, linked=7)
    run = bill(on_file(offer(), contract()), came_in)
    assert charged(run) == [("bands", 14900)]
    assert (run.outcomes.by_outcome, run.outcomes.records) == ((51, 0, 0, 0, 0), 52)
    each = on_file(offer(count='dedupe = "call"'), contract())
    assert bill(each, came_in).outcomes.by_outcome == (52, 0, 0, 0, 0)


def test_a_rule_sees_the_conversation_of_the_whole_call() -> None:
    run = bill(on_file(offer(SHORT), contract()), calls(1, linked=7, talk=3) + calls(1, linked=7, talk=90))
    assert run.outcomes.by_outcome == (1, 0, 0, 0, 0)


def test_only_counted_calls_bear_marks() -> None:
    urgent = calls(2, linked=7, tags="urgent", wait=61) + calls(1, tags="urgent", wait=61, talk=9)
    run = bill(on_file(offer(ESCALATION + SHORT), contract()), urgent)
    rows = {(row.outcome, row.marks): row.calls for row in only_invoice(run).usage}
    assert rows == {(Outcome.COUNTED, "escalated"): 1, (Outcome.EXCLUDED, ""): 1}


def test_what_an_option_counts_is_nought_where_no_contract_has_it() -> None:
    sold = '[option.transfer]\nprice = "1.00"\n'
    often = rule("often", "month", "usage.transferred > 2", 'charge = "option.transfer"')
    run = bill(on_file(offer(sold + often), contract()), calls(3, tags="transfer"))
    assert charged(run) == [("bands", 5900)]
