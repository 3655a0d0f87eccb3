"""What a contract was when it was signed, part by part, so that an edit is seen and named."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from attrs import fields, frozen

from .event import EventKind
from .keys import key
from .option import Option
from .option_asked import priced_by_count, prices_of
from .price import Price
from .price_list import QuotedPrice
from .scalars import Words

SIGNS = "3f2a9c1b"
SIGNED_FIELDS = tuple("code label unit_price unit for_each due by_days again included first last every english".split())
"""What the digest of a price is of, in this order, whatever else prices come to have."""

LATER = ("by_days",)
"""What a price by a count came to have after options with such prices were signed."""


def print_of(*values: object) -> str:
    """Return what identifies some values: the first eight signs of the SHA-256 of their texts."""
    return sha256("\n".join(map(str, values)).encode()).hexdigest()[: len(SIGNS)]


def digest_of_option(option: Option) -> str:
    """Return the SHA-256 of what an option is and of every price that it may charge; raise OptionFailed."""
    known = ("price", "kind", "proration", "again", "title")
    kept = (one.name for one in fields(type(option)) if one.name in known or not _absent(option, one.name))
    values = (f"{name} = {getattr(option, name)}" for name in kept)
    prices = (*map(_as_signed, prices_of(option)), *map(_by_count_as_signed, priced_by_count(option)))
    return sha256("\n".join((option.id, *values, *prices)).encode()).hexdigest()


def _absent(option: Option, name: str) -> bool:
    """Tell whether a key is not there that came later: what was signed before it is what it was."""
    return getattr(option, name) in (None, (), {}) or (name == "due" and option.due == "in_arrears")


def _as_signed(price: QuotedPrice) -> str:
    """Return a price as digests have it: what it came to have later is told where it is there."""
    first = ", ".join(f"{name}={getattr(price, name)!r}" for name in SIGNED_FIELDS)
    later = (field for field in fields(QuotedPrice) if field.name not in SIGNED_FIELDS)
    more = (f", {one.name}={value!r}" for one in later if (value := getattr(price, one.name)) != one.default)
    return f"QuotedPrice({first}{''.join(more)})"


def _by_count_as_signed(price: Price) -> str:
    """Return a price by a count as digests have it: what it came to have later is told where it is there."""
    told = ((one.name, getattr(price, one.name), one.default) for one in fields(Price))
    kept = (f"{name}={value!r}" for name, value, default in told if name not in LATER or value != default)
    return f"Price({', '.join(kept)})"


def digest_of_addition(option: Option, contract: str, day: date) -> str:
    """Return the SHA-256 of what a contract has added on a day: the option as it then is, and whose and when."""
    return sha256(f"{digest_of_option(option)}\n{contract}\n{day}".encode()).hexdigest()


@frozen(kw_only=True)
class Fingerprint:
    """What each part of a contract was at its signature: the first eight signs of its SHA-256.

    A part that came with a later version of the format is empty where the contract has none of it: contracts that were
    signed before stay sound.
    """

    number: str = key("The contract's number.", example=SIGNS)
    name: str = key("The customer's name.", example=SIGNS)
    kind: str = key("The customer's kind.", example=SIGNS)
    region: str = key("The customer's region.", example=SIGNS)
    offer: str = key("The offer version.", example=SIGNS)
    text: str = key("The digest of its rule file.", example=SIGNS)
    quote: str = key("The number of the quote.", example=SIGNS)
    mission: str = key("The mission.", example=SIGNS)
    services: str = key("The services that the customer takes, in any order.", example=SIGNS)
    lines: str = key("The lines, in any order.", example=SIGNS)
    signed: str = key("The day of signature.", example=SIGNS)
    live: str = key("The first day of service, or that none was known.", example=SIGNS)
    notice: str = key("The day of a notice, or that there was none.", example=SIGNS)
    band: str = key("The band, or that there was none.", example=SIGNS)
    options: str = key("The options with their days, in any order.", example=SIGNS)
    prices: str = key("Every price of every option on sale, whichever plugin names it.", example=SIGNS)
    terms: str = key("The dates that the offer's terms lead to.", example=SIGNS)
    plan: str = key("The plan, where there is one.", default="", example=SIGNS)
    windows: str = key("The windows that the customer takes, where they were chosen.", default="", example=SIGNS)
    quantities: str = key("The quantities with their days, where some were agreed.", default="", example=SIGNS)
    discounts: str = key("The customer's own discounts, where there are some.", default="", example=SIGNS)
    agreed: str = key("The prices that were agreed with the customer, where there are some.", default="", example=SIGNS)
    deposit: str = key("The deposit that was agreed, where one was.", default="", example=SIGNS)
    group: str = key("The group of contracts, where it is of one.", default="", example=SIGNS)
    option_prices: Mapping[str, str] = key(
        "Every price of each option that was on sale, whichever plugin names it.", factory=dict, example={"sms": SIGNS}
    )
    seller: str = key("The seller, where the contract named one.", default="", example=SIGNS)
    indices: str = key(
        "The indices that prices follow, and who publishes them, where there are some.", default="", example=SIGNS
    )


@frozen
class PartOfContract:
    """A part of a contract: what it is called, and which events change it after the signature."""

    words: Words
    events: tuple[EventKind, ...] = ()


PARTS: Mapping[str, PartOfContract] = {
    "number": PartOfContract(Words("son numéro", "its number")),
    "name": PartOfContract(Words("le nom du client", "the customer's name")),
    "kind": PartOfContract(Words("la qualité du client", "the customer's kind")),
    "region": PartOfContract(Words("la région du client", "the customer's region"), ("region_moved",)),
    "offer": PartOfContract(Words("l'offre", "its offer"), ("offer_changed",)),
    "text": PartOfContract(Words("l'empreinte du fichier de l'offre", "the digest of its rule file")),
    "quote": PartOfContract(Words("le numéro du devis", "the number of its quote")),
    "mission": PartOfContract(Words("la mission", "its mission"), ("mission_changed",)),
    "services": PartOfContract(Words("les services", "its services")),
    "lines": PartOfContract(Words("les lignes", "its lines"), ("line_added", "line_removed")),
    "signed": PartOfContract(Words("le jour de la signature", "the day of signature")),
    "live": PartOfContract(Words("le jour de la mise en service", "its first day of service"), ("go_live",)),
    "notice": PartOfContract(Words("le préavis", "its notice"), ("notice_received", "notice_withdrawn")),
    "band": PartOfContract(Words("la tranche souscrite", "its band")),
    "options": PartOfContract(Words("les options", "its options"), ("option_added", "option_removed")),
    "prices": PartOfContract(Words("les prix des options", "what the options on sale cost")),
    "terms": PartOfContract(Words("les dates qui découlent de l'offre", "the dates that the offer's terms lead to")),
    "plan": PartOfContract(Words("la formule", "its plan"), ("plan_changed",)),
    "windows": PartOfContract(Words("les plages choisies", "its windows"), ("windows_changed",)),
    "quantities": PartOfContract(Words("les quantités", "its quantities"), ("quantity_changed",)),
    "discounts": PartOfContract(Words("les remises", "its discounts"), ("discount_granted", "discount_ended")),
    "agreed": PartOfContract(Words("les prix convenus", "its agreed prices"), ("price_agreed",)),
    "deposit": PartOfContract(Words("le dépôt de garantie", "its deposit")),
    "group": PartOfContract(Words("le groupe de contrats", "its group of contracts")),
    "option_prices": PartOfContract(Words("le prix de chaque option", "what each option on sale costs")),
    "seller": PartOfContract(Words("le vendeur", "its seller")),
    "indices": PartOfContract(Words("les indices que suivent les prix", "the indices that its prices follow")),
}
"""Each part by the key that a fingerprint has for it; one without an event stays as long as the contract does."""
