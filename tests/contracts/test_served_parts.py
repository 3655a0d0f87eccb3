"""The parts of a month: cut where something changes that prices rest on, and nowhere else."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from permanence.bill.measure.roster import make_roster
from permanence.bill.price.month_facts import month_facts
from permanence.contracts.book import Book
from permanence.contracts.history import history_of, served_in
from permanence.contracts.selection import contracts_under, read_wish
from permanence.contracts.waiting import why_it_waits
from permanence.decide.decider import Decider
from permanence.model.contract import Contract, LineHeld, OptionTaken
from permanence.model.event import Event
from permanence.model.money import Cents, Micros, PerCent
from permanence.model.offer import BillingRules, Offer, Rule, Then
from permanence.model.own_terms import AgreedPrice, Discount
from permanence.model.period import Month
from permanence.model.quantity import QuantityAgreed
from permanence.model.served import Served

from tests.contracts.histories import SIGNED, basic, signed

JUNE = Month(2025, 6)
TENTH, TWENTIETH = date(2025, 6, 10), date(2025, 6, 20)
VERSION = "basic@2024-01-01"


def sold(when: str = "contract.active", **changed: Any) -> Book:
    """Return the book of an offer with one more monthly rule, and with what is changed of it."""
    book = basic()
    rule = Rule(id="more", on="month", when=when, then=Then(charge="price.desks"))
    offer = book.offers[VERSION]
    offer = evolve(offer, rules=(*offer.rules, evolve(rule, id="more")), **changed)
    return evolve(book, deciders={**book.deciders, VERSION: Decider(offer)}, memory={})


def parts(book: Book, contract: Contract, month: Month = JUNE) -> tuple[Served, ...]:
    assert why_it_waits(book, contract) == ""
    return tuple(served_in(book, history_of(book, contract), month))


def starts(book: Book, contract: Contract, month: Month = JUNE) -> list[int]:
    return [part.served.start.day for part in parts(book, contract, month)]


LINE = Event(contract="C1", on=TENTH, what="line_added", line="L2")
TAKEN = OptionTaken(id="sms", since=TENTH, until=TWENTIETH)


def test_a_contract_whose_options_and_lines_come_and_go_has_one_part_where_no_price_hangs_on_them() -> None:
    contract = signed([LINE], options=(TAKEN,))
    (part,) = parts(sold(), contract)
    assert part.served == part.month_days


def test_lines_are_apart_where_a_rule_reads_how_many_there_are() -> None:
    book = sold("contract.lines > 1")
    assert starts(book, signed([LINE])) == [1, 10]
    assert [part.quantities["contract.lines"] for part in parts(book, signed([LINE]))] == [1, 2]


class PricedWith(Offer):
    """An offer with a price of its own for who has an option or takes a window."""

    @property
    def priced_with(self) -> frozenset[str]:
        return frozenset({"sms", "evening"})


def test_options_and_windows_are_apart_where_a_price_is_another_with_them() -> None:
    book = sold()
    offer = book.offers[VERSION]
    fields: Mapping[str, Any] = {name.name.lstrip("_"): getattr(offer, name.name) for name in Offer.__attrs_attrs__}
    book = evolve(book, deciders={**book.deciders, VERSION: Decider(PricedWith(**fields))}, memory={})
    contract = signed(options=(TAKEN,), windows=("day",))
    found = [(part.served.start.day, part.chosen.hours) for part in parts(book, contract)]
    assert found == [(1, frozenset()), (10, frozenset({"sms"})), (20, frozenset())]
    (part,) = parts(book, signed(windows=("evening", "day")))
    assert part.chosen.hours == {"evening"}
    assert parts(book, signed())[0].chosen.hours == {"evening"}


DISCOUNT = Discount(percent=PerCent(-1000), of=("bands",), since=TENTH, until=TWENTIETH, why="Bienvenue.")
AGREED = AgreedPrice(charge="option.sms", amount=Micros(50_000), since=TENTH, why="Convenu.")


def test_discounts_and_agreed_prices_are_apart_from_their_first_day_to_their_last() -> None:
    contract = signed(discounts=(DISCOUNT,), agreed=(AGREED,))
    found = [(part.served.start.day, part.discounts, part.agreed) for part in parts(sold(), contract)]
    assert found == [(1, (), ()), (10, (DISCOUNT,), (AGREED,)), (20, (), (AGREED,))]
    (july,) = parts(sold(), contract, JUNE.next)
    assert (july.discounts, july.agreed) == ((), (AGREED,))


def test_another_number_of_an_option_is_apart() -> None:
    changed = Event(contract="C1", on=TENTH, what="quantity_changed", option="bilingual", quantity=3)
    found = [(part.served.start.day, part.quantity_of("bilingual")) for part in parts(sold(), signed([changed]))]
    assert found == [(1, 1), (10, 3)]
    assert parts(sold(), signed())[0].quantity_of("sms") == 0


@pytest.mark.parametrize(
    ("live", "month", "days"),
    [
        (date(2025, 1, 15), Month(2025, 4), [1, 15]),
        (date(2025, 1, 15), Month(2025, 3), [1]),
        (date(2025, 1, 15), Month(2025, 5), [1]),
        (date(2025, 1, 31), Month(2025, 4), [1, 30]),
        (date(2025, 1, 10), Month(2025, 4), [1, 10]),
        (date(2025, 2, 1), Month(2025, 5), [1]),
    ],
)
def test_a_month_is_cut_on_the_day_on_which_the_contract_is_as_old_as_a_rule_says(
    live: date, month: Month, days: list[int]
) -> None:
    contract = signed((), live)
    assert starts(sold("contract.months >= 3"), contract, month) == days
    by_month = sold("contract.months >= 3", billing=BillingRules(seniority="by_month"))
    assert starts(by_month, contract, month) == [1]


def test_the_age_of_a_part_is_that_of_its_first_day_and_by_the_month_that_of_the_month_s() -> None:
    april = Month(2025, 4)
    ages = [
        [month_facts(part, april, {})["contract.months"] for part in parts(book, signed([moved]), april)]
        for moved in [Event(contract="C1", on=date(2025, 4, 20), what="plan_changed", plan="large")]
        for book in (
            sold("contract.months >= 3"),
            sold("contract.months >= 3", billing=BillingRules(seniority="by_month")),
        )
    ]
    assert ages == [[2, 3, 3], [2, 2]]


def test_rules_read_what_was_chosen_and_agreed_as_it_is_in_each_part() -> None:
    happened = [
        Event(contract="C1", on=TENTH, what="windows_changed", windows=("evening",)),
        Event(contract="C1", on=TWENTIETH, what="plan_changed", plan="large"),
        Event(contract="C1", on=TWENTIETH, what="quantity_changed", quantity_of="desks", quantity=4),
    ]
    names = ("plan", "window.day", "window.evening", "quantity.desks", "contract.lines")
    facts = [month_facts(part, JUNE, {}, names) for part in parts(sold(), signed(happened))]
    assert [tuple(one[name] for name in names) for one in facts] == [
        ("small", 1, 1, 1, 1),
        ("small", 0, 1, 1, 1),
        ("large", 0, 1, 4, 1),
    ]


def test_a_contract_is_answered_in_the_windows_that_it_chose_and_alike_ones_share_a_timetable() -> None:
    book = sold()
    contracts = [
        evolve(signed(windows=windows), id=name, lines=(name,))
        for name, windows in (("C1", ()), ("C2", ("evening",)), ("C3", ("evening",)), ("C4", ("day", "evening")))
    ]
    roster = make_roster([part for one in contracts for part in parts(book, one)])
    theirs = [[window.id for window in roster.profiles[one.profile].timetable.windows] for one in roster.segments]
    assert theirs == [["day", "evening"], ["evening"], ["evening"], ["day", "evening"]]
    assert len(roster.profiles) == 2


def test_lines_are_counted_in_one_spelling_and_numbers_alone_where_the_offer_says_so() -> None:
    held = signed(lines_changed=(LineHeld("+33199000041"),))
    held = evolve(held, lines=("L1", "+33199000041", "01 99 00 00 42"))
    for lines, count in (("all", 3), ("numbers", 2)):
        book = sold(billing=BillingRules(lines=lines))  # type: ignore[arg-type]
        served = Served(held, book.offers[VERSION], JUNE.period)
        assert served.quantities["contract.lines"] == count


def test_contracts_are_chosen_by_their_plan() -> None:
    contracts = (signed(), evolve(signed(), id="C2", plan="large"))
    book = evolve(sold(), contracts=contracts)
    wish = read_wish("plan=large", book.offers[VERSION])
    assert [one.id for one in contracts_under(book, VERSION, SIGNED, [wish])] == ["C2"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"plan": ""}, f"L'offre {VERSION} se vend par formules, et le contrat n'en indique pas."),
        ({"plan": "larg"}, f"L'offre {VERSION} n'a pas de formule « larg » ; la plus proche est « large »."),
        ({"windows": ("days",)}, f"L'offre {VERSION} n'a pas de plage « days » ; la plus proche est « day »."),
        (
            {"quantities": (QuantityAgreed(id="desk", quantity=2),)},
            f"L'offre {VERSION} n'a pas de quantité « desk » ; la plus proche est « desks ».",
        ),
        (
            {"discounts": (evolve(DISCOUNT, of=("package",)),)},
            f"La remise du contrat porte sur « package », que l'offre {VERSION} ne facture pas.",
        ),
        (
            {"agreed": (AgreedPrice(charge="bands", amount=Micros(10_000), up_to=60, why="Convenu."),)},
            f"Un prix convenu ne nomme, avec 60, aucune tranche de l'offre {VERSION} (tranches : 50, 150 …).",
        ),
        (
            {"agreed": (evolve(AGREED, up_to=50),)},
            "Un prix est convenu pour « option.sms », qui n'a pas de tranches : « up_to » n'y dit rien.",
        ),
    ],
)
def test_what_the_offer_does_not_have_keeps_a_contract_waiting(wrong: Mapping[str, Any], told: str) -> None:
    contract = evolve(signed(), **wrong)
    assert why_it_waits(sold(), contract) == told


def test_a_discount_in_euros_is_of_everything_where_it_does_not_say_of_what() -> None:
    discount = Discount(amount=Cents(-1500), why="Geste.")
    assert why_it_waits(sold(), signed(discounts=(discount,))) == ""
