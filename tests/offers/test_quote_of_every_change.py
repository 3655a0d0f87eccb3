"""Whatever changes in two years, each line is quoted: at once what an option brings, anew what the customer chooses.

A mission, a plan and windows are chosen: who changes one is quoted anew, and so is who is granted a discount or another
price. All else that may come, options first, the quote of the signature has already. SOAK=1 tries many more offers.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from permanence.bill.measure.calls_together import TOGETHER
from permanence.bill.price.price_list import LIMITS
from permanence.contracts.book import Book
from permanence.contracts.history import History, history_of
from permanence.contracts.signature import pinned
from permanence.decide.decider import Decider
from permanence.model.contract import Contract, Customer
from permanence.model.event import Event
from permanence.model.example import Example
from permanence.model.facts import FactValue
from permanence.model.money import cents, micros, per_cent
from permanence.model.own_terms import AgreedPrice, Discount, Granted
from permanence.model.period import ONE_DAY, Month
from permanence.model.price_list import QuotedPrice
from permanence.model.quantity import QuantityAgreed
from permanence.model.quote import Quote
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import contract_of_quote, make_quote
from permanence.publish.quote_told import sections

from tests.bill.months import bill, contract, on_file, only_invoice, rule, weekday_offer
from tests.bill.oracle import Call
from tests.bill.samples import make_call
from tests.installed import PLUGINS
from tests.offers.test_quote_of_every_model import COUNTS, EDGES, PRICES, Sold, matching, out_of_reach, told_when
from tests.offers.test_quote_tells_when import SVI, TIMES, WHOSE, Day, Holds, a_working_day, always, days_of

CASES = 400 if "SOAK" in os.environ else 4
FIRST, MADE, UNTIL = Month(2026, 2), date(2026, 1, 20), date(2026, 3, 1)
BANDS = "steps = [{{ up_to = 50, {} }}, {{ up_to = 150, {} }}]\nthen = {{ every = 100, {} }}\n"


def each(*amounts: str) -> tuple[str, ...]:
    """Return prices for both missions, the complex one at two euros more."""
    return tuple(f'simple = "{one}", complex = "{float(one) + 2:.2f}"' for one in amounts)


def plan(title: str, price: str, included: int, beyond: str) -> str:
    over = f"{{ {each(beyond)[0]} }}" if beyond != "average" else '"average"'
    return f'title = "{title}"\nprice = {{ {each(price)[0]} }}\nincluded = {included}\nbeyond = {over}\n'


def others(price: str, beyond: str) -> str:
    return f"price = {{ {each(price)[0]} }}\nbeyond = {{ {each(beyond)[0]} }}\n"


SUBSCRIPTIONS: Mapping[str, str] = {
    "bands": "[bands]\n" + BANDS.format(*each("59.00", "149.00", "80.00")),
    "bands with": "[bands]\n"
    + BANDS.format(*each("59.00", "149.00", "80.00"))
    + "[bands.with.svi]\n"
    + BANDS.format(*each("79.00", "189.00", "95.00"))
    + "[bands.with.saturday]\n"
    + BANDS.format(*each("69.00", "169.00", "85.00"))
    + '[bands.with."saturday+svi"]\n'
    + BANDS.format(*each("89.00", "209.00", "99.00")),
    "package": f"[package]\nincluded = 20\nprice = {{ {each('24.00')[0]} }}\nper_call = {{ {each('1.05')[0]} }}\n",
    "plan": f"[plan.small]\n{plan('Petite', '60.00', 30, '2.40')}"
    f"[plan.large]\n{plan('Grande', '150.00', 100, 'average')}",
    "plan with": f"[plan.small]\n{plan('Petite', '60.00', 30, '2.40')}[plan.small.with.svi]\n{others('75.00', '3.10')}"
    f"[plan.large]\n{plan('Grande', '150.00', 100, '2.30')}[plan.large.with.svi]\n{others('170.00', '2.90')}",
}
PLANS = ("", '[plans]\nincluded = "by_days"\n', "[plans]\nbest = true\n")
OPTIONS: Mapping[str, str] = {
    "svi": '[option.svi]\nprice = "50.00"\n',
    "bilingual": '[option.bilingual]\npercent = "25"\nof = ["subscription"]\n',
    "sms": '[option.sms]\nprice = { simple = "0.12", complex = "0.15" }\n',
    "transfer": '[option.transfer]\npercent = "-4"\nof = ["prices"]\n',
}
CAPPED = (
    '[price.each]\ntitle = "Appel"\nper = "usage.calls"\namount = "1.30"\n'
    '[price.booked]\ntitle = "Urgence"\nper = "usage.urgent"\namount = "2.50"\n'
    '[price.cap]\ntitle = "Plafond par appel"\nmost_per_call = "3.00"\nof = ["price.each", "price.booked"]\n'
    + "".join(
        rule(f"r-{name}", "month", "contract.active", f'charge = "price.{name}"') for name in ("each", "booked", "cap")
    )
)
MONTHS = ("", 'least = "75.00"\n', 'most = "160.00"\n', 'least = "75.00"\nmost = "160.00"\n')
BILLING = ("", 'percents = "one_after_other"\n', 'partial = "full"\n', 'month_days = "thirty"\n')
WINDOWS = """window = [
    { id = "weekdays", title = "en semaine", days = "mon-fri", hours = "08:00-19:00" },
    { id = "saturday", title = "le samedi", days = "sat", hours = "09:00-12:00" },
]"""
CHOSEN: Mapping[str, tuple[str, Holds]] = {
    'mission == "complex"': ("", lambda day: day.mission == "complex"),
    "window.saturday": ("", always),
    "not window.saturday": ("", always),
}
FOR_WHOM = {**WHOSE, **COUNTS, **CHOSEN}
HAVING: Mapping[str, Holds] = {
    f"si vous avez l'option « {SVI} »": lambda day: "svi" in day.options,
    f"sans l'option « {SVI} »": lambda day: "svi" not in day.options,
}
PHRASES = {**{words: holds for words, holds in (*TIMES.values(), *FOR_WHOM.values()) if words}, **HAVING}
DISCOUNTS = (
    Discount(percent=per_cent("-10"), of=("prices",), why="Bienvenue."),
    Discount(percent=per_cent("-5"), why="Fidélité."),
    Discount(amount=cents("-15.00"), of=("subscription",), why="Geste."),
)
AGREED = AgreedPrice(charge="price.use", amount=micros("1.15"), why="Convenu.")


def later() -> st.SearchStrategy[date]:
    return st.dates(date(2026, 3, 1), date(2027, 12, 1))


@st.composite
def sold(draw: st.DrawFn) -> Sold:
    """Draw an offer of two missions and windows, with shares and a month's least or most, and who asks for it."""
    named = draw(st.sampled_from(sorted(SUBSCRIPTIONS)))
    kind = named.split()[0]
    known = sorted(PRICES)
    prices = draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True))
    prices += ["monthly"] if "loyal" in prices and "monthly" not in prices else []
    desks = '[quantity.desks]\ntitle = "Postes"\nunit = "poste"\nunits = "postes"\ndefault = 1\n'
    tables = SUBSCRIPTIONS[named] + (draw(st.sampled_from(PLANS)) if kind == "plan" else "")
    tables += "".join(OPTIONS.values()) + (desks if "desks" in prices else "")
    tables += f"[billing]\n{draw(st.sampled_from(BILLING))}{draw(st.sampled_from(MONTHS))}"
    tables += "".join(f'[price.{name}]\ntitle = "Prix {name}"\n{PRICES[name]}' for name in prices)
    tables += rule("urgent", "call", "call.urgent", 'mark = "urgent"')
    tables += rule("subscription", "month", "contract.active", f'charge = "{kind}"')
    for name in sorted(prices):
        time, whose = draw(st.tuples(st.sampled_from(sorted(TIMES)), st.sampled_from(sorted(FOR_WHOM))))
        tables += rule(f"r-{name}", "month", f"({time}) and ({whose})", f'charge = "price.{name}"')
    tables += CAPPED if draw(st.booleans()) else ""
    head = 'mission = ["simple", "complex"]\ncustomers = ["professional", "consumer"]\nsold_from'
    text = re.sub("window = .*", WINDOWS, weekday_offer(tables).replace("sold_from", head, 1), count=1)
    best = "best = true" in text
    options = tuple(draw(st.lists(st.sampled_from(sorted(OPTIONS)), unique=True)))
    dated = draw(st.lists(st.sampled_from(options), unique=True)) if options else ()
    asked = Asked(
        customer=Customer(name="Garage du Parc"),
        mission=draw(st.sampled_from(("simple", "complex"))),
        calls=60,
        options=options,
        options_from={name: draw(later()) for name in dated},
        plan="" if kind != "plan" or best else draw(st.sampled_from(("small", "large"))),
        windows=draw(st.sampled_from(((), ("weekdays",), ("weekdays", "saturday")))),
        quantities=(QuantityAgreed(id="desks", quantity=2),) if "desks" in prices else (),
        discounts=tuple(draw(st.lists(st.sampled_from(DISCOUNTS), max_size=1))),
        agreed=(AGREED,) if "use" in prices and draw(st.booleans()) else (),
        made=MADE,
        valid_until=UNTIL,
    )
    return Sold(text, asked)


