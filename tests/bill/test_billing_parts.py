"""A month in which something changes: what does not change is billed as if nothing had."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from permanence.contracts.book import Book
from permanence.model.contract import OptionTaken
from permanence.model.event import Event
from permanence.model.fingerprint import digest_of_option
from permanence.model.invoice import ChargeLine

from tests.bill.months import (
    MARCH,
    bill,
    contract,
    event,
    offer,
    on_file,
    only_invoice,
    rule,
    taken,
    weekday_offer,
)
from tests.bill.oracle import Call
from tests.bill.samples import make_call

PRICES = """
[option.night_duty]
price = "25.00"

[option.bilingual]
price = "39.00"
proration = "full"

[option.sms]
price = "0.125"

[option.shared_agenda]
price = "20.01"
creation = "45.00"

[price.hotline]
title = "Ligne dédiée"
amount = "24.99"

[price.number]
title = "Numéro"
amount = "9.00"
prorate = false

[price.talk]
title = "Conversation"
per = "usage.calls"
included = 3
every = 2
steps = [{ up_to = 4, amount = "0.333", flat = "1.00" }, { amount = "0.111", flat = "2.00" }]
least = "3.01"
most = "5.01"
""" + "".join(
    rule(name, "month", "contract.active", f'charge = "price.{name}"') for name in ("hotline", "number", "talk")
)
IF_AN_OPTION_IS_HELD = '\n[price.care]\ntitle = "Suivi"\namount = "5.01"\n' + rule(
    "care", "month", "option.night_duty", 'charge = "price.care"'
)
OFFERS: Mapping[str, str] = {
    "by days": offer(PRICES + IF_AN_OPTION_IS_HELD, billing='least = "200.01"'),
    "by thirtieths": offer(PRICES, billing='month_days = "thirty"\nmost = "80.01"'),
    "months in full": offer(PRICES, billing='partial = "full"\nmost = "80.01"'),
    "capacity by days": offer(PRICES, billing='partial = "prorate_price_and_bands"'),
    "a free trial": offer(PRICES, term='trial_billed = false\ntrial = "10 days"', billing='least = "80.01"'),
    "a package": weekday_offer(
        PRICES
        + '\n[package]\nincluded = 5\nprice = { simple = "24.99", complex = "33.33" }\n'
        + 'per_call = { simple = "0.333", complex = "0.444" }\n'
        + rule("package", "month", "contract.active", 'charge = "package"')
    ).replace("sold_from = 2026-01-01\n", 'sold_from = 2026-01-01\nmission = ["simple", "complex"]\n'),
}
SIGNED = contract(
    signed="2026-10-03",
    more=taken("night_duty", "2026-10-06") + taken("sms") + taken("bilingual") + taken("shared_agenda"),
)
BOOKS = {name: on_file(text, SIGNED) for name, text in OFFERS.items()}
DAYS = st.dates(date(2026, 10, 3), date(2026, 11, 20))
CALLS = st.lists(st.integers(3, 31).filter(lambda day: date(2026, 10, day).weekday() < 5), max_size=25)
AT_MISSION = ("bands", "package")
"""What has a price for each mission."""


def happened(what: str, on: date, **names: str) -> Event:
    return Event(contract="C1", on=on, what=what, **names)  # type: ignore[arg-type]


def alternating(what: str, name: str, words: Sequence[str]) -> st.SearchStrategy[tuple[Event, ...]]:
    """Draw events on distinct days, each of which puts another of these words in place of the one before."""
    return st.lists(DAYS, unique=True, max_size=4).map(
        lambda days: tuple(
            happened(what, day, **{name: words[number % len(words)]}) for number, day in enumerate(sorted(days))
        )
    )


MOVES = alternating("region_moved", "region", ("FR-57", "FR-974", "FR"))
MISSIONS = alternating("mission_changed", "mission", ("complex", "simple"))
SUSPENDED = st.sampled_from([(), (happened("suspended", date(2026, 10, 12)), happened("resumed", date(2026, 10, 20)))])


def lines(book: Book, events: Sequence[Event], came_in: Sequence[Call]) -> tuple[ChargeLine, ...]:
    """Return the lines of October under these events."""
    (signed,) = book.contracts
    changed = evolve(book, contracts=(evolve(signed, events=tuple(events)),))
    return only_invoice(bill(changed, came_in)).lines


def on_days(days: Sequence[int]) -> list[Call]:
    return [make_call(f"2026-10-{day:02d} 10:00:00", account="C1") for day in days]


@pytest.mark.parametrize("name", OFFERS)
@given(moves=MOVES, missions=MISSIONS, suspended=SUSPENDED, days=CALLS)
def test_a_move_inside_a_month_leaves_every_line_what_it_was(
    name: str, moves: tuple[Event, ...], missions: tuple[Event, ...], suspended: tuple[Event, ...], days: list[int]
) -> None:
    came_in, others = on_days(days), (*missions, *suspended)
    assert lines(BOOKS[name], (*others, *moves), came_in) == lines(BOOKS[name], others, came_in)


@pytest.mark.parametrize("name", OFFERS)
@given(missions=MISSIONS, suspended=SUSPENDED, days=CALLS)
def test_a_new_mission_splits_what_has_a_price_for_each_mission_and_nothing_else(
    name: str, missions: tuple[Event, ...], suspended: tuple[Event, ...], days: list[int]
) -> None:
    changed = lines(BOOKS[name], (*missions, *suspended), on_days(days))
    as_it_was = lines(BOOKS[name], suspended, on_days(days))
    ours = (*AT_MISSION, "least", "most")
    assert [line for line in changed if line.code not in ours] == [line for line in as_it_was if line.code not in ours]
    split = [line for line in changed if line.code in AT_MISSION and line.unit == "mois"]
    assert len(split) == len({line.label for line in split}) <= 2
    whole = [line for line in as_it_was if line.code in AT_MISSION and line.unit == "mois"]
    if name != "months in full":
        assert sum(line.days for line in split) == sum(line.days for line in whole)
    beyond = [sum(line.quantity for line in some if line.unit == "appels") for some in (changed, as_it_was)]
    assert beyond[0] == beyond[1]


def test_a_whole_month_is_billed_its_price_whatever_moves_in_it() -> None:
    """Night duty at 25.05: 16 days and 15 days of it, each rounded, came to 25.06."""
    text = offer('[option.night_duty]\nprice = "25.05"', term='trial = "0 days"')
    signed = contract(more=taken("night_duty"))
    moved = event("2026-10-17", "region_moved", 'region = "FR-57"')
    there_and_back = event("2026-10-16", "mission_changed", 'mission = "complex"') + event(
        "2026-10-17", "mission_changed", 'mission = "simple"'
    )
    for events in ("", moved, there_and_back):
        found = only_invoice(bill(on_file(text, signed + events))).lines
        assert [(line.days, line.of_days, line.amount) for line in found if line.code != "bands"] == [(31, 31, 2505)]
    assert [(line.label.split(", ")[2], line.days, line.amount) for line in found if line.code == "bands"] == [
        ("mission simple", 30, 5710),
        ("mission complexe", 1, 255),
    ]
    assert found[0].sentence.endswith("30 jours sur 31, du 1er au 15 octobre 2026 et du 17 au 31 octobre 2026.")


def test_a_fact_that_differs_in_a_month_is_told_with_each_of_its_values() -> None:
    sold = offer('[price.hotline]\ntitle = "Ligne"\namount = "12.00"\n') + rule(
        "hotline", "month", 'mission in ("simple", "complex")', 'charge = "price.hotline"'
    )
    changed = event("2026-10-17", "mission_changed", 'mission = "complex"')
    found = only_invoice(bill(on_file(sold, contract() + changed)))
    (hotline,) = (line for line in found.lines if line.code == "price.hotline")
    assert (hotline.amount, hotline.decision.facts) == (1200, (("mission", "simple, complex"),))


def test_what_another_version_charges_is_another_line() -> None:
    at_once = rule("now", "event", 'event.what == "offer_changed"', 'effect = "at_once"')
    first = offer('[option.night_duty]\nprice = "25.05"' + at_once)
    later = first.replace("sold_from = 2026-01-01", "sold_from = 2026-03-01")
    changed = event("2026-03-17", "offer_changed", 'offer = "essentielle@2026-03-01"')
    found = only_invoice(bill(on_file([first, later], contract(more=taken("night_duty")) + changed), month=MARCH))
    assert [(line.code, line.days, line.decision.digest == found.offers[0].digest) for line in found.lines] == [
        ("bands", 16, True),
        ("option.night_duty", 16, True),
        ("bands", 15, False),
        ("option.night_duty", 15, False),
    ]


def test_an_option_that_was_taken_of_a_later_version_counts_towards_the_least_of_the_month() -> None:
    first = offer(billing='least = "80.00"')
    later = first.replace("sold_from = 2026-01-01", "sold_from = 2026-03-01") + '[option.night_duty]\nprice = "25.00"'
    book = on_file([first, later], contract())
    of = "essentielle@2026-03-01"
    digest = digest_of_option(book.offers[of].options["night_duty"])
    taken_later = OptionTaken(id="night_duty", of=of, digest=digest)
    moved = happened("region_moved", date(2026, 10, 17), region="FR-57")
    for events in ((), (moved,)):
        (signed,) = book.contracts
        grown = evolve(book, contracts=(evolve(signed, options=(taken_later,), events=events),))
        found = only_invoice(bill(grown)).lines
        assert [(line.code, line.amount) for line in found] == [("bands", 5900), ("option.night_duty", 2500)]
