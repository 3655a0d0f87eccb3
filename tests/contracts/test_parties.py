"""Both parties of an invoice as they stand on its day, or all that nobody has written of them yet."""

import json
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from permanence.cli.sample.seller import SELLER
from permanence.contracts.not_to_be_issued import not_to_be_issued
from permanence.contracts.parties import parties_on, taxed_in
from permanence.model.contract import Contract, Customer
from permanence.model.event import Event
from permanence.model.parties import InvoiceParties, parties_kept
from permanence.model.party import Address, LegalChange, LegalData, Mandate
from permanence.model.seller import Seller, SellerChange

from tests.bill.samples import make_contract

DAY = date(2026, 11, 2)
ADDRESS = Address(lines=("2 rue de l'Exemple",), postcode="75001", town="Paris")
LEGAL = LegalData(name="Garage du Parc SARL", address=ADDRESS, siren="000010025", vat_number="FR17000010025")
ABROAD = evolve(ADDRESS, postcode="1000", town="Bruxelles", country="BE")


def contract(legal: LegalData | None = LEGAL, seller: str = "", *events: Event, **customer: Any) -> Contract:
    named: Customer = evolve(make_contract().customer, **customer)
    return evolve(make_contract(), legal=legal, seller=seller, events=events, customer=named)


def changed(on: date, **change: Any) -> Event:
    return Event(on=on, what="customer_changed", legal=LegalChange(**change))


def on(day: date, of: Contract, *sellers: Seller) -> InvoiceParties:
    parties = parties_on(of, sellers or (SELLER,), day)
    assert isinstance(parties, InvoiceParties)
    return parties


def lacking(of: Contract, *sellers: Seller) -> list[str]:
    found = parties_on(of, sellers, DAY)
    assert isinstance(found, tuple)
    return [one.what for one in found]


def test_an_invoice_has_the_legal_name_where_there_is_one() -> None:
    assert on(DAY, contract()).customer.name == "Garage du Parc SARL"
    assert on(DAY, contract(evolve(LEGAL, name=""))).customer.name == make_contract().customer.name


def test_what_stood_on_the_day_is_told_whatever_changed_since() -> None:
    moved = evolve(ADDRESS, town="Metz", postcode="57000")
    change = SellerChange(since=date(2026, 12, 1), iban="FR7699999000010000000000212")
    of = contract(LEGAL, "", changed(date(2026, 12, 5), address=moved), changed(date(2026, 11, 1), email="a@b.example"))
    before, after = (on(day, of, evolve(SELLER, changes=(change,))) for day in (DAY, date(2026, 12, 31)))
    assert (before.customer.address.town, after.customer.address.town) == ("Paris", "Metz")
    assert before.customer.email == after.customer.email == "a@b.example"
    assert (before.seller.iban, after.seller.iban) == (SELLER.iban, change.iban)
    assert before.seller.changes == ()


def test_what_is_gone_is_told_no_more() -> None:
    mandate = Mandate(reference="RUM-1", signed=DAY)
    of = contract(evolve(LEGAL, iban=SELLER.iban, mandate=mandate), "", changed(DAY, gone=("iban", "mandate")))
    assert (on(date(2026, 11, 1), of).customer.mandate, on(DAY, of).customer.mandate) == (mandate, None)


def test_a_contract_without_legal_data_lacks_all_of_them() -> None:
    assert lacking(contract(None)) == ["seller", "address", "siren"]
    assert lacking(contract(None), SELLER) == ["address", "siren"]


def test_who_has_no_siren_says_so_and_a_consumer_needs_not() -> None:
    assert lacking(contract(evolve(LEGAL, siren="")), SELLER) == ["siren"]
    assert on(DAY, contract(evolve(LEGAL, siren="none"))).customer.siren == ""
    assert on(DAY, contract(evolve(LEGAL, siren=""), kind="consumer")).customer.siren == ""


