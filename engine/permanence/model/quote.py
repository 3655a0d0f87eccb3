"""A quote: everything that a customer accepts who signs it."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from .contract import Customer
from .keys import key
from .money import Cents, Micros
from .own_terms import AgreedPrice, Discount
from .price_list import QuotedPrice
from .quantity import QuantityAgreed
from .service import Service


@frozen(kw_only=True)
class QuotedLine:
    """`[[month.line]]`: one line of what is to be expected."""

    label: str = key("What the invoice line says.")
    quantity: int = key("How many.")
    unit: str = key("Of what.", default="")
    unit_price: Micros = key("Unit price excluding VAT.", example="39.00")
    for_each: int = key("How many of them the unit price is for.", default=1)
    amount: Cents = key("Quantity × unit price ÷ for_each.", example="39.00")


@frozen(kw_only=True)
class Expected:
    """`[month]`, `[[later]]`, `[once]`: lines, their sum, its VAT, and both."""

    net: Cents = key("Total excluding VAT.", example="268.00")
    vat: Cents = key("VAT.", example="53.60")
    total: Cents = key("Total including VAT.", example="321.60")
    when: str = key("Which months of the contract are so, in words; all where nothing is said.", default="")
    lines: tuple[QuotedLine, ...] = key("Its lines.", name="line", default=())
    coverage: tuple[str, ...] = key(
        "When calls are answered in these months, in words, where it is otherwise than at first.", default=()
    )


@frozen(kw_only=True)
class Quote:
    """A quote file: who asked, for what, on which terms, at which prices."""

    format: Literal[1] = key("Version of the file format.", default=1)
    number: str = key("Number, from the date and a hash of everything else.", example="D-20261123-4F2A9C")
    made: date = key("Day on which it was made.")
    valid_until: date = key("Last day on which it can be signed.")
    live: date | None = key("First day of service, where it is known: dates are counted from it.", default=None)
    offer: str = key("The offer version that it quotes.", example="essentielle@2026-01-01")
    title: str = key("The offer's name, as customers read it.")
    digest: str = key("SHA-256 of the offer's rule file, as it was.")
    mission: str = key("Mission, one of the offer's.")
    mission_title: str = key("The mission, as customers read it; nothing where the offer has no other.", default="")
    plan: str = key("Plan, one of the offer's, where it is sold by plans.", default="")
    services: tuple[Service, ...] = key("Services that are included.", default=())
    calls: int = key("Calls a month that the customer expects.", example=180)
    talk_seconds: int = key("Seconds that each of them is taken to last.", example=120)
    band: int | None = key("Band that so many calls reach.", default=None)
    options: tuple[str, ...] = key("Options that the customer wants.", default=())
    option_titles: Mapping[str, str] = key(
        "What they are called, as customers read it.", factory=dict, example={"bilingual": "Secrétaire bilingue"}
    )
    options_from: Mapping[str, date] = key(
        "The first day of those that he wants later than from the start.",
        factory=dict,
        example={"bilingual": date(2027, 3, 1)},
    )
    settings: Mapping[str, Mapping[str, int | str | bool]] = key(
        "What the customer settles of them, by their names.",
        name="with",
        factory=dict,
        example={"escalation": {"level": 2}},
    )
    windows: tuple[str, ...] = key("The offer's windows that the customer takes; all when absent.", default=())
    quantities: tuple[QuantityAgreed, ...] = key(
        "How many he has of what the offer counts by agreement.", name="quantity", default=()
    )
    discounts: tuple[Discount, ...] = key("His own discounts.", name="discount", default=())
    agreed: tuple[AgreedPrice, ...] = key("Prices agreed with him, in place of the offer's.", default=())
    own: tuple[str, ...] = key("What he chose and agreed of all this, in words.", default=())
    currency: str = key("Currency of every price and amount.", default="EUR", example="CHF")
    vat_rate: int = key("VAT rate in hundredths of a per cent.", example=2000)
    vat_reason: str = key("Why this rate.")
    customer: Customer = key("Who asked.")
    coverage: tuple[str, ...] = key("When calls are answered, and which count, in words.", default=())
    terms: tuple[str, ...] = key("How long the contract binds and how it ends, in words.", default=())
    month: Expected = key("A whole month with so many calls and these options.")
    later: tuple[Expected, ...] = key("Such a month after each date on which something changes.", default=())
    once: Expected = key("What falls due once, at the start.")
    deposit: Cents | None = key("The deposit, outside VAT, where there is one.", default=None, example="100.00")
    prices: tuple[QuotedPrice, ...] = key("Every price that could ever be invoiced.", name="price", default=())
