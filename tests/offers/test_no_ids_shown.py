"""No id is ever shown to a customer: whatever he reads of an offer says its titles, never the names of its file."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from permanence.bill.invented_calls import invented_calls
from permanence.bill.month import bill_month
from permanence.contracts.book import Book
from permanence.contracts.signature import pinned
from permanence.decide.decider import Decider
from permanence.model.charged import ALL, CHARGED, SUMS
from permanence.model.contract import Customer
from permanence.model.mission import MISSIONS
from permanence.model.offer import Offer
from permanence.model.period import Month
from permanence.model.quantity import QuantityAgreed
from permanence.model.quote import Quote
from permanence.offers.form import read_offer
from permanence.offers.proved import prove_offers
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import contract_of_quote, make_quote
from permanence.offers.tell.difference import difference
from permanence.publish.quote_page import quote_page
from permanence.read.toml.located_toml import read_toml

from tests.installed import PLUGINS
from tests.offers.telling import ROOT, told

FILES = sorted((*(ROOT / "rules").glob("*.toml"), *(ROOT / "tests" / "price_lists").glob("*.toml")))
MADE, UNTIL, MONTH = date(2026, 9, 1), date(2026, 10, 1), Month(2026, 10)
NAMING = ("price", "option", "plan", "quantity", "work", "number", "word", "tag", "called", "mark", "reason", "mission")
"""The tables whose names are ids of an offer's own."""


def asked_of(offer: Offer, mission: str, plan: str, calls: int) -> Asked:
    excluded = {"night_duty"} if "round_the_clock" in offer.options else set()
    return Asked(
        customer=Customer(name="X", kind=offer.head.customers[0], region=offer.head.country),
        mission=mission,
        plan=plan,
        calls=calls,
        options=tuple(name for name in offer.options if name not in excluded),
        quantities=tuple(QuantityAgreed(id=name, quantity=2) for name in offer.quantities),
        made=MADE,
        valid_until=UNTIL,
    )


def quotes(decider: Decider) -> Iterator[Quote]:
    offer = decider.offer
    for mission in offer.head.mission:
        for plan in offer.plans or ("",):
            yield make_quote(decider, asked_of(offer, mission, plan, 60), PLUGINS)


def billed(decider: Decider, quote: Quote) -> Iterator[str]:
    """Yield what the invoice says of an invented month of the contract that a quote becomes."""
    offer = decider.offer
    signed = evolve(contract_of_quote(quote, offer, "X", ["X"], MADE), live=MONTH.first)
    book = Book(PLUGINS, {offer.version: decider}, ())
    book = evolve(book, contracts=(pinned(book, signed),))
    run = bill_month(book, MONTH, invented_calls(book, MONTH, 400))
    assert run.holds == ()
    for line in run.invoices[0].lines:
        yield from (line.label, line.sentence, line.unit)


def ids(path: Path) -> frozenset[str]:
    """Return every name that an offer's file gives to something, but for its own."""
    table = read_toml(path).table
    named = {name for kind in NAMING for name in table.get(kind, {})}
    named |= set(table["offer"].get("mission", ["simple"]))
    named |= {window["id"] for window in table["coverage"]["window"]}
    named |= {rule["id"] for rule in table["rule"]}
    named |= {rule["then"][key] for rule in table["rule"] for key in ("mark", "exclude") if key in rule["then"]}
    return frozenset(named)


def titles(path: Path) -> str:
    """Return all that an offer's file writes in words: titles, units, and why."""
    return " ".join(re.findall(r'(?:title|why|unit|units|fr|en) = "([^"]*)"', path.read_text("utf-8")))


def words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w-]+", text.lower()))


def read_by_the_customer(path: Path, decider: Decider) -> Iterator[str]:
    offer = decider.offer
    for quote in quotes(decider):
        page = re.sub(r"<style>.*?</style>|<[^>]*>", " ", quote_page(quote), flags=re.DOTALL)
        yield page
        yield from billed(decider, quote)
    for language in ("fr", "en"):
        yield told(offer, language)
        nothing = read_offer(ROOT / "tests" / "price_lists" / "juristique.toml", PLUGINS.options).offer
        assert nothing
        for one, other in ((nothing, offer), (offer, nothing)):
            yield from (words.told(language) for words in difference(one, other).noticed)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_id_of_an_offer_is_read_by_a_customer(path: Path) -> None:
    (decider,) = prove_offers([path], PLUGINS).deciders.values()
    of_options = " ".join(option.words.told("en") for option in decider.offer.options.values())
    known = words_of(f"{titles(path)} {of_options} {' '.join(mission.words.en for mission in MISSIONS.values())}")
    texts = tuple(read_by_the_customer(path, decider))
    found = {
        f"{name}: {text.strip()[:200]}"
        for text in texts
        for name in ids(path)
        if name.lower() not in known and re.search(rf"(?<![\w@-]){re.escape(name)}(?![\w@-])", text)
    }
    codes = rf"[«“(]\s*(?:{'|'.join(CHARGED)}|{'|'.join((*SUMS, ALL))})\s*[»”)]"
    found |= {text.strip()[:200] for text in texts if re.search(codes, text)}
    assert found == set()
