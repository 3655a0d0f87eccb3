"""What law and banks ask of the parties of an invoice: address, registration, account and mandate."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import evolve, frozen

from .keys import MOST_DAYS, key
from .month_day import month_day
from .scalars import Words

NONE = "none"
"""What stands in place of a registration where there is none."""
IBAN_EXAMPLE, SIREN_EXAMPLE, VAT_EXAMPLE = "FR7699999000010000000000115", "000010009", "FR66000010009"
"""Nobody's: the bank 99999 does not exist, and no firm has a SIREN below 000 325 175."""

SEPARATORS = re.compile(r"[\s.-]")
OVERSEAS = ("GP", "MQ", "GF", "RE", "YT")
"""Codes that the departments overseas have beside that of France, to which they belong."""

MandateKind = Literal["core", "b2b"]
MANDATES: Mapping[MandateKind, Words] = {
    "core": Words("prélèvement SEPA", "SEPA direct debit"),
    "b2b": Words("prélèvement SEPA interentreprises", "SEPA business-to-business direct debit"),
}


def compact(number: str) -> str:
    """Return a number as it is kept: without the spaces, dots and hyphens that people write, and with its capitals."""
    joined = SEPARATORS.sub("", number)
    return joined if joined == NONE else joined.upper()


@frozen(kw_only=True)
class Address:
    """An address as an envelope has it: its lines, then postcode and town, then the country."""

    lines: tuple[str, ...] = key("The lines above the postcode: building, street.", example=["1 rue de l'Exemple"])
    postcode: str = key("Postcode.", example="59000")
    town: str = key("Town.", example="Lille")
    country: str = key("Country, by its code of two letters (ISO 3166-1).", default="FR", example="BE")

    @property
    def state(self) -> str:
        """Return the code of the state: that of France for its departments overseas too."""
        return "FR" if self.country in OVERSEAS else self.country


@frozen(kw_only=True)
class Mandate:
    """A mandate for SEPA direct debit, as it was signed."""

    reference: str = key("Unique reference of the mandate (RUM), 35 signs at most.", example="RUM-C0001")
    signed: date = key("Day of its signature.", example="2026-01-12")
    kind: MandateKind = key("Which scheme it is for: the other one is for businesses alone.", default="core")
    day: int | None = key(
        "Day of the month on which it is collected; absent: the installation's.",
        default=None,
        validator=month_day,
        example=5,
    )
    prenotification: int | None = key(
        "Days of notice before a collection, as agreed; absent: the installation's.",
        default=None,
        least=0,
        most=MOST_DAYS,
        example=14,
    )
    last_used: date | None = key("Day of its last collection before Permanence.", default=None, example="2025-12-05")


@frozen(kw_only=True)
class LegalData:
    """`[contract.legal]`: what an invoice must say of the customer, and what a direct debit needs."""

    name: str = key(
        "Full name of the legal person, where it is not the customer's name.", default="", example="Garage du Parc SARL"
    )
    address: Address | None = key("Address.", default=None)
    siren: str = key(
        'SIREN; "none" where there is none: a customer abroad, an association.',
        default="",
        example=SIREN_EXAMPLE,
        converter=compact,
    )
    vat_number: str = key('VAT number; "none" where there is none.', default="", example=VAT_EXAMPLE, converter=compact)
    email: str = key("E-mail address for invoices.", default="", example="compta@client.example")
    iban: str = key("IBAN of the account that is debited.", default="", example=IBAN_EXAMPLE, converter=compact)
    mandate: Mandate | None = key("Mandate for direct debit from that account.", default=None)

    @property
    def said(self) -> tuple[str, ...]:
        """Return the keys that say something."""
        return tuple(name for name in LEGAL if getattr(self, name))

    def changed(self, change: "LegalChange") -> "LegalData":
        """Return the data with what a change says in its place, and without what is gone."""
        absent = {name: getattr(NO_DATA, name) for name in change.gone if name in LEGAL}
        return evolve(self, **absent, **{name: getattr(change, name) for name in change.said})


@frozen(kw_only=True)
class LegalChange(LegalData):
    """`[event.legal]`: what is otherwise from a day on; what it does not name stays."""

    gone: tuple[str, ...] = key("Which of them the customer has no more.", default=(), example=["iban", "mandate"])

    @property
    def about(self) -> tuple[str, ...]:
        """Return the keys that change."""
        return tuple(dict.fromkeys((*self.said, *self.gone)))


NO_DATA = LegalData()
LEGAL: Mapping[str, Words] = {
    "name": Words("nom", "name"),
    "address": Words("adresse", "address"),
    "siren": Words("SIREN", "SIREN"),
    "vat_number": Words("numéro de TVA", "VAT number"),
    "email": Words("adresse électronique", "e-mail"),
    "iban": Words("IBAN", "IBAN"),
    "mandate": Words("mandat de prélèvement", "mandate"),
}
"""What each of a customer's legal data is called, by its key."""