@st.composite
def events(draw: st.DrawFn, one: Sold, has: Quote) -> tuple[Event, ...]:
    """Draw some of all that may change in a contract of such an offer."""
    asked, found = one.asked, list[Event]()

    def add(what: str, **more: object) -> None:
        if draw(st.booleans()):
            found.append(Event(contract="C1", on=draw(later()), what=what, **more))  # type: ignore[arg-type]

    add("mission_changed", mission="complex" if asked.mission == "simple" else "simple")
    add("windows_changed", windows=("weekdays", "saturday") if asked.windows == ("weekdays",) else ("weekdays",))
    if asked.plan:
        add("plan_changed", plan="large" if asked.plan == "small" else "small")
    for name in sorted(OPTIONS.keys() - asked.options_from.keys()):
        add("option_removed" if name in has.options else "option_added", option=name)
    if asked.quantities:
        add("quantity_changed", quantity_of="desks", quantity=draw(st.sampled_from((1, 5))))
    until = draw(st.sampled_from((None, date(2028, 1, 1))))
    left = [one for one in DISCOUNTS if one not in asked.discounts]
    add("discount_granted", discount=evolve(draw(st.sampled_from(left)), until=until))
    if "[price.use]" in one.text and not asked.agreed:
        add("price_agreed", agreed=evolve(AGREED, until=until))
    return tuple(found)


