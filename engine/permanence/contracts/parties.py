"""Who sells to whom on a day, or what is not known of them yet: asked before an invoice is issued."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

from attrs import evolve, frozen

from ..model.contract import Contract
from ..model.parties import BilledCustomer, InvoiceParties
from ..model.party import NONE, LegalData
from ..model.problem import did_you_mean
from ..model.regions import country_of
from ..model.scalars import Words
from ..model.seller import Seller

Lack = Literal["seller", "seller_named", "seller_known", "address", "siren", "vat_number"]


@frozen
class Lacking:
    """What an invoice must say and nobody has written yet: which, in words, and what to do."""

    what: Lack
    words: Words
    hint: str


LACKS: Mapping[Lack, tuple[Words, str]] = {
    "seller": (
        Words("un vendeur : aucun n'est enregistré", "a seller, of whom none is on file"),
        "write sellers/….toml: `permanence check --schema seller` says what is in it",
    ),
    "seller_named": (
        Words("le nom de son vendeur", "the name of its seller"),
        'write seller = "…" in the contract, with one of: {known}',
    ),
    "seller_known": (
        Words("un vendeur : « {named} » n'est pas enregistré", 'a seller who is on file, "{named}" is not'),
        "{near}",
    ),
    "address": (
        Words("l'adresse du client", "the customer's address"),
        'write [contract.legal] with address = { lines = ["…"], postcode = "…", town = "…" }, or append an event '
        "customer_changed",
    ),
    "siren": (
        Words("le SIREN du client, ou qu'il n'en a pas", "the customer's SIREN, or that there is none"),
        'write siren = "…" in [contract.legal], "none" for who has none',
    ),
    "vat_number": (
        Words("le numéro de TVA du client", "the customer's VAT number"),
        'write vat_number = "…" in [contract.legal], "none" for who has none: he owes the VAT in his country',
    ),
}


def legal_on(contract: Contract, day: date) -> LegalData:
    """Return a customer's legal data as they stand on a day; empty where nothing was written."""
    data = contract.legal or LegalData()
    changes = (event for event in contract.events if event.what == "customer_changed" and event.on <= day)
    for event in sorted(changes, key=lambda event: event.on):
        data = data.changed(event.legal) if event.legal else data
    return data


def seller_named(contract: Contract, day: date) -> str:
    """Return the seller that a contract names on a day: the one of the last event by then, else the one it began with.

    Nothing where it names none.
    """
    moves = [event for event in contract.events if event.what == "seller_changed" and event.on <= day]
    return max(moves, key=lambda event: event.on).seller if moves else contract.seller


def seller_on(contract: Contract, sellers: Sequence[Seller], day: date) -> Seller | None:
    """Return who sells to a contract on a day; None where that is not known."""
    return _seller(seller_named(contract, day), sellers)[0]


def taxed_in(contract: Contract, sellers: Sequence[Seller], day: date) -> str:
    """Return the region whose VAT a contract's bill of a day has: nothing where its seller charges none (CGI 293 B).

    ``contract`` has its events; its region is that of the day.
    """
    region = contract.customer.region
    if not any(seller.ever_without_vat for seller in sellers):
        return region
    seller = seller_on(contract, sellers, day)
    return "" if seller and seller.as_of(day).without_vat and country_of(region) == "FR" else region


def parties_on(
    contract: Contract, sellers: Sequence[Seller], day: date, billed: date | None = None
) -> InvoiceParties | tuple[Lacking, ...]:
    """Return both parties of an invoice of a day, or everything that it must say of them and nobody has written.

    ``contract`` has its events; its region is that of the day. Whose sale it is, and whether he charges VAT, is so on
    the day up to which it is ``billed``, of an invoice that comes later; all else stands as on the day.
    """
    sold = billed or day
    seller, missing = _seller(seller_named(contract, sold), sellers)
    data = legal_on(contract, day)
    found = (*missing, *_lacking(contract, data, seller.as_of(day) if seller else None))
    if found or seller is None or data.address is None:
        return found
    customer = BilledCustomer(
        name=data.name or contract.customer.name,
        kind=contract.customer.kind,
        region=contract.customer.region,
        address=data.address,
        siren="" if data.siren == NONE else data.siren,
        vat_number="" if data.vat_number == NONE else data.vat_number,
        email=data.email,
        iban=data.iban,
        mandate=data.mandate,
    )
    return InvoiceParties(on=day, seller=_selling(seller, day, sold), customer=customer)


@lru_cache(maxsize=256)
def _selling(seller: Seller, day: date, sold: date) -> Seller:
    """Return a seller as it stands on a day: whether it charges VAT, on the day up to which is billed."""
    stands = seller.as_of(day)
    number = "" if stands.vat_number == NONE else stands.vat_number
    return evolve(stands, vat_due=seller.as_of(sold).vat_due, vat_number=number)


def _seller(named: str, sellers: Sequence[Seller]) -> tuple[Seller | None, tuple[Lacking, ...]]:
    """Return whose contract it is: the seller that it names, or the only one on file."""
    by_id = {one.id: one for one in sellers}
    if not by_id:
        return None, (_lack("seller"),)
    if named and named not in by_id:
        return None, (_lack("seller_known", named=named, near=did_you_mean(named, by_id)),)
    if not named and len(by_id) > 1:
        return None, (_lack("seller_named", known=", ".join(sorted(by_id))),)
    return by_id[named] if named else sellers[0], ()


def _lacking(contract: Contract, data: LegalData, seller: Seller | None) -> Iterator[Lacking]:
    country = data.address.state if data.address else country_of(contract.customer.region)
    if data.address is None:
        yield _lack("address")
    if not data.siren and country == "FR" and contract.customer.kind != "consumer":
        yield _lack("siren")
    at_home = seller is None or seller.address.state == country
    if not data.vat_number and not at_home and contract.customer.kind == "professional":
        yield _lack("vat_number")


def _lack(what: Lack, **named: str) -> Lacking:
    words, hint = LACKS[what]
    told = Words(words.fr.format(**named), words.en.format(**named)) if named else words
    return Lacking(what, told, hint.format(**named) if named else hint)
