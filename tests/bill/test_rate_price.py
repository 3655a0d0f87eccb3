"""What a rule charges: the cases that a whole month does not show."""

from datetime import date, timedelta

import pytest
from attrs import evolve
from permanence.bill.price.bands import Unpriceable
from permanence.bill.price.charges import charge_lines
from permanence.bill.price.priced_month import PricedMonth
from permanence.model.contract import OptionTaken
from permanence.model.decision import Decision
from permanence.model.money import Cents, Micros
from permanence.model.offer import BillingRules, Offer, Rule, Then
from permanence.model.option import Charge, Option
from permanence.model.option_failed import OptionFailed
from permanence.model.period import Month, Period, ServiceDays
from permanence.model.price import Price
from permanence.model.scalars import Words
from permanence.model.served import Served
from permanence.model.subscriptions import Bands, BandStep, Package
from permanence.model.words.french import each_in_words, unit_of
from permanence.model.words.lines import calls_in_words, days_in_words, times_sentence
from permanence_options.bilingual import Bilingual

from tests.bill.moody import Greedy
from tests.bill.samples import OCTOBER, make_contract, make_offer
from tests.docs.documents import SPACES

BANDS = Bands(steps=(BandStep(up_to=50, prices={"simple": Cents(5900)}),))
PACKAGE = Package(included=20, prices={"simple": Cents(2400)}, overage={"simple": Micros(1_050_000)})


def decision(charge: str) -> Decision:
    return Decision(Rule(id="r", on="month", when="contract.active", then=Then(charge=charge), why="Parce que."), ())


def priced(
    offer: Offer, *options: tuple[str, date | None, date | None], billed: int = 31, calls: int = 0
) -> PricedMonth:
    taken = [OptionTaken(id=name, since=since, until=until) for name, since, until in options]
    return PricedMonth(
        served=Served(make_contract(options=taken), offer, OCTOBER.period),
        month=OCTOBER,
        billed=Period(OCTOBER.next.first - timedelta(days=billed), OCTOBER.next.first),
        facts={"usage.calls": calls},
    )


@pytest.mark.parametrize("what", ["bands", "package"])
def test_what_an_offer_has_no_price_for_cannot_be_charged(what: str) -> None:
    with pytest.raises(Unpriceable, match=f"essentielle@2026-01-01 has no {what}"):
        charge_lines(priced(make_offer()), (decision(what),))


def test_lines_stand_in_the_order_of_the_rules() -> None:
    offer = evolve(make_offer(), bands=BANDS, package=PACKAGE)
    lines = charge_lines(priced(offer, calls=22), (decision("package"), decision("bands")))
    assert [(line.code, line.quantity, line.amount) for line in lines] == [
        ("package", 1, 2400),
        ("package", 2, 210),
        ("bands", 1, 5900),
    ]


def test_a_month_of_which_no_day_is_billed_has_no_price_for_its_calls() -> None:
    price = Price(title=Words("Astreinte"), amount=Micros(31_000_000))
    offer = evolve(make_offer(), bands=BANDS, package=PACKAGE, prices={"duty": price})
    charged = tuple(map(decision, ("bands", "package", "price.duty")))
    assert [line.code for line in charge_lines(priced(offer, calls=22), charged)] == [
        *("bands", "package", "package", "price.duty")
    ]
    assert charge_lines(priced(offer, calls=22, billed=0), charged) == ()


def test_a_band_named_in_a_contract_is_nothing_to_an_offer_whose_floor_is_the_lowest() -> None:
    bands = Bands(steps=(*BANDS.steps, BandStep(up_to=150, prices={"simple": Cents(14900)})))
    month = priced(evolve(make_offer(), bands=bands))
    month = evolve(month, served=evolve(month.served, contract=evolve(month.contract, band=150)))
    assert month.band is not None
    assert month.band.up_to == 50
    contracted = evolve(
        month, served=evolve(month.served, offer=evolve(month.offer, bands=evolve(bands, floor="contracted")))
    )
    assert contracted.band is not None
    assert contracted.band.up_to == 150


def test_capacity_by_days_follows_the_days_served_also_where_some_are_free() -> None:
    billing = BillingRules(partial="prorate_price_and_bands")
    offer = evolve(make_offer(), bands=BANDS, billing=billing)
    (line,) = charge_lines(priced(offer, billed=10, calls=50), (decision("bands"),))
    assert (line.label.split(", ")[1], line.days, line.amount) == ("jusqu'à 50 appels", 10, 1903)


