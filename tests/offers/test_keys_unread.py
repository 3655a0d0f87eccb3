"""A key of an option's table that its class does not look at is a doubt of the offer that has it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from permanence import ByMission, Charge, Contract, FactField, Micros, Option, QuotedPrice, Words, evolve, frozen, key
from permanence.offers.check.files import check_files
from permanence.plugin_manager import Plugins
from permanence.testing.trial_month import Alone

from tests.bill.months import offer
from tests.installed import PLUGINS
from tests.offers.telling import FILES

FAX = Words("Télécopie", "Fax")
EVERY = 'price = "1.00"\npercent = "5"\nof = ["bands"]\nkind = "one_off"\nproration = "full"\n'


@frozen(kw_only=True)
class Plain(Option):
    """An option as most are."""

    id = "fax"
    label = FAX


@frozen(kw_only=True)
class OwnPrices(Option):
    """It has prices of its own, from a key of its own, and none of what every option has."""

    id = "fax"
    label = FAX

    fee: ByMission = key("Fee.", default=Micros(0), example="1.00")
    spare: str = key("Nothing.", default="")
    many: int = key("From how many on it is charged twice.", default=1000)

    def prices(self) -> Iterator[QuotedPrice]:
        yield from self.sold(self.fee, FAX, "recurring")

    def charge(self, month: Any) -> Iterator[Charge]:
        for one in Option.charge(self, month):
            yield evolve(one, quantity=2 if month.count("usage.calls") > 500 and self.many else 1)


@frozen(kw_only=True)
class ByPrice(OwnPrices):
    """It reads the price alone of what every option has."""

    def prices(self) -> Iterator[QuotedPrice]:
        yield from self.sold(self.price, FAX, "recurring")


@frozen(kw_only=True)
class Levels(OwnPrices):
    """It makes another of itself when it charges, which reads nothing by that."""

    def charge(self, month: Any) -> Iterator[Charge]:
        yield from Option.charge(evolve(self, fee=self.fee), month)


@frozen(kw_only=True)
class ByContract(OwnPrices):
    """It reads a key where it is asked about a contract."""

    def check_contract(self, contract: Contract, offer: Any) -> Iterator[Words | str]:
        if self.spare and self.percent:
            yield self.spare


@frozen(kw_only=True)
class Measuring(Option):
    """It reads a key while it measures."""

    id = "fax"
    label = FAX
    facts = (FactField("usage.fax", "number", "Télécopies", "pages"),)
    counts = "usage.fax"

    tag: str = key("Tag.", default="fax")

    def measure(self, calls: Any) -> Any:
        return {"usage.fax": calls.tagged(self.tag)}


def idle(kind: type[Option], table: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "offer.toml"
    path.write_text(offer(f"[option.fax]\n{table}"), "utf-8")
    found = check_files([path], tmp_path, tmp_path / "none", Plugins.of(Alone(kind)), examples=False).problems
    mine = [one for one in found if "is without effect: nothing that the option" in one.what]
    lines = path.read_text("utf-8").splitlines()
    assert all(one.warning for one in mine)
    assert all(lines[one.where.line - 1].startswith(one.what.split('"')[1]) for one in mine)
    return [one.what.split('"')[1] for one in mine]


CASES: dict[str, tuple[type[Option], str, list[str]]] = {
    "prices of its own": (OwnPrices, f'fee = "2.00"\n{EVERY}', ["price", "percent", "of", "kind"]),
    "the price alone": (ByPrice, EVERY, ["percent", "of", "kind"]),
    "a key of its own": (OwnPrices, 'fee = "2.00"\nspare = "x"', ["spare"]),
    "a key that many uses alone lead to": (OwnPrices, 'fee = "2.00"\nmany = 5', []),
    "a copy of itself": (Levels, f'fee = "2.00"\n{EVERY}', ["price", "percent", "of", "kind"]),
    "read about a contract": (ByContract, 'fee = "2.00"\nspare = "x"\npercent = "5"\nof = ["bands"]', ["of"]),
    "read in measuring": (Measuring, 'price = "1.00"\nkind = "usage"\ntag = "telefax"', []),
    "days of what is due per use": (Measuring, 'price = "1.00"\nkind = "usage"\nproration = "full"', ["proration"]),
    "days of a price due once": (Plain, 'price = "1.00"\nkind = "one_off"\nproration = "full"', ["proration"]),
    "how a price is due that is none": (Plain, 'percent = "5"\nof = ["bands"]\nkind = "usage"', ["kind"]),
    "all that is read": (Plain, 'price = "1.00"\npercent = "5"\nof = ["bands"]\nproration = "full"', []),
}


@pytest.mark.parametrize("name", CASES)
def test_a_key_that_nothing_reads_is_a_doubt_at_its_place(name: str, tmp_path: Path) -> None:
    kind, table, unread = CASES[name]
    assert idle(kind, table, tmp_path) == unread


def test_an_option_that_fails_has_no_key_in_doubt(tmp_path: Path) -> None:
    def fails(self: Option, month: Any) -> Iterator[Charge]:
        raise ValueError("never")

    kind = frozen(kw_only=True)(type("Fax", (OwnPrices,), {"charge": fails}))
    assert idle(kind, EVERY, tmp_path) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_key_of_our_own_offers_is_in_doubt(path: Path) -> None:
    found = check_files([path], path.parent, path.parent / "none", PLUGINS, examples=False).problems
    assert not [one for one in found if "is without effect: nothing that" in one.what]
