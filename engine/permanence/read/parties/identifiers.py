"""Numbers that registers and banks give, each with digits that prove the others: right, or why not.

The packages that know them take a tenth of a second to load: they are, once the first number is there to be checked.
"""

import re
from collections.abc import Callable, Mapping

from ...model.scalars import Words

LENGTH = Words("sa longueur n'est pas la bonne", "its length is wrong")
FORMAT = Words("il a un signe qui ne va pas", "it has a sign that cannot be in it")
CHECK = Words("sa clé de contrôle est fausse", "its check digit is wrong")
RIB_KEY = Words("la clé du compte (RIB) est fausse", "the key of its account (RIB) is wrong")
ELSE = Words("une de ses parties n'existe pas", "one of its parts does not exist")
MAIL = re.compile(r"[^\s@<>,;:\"()\[\]]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
REFERENCE = re.compile(r"[A-Za-z0-9 +?/:().,'-]{1,35}")
"""What banks accept in the reference of a mandate."""
UNKNOWN_VAT = re.compile(r"[A-Z]{2}[A-Z0-9]{2,13}")
"""A VAT number of a country whose numbers nobody here can check."""


def siren_fault(number: str) -> Words | None:
    """Return why a number is no SIREN; None for one that is."""
    from stdnum.fr import siren

    return _stdnum(siren.validate, number)


def siret_fault(number: str) -> Words | None:
    """Return why a number is no SIRET; None for one that is."""
    from stdnum.fr import siret

    return _stdnum(siret.validate, number)


def vat_fault(number: str) -> Words | None:
    """Return why a number is no VAT number of the country that its first two letters name; None for one that is."""
    from stdnum import get_cc_module
    from stdnum.eu import vat

    country = number[:2].lower().replace("el", "gr")
    if country in vat.MEMBER_STATES:
        return _stdnum(vat.validate, number)
    if known := get_cc_module(country, "vat"):
        return _stdnum(known.validate, number)
    return None if UNKNOWN_VAT.fullmatch(number) else FORMAT


def creditor_fault(number: str) -> Words | None:
    """Return why a number is no creditor identifier of SEPA; None for one that is."""
    from stdnum.eu import at_02

    return _stdnum(at_02.validate, number)


def iban_fault(number: str) -> Words | None:
    """Return why a number is no IBAN, the key of its account included; None for one that is."""
    from schwifty import IBAN
    from schwifty.exceptions import InvalidBBANChecksum, InvalidChecksumDigits, InvalidLength, SchwiftyException

    try:
        IBAN(number, validate_bban=True)
    except InvalidChecksumDigits:
        return CHECK
    except InvalidBBANChecksum:
        return RIB_KEY
    except InvalidLength:
        return LENGTH
    except SchwiftyException:
        return FORMAT
    return None


def bic_fault(code: str) -> Words | None:
    """Return why a code is no BIC; None for one that is."""
    from schwifty import BIC
    from schwifty.exceptions import InvalidLength, SchwiftyException

    try:
        BIC(code)
    except InvalidLength:
        return LENGTH
    except SchwiftyException:
        return FORMAT
    return None


def mail_fault(address: str) -> Words | None:
    """Return why a text is no e-mail address; None for one that may be."""
    return None if MAIL.fullmatch(address) else Words("écrire nom@domaine", "write name@domain")


def siren_of_vat(number: str) -> str:
    """Return the SIREN in a French VAT number; nothing of another country's."""
    return number[4:] if number.startswith("FR") else ""


CALLED: Mapping[str, tuple[Words, Callable[[str], Words | None]]] = {
    "siren": (Words("un SIREN", "SIREN"), siren_fault),
    "siret": (Words("un SIRET", "SIRET"), siret_fault),
    "vat_number": (Words("un numéro de TVA", "VAT number"), vat_fault),
    "iban": (Words("un IBAN", "IBAN"), iban_fault),
    "bic": (Words("un BIC", "BIC"), bic_fault),
    "creditor_identifier": (Words("un identifiant créancier SEPA", "creditor identifier"), creditor_fault),
    "email": (Words("une adresse électronique", "e-mail address"), mail_fault),
}
"""What each number is called, and what finds fault with it, by the key that has it."""


def _stdnum(validate: Callable[[str], str], number: str) -> Words | None:
    from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

    try:
        # What the package overlooks, such as digits of other scripts, is no part of the number.
        if not number.endswith(validate(number)):
            return FORMAT
    except InvalidChecksum:
        return CHECK
    except InvalidLength:
        return LENGTH
    except InvalidFormat:
        return FORMAT
    except ValidationError:
        return ELSE
    return None
