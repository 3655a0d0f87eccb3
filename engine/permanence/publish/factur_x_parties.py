"""Both parties of an invoice as Factur-X has them: names, registers, addresses, and how machines reach them."""

from xml.etree import ElementTree as Xml

from ..model.customer_document import CustomerDocument
from ..model.party import Address
from .xml_written import path_within, within

SIREN, MAIL = "0225", "EM"
"""How a party is reached: by its SIREN in the French directory, or by mail (EAS)."""
REGISTER = "0002"
"""The register that gives SIREN (ISO 6523)."""


def seller_party(party: Xml.Element, document: CustomerDocument) -> None:
    """Tell who sells. Of what lies outside the tax no VAT number is told (BR-O-02)."""
    seller = document.parties.seller
    within(party, "ram:Name", seller.name)
    _register(party, seller.siren)
    if seller.telephone or seller.email:
        contact = within(party, "ram:DefinedTradeContact")
        within(contact, "ram:DepartmentName", seller.name)
        if seller.telephone:
            path_within(contact, "ram:TelephoneUniversalCommunication/ram:CompleteNumber", seller.telephone)
        if seller.email:
            path_within(contact, "ram:EmailURIUniversalCommunication/ram:URIID", seller.email)
    _address(party, seller.address)
    _reached(party, seller.siren, seller.email)
    if seller.vat_number and not _outside(document):
        path_within(party, "ram:SpecifiedTaxRegistration/ram:ID", seller.vat_number, schemeID="VA")
    elif seller.siren and not _outside(document):
        path_within(party, "ram:SpecifiedTaxRegistration/ram:ID", seller.siren, schemeID="FC")


def buyer_party(party: Xml.Element, document: CustomerDocument) -> None:
    """Tell who buys."""
    customer = document.parties.customer
    within(party, "ram:Name", customer.name)
    _register(party, customer.siren)
    _address(party, customer.address)
    _reached(party, customer.siren, customer.email)
    if customer.vat_number and not _outside(document):
        path_within(party, "ram:SpecifiedTaxRegistration/ram:ID", customer.vat_number, schemeID="VA")


def _outside(document: CustomerDocument) -> bool:
    return any(document.category(vat) == "O" for vat in document.vat)


def _register(party: Xml.Element, siren: str) -> None:
    if siren:
        path_within(party, "ram:SpecifiedLegalOrganization/ram:ID", siren, schemeID=REGISTER)


def _address(party: Xml.Element, address: Address) -> None:
    """Tell an address: of more lines than three, the last ones stand in the third."""
    told = within(party, "ram:PostalTradeAddress")
    within(told, "ram:PostcodeCode", address.postcode)
    first, *more = address.lines or ("",)
    lines = (first, *more[:1], ", ".join(more[1:]))
    for name, line in zip(("ram:LineOne", "ram:LineTwo", "ram:LineThree"), lines, strict=False):
        if line:
            within(told, name, line)
    within(told, "ram:CityName", address.town)
    within(told, "ram:CountryID", address.country)


def _reached(party: Xml.Element, siren: str, mail: str) -> None:
    if siren or mail:
        path_within(party, "ram:URIUniversalCommunication/ram:URIID", siren or mail, schemeID=SIREN if siren else MAIL)
