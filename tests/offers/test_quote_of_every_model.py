"""Over random offers of every way of pricing: what two years charge is quoted for then, and no price is out of reach.

SOAK=1 tries many more of them.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from permanence.bill.price.price_list import LIMITS, Tariff
from permanence.contracts.book import Book
from permanence.contracts.signature import pinned
from permanence.decide.decider import Decider
from permanence.model.contract import Customer
from permanence.model.event import Event
from permanence.model.example import Example
from permanence.model.invoice import ChargeLine
from permanence.model.money import cents, micros, per_cent
from permanence.model.own_terms import AgreedPrice, Discount, Granted
from permanence.model.period import ONE_DAY, Month
from permanence.model.price_list import QuotedPrice
from permanence.model.quantity import QuantityAgreed
from permanence.model.quote import Quote
from permanence.offers.examples.played import example_lines
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import contract_of_quote, make_quote

from tests.bill.months import bill, contract, on_file, only_invoice, rule, weekday_offer
from tests.bill.oracle import Call
from tests.bill.samples import make_call
from tests.installed import PLUGINS
from tests.offers.test_quote_tells_when import TIMES, WHOSE, Day, Holds, a_working_day, always, days_of

CASES = 300 if "SOAK" in os.environ else 8
FIRST, MADE, UNTIL = Month(2026, 2), date(2026, 1, 20), date(2026, 3, 1)
SUBSCRIPTIONS: Mapping[str, str] = {
    "bands": '[bands]\nsteps = [{ up_to = 50, simple = "59.00" }, { up_to = 150, simple = "149.00" }]\n'
    'then = { every = 100, simple = "80.00" }\n',
    "package": '[package]\nincluded = 20\nprice = { simple = "24.00" }\nper_call = { simple = "1.05" }\n',
    "plan": '[plan.small]\ntitle = "Petite"\nprice = { simple = "60.00" }\nincluded = 30\n'
    'beyond = { simple = "2.40" }\n'
    '[plan.large]\ntitle = "Grande"\nprice = { simple = "150.00" }\nincluded = 100\nbeyond = "average"\n',
    "": "",
}
STEPS = (
    'steps = [{ up_to = 100, amount = "1.10" }, { up_to = 300, amount = "0.95", flat = "5.00" }, { amount = "0.80" }]\n'
)
PRICES: Mapping[str, str] = {
    "monthly": 'amount = "12.00"\n',
    "use": 'per = "usage.calls"\nincluded = 20\namount = "1.30"\n',
    "graduated": f'per = "usage.calls"\n{STEPS}',
    "volume": f'per = "usage.calls"\nmodel = "volume"\n{STEPS}',
    "lots": 'per = "usage.calls"\nevery = 10\namount = "9.00"\n',
    "limits": 'per = "usage.calls"\namount = "0.70"\nleast = "40.00"\nmost = "90.00"\n',
    "fewest": 'per = "usage.calls"\namount = "0.60"\nfewest = 5\nfor_every = "contract.lines"\n',
    "urgent": 'per = "usage.urgent"\namount = "2.50"\n',
    "talk": 'per = "usage.billed_seconds"\nfor_each = 60\nincluded = 600\namount = "1.40"\n',
    "desks": 'per = "quantity.desks"\namount = "7.00"\nincluded = 1\n',
    "share": 'percent = "10"\nof = ["subscription"]\n',
    "loyal": 'percent = "-3"\nof = ["price.monthly"]\n',
}
COUNTS: Mapping[str, tuple[str, Holds]] = {
    "usage.calls <= 100": ("les mois d'au plus 100 appels", lambda day: day.calls <= 100),
    "usage.calls > 100": ("les mois d'au moins 101 appels", lambda day: day.calls > 100),
}
FOR_WHOM = {**{name: told for name, told in WHOSE.items() if "mission" not in name}, **COUNTS}
PHRASES: Mapping[str, Holds] = {words: holds for words, holds in (*TIMES.values(), *FOR_WHOM.values()) if words}
OPTIONS = '[option.svi]\nprice = "50.00"\n[option.bilingual]\nprice = "39.00"\n[option.sms]\nprice = "0.12"\n'
QUANTITY = '[quantity.desks]\ntitle = "Postes"\nunit = "poste"\nunits = "postes"\ndefault = 1\n'
EDGES = (0, 1, 5, 6, 20, 21, 30, 31, 50, 51, 100, 101, 150, 151, 300, 301)
DISCOUNT = Discount(percent=per_cent("-10"), of=("prices",), why="Bienvenue.")
AGREED = AgreedPrice(charge="price.use", amount=micros("1.15"), why="Convenu.")


@frozen
class Sold:
    """A random offer, and what one customer asks of it."""

    text: str
    asked: Asked


@st.composite
def sold(draw: st.DrawFn) -> Sold:
    """Draw an offer with a subscription and some prices, each under a condition, and what a customer takes."""
    one = st.tuples(st.sampled_from(sorted(TIMES)), st.sampled_from(sorted(FOR_WHOM)))
    subscription = draw(st.sampled_from(sorted(SUBSCRIPTIONS)))
    known = sorted(PRICES.keys() - ({"share"} if not subscription else set()))
    prices = draw(st.lists(st.sampled_from(known), min_size=1, max_size=4, unique=True))
    prices += ["monthly"] if "loyal" in prices and "monthly" not in prices else []
    tables = OPTIONS + QUANTITY + SUBSCRIPTIONS[subscription]
    tables += "".join(f'[price.{name}]\ntitle = "Prix {name}"\n{PRICES[name]}' for name in prices)
    tables += rule("urgent", "call", "call.urgent", 'mark = "urgent"')
    if subscription:
        whose = draw(st.sampled_from(("contract.active", *COUNTS)))
        tables += rule("subscription", "month", whose, f'charge = "{subscription}"')
    for name in sorted(prices):
        time, whose = draw(one)
        tables += rule(f"r-{name}", "month", f"({time}) and ({whose})", f'charge = "price.{name}"')
    if "desks" not in prices:
        tables = tables.replace(QUANTITY, "")
    asked = Asked(
        customer=Customer(name="Garage du Parc"),
        mission="simple",
        calls=60,
        options=tuple(draw(st.lists(st.sampled_from(("bilingual", "sms", "svi")), unique=True))),
        plan=draw(st.sampled_from(("small", "large"))) if subscription == "plan" else "",
        quantities=(QuantityAgreed(id="desks", quantity=2),) if "desks" in prices else (),
        discounts=(DISCOUNT,) if draw(st.booleans()) else (),
        agreed=(AGREED,) if "use" in prices and draw(st.booleans()) else (),
        made=MADE,
        valid_until=UNTIL,
    )
    everybody = 'customers = ["professional", "consumer"]\nsold_from'
    return Sold(weekday_offer(tables).replace("sold_from", everybody, 1), asked)


def quote_of(one: Sold) -> tuple[Quote, Decider]:
    (decider,) = on_file(one.text, contract("C2")).deciders.values()
    return make_quote(decider, one.asked, PLUGINS), decider


def matching(line: ChargeLine, prices: Sequence[QuotedPrice]) -> Iterator[QuotedPrice]:
    """Yield the prices of a quote that a line may be of: each that alone quotes it, or the one that goes on above."""
    for price in prices:
        below = [one for one in prices if price.every and _same_hours(one, price) and one.last]
        if Tariff((price, *below)).quotes(line) and not (below and Tariff(tuple(below)).quotes(line)):
            yield price


def _same_hours(one: QuotedPrice, other: QuotedPrice) -> bool:
    having = ({words for words in told_when(price).split(", ") if "l'option" in words} for price in (one, other))
    return (one.code, one.other_options) == (other.code, other.other_options) and next(having) == next(having)


def told_when(price: QuotedPrice) -> str:
    return price.when.fr if price.when else ""


def holds(price: QuotedPrice, days: Sequence[Day]) -> bool:
    """Tell whether what a quote says of when a price is charged is so on some of these days."""
    told = price.when.fr.split(", ") if price.when else []
    return any(all(PHRASES.get(words, always)(day) for words in told) for day in days)


def came_in(month: Month, count: int, urgent: int) -> list[Call]:
    at = f"{a_working_day(month)} 10:00:00"
    made = [make_call(at, account="C1", tags="urgent" if number < urgent else "") for number in range(count)]
    return [{**call, "row": row} for row, call in enumerate(made)]


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sold(), st.data())
def test_each_line_of_two_years_is_quoted_for_a_time_that_it_is(one: Sold, data: st.DataObject) -> None:
    quote, decider = quote_of(one)
    live = date(2026, 2, data.draw(st.sampled_from((1, 17))))
    signed = evolve(contract_of_quote(quote, decider.offer, "C1", ["C1"], MADE), live=live)
    later = data.draw(st.dates(date(2026, 4, 1), date(2027, 6, 1)))
    events = [Event(contract="C1", on=later, what="option_added", option="svi")] if "svi" not in quote.options else []
    if quote.quantities:
        changed = data.draw(st.dates(date(2026, 4, 1), date(2027, 6, 1)))
        events.append(Event(contract="C1", on=changed, what="quantity_changed", quantity_of="desks", quantity=3))
    book = Book(PLUGINS, {quote.offer: decider}, ())
    book = evolve(book, contracts=(evolve(pinned(book, signed), events=tuple(events)),))
    month = FIRST
    for number in range(24):
        count = data.draw(st.sampled_from(EDGES))
        held = {"svi"} if "svi" in quote.options or later < month.next.first else set()
        invoice = only_invoice(bill(book, came_in(month, count, min(2, count)), month))
        day = Day(0, frozenset(held), "simple", count)
        days = [*days_of(number, live, day)]
        if held and month.first <= later + ONE_DAY and "svi" not in quote.options:
            days += [evolve(day, options=frozenset()) for day in days]
        for line in invoice.lines:
            found = [price for price in matching(line, quote.prices) if holds(price, days)]
            assert found, (str(month), line.code, line.label, line.unit_price, count)
        month = month.next


def out_of_reach(
    prices: Sequence[QuotedPrice], quote: Quote, decider: Decider, own: Granted, months: Iterator[Example]
) -> list[tuple[str, str]]:
    """Return those of a quote's prices, each with its condition, that no line of any month is charged at."""
    left = list(prices)
    for example in months:
        if not left:
            break
        lines = example_lines(decider.offer, decider, example, own)
        reached = {price for line in lines for price in matching(line, quote.prices)}
        left = [price for price in left if price not in reached]
    return [(price.label, price.when.fr if price.when else "") for price in left]