def test_a_professional_abroad_needs_his_vat_number() -> None:
    abroad = LegalData(address=ABROAD)
    assert lacking(contract(abroad), SELLER) == ["vat_number"]
    assert on(DAY, contract(evolve(abroad, vat_number="none"))).customer.vat_number == ""
    assert on(DAY, contract(abroad, kind="consumer")).customer.address == ABROAD


def test_a_department_overseas_is_no_country_of_its_own() -> None:
    overseas = evolve(ADDRESS, postcode="97400", town="Saint-Denis", country="RE")
    assert lacking(contract(LegalData(address=overseas)), SELLER) == ["siren"]


def test_of_several_sellers_a_contract_names_its_own() -> None:
    metz = evolve(SELLER, id="metz", name="Permanence de Metz")
    assert lacking(contract(), SELLER, metz) == ["seller_named"]
    assert lacking(contract(LEGAL, "mets"), SELLER, metz) == ["seller_known"]
    assert on(DAY, contract(LEGAL, "metz"), SELLER, metz).seller.name == "Permanence de Metz"
    found = parties_on(contract(LEGAL, "mets"), (SELLER, metz), DAY)
    assert isinstance(found, tuple)
    assert (found[0].words.en, found[0].hint) == ('a seller who is on file, "mets" is not', 'did you mean "metz"?')


def test_the_seller_of_a_month_is_the_one_of_its_last_day_whenever_its_invoice_is_issued() -> None:
    lyon = evolve(SELLER, id="lyon", name="Permanence de Lyon")
    moves = Event(on=date(2026, 11, 1), what="seller_changed", seller="lyon")
    of, both = contract(LEGAL, SELLER.id, moves), (SELLER, lyon)
    sold = [parties_on(of, both, DAY, day) for day in (date(2026, 10, 31), date(2026, 11, 30))]
    assert [one.seller.id for one in sold if isinstance(one, InvoiceParties)] == [SELLER.id, "lyon"]
    unknown = list(not_to_be_issued([of], (lyon,)))
    assert [one.what for one in unknown] == [
        f'no invoice can be issued of 1 contract, which lacks a seller who is on file, "{SELLER.id}" is not: C1'
    ]
    assert not list(not_to_be_issued([of], both))


def test_who_charges_no_vat_does_so_by_the_month_and_in_france_alone() -> None:
    small = evolve(
        SELLER,
        vat_due="franchise",
        vat_number="none",
        changes=(SellerChange(since=date(2026, 11, 1), vat_due="receipts", vat_number=SELLER.vat_number),),
    )
    of, october, november = contract(region="FR-974"), date(2026, 10, 31), date(2026, 11, 30)
    assert [taxed_in(of, (small,), day) for day in (october, november)] == ["", "FR-974"]
    assert taxed_in(contract(region="BE"), (small,), october) == "BE"
    assert taxed_in(of, (small, evolve(SELLER, id="lyon")), october) == "FR-974"
    parties = parties_on(of, (small,), DAY, october)
    assert isinstance(parties, InvoiceParties)
    assert (parties.seller.vat_due, parties.seller.vat_number) == ("franchise", SELLER.vat_number)


@pytest.mark.parametrize(
    "legal",
    [
        LEGAL,
        evolve(LEGAL, name='Chez "Éole" \\ {0}', email="a@b.example", mandate=Mandate(reference="R", signed=DAY)),
        LegalData(address=ABROAD, vat_number="none"),
    ],
)
def test_what_an_invoice_keeps_of_its_parties_is_read_again_as_it_was(legal: LegalData) -> None:
    parties = on(DAY, contract(legal))
    assert parties_kept(json.loads(parties.text)) == parties
    assert parties_kept(json.loads(parties.text)).text == parties.text
    assert json.loads(json.dumps(parties.told())) == parties.told()
    without = on(DAY, contract(legal), evolve(SELLER, capital=None))
    assert parties_kept(without.told()) == without