def asked_as(asked: Asked, stands: Contract) -> Asked:
    """Return what a customer is asked for anew who has chosen, or was granted, what a contract has."""
    return evolve(
        asked,
        mission=stands.mission,
        plan=stands.plan,
        windows=stands.windows,
        discounts=stands.discounts,
        agreed=stands.agreed,
    )


def days_looked_at(month: Month, live: date, changes: Iterable[date]) -> Iterator[date]:
    """Yield a day of each part of a month in which something changes."""
    yield max(month.first, live)
    for on in changes:
        yield from (day for day in (on, on + ONE_DAY) if day in month.period and day >= live)


def day_of(history: History, on: date, count: int) -> Day:
    stands = history.standing(on)
    held = {one.id for one in stands.options if on in stands.option_period(one)}
    return Day(0, frozenset(held), stands.mission, count)


def came_in(month: Month, count: int, urgent: int) -> list[Call]:
    at = f"{a_working_day(month)} 10:00:00"
    made = [make_call(at, account="C1", tags="urgent" if number < urgent else "") for number in range(count)]
    return [{**call, "row": row} for row, call in enumerate(made)]


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sold(), st.data())
def test_each_line_of_two_years_is_quoted_whatever_changes(one: Sold, data: st.DataObject) -> None:
    (decider,) = on_file(one.text, contract("C2")).deciders.values()
    quote = make_quote(decider, one.asked, PLUGINS)

    @cache
    def prices_on(day: date) -> Sequence[QuotedPrice]:
        return make_quote(decider, asked_as(one.asked, history.standing(day)), PLUGINS).prices

    changes = data.draw(events(one, quote))
    live = date(2026, 2, data.draw(st.sampled_from((1, 17))))
    signed = evolve(contract_of_quote(quote, decider.offer, "C1", ["C1"], MADE), live=live)
    empty = Book(PLUGINS, {quote.offer: decider}, ())
    book = evolve(empty, contracts=(evolve(pinned(empty, signed), events=changes),))
    history = history_of(book, book.contracts[0])
    month = FIRST
    for number in range(24):
        count = data.draw(st.sampled_from(EDGES))
        urgent = min(2, count)
        invoice = only_invoice(bill(book, came_in(month, count, urgent), month))
        turns = (*(event.on for event in changes), *one.asked.options_from.values())
        looked = sorted({*days_looked_at(month, live, turns)})
        told = [
            [
                price
                for price in prices_on(on)
                if any(holds(told_when(price), day) for day in days_of(number, live, day))
            ]
            for on in looked
            for day in [day_of(history, on, count)]
        ]
        for line in invoice.lines:
            assert any(next(matching(line, prices), None) for prices in told), (
                str(month),
                line.code,
                line.label,
                count,
            )
        month = month.next