def months_of(one: Sold, decider: Decider) -> Iterator[Example]:
    """Yield a month of each kind that conditions and counts tell apart."""
    known = set(decider.facts_needed("month")) | {price.per for price in decider.offer.prices.values()}
    for months in (0, 2, 3, 12):
        for options in ((), ("svi",)):
            for count in EDGES:
                for urgent in {0, min(2, count)}:
                    given = {
                        "contract.months": months,
                        "contract.first_month": int(months == 0),
                        "usage.calls": count,
                        "usage.talk_seconds": count * 60,
                        "usage.billed_seconds": count * 60,
                        "usage.urgent": urgent,
                        **({"quantity.desks": 2} if one.asked.quantities else {}),
                        **({"plan": one.asked.plan} if one.asked.plan else {}),
                        **{f"option.{name}": int(name in options) for name in decider.offer.options},
                    }
                    facts = {name: value for name, value in given.items() if name in known or "." not in name}
                    facts |= {"usage.calls": count, "contract.months": months, "contract.first_month": int(months == 0)}
                    yield Example(title="", given=facts, options=options, total=cents("0.00"))


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sold())
def test_no_price_of_a_quote_is_out_of_reach(one: Sold) -> None:
    quote, decider = quote_of(one)
    own = Granted.on(MADE, one.asked.discounts, one.asked.agreed)
    # Part of a month may fall below a least, or above a most that follows its days, where no whole month does.
    kept = [price for price in quote.prices if price.due not in LIMITS]
    left = [price for price in kept if price.code.partition(".")[0] not in ("option", "discount")]
    assert out_of_reach(left, quote, decider, own, months_of(one, decider)) == []


