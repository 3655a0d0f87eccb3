"""Any value of an offer at its extremes ends in a sentence, or in an offer that is told and quoted: never otherwise."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from permanence.cli.screens.description import description_text
from permanence.cli.screens.difference import difference_text
from permanence.decide.decider import Decider
from permanence.model.contract import Customer
from permanence.model.offer import Offer
from permanence.model.problem import Refused, errors
from permanence.model.scalars import Language
from permanence.offers.check.files import check_files
from permanence.offers.form import read_offer
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import make_quote
from permanence.offers.tell.description import describe
from permanence.offers.tell.difference import difference
from permanence.read.offers.bound_checks import MOST_ENTRIES
from permanence.read.toml.located_toml import parse

from tests.installed import PLUGINS

OFFER = (
    (Path(__file__).parent / "holes" / "nothing.toml")
    .read_text("utf-8")
    .replace("[bands]", '[count]\nmin_talk_seconds = 5\n\n[billing]\nleast = "10.00"\n\n[bands]')
    .replace("[coverage]", "[coverage]\nextra_closed = [2026-12-24]")
    .replace('notice = "1 month"', 'notice = "1 month"\nprice_notice = "2 months"\nsetup_fee = "25.00"')
    + """
[price.minutes]
title = "Minutes"
per = "usage.billed_seconds"
for_each = 60
included = 600
steps = [{ up_to = 6000, amount = "0.50", flat = "1.00" }, { amount = "0.25" }]
least = "5.00"
most = "500.00"

[[rule]]
id = "minutes"
on = "month"
when = "contract.months >= 2"
then = { charge = "price.minutes" }

[[example]]
title = "a busy month"
month = "2026-10"
signed = 2026-01-05
calls = [{ at = "2026-10-05 10:00", talk_seconds = 700, count = 2 }]
counts = { "usage.calls" = 2 }
"""
)
"""An offer with a key of every kind of value."""
NUMBERS = ("0", "-1", "1", str(2**31 - 1), str(2**31), str(2**63 - 1), str(2**63), "1" + "0" * 30)
DAYS = ("0001-01-01", "1900-01-01", "2199-12-31", "2200-01-01", "9998-01-01", "9999-12-31")
TEXTS = {
    r"-?[0-9]+\.[0-9]+": ('"0"', '"0.000001"', '"999999999999.99"', '"-999999999999.99"', '"1"'),
    r"[0-9]+ [a-z]+": ('"0 days"', '"1 day"', '"36525 days"', '"100 years"', '"99999 years"'),
    r"[0-9:]{5}-[0-9:]{5}": ('"00:00-00:01"', '"00:00-24:00"', '"23:59-24:00"'),
    r"[0-9]{4}-[0-9]{2}": ('"1000-01"', '"2999-12"', '"0001-01"'),
    r"[0-9]{4}-[0-9]{2}-[0-9]{2} .*": ('"1000-01-01 00:00"', '"2999-12-31 23:59"'),
}


def extremes(value: Any) -> Iterator[str]:
    """Yield other values of the same kind, as TOML has them."""
    if isinstance(value, bool):
        yield str(not value).lower()
    elif isinstance(value, int):
        yield from NUMBERS
    elif isinstance(value, date):
        yield from DAYS
    elif isinstance(value, str):
        yield from (text for form, texts in TEXTS.items() if re.fullmatch(form, value) for text in texts)


def values(table: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield each value below a table, with the keys that lead to it."""
    parts = table.items() if isinstance(table, dict) else enumerate(table) if isinstance(table, list) else None
    if parts is None:
        yield path, table
    else:
        for key, part in parts:
            yield from values(part, (*path, key))


WRITTEN = parse(OFFER, "offer.toml")
CHANGES = [(path, text) for path, value in values(WRITTEN.table) for text in extremes(value)]


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Offer:
    path = tmp_path_factory.mktemp("sold") / "offer.toml"
    path.write_text(OFFER, encoding="utf-8")
    reading = read_offer(path, PLUGINS.options)
    assert reading.offer
    assert reading.problems == ()
    return reading.offer


@pytest.mark.parametrize("key", dict.fromkeys(".".join(map(str, path)) for path, _ in CHANGES))
def test_a_key_at_its_extremes_is_refused_in_a_sentence_or_told_and_quoted(
    key: str, sold: Offer, tmp_path: Path
) -> None:
    for path, text in CHANGES:
        if ".".join(map(str, path)) == key:
            file = tmp_path / "offer.toml"
            file.write_text(WRITTEN.replaced({path: text}), encoding="utf-8")
            found = check_files([file], tmp_path, tmp_path, PLUGINS)
            assert all(problem.what for problem in found.problems)
            for player in found.proved.players:
                told_and_quoted(sold, player.decider)


def told_and_quoted(sold: Offer, decider: Decider) -> None:
    offer = decider.offer
    for language in get_args(Language):
        assert description_text(describe(offer, decider), language)
        assert difference_text(sold, offer, difference(sold, offer), language)
    for calls in (0, 99):
        day = offer.head.sold_from
        asked = Asked(
            customer=Customer(name="Salon Rouge"),
            mission="simple",
            calls=calls,
            options=(),
            made=day,
            valid_until=day,
        )
        with suppress(Refused):
            assert make_quote(decider, asked, PLUGINS).terms


@pytest.mark.parametrize("day", ["0001-01-01", "9998-01-01", "9999-12-31", "2200-01-01", "1899-12-31"])
def test_a_first_day_of_sale_outside_the_calendar_is_refused(day: str, tmp_path: Path) -> None:
    file = tmp_path / "offer.toml"
    file.write_text(OFFER.replace("2026-01-01", day), encoding="utf-8")
    (problem, *_) = errors(check_files([file], tmp_path, tmp_path, PLUGINS).problems)
    assert (problem.where.line, problem.what) == (6, f"{day} is not between 1900 and 2199")


def test_more_bands_than_can_be_proved_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "offer.toml"
    steps = ", ".join(f'{{ up_to = {number}, simple = "90.00" }}' for number in range(1, MOST_ENTRIES + 2))
    file.write_text(OFFER.replace('{ up_to = 100, simple = "90.00" }', steps), encoding="utf-8")
    whats = [problem.what for problem in errors(check_files([file], tmp_path, tmp_path, PLUGINS).problems)]
    assert whats == ["a list of 5,001 is longer than can be proved in a minute: 5,000 are possible"]
