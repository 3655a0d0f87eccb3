"""What is wrong with the legal data of a party: each number by itself, and against the others."""

import re
from collections.abc import Iterator

from ...model.contract import Contract
from ...model.customer_kind import KINDS, CustomerKind
from ...model.event import Event
from ...model.fault import Fault
from ...model.party import LEGAL, NONE, Address, LegalData, Mandate
from .identifiers import CALLED, REFERENCE, siren_of_vat

NUMBERS = ("siren", "vat_number", "email", "iban")
MAY_BE_NONE = ("siren", "vat_number")
COUNTRY = re.compile("[A-Z]{2}")
POSTCODE = re.compile("[0-9]{5}")
YEARS = range(1900, 2200)


def number_faults(told: object, names: tuple[str, ...]) -> Iterator[Fault]:
    """Yield what is wrong with the numbers that a party has; paths begin in its own table."""
    for name in names:
        number = getattr(told, name)
        if not number or (number == NONE and name in MAY_BE_NONE):
            continue
        called, fault_of = CALLED[name]
        if why := fault_of(number):
            article = "an" if called.en[0] in "eI" else "a"
            what = f'"{number}" is not {article} {called.en}: {why.en}'
            hint = (
                'write "none" where there is none' if name in MAY_BE_NONE and not any(map(str.isdigit, number)) else ""
            )
            yield Fault((name,), what, hint, french=f"« {number} » n'est pas {called.fr} : {why.fr}.")


def address_faults(address: Address) -> Iterator[Fault]:
    """Yield what is wrong with an address; paths begin in its own table."""
    if not address.lines:
        what, hint = "the address has no line", 'write lines = ["1 rue de l\'Exemple"]'
        yield Fault(("lines",), what, hint, french="L'adresse n'a aucune ligne.")
    for number, line in enumerate(address.lines):
        if not line.strip():
            yield Fault(("lines", number), "a line of the address is empty", french="Une ligne de l'adresse est vide.")
    for name, text, french in (
        ("town", address.town, "L'adresse n'a pas de ville."),
        ("postcode", address.postcode, "L'adresse n'a pas de code postal."),
    ):
        if not text.strip():
            yield Fault((name,), f"the address has no {name}", french=french)
    if not COUNTRY.fullmatch(address.country):
        what, hint = f'"{address.country}" is no country', 'write its two letters: "FR", "BE", "CH"'
        yield Fault(("country",), what, hint, french=f"« {address.country} » n'est pas un pays.")
    elif address.country == "FR" and address.postcode.strip() and not POSTCODE.fullmatch(address.postcode):
        what, french = f'"{address.postcode}" is no French postcode', "n'est pas un code postal français."
        yield Fault(("postcode",), what, "it has five digits", french=f"« {address.postcode} » {french}")


def vat_against_siren(siren: str, vat_number: str) -> Iterator[Fault]:
    """Yield that a French VAT number is another firm's than the SIREN."""
    inside = siren_of_vat(vat_number)
    if inside and siren and siren not in (NONE, inside):
        what = f"the VAT number {vat_number} is that of the SIREN {inside}, not of {siren}"
        french = f"Le numéro de TVA {vat_number} est celui du SIREN {inside}, non du {siren}."
        yield Fault(("vat_number",), what, "correct one of them", french=french)


def legal_faults(data: LegalData) -> Iterator[Fault]:
    """Yield what is wrong with a customer's legal data, whoever he is; paths begin in their own table."""
    yield from number_faults(data, NUMBERS)
    if data.address:
        yield from (fault.below(("address",)) for fault in address_faults(data.address))
    if data.mandate:
        yield from (fault.below(("mandate",)) for fault in _mandate_faults(data.mandate))
    yield from vat_against_siren(data.siren, data.vat_number)


def contract_legal_faults(contract: Contract) -> Iterator[Fault]:
    """Yield what is wrong with the legal data of a contract; paths begin in its own table."""
    if data := contract.legal:
        found = (*legal_faults(data), *_mandate_for(data, contract.customer.kind))
        if data.mandate and not data.iban:
            what, hint = "there is a mandate, and no account to debit", 'write iban = "…"'
            french = "Il y a un mandat de prélèvement, et pas d'IBAN."
            found = (*found, Fault(("mandate",), what, hint, at_key=True, french=french))
        yield from (fault.below(("legal",)) for fault in found)


def event_legal_faults(event: Event, label: str) -> Iterator[Fault]:
    """Yield what is wrong with the legal data that an event changes; paths begin in its own table."""
    if change := event.legal:
        found = list(legal_faults(change))
        for number, name in enumerate(change.gone):
            if name not in LEGAL:
                what, hint = f'"{name}" cannot be gone', f"known: {', '.join(LEGAL)}"
                found.append(Fault(("gone", number), what, hint, french=f"« {name} » n'est pas une coordonnée."))
            elif name in change.said:
                what, french = f'"{name}" is there and gone', f"« {name} » y figure et en disparaît."
                found.append(Fault(("gone", number), what, "keep one of the two", french=french))
        for fault in found:
            yield Fault(("legal", *fault.path), fault.what, fault.hint, fault.at_key, f"{label} : {fault.french}")


def _mandate_faults(mandate: Mandate) -> Iterator[Fault]:
    if not REFERENCE.fullmatch(mandate.reference):
        what = f'"{mandate.reference}" is no reference of a mandate'
        hint = "1 to 35 letters without accents, digits, spaces and +?/-:().,'"
        french = f"« {mandate.reference} » n'est pas une référence de mandat : 35 signes au plus, sans accent."
        yield Fault(("reference",), what, hint, french=french)
    if mandate.signed.year not in YEARS:
        what = f'"signed" is not in the years {YEARS[0]} to {YEARS[-1]}'
        french = "La date du mandat n'en est pas une."
        yield Fault(("signed",), what, french=french)


def _mandate_for(data: LegalData, kind: CustomerKind) -> Iterator[Fault]:
    if data.mandate and data.mandate.kind == "b2b" and kind == "consumer":
        one = KINDS[kind].one
        what, hint = f"{one.en} can give no business-to-business mandate", 'write kind = "core"'
        french = f"{one.fr.capitalize()} ne peut donner un mandat interentreprises."
        yield Fault(("mandate", "kind"), what, hint, french=french)
