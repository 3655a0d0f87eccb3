"""Who sells to whom on a day, or what is not known of them yet: asked before an invoice is issued."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from attrs import frozen

from ..model.contract import Contract
from ..model.parties import BilledCustomer, InvoiceParties
from ..model.party import NONE, LegalData
from ..model.problem import Place, Problem, did_you_mean
from ..model.regions import country_of
from ..model.scalars import Words
from ..model.seller import Seller
from .signature import counted

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


def parties_on(contract: Contract, sellers: Sequence[Seller], day: date) -> InvoiceParties | tuple[Lacking, ...]:
    """Return both parties of an invoice of a day, or everything that it must say of them and nobody has written.

    ``contract`` has its events; its region is that of the day.
    """
    seller, missing = _seller(contract, sellers)
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
    return InvoiceParties(on=day, seller=seller.as_of(day), customer=customer)


def _seller(contract: Contract, sellers: Sequence[Seller]) -> tuple[Seller | None, tuple[Lacking, ...]]:
    """Return whose contract it is: the seller that it names, or the only one on file."""
    named, by_id = contract.seller, {one.id: one for one in sellers}
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


def not_to_be_issued(contracts: Iterable[Contract], sellers: Sequence[Seller]) -> Iterator[Problem]:
    """Yield a warning for each file and each thing that contracts of it lack before their invoices can be issued.

    They are looked at as they stand with every event on file.
    """
    found: dict[tuple[str, Lacking], list[str]] = {}
    for contract in contracts:
        parties = parties_on(contract, sellers, date.max)
        for lacking in parties if isinstance(parties, tuple) else ():
            found.setdefault((contract.place.file, lacking), []).append(contract.id)
    for (file, lacking), names in found.items():
        some, told = counted(names)
        lack = "lacks" if len(names) == 1 else "lack"
        what = f"no invoice can be issued of {some}, which {lack} {lacking.words.en}: {told}"
        yield Problem(Place(file), what, lacking.hint, warning=True)
