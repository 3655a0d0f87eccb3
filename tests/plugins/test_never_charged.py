"""A price that no month can be charged is told, wherever an option names it: by its class, `conform` and `check`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from permanence import Calls, FactField, Measured, Micros, Option, Price, PriceStep, Words, frozen
from permanence.model.option_faults import class_faults
from permanence.model.problem import errors
from permanence.offers.proved import prove_offers
from permanence.plugin_manager import Plugins
from permanence.testing.conformance import broken_by
from permanence.testing.trial_month import Alone

from tests.bill.months import offer

FAX = Words("Télécopie", "Fax")
OF_OFFERS = """
[work.letters]
title = { fr = "Lettres", en = "Letters" }

[occurrence.late_fee]
title = { fr = "Retard", en = "Late fee" }

[number.pages]
title = { fr = "Pages", en = "Pages" }

[[rule]]
id = "long"
on = "call"
when = "call.talk_seconds > 300"
then = { mark = "long" }
"""
COUNTED = (
    "usage.faxes",
    "usage.calls",
    "usage.received",
    "usage.long",
    "usage.long_talk_seconds",
    "usage.number.pages",
    "work.letters",
    "occurrence.late_fee",
)
"""What an offer with these names counts."""
NEVER = (
    "window.night",
    "mission",
    "contract.months",
    "customer.region",
    "history.carried",
    "call.talk_seconds",
    "plan",
    "usage.faxe",
    "usage.short",
    "faxes",
)
"""What nothing counts, whatever the offer: facts that say something else, names that are misspelt."""


@frozen(kw_only=True)
class Fax(Option):
    """Faxes, with a price that the tests put in."""

    id = "fax"
    label = FAX
    facts = (FactField("usage.faxes", "number", "Télécopies", "pages"),)

    def measure(self, calls: Calls) -> Mapping[str, Measured]:
        return {"usage.faxes": calls.amounts("pages")}


def made(**members: Any) -> type[Option]:
    return frozen(kw_only=True)(type("Fax", (Fax,), members))


def sold_per(fact: str) -> type[Option]:
    return made(prices=lambda self: self.sold(Micros(500_000), FAX, "usage", unit="pages", counts=fact))


def priced_per(fact: str) -> type[Option]:
    def priced(self: Option) -> Iterator[Price]:
        yield Price(title=FAX, per=fact, steps=(PriceStep(up_to=None, amount=Micros(500_000)),))

    return made(priced=priced)


WAYS = {"sold": sold_per, "priced": priced_per}


def checked(kind: type[Option], tmp_path: Path, more: str = OF_OFFERS, table: str = "") -> list[str]:
    path = tmp_path / "offer.toml"
    path.write_text(f"{offer()}\n{more}\n[option.fax]\n{table}\n", "utf-8")
    found = errors(prove_offers([path], Plugins.of(Alone(kind))).problems)
    assert all(one.where.line for one in found)
    return [one.what for one in found]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fact", NEVER)
def test_a_price_per_what_nothing_counts_is_told_by_check_and_by_conform(way: str, fact: str, tmp_path: Path) -> None:
    told = f'the option "fax" has a price per "{fact}", which nothing counts'
    kind = WAYS[way](fact)
    assert checked(kind, tmp_path) == [told]
    assert [one.partition(": ")[0] for one in broken_by(kind, ['title = { fr = "Fax", en = "Fax" }'], 1)] == [told]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("fact", COUNTED)
def test_a_price_per_what_the_offer_counts_is_none(way: str, fact: str, tmp_path: Path) -> None:
    assert checked(WAYS[way](fact), tmp_path) == []


@pytest.mark.parametrize("fact", [*NEVER, "usage.long"])
def test_a_class_that_counts_what_nothing_counts_is_not_on_sale(fact: str) -> None:
    (told,) = class_faults(made(counts=fact))
    assert told.startswith(f'it counts "{fact}", which is none of its facts')


@pytest.mark.parametrize("fact", ["window.night", "mission", "call.talk_seconds", "faxes"])
def test_a_class_that_is_about_what_nothing_counts_is_not_on_sale(fact: str) -> None:
    (told,) = class_faults(made(about=fact))
    assert told.startswith(f'it is about "{fact}", which counts nothing')


def test_a_price_per_use_that_counts_nothing_is_told_whoever_names_it(tmp_path: Path) -> None:
    kind = made(prices=lambda self: self.sold(Micros(500_000), FAX, "usage", unit="pages"))
    told = 'the option "fax" counts nothing, so it would never be charged per use'
    assert checked(kind, tmp_path) == [told]
    assert [one.partition(": ")[0] for one in broken_by(kind, [""], 1)] == [told]


def test_a_price_for_a_mission_that_the_offer_does_not_have_is_told(tmp_path: Path) -> None:
    kind = made(prices=lambda self: self.sold({"simpel": Micros(500_000)}, FAX, "recurring"))
    (told,) = checked(kind, tmp_path)
    assert told.startswith('the option "fax" has a price for the mission "simpel", which')


def test_conform_is_told_which_marks_an_offer_has_of_its_own() -> None:
    kind = sold_per("usage.long")
    table = 'title = { fr = "Fax", en = "Fax" }'
    (told,) = broken_by(kind, [table], 1)
    assert told.startswith('the option "fax" has a price per "usage.long", which nothing counts')
    assert list(broken_by(kind, [table], 1, ["long"])) == []
