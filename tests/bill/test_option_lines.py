"""What lines of an option rest on and say: uses on their count, with what is included; nothing else on any count."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from permanence import Calls, FactField, Flags, Option, QuotedPrice, Words, frozen, hookimpl
from permanence.model.contract import Customer
from permanence.model.invoice import ChargeLine
from permanence.model.money import Micros
from permanence.offers.sell.earlier_words import in_fewest_words
from permanence.offers.sell.expected import Asked
from permanence.offers.sell.quoting import make_quote
from permanence.plugin_manager import Plugins
from permanence.publish.quote_told import heading

from tests.bill.months import bill, calls, contract, offer, on_file, only_invoice, taken

EURO = Micros(1_000_000)
TEXT = "\n[option.dictation]\n"


@frozen(kw_only=True)
class Dictation(Option):
    """Notes that are typed: installed once, by the month, and per note past twenty."""

    id = "dictation"
    label = Words("Dictée", "Dictation")
    facts = (FactField("usage.dictation", "number", "Notes dictées", "appels"),)
    counts = "usage.dictation"

    def measure(self, calls: Calls) -> dict[str, Flags]:
        return {"usage.dictation": calls.tagged("note")}

    def prices(self) -> Iterator[QuotedPrice]:
        yield from self.sold(Micros(30 * EURO), Words("Installation de la dictée", "Installation"), "one_off")
        yield from self.sold(Micros(9 * EURO), Words("Abonnement à la dictée", "Subscription"), "recurring")
        yield from self.sold(EURO, Words("Note dictée", "Note typed"), "usage", included=20)


@hookimpl
def register_options() -> list[type[Option]]:
    return [Dictation]


PLUGINS = Plugins.of(SimpleNamespace(register_options=register_options, __name__="dictation"))


def lines(notes: int) -> dict[str, ChargeLine]:
    """Return the lines of a month with so many notes, by their labels."""
    book = on_file(offer(TEXT), contract(more=taken("dictation", "2026-10-05")), PLUGINS)
    return {line.label: line for line in only_invoice(bill(book, calls(notes, tags="note"))).lines}


def rests_on(line: ChargeLine) -> list[str]:
    return [name for name, _ in line.decision.facts if name.startswith("usage.")]


def test_what_is_due_once_or_by_the_month_rests_on_no_count() -> None:
    found = lines(25)
    assert rests_on(found["Installation de la dictée"]) == []
    assert rests_on(found["Abonnement à la dictée"]) == []
    assert rests_on(found["Note dictée"]) == ["usage.dictation"]


@pytest.mark.parametrize(("notes", "charged"), [(21, 1), (52, 32)])
def test_a_price_per_use_says_how_many_there_were_and_how_many_are_included(notes: int, charged: int) -> None:
    line = lines(notes)["Note dictée"]
    assert line.quantity == charged
    assert line.sentence.startswith(f"Note dictée : {notes}, dont 20 compris, à 1,00\u00a0€ l'unité.")


def test_a_quote_calls_an_option_by_its_own_name_whatever_its_prices_are_called() -> None:
    book = on_file(offer(TEXT), contract(), PLUGINS)
    decider = next(iter(book.deciders.values()))
    made = book.contracts[0].signed
    asked = Asked(
        customer=Customer(name="Garage du Parc"),
        mission="simple",
        calls=40,
        options=("dictation",),
        made=made,
        valid_until=made,
    )
    quote = make_quote(decider, asked, PLUGINS)
    assert dict(heading(quote))["Options"] == "Dictée"
    # Saved by an earlier version, it has no titles: the first price stands for the name.
    assert dict(heading(in_fewest_words(quote)))["Options"] == "Installation de la dictée"