@pytest.mark.parametrize(
    ("per", "when", "labels"),
    [
        (f'per = "usage.calls"\n{STEPS}', "usage.calls <= 100", ["Prix, jusqu'à 100"]),
        (f'per = "usage.calls"\n{STEPS}', "usage.calls <= 101", ["Prix, jusqu'à 100", "Prix, de 101 à 300"]),
        (f'per = "usage.calls"\nmodel = "volume"\n{STEPS}', "usage.calls > 300", ["Prix, au-delà de 300"]),
        ('per = "usage.urgent"\namount = "2.50"\n', "usage.calls == 0", []),
        ('per = "usage.calls"\nincluded = 20\namount = "2.50"\n', "usage.calls < 20", []),
        (
            'per = "usage.calls"\namount = "0.70"\nleast = "40.00"\nmost = "90.00"\n',
            "usage.calls == 0",
            ["Prix, complément au minimum mensuel"],
        ),
    ],
)
def test_a_step_that_no_month_reaches_when_it_is_charged_is_not_quoted(per: str, when: str, labels: list[str]) -> None:
    tables = f'[price.p]\ntitle = "Prix"\n{per}' + rule("urgent", "call", "call.urgent", 'mark = "urgent"')
    text = weekday_offer(tables + rule("r", "month", when, 'charge = "price.p"'))
    asked = Asked(customer=Customer(name="X"), mission="simple", calls=6, options=(), made=MADE, valid_until=UNTIL)
    quote, _ = quote_of(Sold(text, asked))
    assert [price.label for price in quote.prices if not price.label.endswith("part fixe")] == labels
