"""A telephone line, by its number or account code: one spelling for the many ways of writing it."""

import re
from functools import lru_cache

from attrs import frozen

COUNTRY = "FR"
"""Country of a number that is written without one."""
NO_BREAK = "\u00a0\u202f\u2009"
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
TRUNK_ZERO = "+330"
"""How E.164 looks where the zero of `+33 (0)1 …` was kept."""
OVERSEAS = {
    **dict.fromkeys(("262", "263", "269", "692", "693"), "262"),
    **dict.fromkeys(("590", "690", "691"), "590"),
    **dict.fromkeys(("594", "694"), "594"),
    **dict.fromkeys(("596", "696", "697"), "596"),
}
"""How numbers begin, after the zero of the French plan, that have a country code of their own: La Réunion and Mayotte,
Guadeloupe, Guyane, Martinique. The plan has the same zero for them (plan national de numérotation, Arcep)."""
ON_THE_FRENCH_PLAN = frozenset(("GP", "BL", "MF", "MQ", "GF", "RE", "YT"))
"""Countries whose numbers, without a country, are those of the French plan."""
OF_OVERSEAS = re.compile(rf"\+33(?=({'|'.join(OVERSEAS)})[0-9]{{6}}$)")
FRENCH_LENGTH = len("+330199000010")
"""How long such a number is."""
AROUND = re.compile(
    rf"""^[\s{NO_BREAK}]*(?:="(?P<formula>[^"]*)"|'?(?:(?:sips?|tel):)?(?P<plain>[^;@#]*)(?:@[^;]*)?(?:;.*)?\#?)"""
    rf"""[\s{NO_BREAK}]*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""What stands around a number: a spreadsheet's formula or apostrophe, a scheme, a host, parameters, a sent key."""
WRITTEN_AS_NUMBER = re.compile(rf"\(?\+?[ (]*[0-9][0-9 .()/{NO_BREAK}-]{{5,24}}")
PUNCTUATION = re.compile(rf"[ .()/{NO_BREAK}-]")
SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?E\+[0-9]{1,2}", re.IGNORECASE)


@frozen
class NumberPlan:
    """How a country writes its numbers: its code, whether a zero stands before them, their length if all have one."""

    code: str
    begins_with_zero: bool
    one_length: int


@lru_cache(maxsize=131_072)
def one_spelling(line: str, country: str = COUNTRY) -> str:
    """Return a telephone number as E.164 where that can be told without a guess, everything else as it is.

    ``01 99 00 00 10``, ``0033199000010``, ``+33 (0)1 99 00 00 10``, ``tel:+33199000010`` and ``33199000010`` are one
    line in France: ``+33199000010`` (plan national de numérotation). ``country`` is that of numbers without one.
    Account codes, names, hidden callers and short internal numbers stay.
    """
    country = COUNTRY if country in ON_THE_FRENCH_PLAN else country
    known = E164.fullmatch(line) and not line.startswith(TRUNK_ZERO)
    found = line if known else _number(line, country) or line
    return OF_OVERSEAS.sub(lambda code: f"+{OVERSEAS[code[1]]}", found) if found.startswith("+33") else found


def is_number(line: str) -> bool:
    """Tell whether a line, in its one spelling, is a telephone number: others are account codes."""
    return E164.fullmatch(line) is not None


def spoilt(line: str, country: str = COUNTRY) -> str:
    """Return what a spreadsheet made of a number, as a sentence says it; nothing where a number is whole.

    It writes a long one as ``3,3199E+10``, and leaves the zero out with which national numbers begin.
    """
    if E164.fullmatch(line):
        return ""
    country = COUNTRY if country in ON_THE_FRENCH_PLAN else country
    text = _inner(line)
    if SCIENTIFIC.fullmatch(text):
        return "a spreadsheet spoilt this number: its last digits are lost"
    digits = PUNCTUATION.sub("", text)
    if not digits.isdecimal() or not digits.isascii() or digits[0] == "0" or not _plan(country).begins_with_zero:
        return ""
    if _number(f"0{digits}", country) and not _number(digits, country):
        return f"a spreadsheet spoilt this number: {len(digits)} digits, and the zero before them is lost"
    return ""


def is_country(country: str) -> bool:
    """Tell whether two letters name a country that has telephone numbers."""
    if country == COUNTRY:
        return True
    from phonenumbers import SUPPORTED_REGIONS

    return country in SUPPORTED_REGIONS


def _inner(line: str) -> str:
    found = AROUND.match(line)
    return (found["formula"] or found["plain"] or "").strip() if found else line


@lru_cache(maxsize=1 << 16)
def _number(line: str, country: str) -> str:
    """Return what is written as a number as E.164; nothing where that would be a guess."""
    text = _inner(line)
    if not WRITTEN_AS_NUMBER.fullmatch(text):
        return ""
    digits, plan = PUNCTUATION.sub("", text), _plan(country)
    if plan.one_length and len(digits) == plan.one_length + 1 and digits[0] == "0" != digits[1]:
        return f"+{plan.code}{digits[1:]}"
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith(plan.code) and (found := _existing(f"+{digits}", country, plan)):
        return found
    elif plan.begins_with_zero and not digits.startswith(("+", "0")):
        return ""
    if len(digits) == FRENCH_LENGTH and digits.startswith(TRUNK_ZERO) and digits[len(TRUNK_ZERO)] != "0":
        return f"+33{digits[len(TRUNK_ZERO) :]}"
    return _existing(digits, country, plan)


def _existing(digits: str, country: str, plan: NumberPlan) -> str:
    """Return digits as E.164 if such a number exists, or is one of a country's own where all have one length."""
    import phonenumbers

    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return ""
    length = len(str(number.national_number)) if str(number.country_code) == plan.code else 0
    whole = bool(length) and length == plan.one_length
    if not whole and not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=256)
def _plan(country: str) -> NumberPlan:
    """Return how a country writes its numbers."""
    # Loaded where it is needed: numbers that are E.164 already, and account codes, need it not.
    import phonenumbers

    own = phonenumbers.PhoneMetadata.metadata_for_region(country)
    lengths = own.general_desc.possible_length if own and own.general_desc else ()
    zero = own is not None and own.national_prefix == "0"
    one = lengths[0] if zero and len(lengths) == 1 else 0
    return NumberPlan(str(phonenumbers.country_code_for_region(country)), zero, one)
