"""The nine options billed in whole months: by days, by mission, by quantity, and told where a contract lacks one."""

from datetime import date
from pathlib import Path

import pytest
from permanence.contracts.book import Book
from permanence.contracts.unmet import unmet_problems
from permanence.model.contract import Customer
from permanence.model.problem import Refused
from permanence.model.quote import Quote
from permanence.offers.examples.unshown import unshown
from permanence.offers.proved import prove_offers, proved_deciders
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.option_wanted import option_wanted
from permanence.offers.sell.quoting import make_quote
from permanence.offers.tell.option_answers import option_prices_told

from tests.bill.months import MONDAY, NOVEMBER, OCTOBER, bill, calls, charged, contract, event, on_file, taken
from tests.plugins.test_nine import FOLDER, plugins

ESSAI = "essai@2026-01-01"


def book(name: str, more: str = "", events: str = "") -> Book:
    """Return a contract of the offer that sells one of the nine."""
    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    return on_file(text, contract(more=more, version=ESSAI) + events, plugins(name))


def quoted(name: str, *options: str, mission: str = "simple", calls: int = 40) -> Quote:
    (decider,) = proved_deciders([FOLDER / f"{name}.toml"], plugins(name))
    wanted = [option_wanted(text) for text in options]
    asked = Asked(
        customer=Customer(name="Salon Rouge"),
        mission=mission,
        calls=calls,
        options=tuple(one for one, _ in wanted),
        settings={one: agreed for one, agreed in wanted if agreed},
        made=date(2026, 2, 2),
        valid_until=date(2026, 3, 4),
    )
    return make_quote(decider, asked, plugins(name))


def month_of(quote: Quote) -> list[tuple[str, int, int]]:
    return [(line.label, line.quantity, line.amount) for line in quote.month.lines[1:]]


def test_a_quarter_more_is_of_the_days_on_which_the_contract_has_the_option() -> None:
    run = bill(book("bilingual_share", taken("bilingual_share", "2026-11-16")), month=NOVEMBER)
    assert charged(run) == [("bands", 5900), ("option.bilingual_share", 738)]
    line = run.invoices[0].lines[1]
    assert (line.quantity, line.unit, line.days, line.of_days, line.base) == (2500, "%", 15, 30, ("bands",))
    assert line.sentence.endswith("Au prorata : 15 jours sur 30, du 16 au 30 novembre 2026.")


def test_it_is_of_the_band_that_the_month_reaches() -> None:
    run = bill(book("bilingual_share", taken("bilingual_share")), calls(120))
    assert charged(run) == [("bands", 14900), ("option.bilingual_share", 3725)]


def test_a_mission_that_changes_within_the_month_has_each_price_for_its_days() -> None:
    changed = event("2026-11-16", "mission_changed", 'mission = "complex"')
    run = bill(book("mission_script", taken("mission_script"), changed), month=NOVEMBER)
    assert charged(run)[2:] == [("option.mission_script", 500), ("option.mission_script", 750)]


def test_what_is_included_is_included_once_though_the_mission_changes_within_the_month() -> None:
    text = (FOLDER / "booking_steps.toml").read_text("utf-8")
    text = text.replace("sold_from = 2026-01-01\n", 'sold_from = 2026-01-01\nmission = ["simple", "complex"]\n', 1)
    text = text.replace('simple = "59.00"', 'simple = "59.00", complex = "59.00"')
    text = text.replace('simple = "149.00"', 'simple = "149.00", complex = "149.00"')
    text = text.replace('simple = "58.00"', 'simple = "58.00", complex = "58.00"')
    changed = event("2026-10-16", "mission_changed", 'mission = "complex"')
    two = on_file(text, contract(more=taken("bookings"), version=ESSAI) + changed, plugins("booking_steps"))
    booked = [*calls(8, tags="booked"), *calls(45, "2026-10-20 10:00:00", tags="booked")]
    lines = [line for line in bill(two, booked).invoices[0].lines if line.code == "option.bookings"]
    assert [(line.quantity, line.amount) for line in lines] == [(40, 4800), (3, 270)]
    assert lines[0].unit == "rendez-vous"


def test_a_credit_lowers_the_bill_and_is_in_the_quote() -> None:
    assert charged(bill(book("referral_credit", taken("referral_credit")))) == [
        ("bands", 5900),
        ("option.referral_credit", -500),
    ]
    assert month_of(quoted("referral_credit", "referral_credit")) == [("Remise de parrainage", 1, -500)]