def test_an_option_left_and_taken_again_is_charged_for_both_stretches() -> None:
    stretches = ("bilingual", None, date(2026, 10, 11)), ("bilingual", date(2026, 10, 21), None)
    (line,) = charge_lines(priced(make_offer(), *stretches), (decision("option.bilingual"),))
    assert (line.days, line.of_days, line.amount) == (21, 31, 2642)
    assert (
        line.sentence
        == "Parce que. Au prorata : 21 jours sur 31, du 1er au 10 octobre 2026 et du 21 au 31 octobre 2026."
    )


def test_an_option_that_ended_before_the_month_is_not_charged() -> None:
    month = priced(make_offer(), ("bilingual", None, date(2026, 10, 1)))
    assert charge_lines(month, (decision("option.bilingual"),)) == ()


def test_a_plugin_that_raises_is_named_with_its_cause() -> None:
    options: list[Option] = [Bilingual(price=Micros(1)), Greedy(price=Micros(1))]
    with pytest.raises(OptionFailed, match="greedy") as failed:
        charge_lines(priced(make_offer(options=options), ("greedy", None, None)), (decision("option.greedy"),))
    assert repr(failed.value.__cause__) == "RuntimeError('more')"


@pytest.mark.parametrize(
    ("count", "words"), [(0, "aucun appel"), (1, "1 appel"), (2, "2 appels"), (1051, "1\u202f051 appels")]
)
def test_calls_are_said_as_french_says_them(count: int, words: str) -> None:
    assert calls_in_words(count) == words


def test_what_is_included_is_told_only_where_something_is() -> None:
    rule, night = decision("price.night").rule, Charge(label="Majoration", quantity=3, unit_price=Micros(600_000))
    assert times_sentence(rule, night, 0, "EUR") == "Majoration : 3, à 0,60\u00a0€ l'unité. Parce que."
    assert times_sentence(rule, night, 2, "EUR").startswith("Majoration : 5, dont 2 compris, à 0,60")


def test_seconds_are_told_as_such_beside_the_time_that_their_price_is_for() -> None:
    rule = decision("price.talk").rule
    talk = Charge(label="Conversation", quantity=4530, unit_price=Micros(1_400_000), unit="s", for_each=60)
    assert times_sentence(rule, talk, 9000, "EUR").translate(SPACES) == (
        "Conversation : 225 minutes et 30 secondes, dont 150 minutes comprises, à 1,40 € la minute. Parce que."
    )
    by_the_second = evolve(talk, unit_price=Micros(13_000), for_each=1)
    assert (
        times_sentence(rule, by_the_second, 0, "EUR")
        .translate(SPACES)
        .endswith("4 530 secondes, à 0,013 € la seconde. Parce que.")
    )


@pytest.mark.parametrize(
    ("for_each", "unit", "words"),
    [
        (1, "appels", "l'unité"),
        (100, "appels", "les 100 appels"),
        (1, "s", "la seconde"),
        (60, "s", "la minute"),
        (3600, "s", "l'heure"),
        (30, "s", "les 30 s"),
    ],
)
def test_what_a_price_is_for_is_said_as_french_says_it(for_each: int, unit: str, words: str) -> None:
    assert each_in_words(for_each, unit) == words


def test_several_units_are_plural_and_one_is_not() -> None:
    assert [unit_of(1, "unité"), unit_of(5, "unité"), unit_of(2, "mois")] == ["unité", "unités", "mois"]
    assert [unit_of(1, "appels"), unit_of(2, "appels"), unit_of(9, "s")] == ["appel", "appels", "s"]
    assert unit_of(2, "lettres") == "lettres"


def test_one_day_is_singular_and_a_whole_month_is_not_mentioned() -> None:
    one = ServiceDays.of(Period(date(2026, 10, 1), date(2026, 10, 2)))
    assert days_in_words(one, 1, 31) == " Au prorata : 1 jour sur 31, le 1er octobre 2026."
    assert days_in_words(ServiceDays.of(Month(2026, 10).period), 31, 31) == ""


def test_days_that_are_no_one_period_are_told_period_by_period() -> None:
    days = ServiceDays.of(Month(2026, 10).period).without(Period(date(2026, 10, 4), date(2026, 10, 31)))
    assert days_in_words(days, 4, 31) == " Au prorata : 4 jours sur 31, du 1er au 3 octobre 2026 et le 31 octobre 2026."
