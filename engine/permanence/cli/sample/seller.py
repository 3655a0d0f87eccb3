"""Who sells in the sample: an invented firm, whose numbers are right and nobody's."""

from ...model.money import Cents
from ...model.party import Address
from ...model.seller import Seller
from . import numbers

SIREN = numbers.siren(numbers.SIRENS - 1)
SELLER = Seller(
    id="exemple",
    name="Permanence Exemple",
    legal_form="SAS",
    capital=Cents(1_000_000),
    address=Address(lines=("1 rue de l'Exemple",), postcode="59000", town="Lille"),
    siren=SIREN,
    rcs="Lille",
    vat_number=numbers.vat_number(SIREN),
    iban=numbers.iban(numbers.LINES),
    bic="EXEMFRPPXXX",
    creditor_identifier="FR53ZZZ999999",
    vat_due="debits",
    email="facturation@permanence.example",
    telephone="+33199000000",
)
