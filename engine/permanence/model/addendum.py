"""An addendum: an option of a later version, quoted for a contract that runs (R26)."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from .event import DIGEST
from .keys import key
from .price_list import QuotedPrice


@frozen(kw_only=True)
class Addendum:
    """An addendum's file: which option of which version a contract would have, and at which prices."""

    format: Literal[1] = key("Version of the file format.", default=1)
    number: str = key("Number, from the date and a hash of everything else.", example="A-20270301-4F2A9C")
    made: date = key("Day on which it was made.")
    valid_until: date = key("Last day on which it can be signed.")
    contract: str = key("The contract that it adds to.", example="C0004")
    customer: str = key("The customer's name, as it stands in the contract.")
    offer: str = key("The offer version under which the contract stands.", example="essentielle@2026-01-01")
    mission: str = key("The contract's mission.")
    mission_title: str = key("The mission, as customers read it; nothing where the offer has no other.", default="")
    option: str = key("The option that is added.", example="bilingual")
    settings: Mapping[str, int | str | bool] = key(
        "How many of it (`quantity`), and what the customer settles of it.",
        name="with",
        factory=dict,
        example={"quantity": 2},
        hash=False,
    )
    title: str = key("The option's name, as customers read it.")
    of: str = key("The later version that the option comes from.", example="essentielle@2027-01-01")
    digest: str = key("SHA-256 of the option and its prices, as they were.", example=DIGEST)
    currency: str = key("Currency of every price.", default="EUR", example="CHF")
    vat_rate: int = key("VAT rate in hundredths of a per cent.", example=2000)
    vat_reason: str = key("Why this rate.")
    coverage: tuple[str, ...] = key("When calls are answered and counted with it, where that changes.", default=())
    discounts: tuple[str, ...] = key(
        "The customer's own discounts that are of the option too, with their days and why.", default=()
    )
    prices: tuple[QuotedPrice, ...] = key("Every price of the option.", name="price")