def holds(told: str, day: Day) -> bool:
    """Tell whether what a quote says of when a price is charged is so on a day."""
    return all(PHRASES.get(words, always)(day) for words in told.split(", "))


def months_of(one: Sold, decider: Decider) -> Iterator[Example]:
    """Yield a month of each kind that conditions, counts and options tell apart, of who chose what was asked for."""
    known = set(decider.facts_needed("month")) | {price.per for price in decider.offer.prices.values()}
    taken = one.asked.windows or ("weekdays", "saturday")
    for options in ((), ("svi",), ("bilingual", "transfer"), ("bilingual", "sms", "svi", "transfer")):
        for months in (0, 2, 3, 12):
            for count in EDGES:
                for urgent in sorted({0, min(2, count)}):
                    given = {
                        "contract.months": months,
                        "contract.first_month": int(months == 0),
                        "usage.talk_seconds": count * 60,
                        "usage.billed_seconds": count * 60,
                        "usage.urgent": urgent,
                        **({"quantity.desks": 2} if one.asked.quantities else {}),
                        **{f"window.{name}": int(name in taken) for name in ("weekdays", "saturday")},
                    }
                    facts: dict[str, FactValue] = {
                        name: value for name, value in given.items() if name in known or "window" in name
                    }
                    facts |= {"mission": one.asked.mission, "usage.calls": count}
                    facts |= {f"{TOGETHER}each+booked": urgent, f"{TOGETHER}each": count - urgent}
                    facts |= {"usage.sms": count} if "sms" in options else {}
                    facts |= {"plan": one.asked.plan} if one.asked.plan else {}
                    facts |= {"contract.months": months, "contract.first_month": int(months == 0)}
                    yield Example(title="", given=facts, options=options, total=cents("0.00"))


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sold())
def test_no_price_is_out_of_reach_of_who_chose_so(one: Sold) -> None:
    (decider,) = on_file(one.text, contract("C2")).deciders.values()
    quote = make_quote(decider, one.asked, PLUGINS)
    own = Granted.on(MADE, one.asked.discounts, one.asked.agreed)
    # Part of a month may fall below a least, or above a most that follows its days, where no whole month does.
    left = [price for price in quote.prices if price.due not in LIMITS]
    assert out_of_reach(left, quote, decider, own, months_of(one, decider)) == []


@pytest.mark.parametrize(
    ("windows", "options", "own", "changed"),
    [
        ((), (), 69, (89, "si vous avez l'option")),
        ((), ("svi",), 89, (69, "sans l'option")),
        (("weekdays",), (), 59, (79, "si vous avez l'option")),
    ],
)
def test_a_quote_has_the_bands_of_the_windows_that_are_taken_and_what_an_option_makes_of_them(
    windows: tuple[str, ...], options: tuple[str, ...], own: int, changed: tuple[int, str]
) -> None:
    tables = SUBSCRIPTIONS["bands with"] + OPTIONS["svi"] + rule("r", "month", "contract.active", 'charge = "bands"')
    head = weekday_offer(tables).replace("sold_from", 'mission = ["simple", "complex"]\nsold_from', 1)
    (decider,) = on_file(re.sub("window = .*", WINDOWS, head, count=1), contract("C2")).deciders.values()
    asked = Asked(
        customer=Customer(name="X"),
        mission="simple",
        calls=9,
        options=options,
        windows=windows,
        made=MADE,
        valid_until=UNTIL,
    )
    quote = make_quote(decider, asked, PLUGINS)
    first = [price for price in quote.prices if price.last == 50]
    assert [(price.unit_price // 1_000_000, told_when(price)) for price in first] == [
        (own, ""),
        (changed[0], f"{changed[1]} « {SVI} »"),
    ]
    assert quote.month.lines[0].amount == own * 100
    assert [section.title for section in sections(quote)][-1] == "Si vos options changent"
