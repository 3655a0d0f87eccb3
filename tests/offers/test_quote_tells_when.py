"""A quote says when each price is charged: each line of two years of invoices when it says, and no price never."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.contracts.signature import pinned
from permanence.model.contract import Customer
from permanence.model.invoice import ChargeLine
from permanence.model.money import per_cent
from permanence.model.own_terms import Discount
from permanence.model.period import ONE_DAY, Month
from permanence.model.quote import Quote
from permanence.model.words.french import day_in_words
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import contract_of_quote, make_quote

from tests.bill.months import bill, calls, contract, on_file, only_invoice, rule, weekday_offer
from tests.installed import PLUGINS

SVI = "Installation d'un serveur vocal interactif (SVI)"


@frozen
class Day:
    """What a customer is on a day: months since the first day of service, options, mission, calls of the month."""

    months: int
    options: frozenset[str]
    mission: str
    calls: int


Holds = Callable[[Day], bool]


def always(_: Day) -> bool:
    return True


def never(_: Day) -> bool:
    return False


TIMES: Mapping[str, tuple[str, Holds]] = {
    "contract.active": ("", always),
    "contract.months < 3": ("les trois premiers mois", lambda day: day.months < 3),
    "contract.months >= 3": ("à partir du quatrième mois", lambda day: day.months >= 3),
    "contract.months == 0": ("le premier mois", lambda day: day.months == 0),
    "contract.months >= 2 and contract.months < 12": (
        "du troisième au douzième mois",
        lambda day: 2 <= day.months < 12,
    ),
    "not (contract.months < 12)": ("à partir du treizième mois", lambda day: day.months >= 12),
}
WHOSE: Mapping[str, tuple[str, Holds]] = {
    "contract.active": ("", always),
    "option.svi": (f"si vous avez l'option « {SVI} »", lambda day: "svi" in day.options),
    "not option.svi": (f"sans l'option « {SVI} »", lambda day: "svi" not in day.options),
    'mission == "complex"': ("", lambda day: day.mission == "complex"),
    'customer.kind == "consumer"': ("", never),
    "usage.calls >= 5": ("les mois d'au moins 5 appels", lambda day: day.calls >= 5),
    "usage.calls == 0": ("les mois sans appel", lambda day: day.calls == 0),
}
"""Conditions, what a quote says of each to a professional, and on which days it holds."""
FIRST = Month(2026, 2)
MADE, UNTIL = date(2026, 1, 20), date(2026, 3, 1)


def a_working_day(month: Month) -> date:
    """Return a weekday of a month that is no public holiday."""
    return next(day for day in (date(month.year, month.month, number) for number in (20, 21, 22)) if day.weekday() < 5)


def name_of(number: int) -> str:
    return f"price.p{number}"


def offer_text(conditions: Sequence[tuple[str, str]]) -> str:
    tables = '[option.svi]\nprice = "50.00"\n[price.base]\ntitle = "Base"\namount = "0.50"\n'
    tables += rule("base", "month", "contract.active", 'charge = "price.base"')
    for number, (time, whose) in enumerate(conditions):
        tables += f'\n[price.p{number}]\ntitle = "Prix {number}"\namount = "{number + 1}.00"\n'
        tables += rule(f"r{number}", "month", f"({time}) and ({whose})", f'charge = "price.p{number}"')
    text = weekday_offer(tables)
    head = "".join(line for line in text.splitlines(keepends=True) if not line.startswith(("mission =", "customers =")))
    everybody = 'mission = ["simple", "complex"]\ncustomers = ["professional", "consumer"]\nsold_from'
    return head.replace("sold_from", everybody, 1)


def signed(text: str, mission: str, options: tuple[str, ...], live: date) -> tuple[Quote, Book]:
    book = on_file(text, contract("C2"))
    (decider,) = book.deciders.values()
    asked = Asked(
        customer=Customer(name="Garage du Parc"),
        mission=mission,
        calls=6,
        options=options,
        made=MADE,
        valid_until=UNTIL,
    )
    quote = make_quote(decider, asked, PLUGINS)
    made = evolve(contract_of_quote(quote, decider.offer, "C1", ["C1"], MADE), live=live)
    alone = evolve(book, contracts=())
    return quote, evolve(alone, contracts=(pinned(alone, made),))


def days_of(line_month: int, live: date, day: Day) -> tuple[Day, ...]:
    """Return what the customer is on the days of a month of service, the first being 0."""
    whole = live.day == 1 or line_month == 0
    return tuple(evolve(day, months=months) for months in ((line_month,) if whole else (line_month - 1, line_month)))


@settings(max_examples=6, deadline=None)
@given(st.data())
def test_each_line_of_two_years_is_in_the_quote_for_when_it_says_and_no_price_is_never_charged(
    data: st.DataObject,
) -> None:
    one = st.tuples(st.sampled_from(sorted(TIMES)), st.sampled_from(sorted(WHOSE)))
    conditions = data.draw(st.lists(one, min_size=1, max_size=6, unique=True))
    mission = data.draw(st.sampled_from(("simple", "complex")))
    options = ("svi",) if data.draw(st.booleans()) else ()
    live = date(2026, 2, data.draw(st.sampled_from((1, 2, 17))))
    text = offer_text(conditions)
    quote, book = signed(text, mission, options, live)
    prices = {price.code: price for price in quote.prices}
    months: list[tuple[int, Month, int]] = []
    month = FIRST
    for number in range(24):
        months.append((number, month, data.draw(st.sampled_from((0, 6))) if number else 6))
        month = month.next
    charged: set[str] = set()
    for number, month, count in months:
        came_in = calls(count, f"{a_working_day(month)} 10:00:00")
        lines = only_invoice(bill(book, came_in, month)).lines
        today = days_of(number, live, Day(0, frozenset(options), mission, len(came_in)))
        for line in lines:
            assert_told(line, prices, conditions, today)
        charged |= {line.code for line in lines}
    met = {
        name_of(number)
        for number, (time, whose) in enumerate(conditions)
        if any(
            TIMES[time][1](day) and WHOSE[whose][1](day)
            for day in (
                Day(months, frozenset(held), mission, count)
                for months in (0, 2, 3, 12)
                for held in ((), ("svi",))
                for count in (0, 6)
            )
        )
    }
    assert {code for code in prices if code.startswith("price.p")} == met
    assert {code for code in charged if code.startswith("price.p")} <= met


def assert_told(
    line: ChargeLine, prices: Mapping[str, object], conditions: Sequence[tuple[str, str]], today: tuple[Day, ...]
) -> None:
    if not line.code.startswith("price.p"):
        return
    time, whose = conditions[int(line.code.removeprefix("price.p"))]
    assert any(TIMES[time][1](day) and WHOSE[whose][1](day) for day in today), line
    price = prices[line.code]
    told = ", ".join(filter(None, (TIMES[time][0], WHOSE[whose][0])))
    assert (price.when.fr if price.when else "") == told  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("usage.calls > 0", None),
        ("usage.calls > 5", "les mois d'au moins 6 appels"),
        ("usage.calls > 0 and contract.months < 1", "le premier mois"),
        ("usage.calls != 3", "les mois d'au plus 2 appels ou les mois d'au moins 4 appels"),
        ("contract.months < 1 or option.svi", f"le premier mois ou bien si vous avez l'option « {SVI} »"),
        ('customer.region == "FR-974"', None),
    ],
)
def test_a_price_per_use_says_nothing_but_what_it_needs_besides_use(when: str, told: str | None) -> None:
    tables = '[option.svi]\nprice = "50.00"\n[price.p0]\ntitle = "Appel"\namount = "1.00"\nper = "usage.calls"\n'
    quote, _ = signed(
        weekday_offer(tables + rule("r", "month", when, 'charge = "price.p0"')), "simple", (), FIRST.first
    )
    found = [price.when.fr if price.when else None for price in quote.prices if price.code == "price.p0"]
    assert found == ([] if "region" in when else [told])


def test_a_month_is_told_now_and_after_each_change() -> None:
    quote, _ = signed(
        offer_text([("contract.months < 3", "contract.active"), ("not (contract.months < 12)", "contract.active")]),
        "simple",
        (),
        FIRST.first,
    )
    assert [(month.when, month.net) for month in (quote.month, *quote.later)] == [
        ("les trois premiers mois", 150),
        ("du quatrième au douzième mois", 50),
        ("à partir du treizième mois", 250),
    ]


@pytest.mark.parametrize(
    ("until", "months"),
    [
        (
            None,
            [
                ("les trois premiers mois", 135),
                ("du quatrième au douzième mois", 45),
                ("à partir du treizième mois", 225),
            ],
        ),
        (
            date(2026, 6, 1),
            [
                ("les trois premiers mois", 135),
                ("à partir du quatrième mois", 45),
                ("à compter du 1er juin 2026", 50),
                ("à partir du treizième mois", 250),
            ],
        ),
        (
            date(2026, 3, 1),
            [
                ("jusqu'au 28 février 2026", 135),
                ("à compter du 1er mars 2026", 150),
                ("du quatrième au douzième mois", 50),
                ("à partir du treizième mois", 250),
            ],
        ),
    ],
)
def test_a_month_is_told_after_the_day_on_which_what_was_agreed_ends(
    until: date | None, months: list[tuple[str, int]]
) -> None:
    text = offer_text([("contract.months < 3", "contract.active"), ("not (contract.months < 12)", "contract.active")])
    (decider,) = on_file(text, contract("C2")).deciders.values()
    asked = Asked(
        customer=Customer(name="Garage du Parc"),
        mission="simple",
        calls=6,
        options=(),
        discounts=(Discount(percent=per_cent("-10"), why="Bienvenue.", until=until),),
        made=MADE,
        valid_until=UNTIL,
    )
    quote = make_quote(decider, asked, PLUGINS)
    assert [(month.when, month.net) for month in (quote.month, *quote.later)] == months


def test_a_discount_that_begins_when_another_ends_keeps_its_name_in_the_months_of_the_quote() -> None:
    (decider,) = on_file(offer_text([("contract.active", "contract.active")]), contract("C2")).deciders.values()
    turn = date(2026, 6, 1)
    asked = Asked(
        customer=Customer(name="Garage du Parc"),
        mission="simple",
        calls=6,
        options=(),
        discounts=(
            Discount(percent=per_cent("-10"), why="Bienvenue.", until=turn),
            Discount(percent=per_cent("-20"), why="Fidélité.", since=turn),
        ),
        made=MADE,
        valid_until=UNTIL,
    )
    quote = make_quote(decider, asked, PLUGINS)
    assert [(month.when, month.lines[-1].label) for month in (quote.month, *quote.later)] == [
        ("jusqu'au 31 mai 2026", "Remise convenue : Bienvenue"),
        ("à compter du 1er juin 2026", "Remise convenue : Fidélité"),
    ]


@pytest.mark.parametrize(
    ("live", "seniority", "since"),
    [
        (date(2026, 2, 12), "by_day", date(2027, 2, 12)),
        (date(2026, 2, 12), "by_month", date(2027, 3, 1)),
        (date(2026, 2, 1), "by_month", date(2027, 2, 1)),
        (date(2026, 2, 28), "by_day", date(2027, 2, 28)),
        (date(2026, 1, 31), "by_day", date(2027, 1, 31)),
    ],
)
def test_with_the_first_day_of_service_a_price_and_a_month_have_the_day_from_which_they_are_charged(
    live: date, seniority: str, since: date
) -> None:
    text = offer_text([("not (contract.months < 12)", "contract.active")])
    text = text.replace("[coverage]", f'[billing]\nseniority = "{seniority}"\n\n[coverage]')
    (decider,) = on_file(text, contract("C2")).deciders.values()
    asked = Asked(
        customer=Customer(name="Garage du Parc"),
        mission="simple",
        calls=6,
        options=(),
        made=MADE,
        valid_until=UNTIL,
        live=live,
    )
    quote = make_quote(decider, asked, PLUGINS)
    told = f"à partir du treizième mois (à compter du {day_in_words(since)})"
    assert [price.when.fr for price in quote.prices if price.when] == [told]
    assert quote.month.when == f"les douze premiers mois (jusqu'au {day_in_words(since - ONE_DAY)})"
    assert [month.when for month in quote.later] == [told]
    empty = Book(PLUGINS, {quote.offer: decider}, ())
    signed = pinned(empty, evolve(contract_of_quote(quote, decider.offer, "C1", ["C1"], MADE), live=live))
    book = evolve(empty, contracts=(signed,))
    charged = [
        line.period.start
        for month in (Month.of(since).before, Month.of(since), Month.of(since).next)
        for line in only_invoice(bill(book, (), month)).lines
        if line.code == "price.p0" and line.period
    ]
    assert charged[0] == since
