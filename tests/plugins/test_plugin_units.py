"""What an option counts in has one and several, in both languages, wherever it is read."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest
from permanence import ByMission, Micros, Option, QuotedPrice, Unit, Words, frozen, hookimpl, key
from permanence.bill.price.option_prices import every_price, told_prices
from permanence.bill.price.option_words import quantity_sentence
from permanence.model.offer import Offer
from permanence.model.option import Charge
from permanence.model.units import UNITS, written_otherwise
from permanence.model.words.lines import due_in_words
from permanence.offers.form import read_offers
from permanence.offers.proved import prove_offers
from permanence.plugin_manager import Plugins

from tests.bill.months import offer
from tests.installed import PLUGINS

RULES = Path(__file__).parents[2] / "rules"
SOLD = {
    (one.version, name): one
    for one in read_offers(sorted(RULES.glob("*.toml")), PLUGINS.options)[0]
    for name in one.options
}


@pytest.mark.parametrize("name", sorted({name for _, name in SOLD}))
def test_each_price_of_an_option_of_ours_is_for_one_of_something_in_both_languages(name: str) -> None:
    forms = [(unit.one, unit.several) for unit in UNITS.values()]
    for (_, option), sold in SOLD.items():
        if option != name:
            continue
        assert {fact.unit for fact in type(sold.options[name]).facts} <= set(UNITS)
        for price in (*every_price(sold, name), *told_prices(sold, name)):
            told = due_in_words(price)
            if price.due == "usage" and price.for_each == 1 and price.unit in UNITS:
                one = UNITS[price.unit].one
                first = [text.partition(",")[0] for text in (told.fr, told.told("en"))]
                assert first == [f"par {one.fr}", f"per {one.en}"]
    assert all(one.en and several.en for one, several in forms)


@frozen(kw_only=True)
class Parcels(Option):
    """Parcels that are taken in, held at several counters."""

    id = "parcels"
    label = Words("Colis", "Parcels")
    counts = "work.letters"
    several = "guichets"
    units: ClassVar = {
        "colis": Unit(Words("colis", "parcel"), Words("colis", "parcels")),
        "guichets": Unit(Words("guichet", "counter"), Words("guichets", "counters")),
    }

    unit: str = key("Unit.", default="colis")
    monthly: ByMission = key("Price a month.", default=Micros(5_000_000))

    def prices(self) -> Iterator[QuotedPrice]:
        yield from self.sold(Micros(500_000), self.words, "usage", unit=self.unit)
        yield from self.sold(Micros(9_000_000), Words("Lot", "Lot"), "usage", unit=self.unit, for_each=10)
        yield from self.sold(self.monthly, self.words, "recurring")


def plugin() -> ModuleType:
    module = ModuleType("parcels")

    @hookimpl
    def register_options() -> list[type[Option]]:
        return [Parcels]

    setattr(module, "register_options", register_options)  # noqa: B010 - a module has no such attribute
    return module


def selling(tmp_path: Path, unit: str) -> tuple[Offer, list[str]]:
    path = tmp_path / "offer.toml"
    work = '[work.letters]\ntitle = { fr = "Lettres" }\n'
    path.write_text(f'{offer()}\n{work}\n[option.parcels]\nunit = "{unit}"\n', "utf-8")
    proved = prove_offers([path], Plugins.of(plugin()))
    return proved.offers[0], [f"{one.what}; {one.hint}" for one in proved.problems]


def test_an_option_names_units_of_its_own(tmp_path: Path) -> None:
    sold, problems = selling(tmp_path, "colis")
    assert not problems
    assert [due_in_words(price) for price in every_price(sold, "parcels")] == [
        Words("par colis", "per parcel"),
        Words("les 10 colis", "per 10 parcels"),
        Words("par guichet et par mois", "per counter and month"),
    ]
    monthly = Charge(label="Colis", unit="mois")
    assert quantity_sentence(sold.options["parcels"], monthly) == " Quantité : 1 guichet."


@pytest.mark.parametrize(
    ("unit", "hint"),
    [
        ("secondes", 'write "s"'),
        ("appel", 'write "appels"'),
        ("appointment", 'write "rendez-vous"'),
        ("fax", 'add units = {"fax": Unit(Words(…), Words(…))} to its class'),
    ],
)
def test_a_unit_without_a_plural_is_refused_where_the_option_is_sold(tmp_path: Path, unit: str, hint: str) -> None:
    _, problems = selling(tmp_path, unit)
    assert problems == [f'the unit "{unit}" of option "parcels" has no singular and plural; {hint}']


def test_each_form_of_a_unit_leads_to_its_word() -> None:
    for table, unit in UNITS.items():
        for words in (unit.one, unit.several):
            assert written_otherwise(words.fr) in UNITS, table