def test_three_practitioners_are_charged_three_times_and_said_so() -> None:
    run = bill(book("practitioners", taken("practitioners") + "quantity = 3\n"), month=NOVEMBER)
    line = run.invoices[0].lines[1]
    assert (line.quantity, line.amount) == (3, 155400)
    assert "Quantité : 3 praticiens." in line.sentence
    assert month_of(quoted("practitioners", "practitioners:quantity=3")) == [("Ligne par praticien", 3, 155400)]


def test_a_quote_has_the_level_that_the_customer_settles_and_no_other() -> None:
    one, two = (quoted("escalation_levels", name) for name in ("escalation_levels", "escalation_levels:level=2"))
    assert [line[0] for line in month_of(one)] == ["Escalade, niveau 1"]
    assert [line[0] for line in month_of(two)] == ["Escalade, niveau 1", "Escalade, niveau 2"]
    assert two.settings == {"escalation_levels": {"level": 2}}
    assert not any(price.label == "Escalade, niveau 2" for price in one.prices)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["online_booking"], ["“Online booking” needs “Shared agenda” as well"]),
        (
            ["online_booking", "shared_agenda", "round_the_clock"],
            ["“Online booking” does not go with “Answering around the clock”"],
        ),
        (["online_booking:quantity=2", "shared_agenda"], ["“Online booking” is taken once, not more"]),
        (["online_booking:speed=2", "shared_agenda"], ['the option "online_booking" leaves no "speed" to contracts']),
    ],
)
def test_a_quote_is_refused_where_an_option_asks_for_what_is_not_there(asked: list[str], told: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        quoted("online_booking", *asked)
    assert [problem.what for problem in refused.value.problems] == told


def test_check_tells_a_contract_that_loses_what_its_option_needs_and_no_bill_waits() -> None:
    having = taken("online_booking") + taken("shared_agenda")
    removed = event("2026-10-12", "option_removed", 'option = "shared_agenda"')
    on_file_now = book("online_booking", having, removed)
    (told,) = unmet_problems(on_file_now, on_file_now.contracts[0])
    assert (told.what, told.warning) == ('contract "C1": “Online booking” needs “Shared agenda” as well', False)
    assert told.hint == (
        'it is so on 2026-10-12; append an [[event]] of that day, what = "option_added", option = "shared_agenda", '
        'or take "online_booking" out'
    )
    assert told.where.text == "[[event]]"
    assert bill(on_file_now, month=OCTOBER).holds == ()
    kept = book("online_booking", having)
    assert list(unmet_problems(kept, kept.contracts[0])) == []


def test_two_days_without_what_an_option_needs_are_a_warning_once_an_event_has_ended_them() -> None:
    having = taken("online_booking") + taken("shared_agenda")
    removed = event("2026-10-12", "option_removed", 'option = "shared_agenda"')
    again = event("2026-10-14", "option_added", 'option = "shared_agenda"')
    on_file_now = book("online_booking", having, removed + again)
    (told,) = unmet_problems(on_file_now, on_file_now.contracts[0])
    assert told.warning
    assert told.hint == "it was so from 2026-10-12, and is over by 2026-10-14"
    assert (told.where.text, told.where.line) == ("[[event]]", on_file_now.contracts[0].events[0].place.line)


def test_an_option_that_comes_two_days_before_what_it_needs_is_told_at_its_own_event() -> None:
    first = event("2026-10-12", "option_added", 'option = "online_booking"')
    then = event("2026-10-14", "option_added", 'option = "shared_agenda"')
    on_file_now = book("online_booking", "", first + then)
    (told,) = unmet_problems(on_file_now, on_file_now.contracts[0])
    assert (told.warning, told.hint) == (True, "it was so from 2026-10-12, and is over by 2026-10-14")
    assert told.where == on_file_now.contracts[0].events[0].place


def test_an_offer_that_sells_an_option_without_what_it_needs_is_told(tmp_path: Path) -> None:
    text = (FOLDER / "online_booking.toml").read_text("utf-8").replace('[option.shared_agenda]\nprice = "20.00"\n', "")
    with pytest.raises(Refused) as refused:
        on_file(text.split("[[example]]")[0], contract(version=ESSAI), plugins("online_booking"))
    assert 'the option "online_booking" needs "shared_agenda", which essai@2026-01-01 does not sell' in [
        problem.what for problem in refused.value.problems
    ]


@pytest.mark.parametrize(
    ("price", "told"),
    [
        ('{ simple = "10.00" }', 'the option "mission_script" has no price for the mission "complex"'),
        ('{ simple = "10.00", complex = "1.00", odd = "2.00" }', 'essai@2026-01-01 has no mission "odd"'),
        (
            '{ simple = 10, complex = "1.00" }',
            '"simple" must be an amount in quotes such as "0.90", not a whole number',
        ),
    ],
)
def test_a_price_by_mission_is_for_each_mission_and_no_other(price: str, told: str) -> None:
    text = (FOLDER / "mission_script.toml").read_text("utf-8")
    text = text.replace('price = { simple = "10.00", complex = "15.00" }', f"price = {price}")
    with pytest.raises(Refused) as refused:
        on_file(text.split("[[example]]")[0], contract(version=ESSAI), plugins("mission_script"))
    (problem,) = [problem for problem in refused.value.problems if problem.what == told]
    assert problem.where.text.startswith("price = ")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('percent = "25"', "a per cent is of something"),
        ('percent = "25"\nof = ["band"]', '"band" is nothing that the offer charges'),
        ('price = "3.00"\nof = ["bands"]', '"of" needs a per cent'),
        (
            'percent = "25"\nof = ["option.bilingual_share"]',
            "it is a share of itself: option.bilingual_share of option.bilingual_share",
        ),
        ("", 'the option "bilingual_share" has no price'),
    ],
)
def test_a_share_is_of_something_else_that_is_charged(keys: str, told: str) -> None:
    text = (FOLDER / "bilingual_share.toml").read_text("utf-8")
    text = text.replace('percent = "25"\nof = ["subscription"]', keys).split("[[example]]")[0]
    with pytest.raises(Refused) as refused:
        on_file(text, contract(version=ESSAI), plugins("bilingual_share"))
    assert told in [problem.what for problem in refused.value.problems]


