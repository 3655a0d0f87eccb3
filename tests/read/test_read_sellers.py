"""Files of sellers are read whole, say what stood on a day, and are written as they are read."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from permanence.cli.sample import numbers
from permanence.cli.sample.seller import SELLER
from permanence.model.problem import Place
from permanence.model.seller import Seller
from permanence.read.parties.identifiers import iban_fault, siren_fault, vat_fault
from permanence.read.parties.sellers import read_sellers, seller_files, write_seller

ROOT = Path(__file__).parents[2]
ADDRESS = """address = { lines = ["1 rue de l'Exemple"], postcode = "75001", town = "Paris" }"""
TEXT = f"""format = 1

[seller]
name = "Permanence Exemple"
siren = "000 010-009"
vat_number = "fr 66 000010009"
iban = "FR76 9999 9000 0100 0000 0000 115"
{ADDRESS}
"""
OTHER_ENTITY = TEXT.replace("000 010-009", "000 010 025").replace("fr 66 000010009", "fr 17 000010025")
MOVED = """
[[seller.change]]
from = 2027-06-01
iban = "FR7699999000010000000000212"

[[seller.change]]
from = 2027-01-01
address = { lines = ["2 rue de l'Exemple"], postcode = "57000", town = "Metz" }
vat_due = "debits"
"""


def seller(folder: Path, text: str, name: str = "paris") -> Seller:
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    sellers, problems = read_sellers([path])
    assert problems == ()
    return sellers[0]


def test_the_seller_that_is_shipped_is_right() -> None:
    sellers, problems = read_sellers(seller_files(ROOT / "sellers"))
    assert problems == ()
    assert [one.id for one in sellers] == ["exemple"]


def test_numbers_are_kept_without_the_spaces_that_people_write(tmp_path: Path) -> None:
    found = seller(tmp_path, TEXT)
    assert (found.siren, found.vat_number) == ("000010009", "FR66000010009")
    assert found.iban == "FR7699999000010000000000115"


def test_an_address_and_an_account_change_from_a_day_on_in_whatever_order_they_are_written(tmp_path: Path) -> None:
    found = seller(tmp_path, TEXT + MOVED)
    days = (date(2026, 12, 31), date(2027, 1, 1), date(2027, 5, 31), date(2027, 6, 1))
    stands = [found.as_of(day) for day in days]
    assert [one.address.town for one in stands] == ["Paris", "Metz", "Metz", "Metz"]
    assert [one.iban[-3:] for one in stands] == ["115", "115", "115", "212"]
    assert [one.vat_due for one in stands] == ["receipts", "debits", "debits", "debits"]
    assert {one.siren for one in stands} == {"000010009"}


def test_what_is_written_is_read_again_as_it_was(tmp_path: Path) -> None:
    found = evolve(seller(tmp_path, TEXT + MOVED), place=Place(""))
    assert evolve(seller(tmp_path, write_seller(found)), place=Place("")) == found
    assert evolve(seller(tmp_path, write_seller(SELLER), SELLER.id), place=Place("")) == SELLER


@pytest.mark.parametrize("of", [TEXT, OTHER_ENTITY], ids=["two offices of one legal entity", "two legal entities"])
def test_each_seller_has_series_of_his_own(tmp_path: Path, of: str) -> None:
    (tmp_path / "a.toml").write_text(TEXT, "utf-8")
    (tmp_path / "b.toml").write_text(of + '[seller.series]\ninvoices = "A"\ncredit_notes = "AB"\n', "utf-8")
    _, problems = read_sellers(seller_files(tmp_path))
    assert [(one.where.file, one.what) for one in problems] == [
        (str(tmp_path / "b.toml"), '"b" and "a" both give numbers "A…", and each has a series of its own')
    ]
    (tmp_path / "b.toml").write_text(of + '[seller.series]\ninvoices = "FB"\ncredit_notes = "AB"\n', "utf-8")
    assert read_sellers(seller_files(tmp_path))[1] == ()


@pytest.mark.parametrize(
    ("series", "begins"), [({}, ("F-2026-", "A-2026-")), ({"yearly": False, "credit_notes": ""}, ("F-", ""))]
)
def test_a_series_is_told_by_how_its_numbers_begin(series: dict[str, Any], begins: tuple[str, str]) -> None:
    found = evolve(SELLER.series, **series)
    assert (found.of("invoices", 2026), found.of("credit_notes", 2026)) == begins


def test_a_file_that_is_no_toml_is_no_seller(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("[seller", "utf-8")
    sellers, problems = read_sellers(seller_files(tmp_path))
    assert (sellers, len(problems)) == ((), 1)


def test_the_numbers_of_the_sample_are_right_and_nobodys() -> None:
    for position in (*range(0, numbers.LINES, 997), numbers.LINES):
        siren, iban = numbers.siren(position), numbers.iban(position)
        assert siren < "000325175"
        assert (siren_fault(siren), vat_fault(numbers.vat_number(siren)), iban_fault(iban)) == (None, None, None)
    assert len({numbers.siren(position) for position in range(numbers.SIRENS)}) == numbers.SIRENS


@pytest.mark.parametrize("number", ["٠٠٠٠١٠٠٠٩", "000_010_009", "000010009\u200b"])
def test_signs_that_look_like_digits_are_no_siren(number: str) -> None:
    assert siren_fault(number) is not None


@pytest.mark.parametrize("number", ["DE136695976", "EL094259216", "CHE107787577MWST", "GB980780684", "ZZ12345678"])
def test_a_vat_number_of_another_country_is_checked_where_its_digits_are_known(number: str) -> None:
    assert vat_fault(number) is None