def test_a_fax_and_a_call_out_are_measured_though_they_do_not_count() -> None:
    faxes = [*calls(3, "2026-10-05 23:00:00", details='{"pages":4}'), *calls(1, MONDAY)]
    assert charged(bill(book("fax_pages", taken("fax_pages")), faxes))[1:] == [("option.fax_pages", 180)]
    out = calls(3, direction="outbound", talk=61)
    assert charged(bill(book("outbound_minutes", taken("outbound_minutes")), out))[1:] == [
        ("option.outbound_minutes", 50)
    ]


def test_a_fourth_practitioner_is_charged_from_the_day_on_which_there_is_one() -> None:
    more = event("2026-11-16", "quantity_changed", 'option = "practitioners"\nquantity = 4')
    run = bill(book("practitioners", taken("practitioners") + "quantity = 3\n", more), month=NOVEMBER)
    lines = run.invoices[0].lines[1:]
    assert [(line.quantity, line.days, line.amount) for line in lines] == [(3, 15, 77700), (4, 15, 103600)]


def test_a_level_that_is_another_from_a_day_on_is_charged_by_days_and_waits_are_measured_as_of_then() -> None:
    two = (
        '[[contract.option]]\nid = "escalation_levels"\nuntil = 2026-10-17\n'
        '[[contract.option]]\nid = "escalation_levels"\nfrom = 2026-10-17\nwith = { level = 2, delay = 20 }\n'
    )
    came_in = [*calls(1, MONDAY, wait=30), *calls(1, "2026-10-20 10:00:00", wait=30)]
    run = bill(book("escalation_levels", two), came_in)
    lines = run.invoices[0].lines[1:]
    assert [(line.label, line.days, line.amount) for line in lines] == [
        ("Escalade, niveau 1", 16, 1290),
        ("Escalade, niveau 1", 15, 1210),
        ("Escalade, niveau 2", 15, 968),
    ]
    assert sum(found["usage.waited_too_long"] for found in run.counts) == 1


def test_a_description_says_what_an_option_is_taken_with_and_what_it_does_not_go_with() -> None:
    offer = book("online_booking").offers[ESSAI]
    told = list(option_prices_told(offer))
    assert "« Réservation en ligne » ne se prend qu'avec « Agenda partagé »." in [one.fr for one in told]
    assert "“Online booking” does not go with “Answering around the clock”." in [one.told("en") for one in told]


def test_the_examples_that_are_proposed_are_of_contracts_that_have_what_their_options_need(tmp_path: Path) -> None:
    path = tmp_path / "offer.toml"
    path.write_text((FOLDER / "online_booking.toml").read_text("utf-8").split("[[example]]")[0], "utf-8")
    (player,) = prove_offers([path], plugins("online_booking")).players
    proposed = [one.example for one in unshown(player).missing if "online_booking" in one.example.options]
    assert proposed
    assert [one.title for one in proposed if "shared_agenda" not in one.options] == []
